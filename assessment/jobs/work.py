"""Working the outbox: lease, write, send, note. A worker that dies leaves a lease that runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from assessment.jobs.context import Context
from assessment.jobs.letters import WRITERS
from assessment.jobs.post import Post, Refused, Unavailable
from assessment.store.db import Session, transaction
from assessment.store.queries.outbox import Leased, finish_job, lease_jobs, postpone_job
from assessment.store.seal import Seal

AT_ONCE: Final = 10


def work_outbox(post: Post, seal: Seal, clock: Callable[[], datetime]) -> int:
    """Work some of the jobs that are due; return how many were taken, 0 when there is nothing to do."""
    with transaction() as session:
        leased = lease_jobs(session, clock(), AT_ONCE)
    for job in leased:
        _work(job, post, Context(clock(), seal))
    return len(leased)


def _work(job: Leased, post: Post, context: Context) -> None:
    letter = WRITERS[job.kind](job, context)
    if letter is None:
        _note(job)
        return
    try:
        post.send(letter.message, job.key)
    except Unavailable as fault:
        with transaction() as session:
            postpone_job(session, job, context.now, str(fault) or "unavailable")
    except Refused:
        _note(job, letter.when_refused)
    else:
        _note(job, letter.when_sent)


def _note(job: Leased, also: Callable[[Session], None] | None = None) -> None:
    with transaction() as session:
        if also:
            also(session)
        finish_job(session, job)
