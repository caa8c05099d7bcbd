"""No more messages to an address, at the wish of whoever reads it."""

from __future__ import annotations

from datetime import date

from assessment.store.db import transaction
from assessment.store.queries.mail_stops import add_mail_stop, email_key_by_invitation
from assessment.store.seal import Seal
from assessment.store.secrets import hash_of


def stop_mail(secret: str, seal: Seal, today: date) -> None:
    """Stop all messages to the address that this invitation was sent to. Doing it twice is doing it once."""
    with transaction() as session:
        key = email_key_by_invitation(session, hash_of(secret))
        if key is not None:
            add_mail_stop(session, seal.hash("mail", key), today)
