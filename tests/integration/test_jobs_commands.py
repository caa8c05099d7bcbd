"""What an operator sees of the outbox, and what the worker writes down."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.jobs import clockwork, worker
from assessment.jobs.context import Context
from assessment.jobs.letters import WRITERS
from assessment.jobs.post import Down, NoPost
from assessment.jobs.worker import Worker
from assessment.store.db import reading, transaction
from assessment.store.models import Job
from assessment.store.seal import Seal
from tests.house.worker import write

MINUTE = timedelta(minutes=1)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
    logging.getLogger("assessment").setLevel(logging.NOTSET)


def run(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["jobs", *arguments])


def leave(kind: str, state: str = "waiting", due: timedelta = -MINUTE, fault: str = "", **more: Any) -> None:
    with transaction() as session:
        session.add(Job(key=str(uuid4()), kind=kind, of=uuid4(), state=state, due_at=now() + due, fault=fault, **more))


def rows() -> list[Job]:
    with reading() as session:
        return list(session.scalars(select(Job).where(Job.kind != "expire")))


def test_nothing_waits(app: Flask) -> None:
    leave("offer", "done")
    result = run(app, "status")
    assert (result.exit_code, result.output) == (0, "Nothing is waiting, and nothing has failed.\n")
    assert run(app, "retry").output == "There is nothing to try again.\n"


def test_what_waits_is_late_or_has_failed(app: Flask) -> None:
    leave("offer")
    leave("offer", due=MINUTE)
    leave("offer", due=-6 * MINUTE)
    leave("invite", "failed", fault="451")
    leave("invite", "failed", fault="ConnectionRefusedError")
    leave("invite", "done", due=-600 * MINUTE)
    assert run(app, "status").output.splitlines() == [
        "invite: 2 failed (451, ConnectionRefusedError)",
        "offer: 2 waiting, 1 late",
    ]


def test_trying_again(app: Flask) -> None:
    leave("invite", "failed", fault="451", attempts=40)
    leave("offer", fault="451", due=60 * MINUTE, attempts=3)
    leave("offer", due=60 * MINUTE)
    leave("offer", fault="451", leased_until=now() + MINUTE)
    assert run(app, "retry", "--kind", "invite").output == "Trying 1 again now.\n"
    assert run(app, "retry").output == "Trying 2 again now.\n"
    found = rows()
    assert [job.state for job in found] == ["waiting"] * 4
    assert sum(job.due_at <= now() for job in found) == 3
    assert run(app, "retry", "--kind", "nothing").exit_code == 2


def test_a_run_says_what_it_did_and_to_nobody(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(WRITERS, "offer", write)  # type: ignore[misc]
    for _job in range(3):
        leave("offer")
    caplog.set_level(logging.INFO)
    assert run(app, "run", "--once").exit_code == 0
    folder = app.config["SETTINGS"].instance / "mail"
    assert caplog.messages == [
        f"The jobs worker has started. Mail is put into {folder}.",
        "Worked expire 1, offer 3",
        "The jobs worker has stopped.",
    ]
    assert len(list(folder.iterdir())) == 3


def test_a_run_that_could_not_do_everything_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_arguments: Any) -> Any:
        raise Down("ConnectionRefusedError")

    monkeypatch.setattr(worker, "work_outbox", down)
    assert run(app, "run", "--once").exit_code == 1


def test_a_database_that_is_gone_for_a_minute_does_not_end_the_worker(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_arguments: Any) -> Any:
        raise ValueError("at postgresql://ann:hunter2@db")

    one = Worker(NoPost(), Seal("k" * 40))
    monkeypatch.setattr(worker, "work_outbox", gone)
    assert one.try_turn() == 0 and one.faults == 1
    monkeypatch.undo()
    assert one.try_turn() == 1  # today's forgetting
    assert "ValueError" in caplog.text and "hunter2" not in caplog.text


def test_while_the_mail_server_is_down_duties_go_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def down(*_arguments: Any) -> Any:
        calls.append("mail")
        raise Down("ConnectionRefusedError")

    monkeypatch.setattr(worker, "work_outbox", down)
    monkeypatch.setattr(worker, "do_duties", lambda _context: calls.append("duties") or 0)
    one = Worker(NoPost(), Seal("k" * 40))
    for _turn in range(3):
        one.try_turn()
        one.duties_due = now()
    assert calls == ["duties", "mail", "duties", "duties"]


def test_a_fault_in_one_duty_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fail(_context: Context) -> None:
        raise ValueError("ann@example.org")

    monkeypatch.setattr(clockwork, "DUTIES", (fail, lambda _context: done.append("second"), fail))
    assert clockwork.do_duties(Context(now(), Seal("k" * 40))) == 2
    assert done == ["second"] and "ann@" not in caplog.text and "The duty fail failed: ValueError" in caplog.text
