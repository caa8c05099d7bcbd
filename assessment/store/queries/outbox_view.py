"""The outbox as an operator looks at it: counts by kind, names of faults, and another try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from assessment.store.models import Invitation, Job, Round

LATE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Jobs of one kind: due later or just now, due for some minutes, given up; and what went wrong, by name."""

    kind: str
    waiting: int
    late: int
    failed: int
    faults: tuple[str, ...]


def waiting(session: Session, now: datetime) -> tuple[Waiting, ...]:
    late = and_(Job.state == "waiting", Job.due_at <= now - LATE)
    query = (
        select(
            Job.kind,
            func.sum(case((Job.state == "waiting", 1), else_=0)) - func.sum(case((late, 1), else_=0)),
            func.sum(case((late, 1), else_=0)),
            func.sum(case((Job.state == "failed", 1), else_=0)),
        )
        .where(Job.state != "done")
        .group_by(Job.kind)
        .order_by(Job.kind)
    )
    rows = session.execute(query).all()
    return tuple(Waiting(kind, now, late, failed, _faults(session, kind)) for kind, now, late, failed in rows)


def _faults(session: Session, kind: str) -> tuple[str, ...]:
    query = select(Job.fault).where(Job.kind == kind, Job.state != "done", Job.fault != "").distinct()
    return tuple(session.scalars(query.order_by(Job.fault)))


def try_again(session: Session, now: datetime, kind: str | None) -> int:
    """Make due what has failed or waits because of a fault; how many that is."""
    faulty = or_(Job.state == "failed", and_(Job.state == "waiting", Job.fault != "", Job.leased_until.is_(None)))
    which = and_(faulty, Job.kind == kind) if kind else faulty
    values = {"state": "waiting", "due_at": now, "attempts": 0}
    result = session.execute(update(Job).where(which).values(values).execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


def forget_done_jobs(session: Session, due_before: datetime, today: date) -> None:
    """Take out old jobs that are done; but not those of a round whose people have yet to hear, or of its invitations.

    A job's key keeps it from being asked for twice, and those rounds are looked at day after day.
    """
    asked = select(Round.id).where(Round.hear_by.is_not(None), Round.hear_by >= today)
    spare = or_(Job.of.in_(select(Invitation.id)), Job.of.in_(asked))
    session.execute(delete(Job).where(Job.state == "done", Job.due_at < due_before, ~spare))
