"""What a message to an invited person needs: whether it is still due, and the link that is made for it."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.queries.invitations import (
    Addressed,
    addressed,
    make_invitation_link,
    note_state,
    wants_no_mail,
)
from assessment.store.queries.links import forget_link
from assessment.store.seal import Seal
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.apart.answered import has_answered

Kind = Literal["invite", "remind", "hear"]


def prepare(invitation_id: UUID, kind: Kind, today: date, seal: Seal, only_left: bool) -> tuple[Addressed, str] | None:
    """Whom to write to, and the secret of the link for it; None where no message is due any more.

    An address that wants none is, for those who run the round, one that cannot be reached. The link is made all the
    same for whoever is passed over: how many links somebody has must not tell whether they have answered.
    """
    with transaction() as session:
        found = addressed(session, invitation_id)
        if found is None or not _is_due(found, kind, today):
            return None
        secret = new_secret()
        make_invitation_link(session, found.id, secret, today)
        if wants_no_mail(session, seal.hash("mail", found.email_key)):
            _cannot_be_reached(session, found, kind)
            return None
        if only_left and has_answered(seal, found.answered_sealed):
            return None
        return found, secret


def take_link_back(session: Session, secret: str) -> None:
    """The message with this link went nowhere, and the next try makes another."""
    forget_link(session, hash_of(secret))


def _is_due(found: Addressed, kind: Kind, today: date) -> bool:
    if kind == "hear":
        return found.round_state == "released"
    return found.round_state == "open" and today <= found.closes_on


def _cannot_be_reached(session: Session, found: Addressed, kind: Kind) -> None:
    if kind == "invite":
        note_state(session, found.id, "bounced")
