"""The link inside the message of an offer, and what became of the message."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.models import Link, Offer
from assessment.store.queries.roles import OPEN, Offered, offered
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.offers import ended


def make_offer_link(offer_id: UUID, today: date) -> tuple[Offered, str] | None:
    """The offer with the secret of one more link to it; None if it stands no more."""
    with transaction() as session:
        found = offered(session, offer_id)
        if found is None or ended(found.state, found.ends_on < today):
            return None
        secret = new_secret()
        session.add(Link(hash=hash_of(secret), purpose="offer", of=found.id, made_on=today))
        return found, secret


def note_offer_sent(session: Session, offer_id: UUID, state: Literal["sent", "bounced"]) -> None:
    """An offer that was answered meanwhile stays answered."""
    row = session.get(Offer, offer_id, with_for_update=True)
    if row and row.state in OPEN:
        row.state = state
