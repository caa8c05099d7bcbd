"""Jobs: left by a workflow in its own transaction, leased by a worker, done once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, cast, get_args
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, CursorResult, and_, case, or_, select, update
from sqlalchemy.orm import Session

from assessment.logs import REQUEST_ID
from assessment.store.models import Job
from assessment.store.upsert import insert_into

Kind = Literal["sign-in", "offer", "invite", "remind", "hear", "expire"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LEASE: Final = timedelta(minutes=6)
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
WAIT_WHEN_DOWN: Final = timedelta(minutes=1)
MOST_ATTEMPTS: Final = 40

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Leased:
    """A job that this worker holds for a while: what to do, of which id, and which try it is (1, 2 …)."""

    id: UUID
    key: str
    kind: Kind
    of: UUID
    attempt: int
    due: datetime


def leave_jobs(session: Session, kind: Kind, jobs: Sequence[tuple[str, UUID]], due: datetime) -> None:
    """Leave one job a (key, id), to be done from ``due`` on; a key that is there already is left alone.

    ``key`` says what the job is in the words of its workflow (``invite:<round>:<invitation>``), so that
    asking for it twice makes one job.
    """
    if not jobs:
        return
    rows = [
        {
            "id": uuid4(),
            "key": key,
            "kind": kind,
            "of": of,
            "state": "waiting",
            "due_at": due,
            "attempts": 0,
            "fault": "",
        }
        for key, of in jobs
    ]
    session.execute(insert_into(session, Job).on_conflict_do_nothing(index_elements=["key"]), rows)
    # How many reminders there are says how many have not answered.
    if REQUEST_ID.get() and kind != "remind":
        # Their ids are what joins the lines of this request to those of the worker that does them.
        log.info("Left jobs", extra={"fields": {"kind": kind, "jobs": [row["id"] for row in rows]}})


def leave_job(session: Session, kind: Kind, key: str, of: UUID, due: datetime) -> None:
    leave_jobs(session, kind, [(key, of)], due)


def lease_jobs(session: Session, now: datetime, most: int) -> tuple[Leased, ...]:
    """Take up to ``most`` jobs that are due and that nobody holds; no other worker gets them until the lease ends.

    Who waits to sign in goes before a thousand invitations.
    """
    free = or_(Job.leased_until.is_(None), Job.leased_until <= now)
    order = (case((Job.kind == "sign-in", 0), else_=1), Job.due_at, Job.id)
    query = select(Job).where(Job.state == "waiting", Job.due_at <= now, free).order_by(*order).limit(most)
    found = session.scalars(query.with_for_update(skip_locked=True)).all()
    for job in found:
        job.leased_until = now + LEASE
        job.attempts += 1
    session.flush()
    return tuple(Leased(job.id, job.key, cast("Kind", job.kind), job.of, job.attempts, job.due_at) for job in found)


def hold_job(session: Session, job: Leased, now: datetime) -> bool:
    """Begin the lease of one job anew; False where it ran out meanwhile and another worker has taken it."""
    return _change(session, _is_ours(job), leased_until=now + LEASE) == 1


def finish_job(session: Session, job: Leased) -> None:
    """Whoever else may have it by now: it is done.

    How often it was tried, and until what time, is forgotten: a reminder that was tried twice was one to somebody who
    had not answered, where those to others were not sent at all.
    """
    day = job.due.replace(hour=0, minute=0, second=0, microsecond=0)
    _change(session, Job.id == job.id, state="done", leased_until=None, fault="", attempts=0, due_at=day)


def release_job(session: Session, job: Leased) -> None:
    """Give back a job that was not tried."""
    _change(session, _is_ours(job), leased_until=None, attempts=job.attempt - 1)


def postpone_job(session: Session, job: Leased, now: datetime, fault: str) -> None:
    """Try again later, each time after twice as long; after ``MOST_ATTEMPTS`` it has failed.

    ``fault`` is a name for what went wrong; never an address or anything a person typed.
    """
    wait = min(FIRST_WAIT * 2 ** min(job.attempt - 1, 20), LONGEST_WAIT)
    state = "failed" if job.attempt >= MOST_ATTEMPTS else "waiting"
    _change(session, _is_ours(job), leased_until=None, due_at=now + wait, fault=fault[:200], state=state)


def put_off_job(session: Session, job: Leased, now: datetime, fault: str) -> None:
    """Nothing can be sent at all, however long that lasts: no try of this job, and no fault of it."""
    _change(
        session,
        _is_ours(job),
        leased_until=None,
        due_at=now + WAIT_WHEN_DOWN,
        fault=fault[:200],
        attempts=job.attempt - 1,
    )


def _is_ours(job: Leased) -> ColumnElement[bool]:
    """The number of the try tells one lease from the next."""
    return and_(Job.id == job.id, Job.state == "waiting", Job.attempts == job.attempt)


def _change(session: Session, which: ColumnElement[bool], **values: Any) -> int:
    result = session.execute(update(Job).where(which).values(values).execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount
