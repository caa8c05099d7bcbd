"""The links that many people share: one for each side, and one for entering answers given on paper or by telephone.

Their secrets follow from the round, the purpose and a turn by the application's key, so that a poster can be printed
again. The turn is not kept: it is the one whose hash is in the database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.models import Link
from assessment.store.queries.apart import UNDER_WAY, locked_round
from assessment.store.queries.links import forget_link, link_hashes
from assessment.store.records import SHARED_LINKS, SharedLink
from assessment.store.seal import Seal
from assessment.store.secrets import hash_of
from assessment.workflows.apart.hand import Hand, note

MOST_TURNS: Final = 1000


@dataclass(frozen=True, slots=True)
class WayIn:
    """A shared link: its secret, and how often it was made anew."""

    secret: str
    turn: int


def make_ways_in(session: Session, round_id: UUID, seal: Seal, today: date) -> None:
    for way in SHARED_LINKS:
        _make(session, round_id, way, shared_secret(seal, round_id, way, 1), today)


def ways_in(session: Session, round_id: UUID, seal: Seal) -> Mapping[SharedLink, WayIn]:
    """Every shared link of a round as it stands."""
    hashes = link_hashes(session, round_id)
    return {way: _current(seal, round_id, way, hashes) for way in SHARED_LINKS}


def make_new(round_id: UUID, way: SharedLink, after: int, hand: Hand, seal: Seal) -> None:
    """Let a shared link stop working and another take its place, unless that of ``after`` is gone already.

    Does nothing once the round is over.
    """
    with transaction() as session:
        found = locked_round(session, round_id)
        if found.state not in UNDER_WAY:
            return
        now = ways_in(session, round_id, seal)[way]
        if now.turn != after or after + 1 >= MOST_TURNS:
            return
        forget_link(session, hash_of(now.secret))
        _make(session, round_id, way, shared_secret(seal, round_id, way, after + 1), hand.today)
        note(session, hand, "made a new shared link", found, way)


def shared_secret(seal: Seal, round_id: UUID, way: SharedLink, turn: int) -> str:
    return seal.secret("shared", f"{round_id}:{way}:{turn}")


def _current(seal: Seal, round_id: UUID, way: SharedLink, hashes: Collection[str]) -> WayIn:
    """Raises LookupError if the round has no such link: it was made with another key."""
    for turn in range(1, MOST_TURNS):
        secret = shared_secret(seal, round_id, way, turn)
        if hash_of(secret) in hashes:
            return WayIn(secret, turn)
    raise LookupError(way)


def _make(session: Session, round_id: UUID, way: SharedLink, secret: str, today: date) -> None:
    session.add(Link(hash=hash_of(secret), purpose=way, of=round_id, made_on=today))
