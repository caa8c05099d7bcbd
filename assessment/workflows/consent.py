"""What an organisation's leads say for all of it: that it shares, and that its leads need a passkey."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from assessment.store.db import transaction
from assessment.store.models import Organisation
from assessment.store.queries.audit import Deed, note_deed
from assessment.workflows.organisations import set_sharing


def agree_to_share(organisation_id: UUID, shares: bool, by: UUID, now: datetime) -> None:
    """From the next snapshot on; those already published stay as they are."""
    with transaction() as session:
        found = session.get_one(Organisation, organisation_id, with_for_update=True)
        set_sharing(session, found, shares, by, now)


def require_passkeys(organisation_id: UUID, required: bool, by: UUID, now: datetime) -> None:
    with transaction() as session:
        found = session.get_one(Organisation, organisation_id, with_for_update=True)
        if found.passkeys != required:
            found.passkeys = required
            what = "passkeys required" if required else "passkeys no longer required"
            note_deed(session, now, by, Deed(what, organisation_id))
