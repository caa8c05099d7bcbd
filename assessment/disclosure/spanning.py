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

Of an organisation's totals some may differ in its own services only. A total that follows from the others for it, by a
combination that meets no other unit, needs no pivot: whatever can be made with it can be made without. Such totals are
*idle*. A combination keeps what it meets when the one by which an idle total follows is added, so rests may hold it.

Totals come one by one. Each set then takes one more pivot: where its rest meets something. What a set has done for
the totals before stays, so a total costs as many steps as there were totals, not their square.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import or_
from typing import Final

from assessment.disclosure.parity import Parity, lowest

MOST_EXCHANGES: Final = 20

Implied = Callable[[int], int]
"""Which of these totals follow from the others, over the rationals; both as bit masks."""


@dataclass(slots=True)
class Span:
    """One spanning set: by pivot, in the order they were taken, its column's number, a combination and its unit.

    Each combination drops out of the pivots before its own, and not of its own.
    """

    columns: Sequence[int]
    """All there are, by number: they grow with each half that is taken."""
    pivots: list[tuple[int, int, int]] = field(default_factory=list)
    held: int = 0
    """The columns of its units."""
    spare: int = 0
    """Those of them that are no pivots yet."""
    kin: int = 0
    """The columns of all units of the organisations that it took units of."""
    idle: list[tuple[int, int]] = field(default_factory=list)
    """Totals that need no pivot, each with the combination by which it follows from the others."""

    @property
    def units(self) -> set[int]:
        return {unit for _number, _combination, unit in self.pivots}

    def rest(self, combination: int) -> int:
        """What is left of a combination when it is made to drop out of every pivot."""
        columns = self.columns
        for number, pivot, _unit in self.pivots:
            if (combination & columns[number]).bit_count() & 1:
                combination ^= pivot
        return combination

    def without(self, units: Collection[int], columns: int) -> tuple[Span, list[int]]:
        """A copy that has no pivot in these units, of these columns, and the combinations that need another one."""
        kept = [pivot for pivot in self.pivots if pivot[2] not in units]
        freed = [combination for _number, combination, unit in self.pivots if unit in units]
        held, spare = self.held & ~columns, self.spare & ~columns
        return Span(self.columns, kept, held, spare, self.kin, list(self.idle)), freed


class Spans:
    """Spanning sets without a common unit. A set that cannot span a further total is given up."""

    @classmethod
    def none_yet(cls, parity: Parity, wanted: int) -> Spans:
        """So many sets that span nothing."""
        return cls(parity, [Span(parity.columns) for _ in range(wanted)])

    def __init__(
        self, parity: Parity, sets: Iterable[Span], barred: int = 0, implied: Implied = lambda _totals: 0
    ) -> None:
        self._parity = parity
        self._barred = barred
        self._implied = implied
        self.sets = list(sets)
        self._taken = reduce(or_, (span.held for span in self.sets), barred)

    def rests(self, total: int) -> list[int]:
        """For each set, the combination with this total that it leaves."""
        return [span.rest(total) for span in self.sets]

    def met(self, combination: int) -> Iterator[int]:
        """The units that a combination meets, without those that are barred."""
        return self._parity.units_of(self._parity.met(combination) & ~self._barred)

    def take(self, total: int) -> None:
        """Let every set span one more total, which must not follow from those it spans."""
        for span in tuple(self.sets):
            self._span(span, [total])

    def barring(self, units: frozenset[int], wanted: int, implied: Implied) -> Spans:
        """Those sets that these units are least in, with others in their place.

        ``implied`` says which of some totals follow from the others where these units do not count.
        """
        columns = self._parity.of_units(units)
        nearest = sorted(self.sets, key=lambda span: (span.held & columns).bit_count())[:wanted]
        parted = [span.without(units, columns) for span in nearest]
        spans = Spans(self._parity, [span for span, _freed in parted], columns, implied)
        for span, freed in parted:
            spans._span(span, freed)
        return spans

    def _span(self, span: Span, combinations: Iterable[int]) -> None:
        """Find a set pivots for these combinations, or give it up."""
        if not all(self._pivot(span, span.rest(one)) for one in combinations):
            self._taken &= ~span.held
            self.sets = [other for other in self.sets if other is not span]

    def _pivot(self, span: Span, combination: int) -> bool:
        """Find a set a further pivot: in its own units, in free ones, or in one that another set can spare.

        Where the combination meets barred units only, there may be a total less to span.
        """
        met = self._parity.met(combination)
        if not met & ~self._barred:
            return self._idle(span, combination)
        return self._at_hand(span, combination, met) or self._exchange(span, combination, met)

    def _idle(self, span: Span, combination: int) -> bool:
        for total, other in span.idle:
            if combination & total:
                combination ^= other
        implied = self._implied(combination)
        if implied:
            span.idle.append((implied & -implied, combination))
        return bool(implied)

    def _at_hand(self, span: Span, combination: int, met: int) -> bool:
        return self._within(span, combination, met) or self._free(span, combination, met)

    def _within(self, span: Span, combination: int, met: int) -> bool:
        if found := met & span.spare:
            self._add(span, combination, lowest(found))
        return bool(found)

    def _free(self, span: Span, combination: int, met: int) -> bool:
        if found := met & ~self._taken:
            number = lowest(self._nearest(span, found))
            columns = self._parity.of_units([self._parity.units[number]])
            self._taken |= columns
            span.held |= columns
            span.spare |= columns
            self._add(span, combination, number)
        return bool(found)

    def _nearest(self, span: Span, columns: int) -> int:
        """Of some columns those of the set's own organisations; or else of organisations that no other set has.

        To an organisation a set with its own units proves nothing: the fewer sets it is in, the more is proved.
        """
        others = reduce(or_, (other.kin for other in self.sets if other is not span), 0)
        return columns & span.kin or columns & ~others or columns

    def _add(self, span: Span, combination: int, number: int) -> None:
        unit = self._parity.units[number]
        span.pivots.append((number, combination, unit))
        span.spare &= ~(1 << number)
        span.kin |= self._parity.kin[unit]

    def _exchange(self, span: Span, combination: int, met: int) -> bool:
        """Take a unit from another set for which free ones can stand in."""
        theirs = self._parity.units_of(met & ~self._barred & ~span.held)
        return any(self._spared(unit) and self._free(span, combination, met) for unit in islice(theirs, MOST_EXCHANGES))

    def _spared(self, unit: int) -> bool:
        """Free a unit, if the set that has it can span by others."""
        columns = self._parity.of_units([unit])
        span = next(span for span in self.sets if span.held & columns)
        other, freed = span.without({unit}, columns)
        if all(self._at_hand(other, rest, self._parity.met(rest)) for rest in map(other.rest, freed)):
            span.pivots, span.held, span.spare, span.kin = other.pivots, other.held, other.spare, other.kin
            self._taken &= ~columns
            return True
        self._taken &= ~(other.held & ~span.held)
        return False
