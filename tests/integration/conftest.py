"""Every test here runs twice: on SQLite and on PostgreSQL, each time on a database of its own."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db
from tests.house.journey import Team
from tests.house.postgresql import ANSWERS, OWNER, WEB, Server, running_server
from tests.house.undefined import watch
from tests.house.visitor import Visitor

PREPARED: Final = "same_table"
_numbers = itertools.count(1)
_made: list[Flask] = []
"""Held until the end of a test: the connections of an app that is forgotten before could not be closed."""


def made_app(database: str, instance: Path) -> Flask:
    """On PostgreSQL as it is served where answers are protected, unless it logs in as the owner of the tables."""
    role = ANSWERS if f"//{WEB}@" in database else ""
    app = create_app(Settings(database_url=database, instance=instance, answers_role=role), TESTING=True)
    _made.append(app)
    return app


def prepare(database: str, instance: Path) -> None:
    """A real, empty installation."""
    app = made_app(database, instance)
    result = app.test_cli_runner().invoke(args=["prepare", "--real"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        db.engine.dispose()  # so that the file is whole and can be copied


def protected(database: str, instance: Path) -> None:
    """Make the login that reaches no answers unless the code says so."""
    app = made_app(database, instance)
    result = app.test_cli_runner().invoke(args=["data", "protect", "--login", WEB, "--answers", ANSWERS])
    assert result.exit_code == 0, result.output
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    prepare(f"sqlite:///{folder / 'x.db'}", folder)
    return folder / "x.db"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_prepared(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("prepared")
    prepare(postgresql.create(PREPARED), folder)
    protected(postgresql.url(PREPARED), folder)
    postgresql.keep_definitions(PREPARED)
    return PREPARED


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it, not even tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'x.db'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.create(f"test_{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database with its questionnaires, for this test alone."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_prepared"), tmp_path / "x.db")
        yield f"sqlite:///{tmp_path / 'x.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    name: str = request.getfixturevalue("postgresql_prepared")
    yield server.url(name, WEB)
    server.empty(name)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """The templates, compiled once for all tests."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(autouse=True)
def no_connection_stays_open(request: pytest.FixtureRequest) -> Iterator[None]:
    if "database" in request.fixturenames:  # which is emptied only once nobody is connected to it
        request.getfixturevalue("database")
    yield
    # Of every app there is, whoever made it: a connection that is only forgotten fails some later test.
    for engines in list(db._app_engines.values()):
        for engine in engines.values():
            engine.dispose()
    _made.clear()


@pytest.fixture
def app(database: str, tmp_path: Path, compiled: FileSystemBytecodeCache) -> Flask:
    app = made_app(database, tmp_path / "instance")
    app.jinja_env.bytecode_cache = compiled
    app.extensions["undefined_names"] = watch(app.jinja_env)
    return app


@pytest.fixture
def owner(database: str, tmp_path: Path) -> Flask:
    """The same installation as the owner of its tables runs commands on it."""
    return made_app(database.replace(f"//{WEB}@", f"//{OWNER}@"), tmp_path / "instance")


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def another(app: Flask) -> Callable[[], Visitor]:
    """Further browsers, each with cookies of its own."""
    return lambda: Visitor(app)


@pytest.fixture
def team(visitor: Visitor) -> Team:
    """A team that has set up a short form and stands before its task list."""
    return Team.at_the_table(visitor)
