"""Part (a) of the attacker, and the gate of rule B5: nothing published may add up to a small group.

All published cells, of this and of earlier snapshots, are taken as totals over releases. A viewer who
adds and subtracts them learns every combination of these totals. None may rest on 1 to 4 services; nor
on 1 to 4 services of others, for an organisation that knows all its own. One that had services for a while
may know all that they ever said, or only what they said meanwhile: neither may learn anything. Of one that
knows the whole of some and a part of others nothing is proved. Medians and quarter points say less than
totals do.

Each total is judged beside those before it: does it make anything follow that did not? For nearly everyone
``spanning`` proves at once that it does not. Only for those for whom it cannot is searched exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce
from itertools import islice
from operator import or_
from typing import Final, TypeVar

from assessment.disclosure.algebra import Algebra, Binary, Column, Exact, Sparse, Unit, bits
from assessment.disclosure.benchmark import Cell, Id
from assessment.disclosure.parity import Parity
from assessment.disclosure.search import Search
from assessment.disclosure.spanning import Span, Spans
from assessment.disclosure.totals import Totals, by_column, totals_of

V = TypeVar("V")

LARGEST_SMALL_GROUP: Final = 4
ENOUGH: Final = LARGEST_SMALL_GROUP + 1
MOST_SETS: Final = 8

Viewer = Id | None
"""An organisation that knows its own services; None for everyone else."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A total over these services follows: for everyone, or for an organisation that knows its own services."""

    organisation: Viewer
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
        totals = totals_of(self._published, candidates)
        judge = _Judge(totals)
        for total in totals.published:
            judge.take(total)
        return tuple(judge.admits(total) for total in totals.candidates)

    def findings(self) -> tuple[Finding, ...]:
        """What follows of small groups from the published cells as they are; at most one finding a viewer."""
        totals = totals_of(self._published)
        judge, found = _Judge(totals), dict[Viewer, Finding]()
        for total in totals.published:
            for finding in judge.told_by(total, found):
                found[finding.organisation] = finding
        return tuple(found.values())


class _Judge:
    """Judges totals beside those it took before: what follows from one that did not follow without it.

    What can be proved from releases that no earlier snapshot held is proved from them: there every combination is
    what its new totals make of it, and these are few. Only then are all releases and all totals looked at.
    """

    def __init__(self, totals: Totals) -> None:
        self._totals = totals
        self._own = _own_units(totals)
        published = sum(totals.published)
        self._fresh = _Proof(_fresh(totals, published), self._own)
        self._whole = _Proof(totals, self._own)
        self._published = published
        self._taken = 0
        self._unmet: Unmet = {}

    def admits(self, total: int) -> bool:
        """Take a total if nothing of a small group follows from it."""
        if not self._is_new(total):
            return True
        safe = next(self._findings(total, ()), None) is None
        if safe:
            self._span(total)
        return safe

    def take(self, total: int) -> None:
        if self._is_new(total):
            self._span(total)

    def told_by(self, total: int, told: Collection[Viewer]) -> Sequence[Finding]:
        """Take a total. What of small groups follows from it; nothing is said of viewers who were told of already."""
        if not self._is_new(total):
            return ()
        found = tuple(self._findings(total, told))
        self._span(total)
        return found

    def _is_new(self, total: int) -> bool:
        """Whether a total tells anybody anything that those taken did not."""
        return bool(total) and not self._whole.follows(total)

    def _span(self, total: int) -> None:
        self._taken |= total
        self._whole.take(total)
        if not total & self._published and not self._fresh.follows(total):
            self._fresh.take(total)

    def _findings(self, total: int, told: Collection[Viewer]) -> Iterator[Finding]:
        undecided = []
        for viewer, suspect in self._suspects(total, told):
            if few := _Attack(self._totals, suspect, total, {}).few(viewer, LARGEST_SMALL_GROUP):
                yield self._finding(viewer, few)
            else:
                undecided.append(viewer)
        if not undecided:
            return
        whole = _Attack(self._totals, self._taken | total, total, self._unmet)
        for viewer in undecided:
            if few := whole.few(viewer, len(self._totals.units)):
                yield self._finding(viewer, few)

    def _finding(self, viewer: Viewer, units: Iterable[int]) -> Finding:
        return Finding(viewer, frozenset(self._totals.services[unit] for unit in units))

    def _suspects(self, total: int, told: Collection[Viewer]) -> Iterator[tuple[Viewer, int]]:
        """Those for whom nothing is proved yet, each with a combination that may meet few units."""
        viewers = [viewer for viewer in (None, *self._own) if viewer not in told]
        for viewer in self._whole.doubtful(total, self._fresh.doubtful(total, viewers)):
            if self._fresh.suspect(total, viewer) and (suspect := self._whole.suspect(total, viewer)):
                yield viewer, suspect


class _Proof:
    """Spanning sets for everyone, and for organisations for whom these are not enough."""

    def __init__(self, totals: Totals, own: Mapping[Id, frozenset[int]]) -> None:
        self._totals = totals
        self._by_column = by_column(totals)
        self._own = own
        self._parity = Parity.of(totals)
        self._spans = Spans.none_yet(self._parity, MOST_SETS)
        self._spans_of: dict[Viewer, Spans] = {}
        self._rows: dict[int, int] = {}

    def follows(self, total: int) -> bool:
        """Whether a total is a combination of those taken, so that it tells nobody anything."""
        return not self._row(total)

    def take(self, total: int) -> None:
        row = self._row(total)
        for spans in (self._spans, *self._spans_of.values()):
            spans.take(row)

    def _row(self, total: int) -> int:
        """The total, or a half that tells as much beside those taken; 0 if it follows from them."""
        if total not in self._rows:
            self._rows[total] = self._found(total)
        return self._rows[total]

    def _found(self, total: int) -> int:
        """A total that does not follow is so many times a power of 2, so its halves come to an end.

        For one that follows each half brings in more of the totals that it follows from, until they are all there.
        """
        row = total
        while not self._meets(rest := next(iter(self._spans.rests(row)), row)):
            if _Attack(self._by_column, self._parity.totals(rest), total, {}).implied(None) & total:
                return 0
            row = self._parity.half(rest)
        return row

    def _meets(self, combination: int) -> bool:
        return next(self._spans.met(combination), None) is not None

    def doubtful(self, total: int, viewers: Sequence[Viewer]) -> list[Viewer]:
        """Viewers whom fewer than five sets, without their own services, prove to learn nothing."""
        if self.follows(total):
            return list(viewers)
        proofs, lost = 0, Counter[Viewer]()
        for span, rest in zip(self._spans.sets, self._spans.rests(self._row(total)), strict=True):
            unproved = self._unproved(span, rest)
            if unproved is not None:
                proofs += 1
                lost.update(unproved)
        return [viewer for viewer in viewers if proofs - lost[viewer] < ENOUGH]

    def _unproved(self, span: Span, rest: int) -> set[Id] | None:
        """Organisations to whom this set proves nothing: its own, and those with most of what the rest meets.

        None if it proves nothing at all.
        """
        met, of = 0, Counter[Id]()
        for unit in self._spans.met(rest):
            met += 1
            of.update(self._totals.organisations[unit])
            if met - max(of.values()) >= ENOUGH:
                break
        if met < ENOUGH:
            return None
        own = {o for unit in span.units for o in self._totals.organisations[unit]}
        return own.union(o for o, times in of.items() if met - times < ENOUGH)

    def suspect(self, total: int, viewer: Viewer) -> int:
        """A combination whose rest meets fewer than five of the others; the total, if too few sets are left to say."""
        if viewer not in self._spans_of:
            self._spans_of[viewer] = self._sets_for(viewer)
        spans = self._spans_of[viewer]
        if self.follows(total) or len(spans.sets) < ENOUGH:
            return total
        few = (rest for rest in spans.rests(self._row(total)) if len(list(islice(spans.met(rest), ENOUGH))) < ENOUGH)
        return self._parity.totals(next(few, 0))

    def _sets_for(self, viewer: Viewer) -> Spans:
        own = frozenset[int]() if viewer is None else self._own[viewer]
        return self._spans.barring(own, ENOUGH, partial(self._implied, viewer))

    def _implied(self, viewer: Viewer, combination: int) -> int:
        """Totals that follow for a viewer from the others of a combination; none can be told where it has halves."""
        if combination != self._parity.totals(combination):
            return 0
        return _Attack(self._totals, combination, 0, {}).implied(viewer)


def _fresh(totals: Totals, published: int) -> Totals:
    """Only the releases that no published total holds."""
    units = tuple(_unpublished(unit, published) for unit in totals.units)
    unknown = {
        organisation: {unit: _unpublished(columns, published) for unit, columns in theirs.items()}
        for organisation, theirs in totals.unknown.items()
    }
    holders = tuple(
        () if published >> place & 1 else tuple(unit for unit in held if units[unit])
        for place, held in enumerate(totals.holders)
    )
    return replace(totals, units=units, holders=holders, unknown=unknown)


def _unpublished(unit: Unit, published: int) -> Unit:
    return tuple(column for column in unit if not (column[0] | column[1]) & published)


def _own_units(totals: Totals) -> Mapping[Id, frozenset[int]]:
    """Each organisation's units, the organisations in their fixed order."""
    own: dict[Id, set[int]] = defaultdict(set)
    for unit, organisations in enumerate(totals.organisations):
        for organisation in organisations:
            own[organisation].add(unit)
    return {organisation: frozenset(own[organisation]) for organisation in sorted(own, key=str)}


Unmet = dict[tuple[Viewer, bool], list[Sparse]]
"""Combinations found to meet no service, or for an organisation none but its own: kept from check to check.

By viewer, and by whether it is taken to know all of the services that it had for a while.
"""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What of some totals a viewer does not know: units of others, in both arithmetics, and what it found before."""

    others: Sequence[int]
    units: Sequence[Unit]
    binary: Binary
    exact: Exact
    unmet: list[Sparse]


class _Attack:
    """The exact search: what follows from a ``recent`` total beside other ``totals``, these and no more."""

    def __init__(self, all_totals: Totals, totals: int, recent: int, unmet: Unmet) -> None:
        self._organisations = all_totals.organisations
        self._unknown = all_totals.unknown
        self._holders = all_totals.holders
        self._everyone = sorted({unit for place in bits(totals) for unit in all_totals.holders[place]})
        self._units: list[Unit] = [()] * len(all_totals.units)
        for unit in self._everyone:
            self._units[unit] = _masked(all_totals.units[unit], totals)
        self._in_play = totals
        self._recent = recent
        self._unmet = unmet

    def implied(self, viewer: Viewer) -> int:
        """Totals that follow from the others, for a viewer whose own releases do not count; recent ones first."""
        return self._in_play & ~self._independent(self._sights(viewer)[-1])

    def few(self, viewer: Viewer, most: int) -> frozenset[int] | None:
        """Units a total of which the viewer learns, 4 or fewer; None if it learns none.

        More than 4 where the search could not decide; then None too if they are more than ``most``.
        """
        for sight in self._sights(viewer):
            totals = sight.exact.start(self._independent(sight))
            found = self._search(sight.exact).few(totals, sight.others, LARGEST_SMALL_GROUP)
            if found is not None and len(found) <= most:
                return found
        return None

    def _independent(self, sight: _Sight) -> int:
        """Those totals that do not follow from others, for whom the units in sight are all that there is."""
        units = list({sight.units[unit]: unit for unit in sight.others}.values())
        known, totals, exact = sight.unmet, self._in_play, sight.exact
        totals &= ~exact.implied([unmet for unmet in known if not exact.totals(unmet) & ~totals])
        quickly, exactly = self._search(sight.binary), self._search(exact)
        while doubtful := quickly.kernel(sight.binary.start(totals), units):
            involved = reduce(or_, doubtful)
            unmet = exactly.kernel(exact.start(involved), units) or exactly.kernel(exact.start(totals), units)
            if not unmet:
                break
            known += unmet
            totals &= ~exact.implied(unmet)
        return totals

    def _sights(self, viewer: Viewer) -> tuple[_Sight, ...]:
        """An organisation that had a service for a while may know all of it, or only what was said meanwhile."""
        others = [unit for unit in self._everyone if viewer not in self._organisations[unit]]
        knowing_all = _Sight(others, self._units, self._binary, self._exact, self._unmet_by(viewer, True))
        unknown = self._unknown.get(viewer) if viewer is not None else None
        if not unknown:
            return (knowing_all,)
        return knowing_all, self._knowing_its_time(viewer, others, unknown)

    def _knowing_its_time(self, viewer: Viewer, others: Sequence[int], unknown: Mapping[int, Unit]) -> _Sight:
        units = self._units.copy()
        for unit, columns in unknown.items():
            units[unit] = _masked(columns, self._in_play)
        binary, exact = Binary(units), Exact(units, self._recent)
        return _Sight(sorted({*others, *unknown}), units, binary, exact, self._unmet_by(viewer, False))

    def _unmet_by(self, viewer: Viewer, knows_all: bool) -> list[Sparse]:
        return self._unmet.setdefault((viewer, knows_all), [])

    @cached_property
    def _binary(self) -> Binary:
        return Binary(self._units)

    @cached_property
    def _exact(self) -> Exact:
        return Exact(self._units, self._recent)

    def _search(self, algebra: Algebra[V]) -> Search[V]:
        return Search(algebra, self._holders)


def _masked(unit: Unit, totals: int) -> tuple[Column, ...]:
    columns = {(plus & totals, minus & totals) for plus, minus in unit}
    return tuple(sorted(columns - {(0, 0)}))
