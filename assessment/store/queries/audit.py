"""The audit trail: written in the transaction of what it tells of, and only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.store.models import Audit


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done: a few words of ours, where, to which object, and a name or number that says more.

    Never an answer, and never anything that a respondent did.
    """

    what: str
    organisation_id: UUID | None = None
    service_id: UUID | None = None
    of: UUID | None = None
    detail: str = ""


def last_deed(session: Session) -> datetime | None:
    """When anything was last done, by whomever."""
    return session.scalar(select(func.max(Audit.at)))


def note_deed(session: Session, at: datetime, by: UUID | None, deed: Deed) -> None:
    """``by`` is the person who did it; None for a job or an operator at the machine."""
    session.add(
        Audit(
            at=at,
            person_id=by,
            what=deed.what,
            organisation_id=deed.organisation_id,
            service_id=deed.service_id,
            of=deed.of,
            detail=deed.detail,
        )
    )
