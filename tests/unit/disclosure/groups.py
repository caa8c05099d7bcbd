"""Peer groups made by hand."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.disclosure.benchmark import Cell, Member, PeerGroup

NETWORK = PeerGroup("network")


def sector(name: str) -> PeerGroup:
    return PeerGroup("sector", (name,))


def member(service: int, organisation: int | None = None, release: int = 0, value_x10: int = 20) -> Member:
    """Service ``s1`` and its release ``s1.0``; of an organisation of its own unless one is given."""
    owner = f"o{service if organisation is None else organisation}"
    return Member(f"s{service}.{release}", f"s{service}", owner, value_x10)


def members(services: Iterable[int], organisations: int | None = None, release: int = 0) -> frozenset[Member]:
    """These services, dealt out to so many organisations in turn; each has one of its own if not said."""
    return frozenset(member(s, s % organisations if organisations else None, release) for s in services)


def cell(name: str, services: Iterable[int], organisations: int | None = None, release: int = 0) -> Cell:
    return Cell(sector(name), members(services, organisations, release))
