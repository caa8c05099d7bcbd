"""Columns by number: what a combination meets modulo 2, seen column by column."""

from __future__ import annotations

from random import Random

import pytest

from assessment.disclosure.algebra import Binary, bits
from assessment.disclosure.benchmark import Cell, Member
from assessment.disclosure.parity import Parity, lowest
from assessment.disclosure.totals import Totals, by_column, totals_of
from tests.unit.disclosure.groups import NETWORK, cell, members


def random_totals(seed: int) -> Totals:
    """A few cells of seven organisations and their successors, so that a service has several columns."""
    drawn = Random(seed)  # noqa: S311
    names = [str(n % 4) for n in range(8)]
    return totals_of([cell(name, drawn.sample(range(30), 15), 7, drawn.randint(0, 2)) for name in names])


@pytest.mark.parametrize("seed", range(20))
def test_a_combination_meets_the_units_that_it_meets_one_by_one(seed: int) -> None:
    totals = random_totals(seed)
    parity, binary = Parity.of(totals), Binary(totals.units)
    for combination in Random(seed).sample(range(1 << len(totals.holders)), 40):  # noqa: S311
        met = list(parity.units_of(parity.met(combination)))
        assert len(met) == len(set(met))
        assert set(met) == {unit for unit in range(len(totals.units)) if binary.meets(combination, unit)}


@pytest.mark.parametrize("seed", range(20))
def test_each_unit_has_its_columns_and_no_other_has_them(seed: int) -> None:
    totals = random_totals(seed)
    parity = Parity.of(totals)
    for unit, columns in enumerate(totals.units):
        numbers = bits(parity.of_units([unit]))
        assert {parity.columns[number] for number in numbers} == {plus ^ minus for plus, minus in columns}
        assert {parity.units[number] for number in numbers} == {unit}
    assert parity.of_units(range(len(totals.units))) == (1 << len(parity.columns)) - 1


def test_units_in_a_small_total_come_last() -> None:
    totals = totals_of([cell("large", range(20)), cell("small", range(5, 11)), cell("middle", range(12))])
    order = list(Parity.of(totals).units_of((1 << len(totals.units)) - 1))
    in_small = set(totals.holders[0])
    assert len(order) == 20 and set(order[-6:]) == in_small


def test_the_columns_of_a_units_organisations() -> None:
    # Service 99 moved from o90 to o91.
    before = Cell(NETWORK, members(range(4), 2) | {Member("r1", "s99", "o90", 0)})
    now = Cell(NETWORK, members(range(4), 2) | {Member("r2", "s99", "o91", 0), Member("r3", "s98", "o91", 0)})
    totals = totals_of([before, now])
    parity = Parity.of(totals)
    kin = {
        str(service): {str(totals.services[unit]) for unit in parity.units_of(parity.kin[index])}
        for index, service in enumerate(totals.services)
    }
    assert kin["s0"] == kin["s2"] == {"s0", "s2"}
    assert kin["s98"] == kin["s99"] == {"s98", "s99"}


def test_a_unit_without_a_column_is_of_no_columns() -> None:
    # Two releases of a service that no total holds any more, as where only fresh releases are looked at.
    totals = totals_of([cell("a", range(6))])
    bare = Totals(
        totals.published,
        totals.candidates,
        totals.services,
        totals.organisations,
        ((), *totals.units[1:]),
        ((1, 2, 3, 4, 5),),
        {},
    )
    parity = Parity.of(bare)
    assert parity.of_units([0]) == 0
    assert sorted(parity.units_of(parity.met(1))) == [1, 2, 3, 4, 5]


def test_the_half_of_what_is_twice_something() -> None:
    # Three cells, each pair sharing eight services: added up, they are twice all of them.
    three = ([*range(16)], [*range(8), *range(16, 24)], [*range(8, 24)])
    totals = totals_of([cell(str(n), services) for n, services in enumerate(three)])
    parity = Parity.of(totals)
    assert parity.met(0b111) == 0
    half = parity.half(0b111)
    assert sorted(parity.units_of(parity.met(half))) == list(range(24))
    assert len(list(parity.units_of(parity.met(half | 0b1)))) == 8
    assert all(parity.columns[number] & half for number in range(24))
    assert parity.totals(half) == 0b111 and parity.totals(half | 0b1) == 0b111


def test_a_half_may_have_a_half() -> None:
    # Two cells of the same services are twice either; the half beside one of them is so again.
    parity = Parity.of(totals_of([cell("a", range(10)), cell("b", range(10))]))
    half = parity.half(0b11)
    again = parity.half(half | 0b01)
    assert parity.met(half) == parity.met(again) == (1 << 10) - 1
    assert parity.totals(again) == 0b11


def test_nothing_has_no_half() -> None:
    # What was, what came in its place, and that this went too.
    totals = totals_of([cell("a", range(10)), cell("a", range(10, 20)), cell("a", [])])
    assert Parity.of(totals).half(0b111) == 0


def test_the_lowest_number() -> None:
    assert lowest(0b1) == 0
    assert lowest(0b110100) == 2


def test_totals_by_column_hold_each_column_once() -> None:
    totals = totals_of([cell("a", range(20)), cell("b", range(8, 15))])
    apart = by_column(totals)
    assert apart.units == (((0b10, 0),), ((0b11, 0),))
    assert apart.holders == ((1,), (0, 1))
    assert apart.published == totals.published
