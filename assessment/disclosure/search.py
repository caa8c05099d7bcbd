"""Whether some combination of totals leaves only a few services: the search behind the gate.

For one viewer, ``units`` are the services it does not know. Units that leave no combination between
them are *spanning*: whatever combination there is meets one of them. Five spanning sets without a common
unit prove that every combination meets at least five. Where they are not found, the search branches on
one unit: either it has dropped out, or it is one of the few.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, Generic, TypeVar

from assessment.disclosure.algebra import Algebra, bits

V = TypeVar("V")

LOOK_NEAR: Final = 200
MOST_STEPS: Final = 500


@dataclass(frozen=True, slots=True)
class Packing(Generic[V]):
    """Disjoint spanning sets of units; ``stuck`` is a combination that stopped a further one."""

    sets: tuple[frozenset[int], ...]
    stuck: V | None


@dataclass(frozen=True, slots=True)
class Search(Generic[V]):
    """Searches under one arithmetic; ``holders`` are the units of each total."""

    algebra: Algebra[V]
    holders: Sequence[Sequence[int]]
    steps: int = MOST_STEPS

    def kernel(self, basis: Sequence[V], units: Sequence[int]) -> list[V]:
        """A basis of the combinations that meet no unit at all."""
        everyone, left, unmet = frozenset(units), list(basis), []
        while left:
            unit = self._meeting(left[0], units, 0, everyone)
            if unit is None:
                unmet.append(left.pop(0))
            else:
                left = self.algebra.cut(left, unit)
        return unmet

    def pack(self, basis: Sequence[V], units: Sequence[int], wanted: int) -> Packing[V]:
        """Up to ``wanted`` disjoint spanning sets. Each starts elsewhere, so that an organisation is in few of them."""
        free = set(units)
        sets: list[frozenset[int]] = []
        for turn in range(wanted):
            spanning, stuck = self._span(basis, units, turn * len(units) // wanted, free)
            if stuck is not None:
                return Packing(tuple(sets), stuck)
            sets.append(spanning)
        return Packing(tuple(sets), None)

    def _span(
        self, basis: Sequence[V], units: Sequence[int], start: int, free: set[int]
    ) -> tuple[frozenset[int], V | None]:
        """Take free units until no combination that matters is left; the one that none meets, if any."""
        chosen: set[int] = set()
        left = list(basis)
        while (combination := next(filter(self.algebra.matters, left), None)) is not None:
            unit = self._meeting(combination, units, start, free)
            if unit is None:
                return frozenset(chosen), combination
            free.remove(unit)
            chosen.add(unit)
            left = self.algebra.cut(left, unit)
        return frozenset(chosen), None

    def _meeting(self, combination: V, units: Sequence[int], start: int, free: Collection[int]) -> int | None:
        order = self._likely_first(combination, units, start)
        return next((unit for unit in order if unit in free and self.algebra.meets(combination, unit)), None)

    def _likely_first(self, combination: V, units: Sequence[int], start: int) -> Iterator[int]:
        """Some units nearby, then all that a total of the combination touches, those of the smallest first."""
        near = islice(units, start, start + LOOK_NEAR)
        touched = [self.holders[place] for place in bits(self.algebra.totals(combination))]
        if sum(map(len, touched)) > len(units):
            return chain(near, touched[0], islice(units, start, None), islice(units, start))
        return chain(near, *touched)

    def met(self, combination: V, units: Sequence[int]) -> list[int]:
        """The units that the combination meets, in their order."""
        touched = {unit for place in bits(self.algebra.totals(combination)) for unit in self.holders[place]}
        return [unit for unit in units if unit in touched and self.algebra.meets(combination, unit)]

    def few(self, basis: Sequence[V], units: Sequence[int], most: int) -> frozenset[int] | None:
        """Units, at most ``most``, outside of which some combination that matters drops out; None if none.

        For the answer to be exact, ``kernel(basis, units)`` must be empty. After ``steps`` branches the
        search gives up and reports danger: what cannot be decided is not published.
        """
        return _Few(self, self.steps).among(basis, units, most)


@dataclass(slots=True)
class _Few(Generic[V]):
    search: Search[V]
    steps: int

    def among(self, basis: Sequence[V], units: Sequence[int], most: int) -> frozenset[int] | None:
        packing = self.search.pack(basis, units, most + 1)
        if packing.stuck is None:
            return None
        met = self.search.met(packing.stuck, units)
        if len(met) <= most or self.steps <= 0:
            return frozenset(met)
        self.steps -= 1
        return self._branch(basis, units, most, met[0])

    def _branch(self, basis: Sequence[V], units: Sequence[int], most: int, unit: int) -> frozenset[int] | None:
        others = [other for other in units if other != unit]
        found = self.among(self.search.algebra.cut(basis, unit), others, most)
        if found is not None:
            return found
        found = self.among(basis, others, most - 1)
        return None if found is None else found | {unit}
