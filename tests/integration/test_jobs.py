"""What is to happen later happens once, whatever becomes of workers, mail servers and other jobs."""

from __future__ import annotations

import asyncio
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.jobs.letter import Letter
from assessment.jobs.letters import WRITERS
from assessment.jobs.message import Message
from assessment.jobs.post import Down
from assessment.jobs.smtp import CONNECTING, SENDING, STEPS_TO_CONNECT, STEPS_TO_SEND, Smtp
from assessment.jobs.work import AT_ONCE, work_outbox
from assessment.store.db import Session, reading, transaction
from assessment.store.models import Job
from assessment.store.queries.outbox import (
    LEASE,
    MOST_ATTEMPTS,
    WAIT_WHEN_DOWN,
    Kind,
    finish_job,
    hold_job,
    lease_jobs,
    leave_job,
    leave_jobs,
    postpone_job,
)
from assessment.store.seal import Seal
from tests.house.mail_server import TAKEN, MailServer, running_mail_server
from tests.house.worker import write

ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
SEAL: Final = Seal("k" * 40)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


@pytest.fixture
def post(server: MailServer) -> Iterator[Smtp]:
    post = Smtp(server.settings(), connecting=2, sending=2)
    yield post
    post.rest()


@pytest.fixture(autouse=True)
def letters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test here has a kind of job that writes to its own id; inside the app."""
    monkeypatch.setitem(WRITERS, "offer", write)  # type: ignore[misc]
    with app.app_context():
        yield


def leave(number: int, kind: Kind = "offer", due: datetime = NOW) -> list[UUID]:
    ids = [uuid4() for _ in range(number)]
    with transaction() as session:
        leave_jobs(session, kind, [(f"{kind}:{one.hex}", one) for one in ids], due)
    return ids


def work(post: Any, clock: Clock, turns: int = 1000) -> None:
    """Until nothing is due; as the worker does, which waits where the server takes nothing."""
    for _turn in range(turns):
        try:
            if not work_outbox(post, SEAL, clock):
                return
        except Down:
            return
    raise AssertionError("the work never ends")


def states() -> Counter[str]:
    with reading() as session:
        return Counter(session.scalars(select(Job.state).where(Job.kind == "offer")))


def the_job() -> Job:
    with reading() as session:
        return session.scalars(select(Job)).one()


def addresses(ids: list[UUID]) -> list[str]:
    return sorted(f"{one.hex}@example.org" for one in ids)


class TestAJobIsDoneOnce:
    def test_asked_for_twice_it_is_one(self, server: MailServer, post: Smtp, clock: Clock) -> None:
        one = uuid4()
        for _time in range(2):
            with transaction() as session:
                leave_job(session, "offer", "offer:1", one, NOW)
        work(post, clock)
        with transaction() as session:
            leave_job(session, "offer", "offer:1", one, NOW)
        work(post, clock)
        assert server.addresses == addresses([one])

    def test_it_waits_until_it_is_due(self, server: MailServer, post: Smtp, clock: Clock) -> None:
        leave(1, due=NOW + timedelta(hours=1))
        work(post, clock)
        assert server.tries == 0
        clock.advance(timedelta(hours=1))
        work(post, clock)
        assert len(server.taken) == 1

    def test_whoever_waits_to_sign_in_goes_first(self, clock: Clock) -> None:
        leave(20)
        (waiting,) = leave(1, "sign-in")
        with transaction() as session:
            assert waiting in [job.of for job in lease_jobs(session, NOW, AT_ONCE)][:1]

    def test_a_letter_that_is_no_longer_due_ends_its_job(
        self, server: MailServer, post: Smtp, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(WRITERS, "offer", lambda _job, _context: None)  # type: ignore[misc]
        leave(3)
        work(post, clock)
        assert states() == {"done": 3} and server.tries == 0

    def test_what_is_noted_is_noted_with_the_end_of_the_job(
        self, server: MailServer, post: Smtp, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One of fifty addresses is refused for good; the others get theirs."""
        ids, noted = leave(50), Counter[str]()
        server.at_rcpt = lambda to: "550 5.1.1 No such user" if to in addresses(ids[:1]) else TAKEN

        def writer(job: Any, context: Any) -> Letter:
            letter = write(job, context)
            assert letter
            return Letter(letter.message, lambda _s: noted.update(["sent"]), lambda _s: noted.update(["refused"]))

        monkeypatch.setitem(WRITERS, "offer", writer)  # type: ignore[misc]
        work(post, clock)
        assert server.addresses == addresses(ids[1:]) and server.tries == 50
        assert noted == {"sent": 49, "refused": 1} and states() == {"done": 50}

    def test_done_it_does_not_tell_whether_a_message_was_sent_nor_how_hard_it_was(
        self, server: MailServer, post: Smtp, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of three, one letter is not due any more, one is put off once, one goes out at once."""
        ids = leave(3)

        def writer(job: Any, context: Any) -> Letter | None:
            return None if job.of == ids[0] else write(job, context)

        monkeypatch.setitem(WRITERS, "offer", writer)  # type: ignore[misc]
        server.at_rcpt = lambda to: "450 Later" if to in addresses(ids[1:2]) and clock.now == NOW else TAKEN
        work(post, clock)
        clock.advance(timedelta(minutes=1))
        work(post, clock)
        with reading() as session:
            rows = session.execute(select(Job.state, Job.due_at, Job.leased_until, Job.attempts, Job.fault)).all()
        assert len(rows) == 3 and len(set(rows)) == 1 and len(server.taken) == 2


class TestALease:
    def test_only_one_worker_gets_a_job(self, clock: Clock) -> None:
        leave(15)
        with transaction() as session:
            first = lease_jobs(session, NOW, 10)
        with transaction() as session:
            second = lease_jobs(session, NOW, 10)
        assert len(first) == 10 and len(second) == 5 and not {j.id for j in first} & {j.id for j in second}

    def test_of_two_that_hold_a_job_one_after_the_other_the_first_lets_it_be(self, clock: Clock) -> None:
        leave(1)
        with transaction() as session:
            (slow,) = lease_jobs(session, NOW, 1)
        with transaction() as session:
            assert lease_jobs(session, NOW + LEASE - timedelta(seconds=1), 1) == ()
            (quick,) = lease_jobs(session, NOW + LEASE, 1)
        with transaction() as session:
            assert not hold_job(session, slow, NOW + LEASE)
            postpone_job(session, slow, NOW + LEASE, "late")
            assert hold_job(session, quick, NOW + LEASE)
        assert the_job().fault == ""
        with transaction() as session:
            finish_job(session, quick)
            assert not hold_job(session, quick, NOW + LEASE)

    def test_a_batch_that_takes_longer_than_its_lease_is_not_worked_twice(
        self, server: MailServer, post: Smtp, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each letter takes two minutes to write, and another worker looks after each."""
        ids = leave(8)

        def slowly(job: Any, context: Any) -> Letter | None:
            clock.advance(timedelta(minutes=2))
            with monkeypatch.context() as meanwhile:
                meanwhile.setitem(WRITERS, "offer", write)  # type: ignore[misc]
                work_outbox(post, SEAL, clock)
            return write(job, context)

        monkeypatch.setitem(WRITERS, "offer", slowly)  # type: ignore[misc]
        work(post, clock)
        assert server.addresses == addresses(ids) and states() == {"done": 8}
        assert clock.now >= NOW + LEASE

    def test_one_message_takes_less_than_a_lease(self) -> None:
        assert LEASE.total_seconds() > STEPS_TO_CONNECT * CONNECTING + STEPS_TO_SEND * SENDING

    def test_a_worker_told_to_stop_gives_back_what_it_has_not_begun(
        self, server: MailServer, post: Smtp, clock: Clock
    ) -> None:
        ids = leave(10)
        done = work_outbox(post, SEAL, clock, lambda: len(server.taken) == 3)
        assert len(done) == 3 and states() == {"done": 3, "waiting": 7}
        work(post, clock)
        assert server.addresses == addresses(ids)


class TestTheMailServer:
    def test_down_it_loses_nothing_and_no_job_is_blamed(self, server: MailServer, post: Smtp, clock: Clock) -> None:
        ids = leave(25)
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            nobody = Smtp(server.settings(mail_port=closed.getsockname()[1]), connecting=1)
        for _hour in range(4 * 24):
            work(nobody, clock)
            clock.advance(timedelta(hours=1))
        assert states() == {"waiting": 25}
        with reading() as session:
            assert set(session.scalars(select(Job.fault))) <= {"ConnectionRefusedError", ""}
        work(post, clock)
        assert server.addresses == addresses(ids) and states() == {"done": 25}

    def test_down_it_is_asked_once_a_batch(self, server: MailServer, clock: Clock) -> None:
        leave(AT_ONCE)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            slow = Smtp(server.settings(mail_port=silent.getsockname()[1]), connecting=0.2)
            with pytest.raises(Down):
                work_outbox(slow, SEAL, clock)
            silent.setblocking(False)
            silent.accept()[0].close()
            with pytest.raises(BlockingIOError):  # nobody else has knocked
                silent.accept()
        assert states() == {"waiting": AT_ONCE}
        with reading() as session:
            assert set(session.scalars(select(Job.due_at))) == {NOW + WAIT_WHEN_DOWN}

    def test_silent_in_the_middle_it_is_asked_again_later(self, server: MailServer, clock: Clock) -> None:
        (one,) = leave(1)
        post = Smtp(server.settings(), connecting=2, sending=0.3)

        async def wait() -> None:
            await asyncio.sleep(1)

        server.at_data = lambda _to: "451 Too slow"
        server.before_reply = wait
        work(post, clock)
        assert states() == {"waiting": 1}
        server.before_reply = None
        server.at_data = lambda _to: TAKEN
        clock.advance(timedelta(minutes=1))
        work(post, clock)
        post.rest()
        assert server.addresses == addresses([one]) and states() == {"done": 1}

    @pytest.mark.parametrize("said", ["450 Later", "451 Later", "452 Full", "421 Closing", "550 5.7.1 Relay denied"])
    def test_later_means_later(self, server: MailServer, post: Smtp, clock: Clock, said: str) -> None:
        ids = leave(3)
        server.at_rcpt = lambda to: said if to in addresses(ids[:1]) else TAKEN
        work(post, clock)
        assert server.addresses == addresses(ids[1:]) and states() == {"done": 2, "waiting": 1}
        server.at_rcpt = lambda _to: TAKEN
        clock.advance(timedelta(minutes=1))
        work(post, clock)
        assert server.addresses == addresses(ids)

    def test_a_connection_that_drops_after_the_message_loses_nothing(
        self, server: MailServer, post: Smtp, clock: Clock
    ) -> None:
        ids = leave(5)
        server.hang_up = lambda to: to in addresses(ids[:2])
        work(post, clock)
        assert server.addresses == addresses(ids[2:])
        server.hang_up = lambda _to: False
        clock.advance(timedelta(minutes=1))
        work(post, clock)
        assert server.addresses == addresses(ids)

    def test_after_many_tries_a_job_has_failed_and_says_so(self, server: MailServer, post: Smtp, clock: Clock) -> None:
        leave(1)
        server.at_data = lambda _to: "451 Later"
        for _try in range(MOST_ATTEMPTS):
            work(post, clock)
            clock.advance(timedelta(hours=1))
        assert states() == {"failed": 1} and server.tries == MOST_ATTEMPTS

    def test_the_sender_refused_is_no_fault_of_a_message(
        self, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        leave(2)

        def refuse(*_arguments: Any) -> None:
            raise smtplib.SMTPSenderRefused(550, b"5.7.1 Not you", "same-table@example.org")

        monkeypatch.setattr(smtplib.SMTP, "send_message", refuse)
        post = Smtp(server.settings(), connecting=2)
        work(post, clock)
        post.rest()
        assert states() == {"waiting": 2}

    def test_one_connection_serves_many_messages(self, server: MailServer, clock: Clock) -> None:
        leave(30)
        post = Smtp(server.settings())  # as patient as it is outside the tests, for the machine may be busy
        work(post, clock)
        post.rest()
        assert len(server.taken) == 30 and server.connections == 1


class TestAFault:
    def test_in_one_job_does_not_stop_the_others_and_is_not_repeated_in_the_log(
        self,
        server: MailServer,
        post: Smtp,
        clock: Clock,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        ids = leave(12)

        def writer(job: Any, context: Any) -> Letter | None:
            if job.of in ids[:2]:
                raise ValueError("ann@example.org said hello")
            return write(job, context)

        monkeypatch.setitem(WRITERS, "offer", writer)  # type: ignore[misc]
        work(post, clock)
        assert server.addresses == addresses(ids[2:]) and states() == {"done": 10, "waiting": 2}
        assert "ValueError" in caplog.text and "ann@" not in caplog.text
        with reading() as session:
            assert set(session.scalars(select(Job.fault))) == {"ValueError", ""}

    def test_in_noting_it_does_not_send_the_message_again(
        self, server: MailServer, post: Smtp, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_session: Session) -> None:
            raise ValueError

        def writer(job: Any, context: Any) -> Letter:
            letter = write(job, context)
            assert letter
            return Letter(letter.message, when_sent=fail)

        monkeypatch.setitem(WRITERS, "offer", writer)  # type: ignore[misc]
        leave(1)
        work(post, clock)
        assert len(server.taken) == 1 and states() == {"done": 1}

    @pytest.mark.parametrize("to", ["", "nobody", "a@b@c.org", "x@y.org, z@w.org", "x@y.org\nBcc: z@w.org", "jö@x.org"])
    def test_what_is_no_address_is_refused_and_sent_to_nobody(
        self, server: MailServer, post: Smtp, clock: Clock, monkeypatch: pytest.MonkeyPatch, to: str
    ) -> None:
        monkeypatch.setitem(WRITERS, "offer", lambda _j, _c: Letter(Message(to, "A\nB", "x")))  # type: ignore[misc]
        leave(1)
        work(post, clock)
        assert server.tries == 0 and states() == {"done": 1}


class TestProcesses:
    def test_workers_side_by_side_do_each_job_once(self, app: Flask, server: MailServer, tmp_path: Path) -> None:
        ids = leave(120, due=datetime.now(UTC))
        workers = [start_worker(app, server, tmp_path, "--once") for _ in range(3)]
        for worker in workers:
            said = worker.communicate(timeout=60)[1]
            assert worker.returncode == 0, said
            assert "@" not in said.replace("127.0.0.1", "") and "Worked offer" in said
        assert server.addresses == addresses(ids) and len(server.ids) == 120

    def test_one_killed_mid_way_loses_nothing(self, app: Flask, server: MailServer, tmp_path: Path) -> None:
        """It dies after the server took a message, and before it could write that down."""
        ids = leave(20, due=datetime.now(UTC))

        async def stall() -> None:
            if len(server.taken) == 6:
                await asyncio.sleep(3600)

        server.before_reply = stall
        worker = start_worker(app, server, tmp_path)
        wait_for(lambda: len(server.taken) == 6)
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        server.before_reply = None
        clock, post = Clock(), Smtp(server.settings())
        clock.now = datetime.now(UTC) + LEASE
        work(post, clock)
        post.rest()
        assert set(server.addresses) == set(addresses(ids)) and states() == {"done": 20}
        assert len(server.taken) == 21 and len(server.ids) == 20

    def test_told_to_stop_it_ends_between_two_messages(self, app: Flask, server: MailServer, tmp_path: Path) -> None:
        leave(200, due=datetime.now(UTC))
        worker = start_worker(app, server, tmp_path)
        wait_for(lambda: len(server.taken) > 3)
        worker.terminate()
        assert "has stopped" in worker.communicate(timeout=10)[1] and worker.returncode == 0
        with reading() as session:
            left = session.scalars(select(Job.leased_until).where(Job.state == "waiting", Job.kind == "offer")).all()
        assert len(left) == 200 - len(server.taken) and set(left) <= {None}

    def test_it_stops_when_the_process_beside_it_is_gone(self, app: Flask, server: MailServer, tmp_path: Path) -> None:
        beside = subprocess.Popen(["sleep", "60"])
        leave(1, due=datetime.now(UTC))
        worker = start_worker(app, server, tmp_path, "--beside", str(beside.pid))
        wait_for(lambda: server.taken)
        assert worker.poll() is None
        beside.kill()
        beside.wait()
        worker.communicate(timeout=30)
        assert worker.returncode == 0


def start_worker(app: Flask, server: MailServer, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    settings = app.config["SETTINGS"]
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "INSTANCE": str(folder),
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(server.port),
        "MAIL_SECURITY": "none",
        "MAIL_FROM": "same-table@example.org",
    }
    command = [sys.executable, "-m", "tests.house.worker", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(happened: Any) -> None:
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def test_a_thousand_messages_with_a_server_that_fails_one_in_ten(
    server: MailServer, post: Smtp, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = leave(1000)
    faults = iter(["450 Later", "421 Closing", "451 Later", "drop"] * 1000)
    turn = [0]

    def fails(_to: str) -> bool:
        turn[0] += 1
        return turn[0] % 10 == 0

    def at_data(to: str) -> str:
        return next(faults).replace("drop", "451 Later") if fails(to) else TAKEN

    server.at_data = at_data
    begun = time.monotonic()
    while states()["done"] < 1000:
        work(post, clock)
        clock.advance(timedelta(minutes=10))
    seconds = time.monotonic() - begun
    assert server.addresses == addresses(ids) and len(server.ids) == 1000
    with capsys.disabled():
        print(f"\n1,000 messages, {server.tries} tries, {seconds:.1f} s, {server.connections} connections")  # noqa: T201
