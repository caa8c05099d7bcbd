"""Part (a) of the attacker, and the gate of rule B5: nothing published may add up to a small group.

All published cells, of this and of earlier snapshots, are taken as totals over releases. A viewer who
adds and subtracts them learns every combination of these totals. None may rest on 1 to 4 services; nor
on 1 to 4 services of others, for an organisation that knows all its own. Medians and quarter points say
less than totals do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Final, TypeVar

from assessment.disclosure.algebra import Algebra, Binary, Column, Exact, Sparse, Unit
from assessment.disclosure.benchmark import Cell, Id
from assessment.disclosure.search import MOST_STEPS, Search
from assessment.disclosure.totals import Totals, totals_of

V = TypeVar("V")

LARGEST_SMALL_GROUP: Final = 4
MOST_SETS: Final = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """A total over these services follows: for everyone, or for an organisation that knows its own services."""

    organisation: Id | None
    services: frozenset[Id]


class Gate:
    """Judges cells beside those already published, oldest first."""

    def __init__(self, published: Iterable[Cell] = ()) -> None:
        self._published = tuple(published)

    def admits(self, *cells: Cell) -> bool:
        """Whether all these cells may be published beside those that are."""
        return all(self.choose(cells))

    def choose(self, candidates: Sequence[Cell]) -> tuple[bool, ...]:
        """Which of the candidates may be published, each judged beside those before it that may."""
        judge = _Judge(totals_of(self._published, candidates))
        judge.decide(0, len(candidates))
        return tuple(judge.admitted)

    def findings(self) -> tuple[Finding, ...]:
        """What follows of small groups from the published cells as they are; at most one finding a viewer."""
        totals = totals_of(self._published)
        return tuple(findings(totals, 0, 0, sum(totals.published), {}))


class _Judge:
    """Goes through candidates in order. Cells that are safe together need not be tried one by one."""

    def __init__(self, totals: Totals) -> None:
        self._totals = totals
        self._safe = 0
        self._unmet: Unmet = {}
        self.admitted: list[bool] = []

    def decide(self, start: int, end: int, doubtful: bool = False) -> None:
        """Admit or refuse candidates start .. end. ``doubtful``: they are known not to be safe together."""
        mask = sum(self._totals.candidates[start:end])
        if not doubtful and self._is_safe(mask):
            self._safe |= mask
            self.admitted += [True] * (end - start)
        elif end - start == 1:
            self.admitted.append(False)
        else:
            self._decide_halves(start, (start + end) // 2, end)

    def _decide_halves(self, start: int, middle: int, end: int) -> None:
        self.decide(start, middle)
        self.decide(middle, end, doubtful=all(self.admitted[start:]))

    def _is_safe(self, mask: int) -> bool:
        published = sum(self._totals.published)
        return next(findings(self._totals, published, self._safe, mask, self._unmet), None) is None


Unmet = dict[Id | None, list[Sparse]]
"""Combinations found to meet no service, or for an organisation none but its own: kept from check to check."""


def findings(totals: Totals, published: int, admitted: int, recent: int, unmet: Unmet) -> Iterator[Finding]:
    """What follows of small groups from totals ``published`` before, ``admitted`` beside them and ``recent``.

    Nothing is said of what follows without the recent ones: it is known already.
    """
    attack = _Attack(totals, published, admitted, recent, unmet)
    for viewer in attack.doubtful_viewers():
        found = attack.few(viewer)
        if found is not None:
            yield Finding(viewer, frozenset(totals.services[unit] for unit in found))


class _Attack:
    def __init__(self, totals: Totals, published: int, admitted: int, recent: int, unmet: Unmet) -> None:
        self._totals = totals
        self._everyone = range(len(totals.units))
        self._recent = recent
        self._unmet = unmet
        self._units = [_masked(unit, published | admitted | recent) for unit in totals.units]
        self._in_play = self._independent(published | admitted | recent, None)
        self._new = self._in_play & ~published
        self._published = published

    def doubtful_viewers(self) -> Iterator[Id | None]:
        """Those for whom safety does not follow at once, by ways that cost more and more.

        First from releases that no earlier snapshot held, and so from new totals alone: a combination of
        all totals meets such a release exactly if its new part does. Then from all.
        """
        fresh = [[column for column in unit if not _either(column) & self._published] for unit in self._units]
        renewed = [unit for unit in self._everyone if fresh[unit]]
        everyone = (None, *sorted({o for some in self._totals.organisations for o in some}, key=str))
        quick, thorough = self._search(Binary(fresh), steps=0), self._search(Exact(fresh, self._recent))
        for viewer in self._thin(quick, self._new, renewed, everyone):
            others = self._others(viewer, renewed)
            if not (self._proves(quick, others) or self._proves(thorough, others)) and viewer in self._thin_of_all:
                yield viewer

    def _proves(self, search: Search[V], others: Sequence[int]) -> bool:
        """Whether new totals alone show that every combination meets at least five of the others."""
        return search.few(search.algebra.start(self._new), others, LARGEST_SMALL_GROUP) is None

    @cached_property
    def _thin_of_all(self) -> frozenset[Id | None]:
        everyone = (None, *{o for some in self._totals.organisations for o in some})
        return frozenset(self._thin(self._search(self._exact), self._in_play, self._everyone, everyone))

    def _thin(
        self, search: Search[V], totals: int, units: Sequence[int], viewers: Iterable[Id | None]
    ) -> list[Id | None]:
        """Viewers without whose services too few of some spanning sets are left to prove it by."""
        sets = search.pack(search.algebra.start(totals), units, MOST_SETS).sets
        touched: Counter[Id | None] = Counter()
        for spanning in sets:
            touched.update({o for unit in spanning for o in self._totals.organisations[unit]})
        return [viewer for viewer in viewers if len(sets) - touched[viewer] <= LARGEST_SMALL_GROUP]

    def few(self, viewer: Id | None) -> frozenset[int] | None:
        """Units, at most 4, a total of which the viewer learns; None if it learns none."""
        totals = self._independent(self._in_play, viewer)
        search = self._search(self._exact)
        return search.few(self._exact.start(totals), self._others(viewer, self._everyone), LARGEST_SMALL_GROUP)

    def _independent(self, totals: int, viewer: Id | None) -> int:
        """Those totals that do not follow from others, for a viewer whose own services do not count."""
        units = list({self._units[unit]: unit for unit in self._others(viewer, self._everyone)}.values())
        known = self._unmet.setdefault(viewer, [])
        totals &= ~self._exact.implied([unmet for unmet in known if not self._exact.totals(unmet) & ~totals])
        quick, exact = self._search(self._binary), self._search(self._exact)
        while doubtful := quick.kernel(self._binary.start(totals), units):
            involved = reduce(or_, doubtful)
            unmet = exact.kernel(self._exact.start(involved), units) or exact.kernel(self._exact.start(totals), units)
            if not unmet:
                break
            known += unmet
            totals &= ~self._exact.implied(unmet)
        return totals

    @cached_property
    def _binary(self) -> Binary:
        return Binary(self._units)

    @cached_property
    def _exact(self) -> Exact:
        return Exact(self._units, self._recent)

    def _others(self, viewer: Id | None, units: Iterable[int]) -> list[int]:
        return [unit for unit in units if viewer not in self._totals.organisations[unit]]

    def _search(self, algebra: Algebra[V], steps: int = MOST_STEPS) -> Search[V]:
        return Search(algebra, self._totals.holders, steps)


def _masked(unit: Unit, totals: int) -> tuple[Column, ...]:
    columns = {(plus & totals, minus & totals) for plus, minus in unit}
    return tuple(sorted(columns - {(0, 0)}))


def _either(column: Column) -> int:
    return column[0] | column[1]
