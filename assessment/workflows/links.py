"""Renew the private links of a round."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from assessment.store.db import transaction
from assessment.store.queries.links import forget_links
from assessment.workflows.setup import make_links


def renew_links(round_id: UUID, secret: str, today: date) -> None:
    """Make ``secret`` the owner's, and its reader's the only other; every older link stops working."""
    with transaction() as session:
        forget_links(session, round_id)
        make_links(session, round_id, secret, today)
