"""The quick proof that one more total gives nothing away: disjoint sets of units that span those before it.

Units *span* some totals if every combination of these totals meets one of them. Such a set has a *pivot* for each
total: a column of one of its units, such that no combination but nothing drops out of all pivots. Then of all
combinations in which one more total is taken once, exactly one drops out of all pivots: its *rest*.

Take five spanning sets without a common unit. A combination with the new total that meets at most four units leaves
out one of the sets, so it is the rest that this set leaves. Hence, if five rests meet five units each, so does every
combination with the new total. For an organisation that knows its own services the same holds of sets without them
and of rests that meet five others.

All is reckoned modulo 2, as ``Binary`` is. Pivots that leave nothing modulo 2 have an odd determinant, so they leave
nothing over the rationals either, and the rest there, freed from its odd denominators, is the same modulo 2: it meets
at least the units that it meets here. So what is proved here holds. A rest that meets few units proves nothing yet;
it is what an exact search should look at first.

Totals come one by one. Each set then takes one more pivot: where its rest meets something. What a set has done for
the totals before stays, so a total costs as many steps as there were totals, not their square.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from assessment.disclosure.algebra import bits
from assessment.disclosure.totals import Totals

MOST_EXCHANGES: Final = 20


@dataclass(frozen=True, slots=True)
class Parity:
    """The columns of all units modulo 2, and by total the units that it touches, those easiest to spare first."""

    columns: Sequence[Sequence[int]]
    holders: Sequence[Sequence[int]]

    @classmethod
    def of(cls, totals: Totals) -> Parity:
        """A unit is hard to spare if it is in a small total: that one has not many others."""
        columns = [tuple({plus ^ minus for plus, minus in unit} - {0}) for unit in totals.units]
        smallest = [min((column & -column for column in unit), default=0) for unit in columns]
        return cls(columns, [sorted(units, key=lambda unit: -smallest[unit]) for units in totals.holders])

    def met(self, combination: int, without: Collection[int]) -> Iterator[tuple[int, int]]:
        """The units that a combination meets, each with a column where it does; the largest totals' first."""
        seen: set[int] = set()
        for place in reversed(bits(combination)):
            for unit in self.holders[place]:
                if unit not in seen and unit not in without:
                    seen.add(unit)
                    if column := meeting(combination, self.columns[unit]):
                        yield unit, column


def meeting(combination: int, columns: Iterable[int]) -> int:
    """The first of these columns that the combination does not drop out of; 0 if there is none."""
    for column in columns:
        if (combination & column).bit_count() & 1:
            return column
    return 0


@dataclass(slots=True)
class Span:
    """One spanning set: by pivot, in the order they were taken, its column, a combination and its unit.

    Each combination drops out of the pivots before its own, and not of its own.
    """

    units: set[int] = field(default_factory=set)
    pivots: list[tuple[int, int, int]] = field(default_factory=list)
    spare: list[tuple[int, int]] = field(default_factory=list)
    """Columns of its units that are no pivots yet, with their unit."""

    def rest(self, combination: int) -> int:
        """What is left of a combination when it is made to drop out of every pivot."""
        for column, pivot, _unit in self.pivots:
            if (combination & column).bit_count() & 1:
                combination ^= pivot
        return combination

    def without(self, units: Collection[int]) -> tuple[Span, list[int]]:
        """A copy that has no pivot in these units, and the combinations that need another one."""
        kept = [pivot for pivot in self.pivots if pivot[2] not in units]
        freed = [combination for _column, combination, unit in self.pivots if unit in units]
        return Span(self.units.difference(units), kept, [one for one in self.spare if one[1] not in units]), freed


class Spans:
    """Spanning sets without a common unit. A set that cannot span a further total is given up."""

    def __init__(self, parity: Parity, sets: Iterable[Span], barred: frozenset[int] = frozenset()) -> None:
        self._parity = parity
        self._barred = barred
        self.sets = list(sets)
        self._taken = set(barred).union(*(span.units for span in self.sets))

    def rests(self, total: int) -> list[int]:
        """For each set, the combination with this total that it leaves."""
        return [span.rest(total) for span in self.sets]

    def met(self, combination: int) -> Iterator[int]:
        """The units that a combination meets, without those that are barred."""
        return (unit for unit, _column in self._parity.met(combination, self._barred))

    def take(self, total: int) -> None:
        """Let every set span one more total, which must not follow from those it spans."""
        for span in tuple(self.sets):
            self._span(span, [total])

    def barring(self, units: frozenset[int], wanted: int) -> Spans:
        """Those sets that these units are least in, with others in their place."""
        nearest = sorted(self.sets, key=lambda span: len(span.units & units))[:wanted]
        parted = [span.without(units) for span in nearest]
        spans = Spans(self._parity, [span for span, _freed in parted], units)
        for span, freed in parted:
            spans._span(span, freed)
        return spans

    def _span(self, span: Span, combinations: Iterable[int]) -> None:
        """Find a set pivots for these combinations, or give it up."""
        if not all(self._pivot(span, span.rest(one)) for one in combinations):
            self._taken -= span.units
            self.sets = [other for other in self.sets if other is not span]

    def _pivot(self, span: Span, combination: int) -> bool:
        """Find a set a further pivot: in its own units, in free ones, or in one that another set can spare."""
        return self._within(span, combination) or self._free(span, combination) or self._exchange(span, combination)

    def _within(self, span: Span, combination: int) -> bool:
        for column, unit in span.spare:
            if (combination & column).bit_count() & 1:
                span.pivots.append((column, combination, unit))
                return True
        return False

    def _free(self, span: Span, combination: int) -> bool:
        found = next(self._parity.met(combination, self._taken), None)
        if found is None:
            return False
        unit, column = found
        self._taken.add(unit)
        span.units.add(unit)
        span.pivots.append((column, combination, unit))
        span.spare += [(other, unit) for other in self._parity.columns[unit] if other != column]
        return True

    def _exchange(self, span: Span, combination: int) -> bool:
        """Take a unit from another set for which free ones can stand in."""
        theirs = (unit for unit in self.met(combination) if unit not in span.units)
        return any(self._spared(unit) and self._free(span, combination) for unit in islice(theirs, MOST_EXCHANGES))

    def _spared(self, unit: int) -> bool:
        """Free a unit, if the set that has it can span by others."""
        span = next(span for span in self.sets if unit in span.units)
        other, freed = span.without({unit})
        before = set(other.units)
        if all(self._within(other, rest) or self._free(other, rest) for rest in map(other.rest, freed)):
            span.units, span.pivots, span.spare = other.units, other.pivots, other.spare
            self._taken.discard(unit)
            return True
        self._taken -= other.units - before
        return False
