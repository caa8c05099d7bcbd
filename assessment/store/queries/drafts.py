"""The draft of a round held together."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.store.models import Draft


def draft_row(session: Session, round_id: UUID) -> Draft:
    """The round's one draft. Raises NoResultFound if it has none."""
    return session.scalars(select(Draft).where(Draft.round_id == round_id, Draft.voice == "together")).one()
