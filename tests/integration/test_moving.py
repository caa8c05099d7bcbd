"""From an embedded database to PostgreSQL: every row, once, however often it was stopped on the way."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, create_engine, select

from assessment.store.backup.rows import LEFT_OUT
from assessment.store.db import Base, db, transaction
from assessment.store.models import StoredResponse
from assessment.workflows import moving
from tests.house.leading import Place
from tests.house.postgresql import Server
from tests.integration.conftest import made_app

ROOT: Final = Path(__file__).parents[2]
MANY: Final = 20_000
_numbers = itertools.count(1)


@pytest.fixture
def file(sqlite_prepared: Path, tmp_path: Path) -> Path:
    shutil.copy(sqlite_prepared, tmp_path / "old.db")
    return tmp_path / "old.db"


@pytest.fixture
def old(file: Path, tmp_path: Path) -> Flask:
    """An installation with rounds in it, which nobody has open."""
    app = made_app(f"sqlite:///{file}", tmp_path / "instance")
    place = Place.made(app, "Larkshire Council")
    place.answer(place.planned(), "people", ["2"] * 12)
    closed(app)
    return app


@pytest.fixture
def target(postgresql: Server) -> Iterator[str]:
    name = f"moved_{next(_numbers)}"
    yield postgresql.create(name)
    postgresql.drop(name)


def closed(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def copied(app: Flask, file: Path, target: str) -> Result:
    result = app.test_cli_runner().invoke(args=["data", "copy", str(file), target])
    closed(app)
    return result


def everything(address: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as the models read it."""
    engine: Engine = create_engine(address)
    try:
        with engine.connect() as connection:
            return {
                name: sorted(map(tuple, connection.execute(select(table))), key=str)
                for name, table in Base.metadata.tables.items()
                if name not in LEFT_OUT
            }
    finally:
        engine.dispose()


def fill(app: Flask, rows: int) -> None:
    """Enough responses for somebody to stop the move among them."""
    with app.app_context(), transaction(answers=True) as session:
        kept = session.scalars(select(StoredResponse).limit(1)).one()
        said = {"round_id": kept.round_id, "voice": "people", "form": "short", "language": "en"}
        session.add_all(StoredResponse(**said, answers=kept.answers) for _number in range(rows))
    closed(app)


def test_all_of_it_goes_across(old: Flask, file: Path, target: str) -> None:
    before = everything(f"sqlite:///{file}")
    result = copied(old, file, target)
    assert result.exit_code == 0, result.output
    assert "each is as it was" in result.output and "SECRET_KEY" in result.output
    assert everything(target) == everything(f"sqlite:///{file}") == before
    assert len(before["response"]) == 12


def test_the_new_database_serves(old: Flask, file: Path, target: str, tmp_path: Path) -> None:
    assert copied(old, file, target).exit_code == 0
    new = made_app(target, tmp_path / "instance")
    result = new.test_cli_runner().invoke(args=["prepare"])
    assert (result.exit_code, result.output) == (0, "")
    assert new.test_client().get("/readyz", base_url="http://localhost").status_code == 200


def test_a_target_that_holds_something_is_left_alone(old: Flask, file: Path, target: str) -> None:
    assert copied(old, file, target).exit_code == 0
    before = everything(target)
    result = copied(old, file, target)
    assert result.exit_code == 1 and "The database is not empty" in result.output and "organisation" in result.output
    assert everything(target) == before


def test_a_target_that_was_only_just_prepared_is_filled(old: Flask, file: Path, target: str, tmp_path: Path) -> None:
    new = made_app(target, tmp_path / "new")
    assert new.test_cli_runner().invoke(args=["prepare", "--real"]).exit_code == 0
    closed(new)
    assert copied(old, file, target).exit_code == 0
    assert everything(target) == everything(f"sqlite:///{file}")


def test_a_file_that_is_open_is_refused(old: Flask, file: Path, target: str) -> None:
    """Else what people go on to write would stay behind."""
    with old.app_context(), db.engine.connect():
        result = old.test_cli_runner().invoke(args=["data", "copy", str(file), target])
    assert result.exit_code == 1 and "in use" in result.output


def test_what_is_no_address_of_postgresql_is_told(old: Flask, file: Path) -> None:
    result = copied(old, file, f"sqlite:///{file}")
    assert result.exit_code == 2 and "Give the address of a PostgreSQL database" in result.output


def test_a_row_that_arrived_otherwise_is_found_and_nothing_stays(
    old: Flask, file: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = moving.write_rows

    def spoil(connection: object, shape: object, rows: Iterator[list[object]]) -> None:
        write(connection, shape, (["Elsewhere" if one == "Larkshire Council" else one for one in row] for row in rows))  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "write_rows", spoil)
    result = copied(old, file, target)
    assert result.exit_code == 1 and "was not what was read" in result.output
    assert everything(target)["organisation"] == []


def test_killed_half_way_it_begins_again(old: Flask, file: Path, target: str, tmp_path: Path) -> None:
    """kill -9 while rows are going across, three times at different points; the fourth run moves everything."""
    fill(old, MANY)
    for wait in (0.0, 0.2, 0.5):
        kill_while_copying(file, target, tmp_path, wait)
        with closing(psycopg.connect(target)) as connection:
            assert connection.execute("SELECT count(*) FROM response").fetchone() == (0,)
    result = copied(old, file, target)
    assert result.exit_code == 0, result.output
    assert everything(target) == everything(f"sqlite:///{file}")


def kill_while_copying(file: Path, target: str, instance: Path, wait: float) -> None:
    """Start it as an operator does, and kill it so long after its transaction has begun to write."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "data", "copy", str(file), target]
    environment = {**os.environ, "INSTANCE": str(instance), "DATABASE_URL": f"sqlite:///{file}"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    server, _, name = target.rpartition("/")
    # From next door: whoever is connected to the target itself would be seen as using it.
    with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as connection:
        while not is_writing(connection, name):
            assert process.poll() is None, "it was done before it could be killed"
            time.sleep(0.01)
        time.sleep(wait)
        assert process.poll() is None, "it was done before it could be killed"
        process.send_signal(signal.SIGKILL)
        process.wait()
        while connected(connection, name):
            time.sleep(0.01)


def is_writing(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    """Whether responses are going into this database."""
    query = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND query LIKE 'INSERT INTO response %%'"
    return connection.execute(query, [name]).fetchone() is not None


def connected(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name]).fetchone() is not None
