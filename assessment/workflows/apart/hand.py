"""Who does something to a round, and when; and how the audit trail tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from assessment.store.db import Session
from assessment.store.models import Round
from assessment.store.queries.apart import organisation_of
from assessment.store.queries.audit import Deed, note_deed


@dataclass(frozen=True, slots=True)
class Hand:
    """``by`` is None where it happens by itself."""

    by: UUID | None
    at: datetime

    @property
    def today(self) -> date:
        return self.at.date()


def note(session: Session, hand: Hand, what: str, found: Round, detail: str = "") -> None:
    """Tell the audit trail what was done to a round."""
    organisation_id = organisation_of(session, found.service_id)
    note_deed(session, hand.at, hand.by, Deed(what, organisation_id, found.service_id, found.id, detail))
