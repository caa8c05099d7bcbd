"""How this browser came to a round held apart: kept in its cookie until the answers are sent, and then no longer."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import Final, Literal, cast
from uuid import UUID

from flask import g, session

from assessment.store.alone import Alone
from assessment.store.db import asking, reading
from assessment.store.queries.alone import alone_by_draft, alone_by_link
from assessment.store.records import SHARED_LINKS
from assessment.store.secrets import SECRET, draft_secret, hash_of

Purpose = Literal["invitation", "staff", "people", "entry", "draft", "code"]
OPENED: Final = ("invitation", *SHARED_LINKS, "draft")
"""The purposes of links that lead to answering alone."""
WAYS_KEPT: Final = 4


@dataclass(frozen=True, slots=True)
class Way:
    """``secret`` is that of the link, or the code to replace answers with; ``draft`` that of the answers begun.

    ``began``: the minute in which the first question was opened here (of the epoch), 0 if that is not known.
    ``minutes``: how many it was said to take. ``again``: answers were sent with this invitation, and taken back.
    """

    purpose: Purpose
    secret: str
    draft: str = ""
    began: int = 0
    minutes: int = 0
    again: bool = False

    @property
    def shared(self) -> bool:
        return self.purpose in SHARED_LINKS


def held_way(round_id: UUID) -> Way | None:
    found = next((one for one in session.get("alone", []) if one[0] == round_id.hex), None)
    return Way(*found[1:]) if found else None


def hold_way(round_id: UUID, way: Way) -> None:
    """Remember a way; the cookie goes with the browser's window, and the oldest of many gives way."""
    others = [one for one in session.get("alone", []) if one[0] != round_id.hex]
    session["alone"] = [*others[-(WAYS_KEPT - 1) :], [round_id.hex, *astuple(way)]]
    settle_how_long()


def forget_way(round_id: UUID) -> None:
    """Keep nothing of this round in the browser."""
    others = [one for one in session.pop("alone", []) if one[0] != round_id.hex]
    if others:
        session["alone"] = others
    settle_how_long()


def settle_how_long() -> None:
    """Links of a team stay in the cookie for months, but not while it holds what one person has begun alone.

    There is one cookie for both. Whose link goes with the window opens it again; whose answers stay has been found out.
    """
    stays = bool(session.get("links")) and not session.get("alone")
    if session.permanent != stays:
        session.permanent = stays


def load_alone(round_id: UUID) -> bool:
    """Put the round of this address into ``g.alone``, and how we came to it into ``g.way``; False without a way."""
    way = held_way(round_id)
    found = _found(way) if way else None
    if found is None or found.id != round_id:
        return False
    g.alone, g.way = found, way
    return True


def _found(way: Way) -> Alone | None:
    with asking() as store:
        begun = alone_by_draft(store, hash_of(way.draft)) if way.draft else None
        if begun or way.purpose in ("draft", "code"):
            return begun
        opened = alone_by_link(store, hash_of(way.secret))
    return opened[1] if opened and opened[0] == way.purpose else None


def this_alone() -> Alone:
    """The round of this address, which the access check has put there."""
    return cast("Alone", g.alone)


def this_way() -> Way:
    return cast("Way", g.way)


def opened_way(secret: str) -> tuple[Alone, Way] | None:
    """The round that a link leads to, and the way it is; None for links to anything else."""
    if not SECRET.match(secret):
        return None
    with reading() as store:
        opened = alone_by_link(store, hash_of(secret))
        if opened is None:
            begun = alone_by_draft(store, hash_of(secret))
            return (begun, Way("draft", secret, secret)) if begun else None
        purpose, found = opened
        way = Way(cast("Purpose", purpose), secret)
        # Whoever was invited finds what they began on any device, with the very link they were sent.
        return found, replace(way, draft=draft_secret(secret)) if purpose == "invitation" else way
