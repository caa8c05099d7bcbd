"""Targets of a service."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from assessment.store.models import Target
from assessment.store.records import Goal


def targets_of(session: Session, service_id: UUID) -> dict[str, Goal]:
    """Where the service wants to be, by statement."""
    rows = session.execute(select(Target.statement, Target.level, Target.reason).where(Target.service_id == service_id))
    return {row.statement: Goal(*row) for row in rows}


def replace_targets(session: Session, service_id: UUID, statements: Iterable[str], goals: Iterable[Goal]) -> None:
    """Let these goals be all there are for these statements."""
    session.execute(delete(Target).where(Target.service_id == service_id, Target.statement.in_(list(statements))))
    rows = [
        {"service_id": service_id, "statement": goal.statement, "level": goal.level, "reason": goal.reason}
        for goal in goals
    ]
    if rows:
        session.execute(insert(Target), rows)
