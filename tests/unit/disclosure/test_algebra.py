"""The arithmetic of totals, and the matrix they make, entry by entry."""

from __future__ import annotations

import pytest

from assessment.disclosure.algebra import Binary, Exact, bits
from assessment.disclosure.search import Search
from assessment.disclosure.totals import totals_of
from tests.unit.disclosure.groups import cell

# Unit 0 is in total 0; unit 1 in 0 and 1; unit 2 left 1 and joined 2 by another release; unit 3 is in 0 less 2.
UNITS = [[(0b001, 0)], [(0b011, 0)], [(0, 0b010), (0b100, 0)], [(0b001, 0b100)]]


def test_bits() -> None:
    assert bits(0) == []
    assert bits(0b10110) == [1, 2, 4]


def test_combinations_modulo_two() -> None:
    binary = Binary(UNITS)
    assert binary.start(0b101) == [0b001, 0b100]
    assert [binary.meets(0b001, unit) for unit in range(4)] == [True, True, False, True]
    assert [binary.meets(0b011, unit) for unit in range(4)] == [True, False, True, True]
    assert [binary.meets(0b101, unit) for unit in range(4)] == [True, True, True, False]
    assert binary.cut([0b001, 0b010, 0b100], 1) == [0b011, 0b100]
    assert binary.cut([0b001, 0b010, 0b100], 2) == [0b001]
    assert binary.cut([0b100], 0) == [0b100]
    assert binary.matters(0b1) and binary.totals(0b110) == 0b110


def test_combinations_over_the_rationals() -> None:
    exact = Exact(UNITS, recent=0b100)
    assert exact.start(0b101) == [{0: 1}, {2: 1}]
    assert [exact.meets({0: 1, 2: 1}, unit) for unit in range(4)] == [True, True, True, False]
    assert [exact.meets({0: 2, 1: -2}, unit) for unit in range(4)] == [True, False, True, True]
    assert exact.cut([{0: 1}, {1: 1}], 1) in ([{0: -1, 1: 1}], [{0: 1, 1: -1}])
    assert exact.cut([{0: 3}, {1: 5, 0: 1}], 0) in ([{1: 1}], [{1: -1}])
    assert exact.cut([{0: 4}, {0: 6, 1: 2}, {2: 1}], 1) in ([{1: 1, 0: -1}, {2: 1}], [{1: -1, 0: 1}, {2: 1}])
    assert exact.cut([{2: 1}], 1) == [{2: 1}]
    assert exact.totals({0: 3, 2: -1}) == 0b101


def test_only_combinations_with_a_recent_total_matter_and_those_without_are_given_up_first() -> None:
    exact = Exact(UNITS, recent=0b100)
    assert exact.matters({0: 1, 2: -1}) and not exact.matters({0: 1, 1: 1})
    # Unit 3 leaves a multiple of total 0 plus total 2: the recent one stays, the earlier one is used up.
    assert exact.cut([{2: 1}, {0: 1}], 3) in ([{0: 1, 2: 1}], [{0: -1, 2: -1}])
    assert exact.cut([{0: 1}, {2: 1}], 3) in ([{0: 1, 2: 1}], [{0: -1, 2: -1}])


@pytest.mark.parametrize(
    ("unmet", "recent", "implied"),
    [
        ([], 0, 0),
        ([{0: 1, 1: 1, 2: -1}], 0, 0b100),
        ([{0: 1, 1: 1, 2: -1}], 0b001, 0b001),
        ([{0: 1, 1: 1, 2: -1}, {1: 1, 2: 1, 3: 1}], 0, 0b1100),
        ([{1: 1, 3: 1}, {0: 1, 2: 2, 3: -1}], 0b1000, 0b1100),
        ([{1: 1, 3: 1}, {0: 1, 2: 2, 3: -1}], 0b1010, 0b1010),
        ([{0: 1, 1: 1}, {0: 2, 1: 2}], 0, 0b10),
        ([{0: 1, 1: 1}, {2: 1, 3: 1}, {}], 0, 0b1010),
    ],
)
def test_as_many_totals_are_implied_as_combinations_drop_out(
    unmet: list[dict[int, int]], recent: int, implied: int
) -> None:
    assert Exact([], recent).implied(unmet) == implied


def test_earlier_totals_alone_need_not_be_spanned() -> None:
    exact = Exact([[(0b01, 0)], [(0b10, 0)], [(0b10, 0)]], recent=0b10)
    search = Search(exact, [[0], [1, 2]])
    packing = search.pack(exact.start(0b11), range(3), 2)
    assert packing.stuck is None and sorted(map(sorted, packing.sets)) == [[1], [2]]
    assert search.kernel([{0: 1}, {1: 1}], [0]) == [{1: 1}]
    assert search.kernel([{0: 1}, {1: 1}], [0, 2]) == []


def test_a_cell_is_taken_less_the_one_before_it_in_its_group() -> None:
    first, other = cell("a", range(3)), cell("b", range(4))
    second = cell("a", range(1, 5))
    totals = totals_of([first, other, second], [cell("a", range(1, 6)), other])
    # By size: nothing new, one joined, the first three, one left and two joined, four.
    assert totals.published == (0b100, 0b10000, 0b1000)
    assert totals.candidates == (0b10, 0)
    assert totals.services == ("s0", "s1", "s2", "s3", "s4", "s5")
    assert totals.organisations == tuple(frozenset({f"o{number}"}) for number in range(6))
    assert totals.units[0] == ((0b10100, 0b1000),)
    assert totals.units[3] == ((0b11000, 0),)
    assert totals.units[5] == ((0b10, 0),)
    assert totals.holders == ((), (5,), (0, 1, 2), (0, 3, 4), (0, 1, 2, 3))


def test_services_stand_beside_those_of_their_organisation() -> None:
    totals = totals_of([cell("a", range(6), organisations=2)])
    assert totals.services == ("s0", "s2", "s4", "s1", "s3", "s5")


def test_a_service_is_one_unit_with_all_its_releases() -> None:
    renewed = [cell("a", range(2)), cell("a", range(2), release=1)]
    totals = totals_of(renewed)
    assert [sorted(unit) for unit in totals.units] == [[(0b01, 0b10), (0b10, 0)]] * 2
