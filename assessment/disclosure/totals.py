"""Published cells as a matrix: one row a total, one column a release, columns kept together by service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.disclosure.algebra import Column, Unit, bits
from assessment.disclosure.benchmark import Cell, Id, Member, PeerGroup

Row = tuple[frozenset[Id], frozenset[Id]]
"""The releases with +1 and those with -1."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals are numbered by size, the smallest first; a set of totals is a bit mask.

    ``published`` and ``candidates`` say which total each cell added: 0 for one that repeats the cell
    before it. ``units`` are the services' columns, ``holders`` the units each total touches. ``unknown`` is, by
    organisation and unit, what it does not know of services that it had only for a while: the columns of the others'.
    """

    published: tuple[int, ...]
    candidates: tuple[int, ...]
    services: tuple[Id, ...]
    organisations: tuple[frozenset[Id], ...]
    units: tuple[Unit, ...]
    holders: tuple[tuple[int, ...], ...]
    unknown: Mapping[Id, Mapping[int, Unit]]


def totals_of(published: Sequence[Cell], candidates: Sequence[Cell] = ()) -> Totals:
    """The matrix of cells published in this order and of cells that may be.

    A cell is taken less the last published one of the same peer group: the same row space, with far
    fewer releases a row.
    """
    rows = [*_telescoped(published), *_after(published, candidates)]
    places = _places(rows)
    # By release, whose text remembers its hash: as members they would be hashed anew for each cell that they are in.
    members = {member.release_id: member for cell in (*published, *candidates) for member in cell.members}
    owners = _owners(members.values())
    columns = _columns(rows, places)
    units = tuple(tuple(columns[r] for r in releases if r in columns) for releases, _ in owners.values())
    organisations = tuple(frozenset(organisations) for _, organisations in owners.values())
    return Totals(
        tuple(places[: len(published)]),
        tuple(places[len(published) :]),
        tuple(owners),
        organisations,
        units,
        _holders(units, len(rows)),
        _unknown(members, owners, columns),
    )


def by_column(totals: Totals) -> Totals:
    """The same totals over columns apart, alike ones once: whether one follows is not a question of whose they are."""
    units = tuple((column,) for column in sorted({column for unit in totals.units for column in unit}))
    nobody = (frozenset[Id](),) * len(units)
    return replace(totals, organisations=nobody, units=units, holders=_holders(units, len(totals.holders)), unknown={})


def _telescoped(cells: Iterable[Cell]) -> Iterator[Row]:
    last: dict[PeerGroup, Cell] = {}
    for cell in cells:
        yield _less(cell, last.get(cell.group))
        last[cell.group] = cell


def _after(published: Iterable[Cell], candidates: Iterable[Cell]) -> Iterator[Row]:
    last = {cell.group: cell for cell in published}
    for cell in candidates:
        yield _less(cell, last.get(cell.group))


def _less(cell: Cell, before: Cell | None) -> Row:
    now = frozenset(member.release_id for member in cell.members)
    then = frozenset(member.release_id for member in before.members) if before else frozenset()
    return now - then, then - now


def _places(rows: Sequence[Row]) -> list[int]:
    """Each row's bit, the smallest row's lowest; 0 for a row of nothing."""
    places = [0] * len(rows)
    for place, index in enumerate(sorted(range(len(rows)), key=lambda index: sum(map(len, rows[index])))):
        places[index] = 1 << place if any(rows[index]) else 0
    return places


def _columns(rows: Sequence[Row], places: Sequence[int]) -> Mapping[Id, Column]:
    plus: dict[Id, int] = {}
    minus: dict[Id, int] = {}
    for (with_plus, with_minus), place in zip(rows, places, strict=True):
        for release in with_plus:
            plus[release] = plus.get(release, 0) | place
        for release in with_minus:
            minus[release] = minus.get(release, 0) | place
    return {release: (plus.get(release, 0), minus.get(release, 0)) for release in plus.keys() | minus.keys()}


def _owners(members: Iterable[Member]) -> Mapping[Id, tuple[set[Id], set[Id]]]:
    """Each service's releases and organisations, neighbours by organisation.

    A service that moved belongs to both its organisations, old and new: each knows what it was told while it had it.
    """
    owners: dict[Id, tuple[set[Id], set[Id]]] = {}
    for member in members:
        releases, organisations = owners.setdefault(member.service_id, (set(), set()))
        releases.add(member.release_id)
        organisations.add(member.organisation_id)
    return dict(sorted(owners.items(), key=lambda owner: (sorted(map(str, owner[1][1])), str(owner[0]))))


def _unknown(
    members: Mapping[Id, Member], owners: Mapping[Id, tuple[set[Id], set[Id]]], columns: Mapping[Id, Column]
) -> Mapping[Id, Mapping[int, Unit]]:
    unknown: dict[Id, dict[int, Unit]] = defaultdict(dict)
    for unit, (releases, organisations) in enumerate(owners.values()):
        for organisation in organisations if len(organisations) > 1 else ():
            others = (release for release in releases if members[release].organisation_id != organisation)
            unknown[organisation][unit] = tuple(columns[release] for release in others if release in columns)
    return dict(unknown)


def _holders(units: Iterable[Unit], rows: int) -> tuple[tuple[int, ...], ...]:
    holders: list[list[int]] = [[] for _ in range(rows)]
    for index, unit in enumerate(units):
        for place in {place for plus, minus in unit for place in bits(plus | minus)}:
            holders[place].append(index)
    return tuple(map(tuple, holders))
