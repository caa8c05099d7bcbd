"""flask doctor: a line for everything, OK or what to do; and exit code 1 where there is something to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text, update

from assessment.commands.demo.fill import fill_demo
from assessment.commands.demo.rounds import Calendar
from assessment.store.db import db, transaction
from assessment.store.models import Job, Round
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.outbox import leave_job
from assessment.workflows.backups import backup_name
from tests.house.leading import Place
from tests.house.mail_server import MailServer, running_mail_server
from tests.house.postgresql import WEB, free_port
from tests.integration.conftest import made_app

PRODUCTION = {"environment": "production", "proxies": 1}


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


def looked(app: Flask, **settings: Any) -> Result:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update=settings)
    result = app.test_cli_runner().invoke(args=["doctor"])
    with app.app_context():
        db.engine.dispose()
    return result


def told(result: Result, name: str) -> str:
    """What is to be done about this, or nothing."""
    beginnings = (f"OK     {name}", f"TO DO  {name}: ")
    lines = [line for line in result.output.splitlines() if line.startswith(beginnings)]
    assert len(lines) == 1, result.output
    return "" if lines[0] == f"OK     {name}" else lines[0].removeprefix(f"TO DO  {name}: ")


def test_an_installation_that_is_well(app: Flask) -> None:
    result = looked(app)
    assert result.exit_code == 0 and {line[:7] for line in result.output.splitlines()} == {"OK     "}, result.output


def test_nothing_of_what_it_tries_stays(app: Flask) -> None:
    looked(app)
    with app.app_context(), transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM rate")) == 0


def test_production_without_backups_or_a_proxy(app: Flask) -> None:
    result = looked(app, environment="production")
    assert result.exit_code == 1
    assert "BACKUP_FOLDER is not set" in told(result, "backup") and "PROXIES is 0" in told(result, "settings")
    assert told(result, "answers under lock") == ""


def test_a_backup_that_is_old(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert "there is none" in told(looked(app, backup_folder=folder), "backup")
    result = app.test_cli_runner().invoke(args=["backup"])
    assert result.exit_code == 0, result.output
    assert told(looked(app), "backup") == ""
    (new,) = folder.iterdir()
    new.rename(folder / backup_name(datetime.now(UTC) - timedelta(hours=50), locked=False))
    assert "50 hours old" in told(looked(app), "backup")


def test_a_database_that_is_not_prepared(empty_database: str, tmp_path: Path) -> None:
    app = made_app(empty_database, tmp_path)
    result = looked(app)
    assert result.exit_code == 1 and "Run: flask prepare" in told(result, "database")
    assert "could not be looked at" in told(result, "jobs")


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    app = made_app(f"postgresql://nobody@127.0.0.1:{free_port()}/none", tmp_path)
    result = looked(app)
    assert result.exit_code == 1 and told(result, "database") == "it does not answer."
    assert told(result, "disk") == "" and len(result.output.splitlines()) == 9


def test_a_database_that_cannot_be_written_to(app: Flask, owner: Flask, database: str) -> None:
    if "sqlite" in database:
        pytest.skip("whoever runs the tests may write to any file")
    with owner.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"ALTER ROLE {WEB} SET default_transaction_read_only = on"))
    try:
        assert "cannot be written to" in told(looked(app), "database")
    finally:
        with owner.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"ALTER ROLE {WEB} RESET default_transaction_read_only"))


def test_a_login_that_reaches_answers(owner: Flask, database: str) -> None:
    result = looked(owner, **PRODUCTION)
    if "sqlite" in database:
        assert told(result, "answers under lock") == ""
    else:
        assert "flask data protect" in told(result, "answers under lock")


def test_a_mail_server_that_is_looked_at_and_sent_nothing(app: Flask, server: MailServer) -> None:
    mail = server.settings()
    given = {name: getattr(mail, name) for name in ("mail_server", "mail_port", "mail_security", "mail_from")}
    assert told(looked(app, **given), "mail") == ""
    assert server.connections == 1 and server.taken == [] and server.tries == 0
    assert "does not take us" in told(looked(app, mail_port=free_port()), "mail")


def test_jobs_that_nobody_does(app: Flask) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    with app.app_context(), transaction() as session:
        leave_job(session, "offer", "offer:1", uuid4(), long_ago)
    assert "1 late" in told(looked(app), "jobs")
    with app.app_context(), transaction() as session:
        session.execute(update(Job).values(state="failed"))
    assert "flask jobs retry" in told(looked(app), "jobs")


def test_a_round_that_nobody_closed(app: Flask) -> None:
    place = Place.made(app, "Larkshire Council")
    place.planned()
    assert told(looked(app), "jobs") == ""
    with app.app_context(), transaction() as session:
        session.execute(update(Round).values(closes_on=datetime.now(UTC).date() - timedelta(days=9)))
    assert "1 rounds past their end" in told(looked(app), "jobs")


def test_a_clock_that_went_back(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        note_deed(session, datetime.now(UTC) + timedelta(days=1), None, Deed("opened a round"))
    assert "still to come" in told(looked(app), "clock")


def test_figures_that_are_not_what_they_rest_on(app: Flask) -> None:
    """As somebody would who changes one by hand."""
    with app.app_context():
        with transaction() as session:
            session.execute(text("DELETE FROM network"))
        for _published in fill_demo(60, 1, Calendar(date(2026, 11, 1), 2), app.config["SEAL"]):
            pass
    assert told(looked(app), "published figures") == ""
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE snapshot_cell SET median_x10 = 40 - median_x10 WHERE median_x10 IS NOT NULL"))
    assert "flask snapshot audit" in told(looked(app), "published figures")
