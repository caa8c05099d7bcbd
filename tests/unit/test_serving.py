"""How the app is served, and what the machine is asked before."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def settings() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gunicorn_settings", ROOT / "gunicorn.conf.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one.getsockname()[1]


def check(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, str(ROOT / "tools" / "check.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize("line", ["/link/abc-DEF_123", "/link/abc/", '"GET /link/abc?x=1 HTTP/1.1"', "/link/a b"])
def test_the_log_drops_the_secret_of_a_link(settings: ModuleType, line: str) -> None:
    for said in (line, line.replace("/link/", "/stop/")):
        assert "abc" not in settings.without_secret(said) and "/..." in settings.without_secret(said)


def test_other_addresses_are_written_down_whole(settings: ModuleType) -> None:
    assert settings.without_secret("/answer/1234/statement/A1") == "/answer/1234/statement/A1"


def test_it_is_served_to_this_machine_only(settings: ModuleType) -> None:
    assert settings.bind.startswith("127.0.0.1:") and settings.control_socket_disable


def test_a_port_in_use_is_said_in_one_sentence(taken: int) -> None:
    code, said = check("--port", str(taken))
    assert code == 1 and said.startswith(f"Port {taken} is in use.") and len(said.splitlines()) == 1


@pytest.mark.parametrize("port", ["", "0", "65536", "eighty", "-1", "8000.5"])
def test_a_port_that_is_none_is_said(port: str) -> None:
    code, said = check(f"--port={port}")
    assert code == 1 and "is not a port" in said


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the folder's place")
    code, said = check("--folder", str(tmp_path / "file"))
    assert code == 1 and "cannot be written to" in said and len(said.splitlines()) == 1


def test_a_folder_is_looked_at_where_it_will_be_made(tmp_path: Path) -> None:
    assert check("--folder", str(tmp_path / "a" / "b")) == (0, "")
    assert not (tmp_path / "a").exists()


def test_this_machine_has_what_it_needs() -> None:
    assert check("--programs") == (0, "")


def test_workers_count_together_only_where_somebody_may_fetch_the_numbers(tmp_path: Path) -> None:
    """The place to count must be named before the library is loaded: it looks for it once."""
    said = "import os, runpy, sys; runpy.run_path('gunicorn.conf.py'); "
    said += "print(os.environ.get('PROMETHEUS_MULTIPROC_DIR', ''), 'prometheus_client' in sys.modules)"
    for token, expected in (("", (False, "False")), ("t" * 40, (True, "False"))):
        environment = {"PATH": "/usr/bin", "METRICS_TOKEN": token, "TMPDIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", said], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        folder, loaded = done.stdout.rstrip("\n").rsplit(" ", 1)
        assert (bool(folder), loaded) == expected
        if folder:
            Path(folder).rmdir()
