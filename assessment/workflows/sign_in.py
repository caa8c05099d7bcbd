"""Being signed in: for as long as one is at work, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from assessment.store.db import transaction
from assessment.store.queries.people import touch_sign_in
from assessment.store.records import Member

NOTED_EVERY: Final = timedelta(minutes=5)


def stay_signed_in(member: Member, now: datetime) -> None:
    """Note that somebody is still at work; not at every page, which would make each a writing one."""
    if now - member.used_at >= NOTED_EVERY:
        with transaction() as session:
            touch_sign_in(session, member.sign_in_id, now)
