"""Renew the private links of a round."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from assessment.store.db import transaction
from assessment.store.models import Round
from assessment.store.queries.links import forget_links
from assessment.workflows.setup import make_links


def renew_links(round_id: UUID, secret: str, today: date) -> None:
    """Make ``secret`` the owner's, and its reader's the only other; every older link stops working."""
    with transaction() as session:
        # Two tabs renew one after the other: the links of the first must be there for the second to forget.
        session.get_one(Round, round_id, with_for_update=True)
        forget_links(session, round_id)
        make_links(session, round_id, secret, today)
