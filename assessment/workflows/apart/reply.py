"""What a service says to those it asked: it agrees to say it before it sees the result, and then says it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.models import Round
from assessment.store.queries.apart import locked_round
from assessment.store.queries.replies import Said, reply_of, write_reply
from assessment.workflows.apart.hand import Hand, note
from assessment.workflows.apart.inviting import tell_all


def agree(round_id: UUID, hand: Hand) -> None:
    """Promise to say what came of it. Only then is the result to be seen."""
    with transaction() as session:
        found = locked_round(session, round_id)
        if found.state == "released" and found.agreed_on is None:
            found.agreed_on = hand.today
            note(session, hand, "agreed to say what came of it", found)


def save_reply(round_id: UUID, said: Said, publish: bool, hand: Hand) -> Said | None:
    """Save a reply over version ``said.version``, and publish it; None when it is on disk.

    If someone else saved since, nothing is changed and theirs is returned. Once published it stays so, and what
    is saved then is what people read.
    """
    with transaction() as session:
        found = locked_round(session, round_id)
        if found.agreed_on is None:
            return None
        now = reply_of(session, round_id)
        if now.version != said.version and now.texts != said.texts:
            return now
        if now.texts != said.texts or (publish and now.published_on is None):
            _save(session, found, replace(said, version=now.version, published_on=now.published_on), publish, hand)
        return None


def _save(session: Session, found: Round, said: Said, publish: bool, hand: Hand) -> None:
    first = publish and said.published_on is None
    write_reply(session, found.id, replace(said, published_on=hand.today) if first else said)
    if first:
        tell_all(session, found, hand.at, replied=True)
    if first or said.published_on:
        note(session, hand, "published what came of it" if first else "changed what was published", found)
