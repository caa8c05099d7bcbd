"""An organisation leaves for good."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from assessment.store.db import one_at_a_time, transaction
from assessment.store.models import Organisation
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.exits import erase_organisation


def leave_for_good(organisation_id: UUID, by: UUID, now: datetime) -> None:
    """Delete what is the organisation's own. Released figures stay, nameless: published snapshots rest on them."""
    with transaction(answers=True) as session:
        # So that no round begins in it meanwhile.
        one_at_a_time(session, "starting a round")
        found = session.get_one(Organisation, organisation_id, with_for_update=True)
        if found.left_on is None:
            note_deed(session, now, by, Deed("organisation left", organisation_id))
            session.flush()
            erase_organisation(session, organisation_id, now.date())
