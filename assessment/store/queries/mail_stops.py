"""Addresses that want no more messages."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.store.models import Invitation, Link, MailStop
from assessment.store.upsert import insert_into


def email_key_by_invitation(session: Session, link_hash: str) -> str | None:
    """The key of the address to which the invitation with this link was sent."""
    of_invitation = (Link.of == Invitation.id) & (Link.purpose == "invitation")
    return session.scalar(select(Invitation.email_key).join(Link, of_invitation).where(Link.hash == link_hash))


def add_mail_stop(session: Session, hash: str, today: date) -> None:
    session.execute(insert_into(session, MailStop).values({"hash": hash, "made_on": today}).on_conflict_do_nothing())
