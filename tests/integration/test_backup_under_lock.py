"""Backups that only the holder of a private key opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from pyrage.x25519 import Identity

from assessment.store.db import db, transaction
from assessment.store.models import Organisation
from tests.house.rows import count
from tests.integration.conftest import made_app


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A private key in its file; the public one beside it."""
    made = Identity.generate()
    (tmp_path / "public").write_text(f"# of the council\n{made.to_public()}\n")
    (tmp_path / "key").write_text(f"# made today\n{made}\n")
    return tmp_path / "key"


@pytest.fixture
def locked(app: Flask, key: Path, tmp_path: Path) -> Path:
    with app.app_context(), transaction() as session:
        session.add(
            Organisation(name="Larkshire", name_key="larkshire", kind="council", nation="wales", region="wales")
        )
    set_(app, backup_keys=tmp_path / "public", backup_folder=tmp_path / "backups")
    result = run(app, "backup")
    assert result.exit_code == 0, result.output
    (file,) = (tmp_path / "backups").iterdir()
    return file


def set_(app: Flask, **settings: Any) -> None:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update=settings)


def run(app: Flask, *arguments: object) -> Result:
    result = app.test_cli_runner().invoke(args=[str(one) for one in arguments])
    with app.app_context():
        db.engine.dispose()
    return result


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[[], Flask]:
    return lambda: made_app(f"sqlite:///{tmp_path / 'restored.db'}", tmp_path / "elsewhere")


def test_it_opens_with_its_key(locked: Path, key: Path, elsewhere: Callable[[], Flask]) -> None:
    assert locked.name.endswith(".zip.age") and locked.stat().st_mode & 0o777 == 0o600
    assert b"Larkshire" not in locked.read_bytes() and not locked.read_bytes().startswith(b"PK")
    another = elsewhere()
    assert "is whole" in run(another, "restore", "--check", "--key", key, locked).output
    result = run(another, "restore", "--key", key, locked)
    assert result.exit_code == 0 and count(another, Organisation) == 1
    assert [one.name for one in locked.parent.iterdir()] == [locked.name]


def test_it_opens_with_no_other(locked: Path, tmp_path: Path, elsewhere: Callable[[], Flask]) -> None:
    (tmp_path / "wrong").write_text(str(Identity.generate()))
    for given in ((), ("--key", tmp_path / "wrong")):
        result = run(elsewhere(), "restore", *given, locked)
        assert result.exit_code == 1 and "give its private key" in result.output


@pytest.mark.parametrize("place", [0.1, 0.5, 0.99])
def test_a_byte_changed_or_a_piece_cut_off_is_found(
    locked: Path, key: Path, elsewhere: Callable[[], Flask], place: float
) -> None:
    whole = locked.read_bytes()
    at = int(len(whole) * place)
    for spoilt in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
        locked.write_bytes(spoilt)
        result = run(elsewhere(), "restore", "--key", key, locked)
        assert result.exit_code == 1 and "cut short or altered" in result.output
    assert not (elsewhere().config["SETTINGS"].instance.parent / "restored.db").exists()


@pytest.mark.parametrize("said", ["", "# nothing\n", "age1nonsense\n", "hunter2\n"])
def test_a_file_without_a_key_makes_no_backup(app: Flask, tmp_path: Path, said: str) -> None:
    (tmp_path / "public").write_text(said)
    set_(app, backup_keys=tmp_path / "public")
    result = run(app, "backup", tmp_path / "backup.zip.age")
    assert result.exit_code == 1 and "has no key of age in it" in result.output and "hunter2" not in result.output
    assert not list(tmp_path.glob("*backup.zip*"))
