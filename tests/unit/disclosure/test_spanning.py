"""Spanning sets: what the quick proof rests on, seen by elimination in whole numbers."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from assessment.disclosure import spanning
from assessment.disclosure.algebra import Exact, bits
from assessment.disclosure.parity import Parity
from assessment.disclosure.search import Search
from assessment.disclosure.spanning import Spans
from assessment.disclosure.totals import Totals, totals_of
from tests.unit.disclosure.groups import cell

WANTED = 5


def random_totals(seed: int) -> Totals:
    """A few cells over forty services, two of them over each other's remains, so that units are scarce."""
    drawn = Random(seed)  # noqa: S311
    some = [cell(str(n), drawn.sample(range(40), drawn.randint(8, 25)), release=drawn.randint(0, 1)) for n in range(6)]
    return totals_of(some)


def spanned(totals: Totals, wanted: int = WANTED) -> Spans:
    spans = Spans.none_yet(Parity.of(totals), wanted)
    for total in totals.published:
        spans.take(total)
    return spans


def leaves_nothing(totals: Totals, units: set[int]) -> bool:
    """Whether every combination but nothing meets one of these units, over the rationals."""
    exact = Exact(totals.units, sum(totals.published))
    return not Search(exact, totals.holders).kernel(exact.start(sum(totals.published)), sorted(units))


@pytest.mark.parametrize("seed", range(30))
def test_each_set_spans_and_no_two_have_a_unit_in_common(seed: int) -> None:
    totals = random_totals(seed)
    sets = spanned(totals).sets
    assert sets
    assert all(leaves_nothing(totals, span.units) for span in sets)
    assert not any(one.units & other.units for one, other in combinations(sets, 2))


@pytest.mark.parametrize("seed", range(30))
def test_without_some_units_others_take_their_place(seed: int) -> None:
    totals = random_totals(seed)
    own = frozenset(range(0, len(totals.units), 6))
    barred = spanned(totals).barring(own, 3, lambda _totals: 0)
    assert all(leaves_nothing(totals, span.units) for span in barred.sets)
    assert not any(span.units & own for span in barred.sets)
    assert not any(one.units & other.units for one, other in combinations(barred.sets, 2))
    assert all(unit not in own for total in totals.published for unit in barred.met(total))


def implied(totals: Totals, own: frozenset[int], some: int) -> int:
    """Which of some totals follow from the others over the rationals, where an organisation's own do not count."""
    exact, others = Exact(totals.units, 0), sorted(set(range(len(totals.units))) - own)
    return exact.implied(Search(exact, totals.holders).kernel(exact.start(some), others))


@pytest.mark.parametrize("seed", range(30))
def test_totals_that_differ_in_own_services_only_need_one_pivot(seed: int) -> None:
    # Three cells are the same but for services of the organisation's own, which are numbered from 100 on.
    drawn = Random(seed)  # noqa: S311
    some = drawn.sample(range(40), 15)
    alike = [cell("a", some), cell("b", [*some, *range(100, 108)]), cell("c", [*some, *range(106, 114)])]
    others = [cell("d", drawn.sample(range(40), 15)), cell("e", drawn.sample(range(40), 20))]
    totals = totals_of(drawn.sample(alike + others, 5))
    own = frozenset(unit for unit, service in enumerate(totals.services) if int(str(service)[1:]) >= 100)
    barred = spanned(totals).barring(own, 3, lambda some: implied(totals, own, some))
    assert len(barred.sets) == 3
    for span in barred.sets:
        idle = [total for total, _combination in span.idle]
        needed = sum(totals.published) - sum(idle)
        assert len(set(idle)) == 2 and implied(totals, own, sum(totals.published)).bit_count() == 2
        exact = Exact(totals.units, needed)
        assert not Search(exact, totals.holders).kernel(exact.start(needed), sorted(span.units))
        assert len(span.pivots) == needed.bit_count()


def test_what_meets_own_services_only_modulo_two_alone_ends_a_set() -> None:
    # Three cells, each pair sharing eight services: modulo 2 they add up to nothing, over the rationals not.
    three = ([*range(16), 100], [*range(8), *range(16, 24), 101], [*range(8, 24), 102])
    totals = totals_of([cell(str(n), services) for n, services in enumerate(three)])
    own = frozenset(unit for unit, service in enumerate(totals.services) if int(str(service)[1:]) >= 100)
    sets = spanned(totals, 1)
    assert len(sets.sets) == 1
    assert sets.barring(own, 1, lambda some: implied(totals, own, some)).sets == []


@pytest.mark.parametrize("seed", range(20))
def test_a_rest_is_of_the_new_total_and_drops_out_of_every_pivot(seed: int) -> None:
    totals = random_totals(seed)
    *before, new = totals.published
    spans = Spans.none_yet(Parity.of(totals), WANTED)
    for total in before:
        spans.take(total)
    for span, rest in zip(spans.sets, spans.rests(new), strict=True):
        assert rest & new and set(bits(rest)) <= set(bits(sum(totals.published)))
        assert not any((rest & span.columns[number]).bit_count() & 1 for number, _combination, _unit in span.pivots)


def test_a_set_that_cannot_span_is_given_up_and_its_units_are_free_again() -> None:
    # Seven services, three of them in both cells: five sets span the one, and of those only two both.
    totals = totals_of([cell("a", range(5)), cell("b", range(2, 7))])
    spans = spanned(totals)
    assert 2 <= len(spans.sets) <= 3
    assert all(leaves_nothing(totals, span.units) for span in spans.sets)


def test_a_total_that_follows_cannot_be_spanned() -> None:
    totals = totals_of([cell("a", range(6)), cell("b", range(6, 12)), cell("c", range(12))])
    assert spanned(totals).sets == []


def test_by_exchanging_units_more_sets_span(monkeypatch: pytest.MonkeyPatch) -> None:
    exchanging = [spanned(random_totals(seed), 8) for seed in range(30)]
    monkeypatch.setattr(spanning, "MOST_EXCHANGES", 0)
    without = [spanned(random_totals(seed), 8) for seed in range(30)]
    assert sum(len(spans.sets) for spans in exchanging) > sum(len(spans.sets) for spans in without)


@pytest.mark.parametrize("seed", range(30))
def test_sets_that_exchanged_units_still_span_apart(seed: int) -> None:
    totals = random_totals(seed)
    sets = spanned(totals, 8).sets
    assert all(leaves_nothing(totals, span.units) for span in sets)
    assert not any(one.units & other.units for one, other in combinations(sets, 2))


def test_a_set_takes_units_of_its_own_organisations_and_leaves_others_theirs() -> None:
    # Two cells apart, both of the same ten organisations, service by service: o0 has services 0 and 20, and so on.
    totals = totals_of([cell("a", range(10), 10), cell("b", range(20, 30), 10)])
    spans = spanned(totals)
    owners = [{o for unit in span.units for o in totals.organisations[unit]} for span in spans.sets]
    assert [len(span.units) for span in spans.sets] == [2] * WANTED
    assert [len(owner) for owner in owners] == [1] * WANTED and len(set().union(*owners)) == WANTED


def test_where_every_organisation_is_taken_a_set_shares_one() -> None:
    # Ten services of three organisations: five sets of one unit each.
    spans = spanned(totals_of([cell("a", range(10), 3)]))
    assert [len(span.units) for span in spans.sets] == [1] * WANTED
