"""On PostgreSQL the app's own login reaches single people's answers only where the code says that it means to.

Every other test of this folder runs under that login too, so whatever forgets to say so fails there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, table, text

from assessment.store.backup.target import InUse, refuse_in_use
from assessment.store.db import ANSWERS_ROLE, Base, db, reading, transaction
from assessment.store.faults import Unprepared
from assessment.store.models import Network, ReleaseMoments, ResponseText, StoredResponse
from assessment.store.protection import PROTECTED, protection, reachable_answers
from tests.house.postgresql import ANSWERS, OWNER, WEB, Server
from tests.integration.conftest import PREPARED, made_app, prepare

TABLES = (StoredResponse, ResponseText, ReleaseMoments)


@pytest.fixture
def web(postgresql: Server, postgresql_prepared: str, tmp_path: Path) -> Iterator[Flask]:
    """The app as it is served, its answers protected."""
    app = made_app(postgresql.url(postgresql_prepared, WEB), tmp_path / "instance")
    with app.app_context():
        yield app


@pytest.fixture
def bare(postgresql: Server, tmp_path: Path) -> Iterator[str]:
    """A prepared database that nobody has protected yet."""
    name = "unprotected"
    prepare(postgresql.create(name), tmp_path / "bare")
    yield name
    postgresql.drop(name)


def ran(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(arguments))
    with app.app_context():
        db.engine.dispose()
    return result.exit_code, result.output


@pytest.mark.parametrize("model", TABLES)
def test_a_query_that_does_not_say_so_is_refused(web: Flask, model: type) -> None:
    with pytest.raises(Unprepared, match="permission denied"), reading() as session:
        session.scalar(select(func.count()).select_from(model))
    with pytest.raises(Unprepared, match="permission denied"), transaction() as session:
        session.scalar(select(func.count()).select_from(model))
    with reading(answers=True) as session:
        assert session.scalar(select(func.count()).select_from(model)) == 0


def test_what_one_transaction_said_is_over_with_it(web: Flask) -> None:
    """The connection goes back to the pool, and the next to take it may be a page."""
    with transaction(answers=True) as session:
        assert session.scalar(text("SELECT current_user")) == ANSWERS
    with pytest.raises(ZeroDivisionError), transaction(answers=True):
        raise ZeroDivisionError
    with reading() as session:
        assert session.scalar(text("SELECT current_user")) == WEB


def test_whatever_goes_through_a_round_goes_on(web: Flask) -> None:
    """Answers go with their round, which the login may delete: the database does that in the tables' own name."""
    with reading() as session:
        held = {one.name for one in Base.metadata.sorted_tables if one.name not in PROTECTED}
        for name in sorted(held):
            session.execute(select(func.count()).select_from(table(name)))


def test_the_login_changes_no_table(web: Flask) -> None:
    with pytest.raises(Unprepared, match="must be owner"), transaction() as session:
        session.execute(text("DROP TABLE audit"))
    with pytest.raises(Unprepared, match="permission denied"), transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'x'"))


def test_an_embedded_database_asks_for_the_same_words(app: Flask) -> None:
    with app.app_context(), reading(answers=True) as session:
        assert session.scalar(select(Network.kind)) == "real"


def test_it_is_done_by_the_owner_and_may_be_done_again(
    postgresql: Server, postgresql_prepared: str, bare: str, tmp_path: Path
) -> None:
    owner = made_app(postgresql.url(bare), tmp_path / "owner")
    web = made_app(postgresql.url(bare, WEB), tmp_path / "web")
    with web.app_context(), pytest.raises(Unprepared, match="permission denied"), reading() as session:
        session.scalar(select(Network.kind))
    for _again in range(2):
        code, said = ran(owner, "data", "protect")
        assert code == 0 and f"ANSWERS_ROLE={ANSWERS}" in said
    with web.app_context():
        assert reachable_answers() == []
    code, said = ran(web, "data", "protect")
    assert code == 1 and "for their owner" in said


def test_what_is_printed_is_what_is_done(postgresql: Server, bare: str, tmp_path: Path) -> None:
    owner = made_app(postgresql.url(bare), tmp_path / "owner")
    code, said = ran(owner, "data", "protect", "--login", "somebody", "--answers", "something", "--print")
    assert code == 0 and said.splitlines() == [f"{one};" for one in protection("somebody", "something")]
    with owner.app_context(), db.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = 'somebody'")) == 0
        connection.exec_driver_sql(said)
        found = connection.scalar(text("SELECT has_table_privilege('somebody', 'response', 'SELECT')"))
        assert found is False
        connection.exec_driver_sql("DROP OWNED BY somebody, something; DROP ROLE somebody, something")


def test_a_login_that_owns_the_tables_is_told(postgresql: Server, bare: str, tmp_path: Path) -> None:
    code, said = ran(made_app(postgresql.url(bare), tmp_path / "owner"), "data", "protect", "--login", OWNER)
    assert code == 1 and "reaches response, response_text, release_moments all the same" in said


def test_preparing_again_opens_new_tables_and_no_answers(postgresql: Server, bare: str, tmp_path: Path) -> None:
    owner = made_app(postgresql.url(bare), tmp_path / "owner")
    owner.config["SETTINGS"] = owner.config["SETTINGS"].model_copy(update={"answers_role": ANSWERS})
    assert ran(owner, "data", "protect")[0] == 0
    with owner.app_context(), db.engine.begin() as connection:
        # As after a migration that made the one table, and an operator who opened the other.
        connection.exec_driver_sql(f"REVOKE ALL ON open_data FROM {WEB}; GRANT SELECT ON response TO {WEB}")
    assert ran(owner, "prepare") == (0, "")
    with made_app(postgresql.url(bare, WEB), tmp_path / "web").app_context():
        assert reachable_answers() == []
        with reading() as session:
            assert session.scalar(text("SELECT count(*) FROM open_data")) == 0


def test_preparing_as_the_app_s_login_says_who_has_to(postgresql: Server, bare: str, tmp_path: Path) -> None:
    owner, web = made_app(postgresql.url(bare), tmp_path / "owner"), made_app(postgresql.url(bare, WEB), tmp_path / "w")
    assert ran(owner, "data", "protect")[0] == 0
    assert ran(web, "prepare") == (0, "")
    with owner.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    code, said = ran(web, "prepare")
    assert code == 1 and "logs in as their owner" in said


def test_an_owner_who_is_nobody_special_sees_that_the_app_is_connected(
    postgresql: Server, bare: str, tmp_path: Path
) -> None:
    """PostgreSQL does not tell them what other logins are doing, only that they are there."""
    server = made_app(postgresql.url("postgres"), tmp_path / "server")
    with server.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE plain LOGIN")
    try:
        with made_app(postgresql.url(bare, "plain"), tmp_path / "plain").app_context():
            refuse_in_use()
            plain = db.engine
        web = made_app(postgresql.url(bare, WEB), tmp_path / "web")
        with web.app_context(), db.engine.connect(), pytest.raises(InUse):
            refuse_in_use(plain)
        plain.dispose()
    finally:
        with server.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("DROP ROLE plain")


def test_an_owner_s_own_login_takes_on_nothing(postgresql: Server, tmp_path: Path) -> None:
    """Without the setting nothing changes: one login, as before."""
    app = made_app(postgresql.url(PREPARED), tmp_path)
    with app.app_context():
        assert db.engine.get_execution_options()[ANSWERS_ROLE] == ""
        with reading(answers=True) as session:
            assert session.scalar(text("SELECT current_user")) == OWNER
