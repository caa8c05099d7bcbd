"""One clear sentence when it cannot start, and an exit code that says so."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `flask prepare` as the command does, in an environment of its own."""
    known = {"PATH": os.environ["PATH"], "INSTANCE": str(folder / "instance")} | environment
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, check=False, timeout=60)


def test_a_local_run_makes_its_own_key_for_its_owner_only(tmp_path: Path) -> None:
    done = start(tmp_path)
    key = tmp_path / "instance" / "secret_key"
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and len(key.read_text()) >= 32
    before = key.read_text()
    start(tmp_path)
    assert key.read_text() == before


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"ENVIRONMENT": "production"}, "SECRET_KEY is missing"),
        ({"ENVIRONMENT": "production", "SECRET_KEY": "x" * 40}, "TRUSTED_HOSTS is missing"),
        ({"ENVIRONMENT": "production", "SECRET_KEY": "x" * 40, "TRUSTED_HOSTS": " , "}, "TRUSTED_HOSTS is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ENVIRONMENT": "prodction"}, "ENVIRONMENT"),
        ({"PROXIES": "many"}, "PROXIES"),
        ({"SESSION_DAYS": "0"}, "SESSION_DAYS"),
        ({"DATABASE_URL": "mysql://nowhere/x"}, "DATABASE_URL"),
    ],
)
def test_a_bad_setting_stops_the_start_with_what_to_do(tmp_path: Path, environment: dict[str, str], says: str) -> None:
    done = start(tmp_path, **environment)
    assert done.returncode != 0
    assert says in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("a file in the folder's place")
    done = start(tmp_path)
    assert done.returncode != 0 and "cannot be written to" in done.stderr and "Traceback" not in done.stderr


def test_a_database_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.db").mkdir()
    done = start(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'x.db'}")
    assert done.returncode != 0 and "cannot be opened" in done.stderr and "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("Dear Sir or Madam, " * 100)
    done = start(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'x.db'}")
    assert done.returncode != 0 and "database" in done.stderr and "Traceback" not in done.stderr


def test_a_faulty_questionnaire_is_said_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "questionnaires" / "x"
    folder.mkdir(parents=True)
    (folder / "1.0.en.yaml").write_text("id: x\n")
    done = start(tmp_path, QUESTIONNAIRES=str(tmp_path / "questionnaires"))
    assert done.returncode != 0 and "1.0.en.yaml:1:" in done.stderr and "Traceback" not in done.stderr


def test_production_starts_with_all_it_needs(tmp_path: Path) -> None:
    done = start(
        tmp_path,
        ENVIRONMENT="production",
        SECRET_KEY="k" * 40,
        TRUSTED_HOSTS="example.org, example.net",
        PUBLIC_ADDRESS="https://example.net",
        MAIL_SERVER="none",
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "instance" / "secret_key").exists()
