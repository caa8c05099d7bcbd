"""An attacker of another make than the gate: what follows of few services, by elimination modulo a large prime.

Cells are rows, releases are columns, and a viewer knows some columns. A combination of the rows that drops out of all
unknown columns but those of 1 to 4 services gives these few away. Services that are in the same cells throughout
drop out together or not at all, so a crowd of them cannot be the few; it is made to drop out first. Those that are
left are dealt into piles, of which at most four can hold the few: each way to make all others drop out is gone
through, until nothing is left or few are. What is found is confirmed in whole numbers; what is not found is missed only
if the prime divides a certain determinant by accident.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.benchmark import Cell, Id, Member
from tests.attack.oracle import rank

PRIME = 2**31 - 1
FEW = 4
PILES = 8

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Alike:
    """Services that are in the same cells throughout, and the columns of one of them."""

    services: tuple[Id, ...]
    columns: tuple[int, ...]


Pile = Sequence[Alike]
"""The smallest kind first."""


@dataclass
class Attacker:
    """Looks at all cells ever published; ``solved`` counts the systems of equations that took."""

    cells: Sequence[Cell]
    solved: int = 0
    _releases: Mapping[Id, Member] = field(init=False)

    def __post_init__(self) -> None:
        self._releases = {member.release_id: member for cell in self.cells for member in cell.members}

    def findings(self) -> Iterator[tuple[Id | None, frozenset[Id]]]:
        """A viewer and few services of which it learns a total: nobody, or an organisation that knows its own.

        An organisation's own is what was released under it, also of services that have left it since.
        """
        yield from self._found(lambda owner: (m for m in self._releases.values() if m.organisation_id == owner))

    def findings_by_services_that_moved(self) -> Iterator[tuple[Id | None, frozenset[Id]]]:
        """The same for organisations that know all there ever was of every service that was ever theirs.

        Who takes a service over learns what it said before, as two organisations do that pool what they know.
        """
        yield from self._found(self._ever)

    def _ever(self, owner: Id | None) -> Iterable[Member]:
        services = {member.service_id for member in self._releases.values() if member.organisation_id == owner}
        return (member for member in self._releases.values() if member.service_id in services)

    def _found(self, known: Callable[[Id | None], Iterable[Member]]) -> Iterator[tuple[Id | None, frozenset[Id]]]:
        for viewer in (None, *sorted({str(member.organisation_id) for member in self._releases.values()})):
            found = self.few(frozenset(member.release_id for member in known(viewer)))
            if found:
                yield viewer, found

    def few(self, known: frozenset[Id] = frozenset()) -> frozenset[Id] | None:
        """One to four services whose total follows for somebody who knows these releases."""
        unknown = [member for release, member in self._releases.items() if release not in known]
        rows = self._rows(unknown)
        kinds = _alike(rows, unknown)
        rows = np.unique(rows, axis=0)
        light = sorted((kind for kind in kinds if len(kind.services) <= FEW), key=_times)
        rows = self._without(rows, [kind for kind in kinds if len(kind.services) > FEW])
        found = self._search(rows, light)
        if found is None:
            return None
        services = frozenset(service for kind in found for service in kind.services)
        assert self._follows(unknown, services), "not so in whole numbers"
        return services

    def _rows(self, members: Sequence[Member]) -> Rows:
        place = {member.release_id: column for column, member in enumerate(members)}
        rows = np.zeros((len(self.cells), len(members)), dtype=np.int64)
        for row, cell in enumerate(self.cells):
            rows[row, [place[m.release_id] for m in cell.members if m.release_id in place]] = 1
        return rows

    def _search(self, rows: Rows, kinds: Sequence[Alike]) -> Sequence[Alike] | None:
        if not len(rows):
            return None
        if sum(len(kind.services) for kind in kinds) <= FEW:
            return kinds
        return self._deal(rows, [kinds[start::PILES] for start in range(min(PILES, len(kinds)))], ())

    def _deal(self, rows: Rows, piles: Sequence[Pile], kept: Sequence[Pile]) -> Sequence[Alike] | None:
        """Pile after pile, either all of it drops out, or some of the few are in it."""
        if not len(rows) or sum(len(pile[0].services) for pile in kept) > FEW:
            return None
        if not piles:
            return self._search(rows, sorted((kind for pile in kept for kind in pile), key=_times))
        first, *rest = piles
        return self._deal(self._without(rows, first), rest, kept) or self._deal(rows, rest, (*kept, first))

    def _without(self, rows: Rows, kinds: Sequence[Alike]) -> Rows:
        """The combinations of the rows from which all these have dropped out."""
        self.solved += 1
        for column in (column for kind in kinds for column in kind.columns):
            rows = _cut(rows, column)
        return rows[rows.any(axis=1)]

    def _follows(self, unknown: Sequence[Member], services: frozenset[Id]) -> bool:
        rows = self._rows(unknown).tolist()
        rest = [column for column, member in enumerate(unknown) if member.service_id not in services]
        return rank([[row[column] for column in rest] for row in rows]) < rank(rows)


def _alike(rows: Rows, members: Sequence[Member]) -> list[Alike]:
    columns: dict[Id, list[int]] = defaultdict(list)
    for column, member in enumerate(members):
        columns[member.service_id].append(column)
    kinds: dict[Any, list[Id]] = defaultdict(list)
    for service, own in columns.items():
        kinds[frozenset(rows[:, column].tobytes() for column in own)].append(service)
    return [Alike(tuple(services), tuple(columns[services[0]])) for services in kinds.values()]


def _times(kind: Alike) -> int:
    return len(kind.services)


def _cut(rows: Rows, column: int) -> Rows:
    values = rows[:, column]
    meeting = np.flatnonzero(values)
    if not len(meeting):
        return rows
    pivot = rows[meeting[0]] * pow(int(values[meeting[0]]), -1, PRIME) % PRIME
    left = np.delete(rows, meeting[0], axis=0)
    others = left[:, column]
    return (left - others[:, None] * pivot % PRIME) % PRIME
