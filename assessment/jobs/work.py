"""Working the outbox: lease, write, send, note. A worker that dies leaves a lease that runs out.

A message is sent once, except where this process dies, or the server falls silent, between the server's taking it and
our writing that down: then it goes again, under the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assessment.jobs.context import Context
from assessment.jobs.letter import Letter
from assessment.jobs.letters import WRITERS
from assessment.jobs.post import Down, Post, Refused, Unavailable, Unsure
from assessment.logs import REQUEST_ID
from assessment.store.db import Session, transaction
from assessment.store.queries.outbox import (
    Leased,
    finish_job,
    hold_job,
    lease_jobs,
    postpone_job,
    put_off_job,
    release_job,
)
from assessment.store.seal import Seal

AT_ONCE: Final = 10
log = logging.getLogger(__name__)


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """What working needs: where messages go, the seal, the time, and whether to stop before the next message."""

    post: Post
    seal: Seal
    clock: Callable[[], datetime]
    stopping: Callable[[], bool] = never


def work_outbox(
    post: Post, seal: Seal, clock: Callable[[], datetime], stopping: Callable[[], bool] = never
) -> tuple[Leased, ...]:
    """Work some of the jobs that are due; return those that were taken. Raises Down when nothing can be sent."""
    work = Work(post, seal, clock, stopping)
    with transaction() as session:
        leased = lease_jobs(session, clock(), AT_ONCE)
    for number, job in enumerate(leased):
        if stopping():
            _release(leased[number:])
            return leased[:number]
        try:
            _work(job, work)
        except Down as down:
            _put_off(leased[number:], clock(), str(down))
            raise
    return leased


def _work(job: Leased, work: Work) -> None:
    """One job, whatever becomes of it: its fault must not stop the others. Raises only Down."""
    REQUEST_ID.set(str(job.id))
    try:
        with transaction() as session:
            if not hold_job(session, job, work.clock()):
                return
        _write_and_send(job, work)
    except Down:
        raise
    except Exception as fault:
        _postpone(job, work, fault)
    finally:
        REQUEST_ID.set("")


def _write_and_send(job: Leased, work: Work) -> None:
    letter = WRITERS[job.kind](job, Context(work.clock(), work.seal))
    if letter is None:
        _finish(job)
        return
    try:
        work.post.send(letter.message, job.key)
    except Refused:
        _note(job, letter.when_refused)
    except Unsure:
        raise
    except Unavailable:
        with transaction() as session:
            letter.when_put_off(session)
        raise
    else:
        _note_sent(job, letter)


def _note_sent(job: Leased, letter: Letter) -> None:
    """Down in the books, whatever happens: a message that went out must not go out again for a fault of ours."""
    try:
        _note(job, letter.when_sent)
    except Exception as fault:
        log.error("Noting that a job of kind %s was sent failed: %s", job.kind, type(fault).__name__)
        _finish(job)


def _note(job: Leased, what: Callable[[Session], None]) -> None:
    with transaction() as session:
        what(session)
        finish_job(session, job)


def _finish(job: Leased) -> None:
    with transaction() as session:
        finish_job(session, job)


def _postpone(job: Leased, work: Work, fault: Exception) -> None:
    name = str(fault) if isinstance(fault, Unavailable) else type(fault).__name__
    log.warning("A job of kind %s is put off: %s", job.kind, name)
    with transaction() as session:
        postpone_job(session, job, work.clock(), name)


def _put_off(jobs: tuple[Leased, ...], now: datetime, fault: str) -> None:
    with transaction() as session:
        for job in jobs:
            put_off_job(session, job, now, fault)


def _release(jobs: tuple[Leased, ...]) -> None:
    with transaction() as session:
        for job in jobs:
            release_job(session, job)
