"""The gate on cases that can be checked by hand."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

import pytest

from assessment.disclosure.algebra import Exact
from assessment.disclosure.attack import Finding, Gate, _Proof
from assessment.disclosure.benchmark import Cell, Member
from assessment.disclosure.search import Search
from assessment.disclosure.totals import totals_of
from tests.unit.disclosure.groups import NETWORK, cell, member, members


def follows(*cells: Cell) -> set[tuple[object, frozenset[object]]]:
    return {(finding.organisation, frozenset(finding.services)) for finding in Gate(cells).findings()}


def outsiders(*cells: Cell) -> frozenset[object]:
    """The services whose total follows for everyone."""
    found = [finding.services for finding in Gate(cells).findings() if finding.organisation is None]
    return found[0] if found else frozenset()


def named(*services: int) -> frozenset[object]:
    return frozenset(f"s{service}" for service in services)


def test_nothing_published_gives_nothing_away() -> None:
    assert Gate().findings() == ()
    assert Gate().choose([]) == ()
    assert Gate().admits()


def test_one_cell_gives_away_itself_alone() -> None:
    assert follows(cell("a", range(10))) == set()
    assert outsiders(cell("a", range(4))) == named(0, 1, 2, 3)
    assert outsiders(cell("a", range(5))) == frozenset()


@pytest.mark.parametrize(
    ("inner", "admitted"), [(7, False), (6, False), (5, True), (15, False), (10, True), (16, False)]
)
def test_two_cells_one_in_the_other(inner: int, admitted: bool) -> None:
    # What is left of 20 services outside the inner ones, for an insider with one of them, is 20 - inner - 1.
    whole, part = cell("a", range(inner + 5 if inner < 10 else 20)), cell("b", range(inner))
    rest = len(whole.members) - inner
    assert Gate([whole]).admits(part) is (rest >= 6 and inner >= 6) or rest == 5


def test_nested_cells_that_differ_by_three() -> None:
    assert outsiders(cell("a", range(20)), cell("b", range(17))) == named(17, 18, 19)
    assert not Gate([cell("a", range(20))]).admits(cell("b", range(17)))
    assert Gate([cell("a", range(20))]).admits(cell("b", range(14)))


def test_an_insider_subtracts_its_own() -> None:
    # Two of the five services outside b are of organisation o90: three of others remain.
    left = frozenset({member(15, 90), member(16, 90), member(17), member(18), member(19)})
    whole = Cell(NETWORK, members(range(15)) | left)
    assert follows(whole, cell("b", range(15))) >= {("o90", named(17, 18, 19))}
    assert outsiders(whole, cell("b", range(15))) == frozenset()


def test_an_organisation_that_is_a_third_of_a_cell() -> None:
    third = frozenset({*(member(s, 90) for s in range(4)), *members(range(4, 12))})
    assert follows(Cell(NETWORK, third)) == set()
    half = frozenset({*(member(s, 90) for s in range(6)), *members(range(6, 10))})
    assert follows(Cell(NETWORK, half)) == {("o90", named(6, 7, 8, 9))}


def test_three_cells_of_which_two_less_the_third_leave_two() -> None:
    a, b, both = cell("a", range(10)), cell("b", range(10, 22)), cell("c", range(20))
    assert follows(a, b) == follows(a, both) == follows(b, both) == set()
    assert outsiders(a, b, both) == named(20, 21)
    assert Gate([a, b]).choose([both]) == (False,)
    assert Gate().choose([a, both, b]) == (True, True, False)


def test_combinations_with_other_factors_than_one() -> None:
    # a + b + c counts 0 .. 29 twice; d counts all but 28 and 29 once: a + b + c - 2 d leaves two.
    a, b = cell("a", [*range(20)]), cell("b", [*range(10), *range(20, 30)])
    c, d = cell("c", [*range(10, 30)]), cell("d", range(28))
    assert follows(a, b, c) == set()
    assert outsiders(a, b, c, d) == named(28, 29)
    assert not Gate([a, b, c]).admits(d)


def test_a_chain_through_history() -> None:
    # Each month six renew. Undoing the months but one service of the third leaves that service.
    months = [
        members(range(20)),
        members(range(6), release=1) | members(range(6, 20)),
        members(range(12), release=1) | members(range(12, 20)),
    ]
    history = [Cell(NETWORK, month) for month in months]
    assert follows(*history) == set()
    back = members(range(11), release=1) | members(range(11, 20))
    assert Gate(history[:2]).admits(Cell(NETWORK, months[2]))
    assert outsiders(*history, cell("b", [], 1), Cell(NETWORK, back)) == named(11)
    assert not Gate(history).admits(Cell(NETWORK, back))


def test_a_service_that_renewed_counts_once() -> None:
    four = members(range(4), release=1) | members(range(4, 20))
    five = members(range(5), release=1) | members(range(5, 20))
    before = Cell(NETWORK, members(range(20)))
    assert outsiders(before, Cell(NETWORK, four)) == named(0, 1, 2, 3)
    assert outsiders(before, Cell(NETWORK, five)) == frozenset()
    six = members(range(6), release=1) | members(range(6, 20))
    assert Gate([before]).admits(Cell(NETWORK, six))


def test_a_service_that_moved_may_be_known_whole_to_either_organisation() -> None:
    """Whoever had it may still hear what it says: with it and its own five, o90 is left with four of others."""
    own = frozenset(member(service, 90) for service in range(4, 9))
    before = Cell(NETWORK, members(range(20, 40)) | {Member("r1", "s99", "o90", 0)})
    later = Cell(cell("a", range(1)).group, members(range(4)) | own | {Member("r2", "s99", "o91", 0)})
    assert follows(before, later) == {("o90", named(0, 1, 2, 3))}
    assert follows(later) == set()


def test_what_a_service_says_after_it_left_is_not_known_to_the_organisation_it_left() -> None:
    # o90 had s99, which has said r2 since; beside its own five it could work out r2 from the second and the third.
    others, own = members(range(20)), frozenset(member(service, 90) for service in range(100, 105))
    before = Cell(NETWORK, members(range(30, 50)) | own | {Member("r1", "s99", "o90", 0)})
    now = cell("a", range(20)).group, others | own | {Member("r2", "s99", "o91", 0)}
    cells = [before, Cell(*now), Cell(cell("b", range(1)).group, others)]
    assert set(follows(*cells)) >= {("o90", named(99))}
    assert Gate(cells[:1]).choose(cells[1:]) == (True, False)


def test_what_a_service_said_before_is_known_to_the_organisation_that_took_it_over() -> None:
    # o91 took s99 over and knows r1 as well: less r1 and its own, the first cell leaves the three of others.
    own = frozenset(member(service, 91) for service in range(100, 107))
    moved = frozenset({Member("r1", "s99", "o90", 0)})
    first = Cell(NETWORK, members(range(3)) | own | moved)
    later = Cell(cell("a", range(1)).group, members(range(20, 40)) | {Member("r2", "s99", "o91", 0)})
    assert ("o91", named(0, 1, 2)) in follows(first, later)


def test_what_follows_already_is_no_new_danger() -> None:
    history = [cell("a", range(20)), cell("b", range(17))]
    assert outsiders(*history) == named(17, 18, 19)
    assert Gate(history).admits(cell("c", range(100, 120)))
    assert Gate(history).admits(cell("a", range(20)))
    assert Gate(history).admits(cell("d", range(20)))


def test_sums_of_parts_tell_nothing_new() -> None:
    parts = [cell("a", range(10)), cell("b", range(10, 20)), cell("c", range(20, 30))]
    assert Gate(parts).choose([Cell(NETWORK, members(range(30)))]) == (True,)
    assert Gate().choose([Cell(NETWORK, members(range(30))), *parts]) == (True,) * 4


def test_a_total_of_one_organisations_own_services_tells_it_nothing() -> None:
    own = frozenset(member(s, 90) for s in range(100, 106))
    whole, rest = Cell(NETWORK, members(range(20)) | own), cell("b", range(20))
    assert follows(whole, rest) == set()
    assert Gate([whole]).admits(rest)
    more = cell("c", [*range(10, 20), *range(200, 206)])
    assert Gate([whole, rest]).admits(more)
    assert not Gate([whole, rest]).admits(Cell(NETWORK, members(range(18)) | own))


def test_each_candidate_is_judged_beside_those_before_it() -> None:
    whole = cell("a", range(40))
    small = [cell(name, range(40 - left)) for name, left in (("b", 3), ("c", 12), ("d", 2), ("e", 6), ("f", 30))]
    assert Gate([whole]).choose(small) == (False, True, False, True, True)


def test_all_that_were_admitted_count_not_only_the_last() -> None:
    candidates = [cell("a", range(40)), cell("b", range(37)), cell("c", range(50, 60)), cell("d", range(38))]
    assert Gate().choose(candidates) == (True, False, True, False)
    assert Gate().choose([*candidates, cell("e", range(60, 70)), cell("f", range(39))]) == (
        *(True, False, True, False),
        *(True, False),
    )


def test_what_follows_from_earlier_totals_changes_nothing_for_later_ones() -> None:
    whole, left, right = cell("a", range(40)), cell("b", range(20)), cell("c", range(20, 40))
    candidates = [cell("d", range(17)), cell("e", range(10))]
    assert Gate([left, right]).choose(candidates) == (False, True)
    assert Gate([left, right, whole]).choose(candidates) == (False, True)


def test_identifiers_may_be_uuids() -> None:
    def made(services: range) -> frozenset[Member]:
        return frozenset(Member(UUID(int=s), UUID(int=1000 + s), UUID(int=2000 + s), 0) for s in services)

    whole, part = Cell(NETWORK, made(range(20))), cell("a", [])
    assert Gate([whole, part]).findings() == ()
    finding = Gate([whole, Cell(part.group, made(range(19)))]).findings()[0]
    assert finding == Finding(None, frozenset({UUID(int=1019)}))


def test_a_search_that_takes_too_long_reports_danger() -> None:
    # Ten blocks of five services, each cell two neighbouring blocks: what follows rests on two blocks at least.
    cells = [cell(str(c), [10 * b + s for b in (c, c + 1) for s in range(5)]) for c in range(9)]
    totals = totals_of((), cells)
    everyone, all_totals = range(len(totals.units)), sum(totals.candidates)
    exact = Exact(totals.units, all_totals)
    assert Search(exact, totals.holders).few(exact.start(all_totals), everyone, 4) is None
    hasty = Search(exact, totals.holders, steps=0).few(exact.start(all_totals), everyone, 9)
    assert hasty and len(hasty) >= 10


@pytest.mark.parametrize(
    "sizes",
    [(3, 3, 3), (2, 9, 2), (1, 9, 9, 3), (9, 1, 9, 4, 9), (2, 3, 2, 3), (3, 2, 3, 3), (4, 4, 1, 4), (2, 3, 3, 4, 5)],
)
def test_neighbouring_blocks_give_any_two_blocks_away(sizes: tuple[int, ...]) -> None:
    # Each cell is two neighbouring blocks; sums and differences of them leave any two blocks, and never one.
    blocks = [[100 * block + service for service in range(size)] for block, size in enumerate(sizes)]
    cells = [cell(str(n), [*one, *other]) for n, (one, other) in enumerate(pairwise(blocks))]
    totals = totals_of((), cells)
    exact = Exact(totals.units, sum(totals.candidates))
    basis = exact.start(sum(totals.candidates))
    smallest = sum(sorted(sizes)[:2])
    for most in range(1, 9):
        found = Search(exact, totals.holders).few(basis, range(len(totals.units)), most)
        assert (found is None) == (most < smallest)
        assert found is None or smallest <= len(found) <= most
    assert bool(outsiders(*cells)) == (smallest <= 4)


def test_dependence_modulo_two_alone_is_no_dependence() -> None:
    # Three cells, each pair sharing eight services: modulo 2 they add up to nothing, over the rationals not.
    a, b, c = ([*range(16)], [*range(8), *range(16, 24)], [*range(8, 24)])
    cells = [cell("a", a), cell("b", b), cell("c", c)]
    assert follows(*cells) == set()
    assert Gate().choose(cells) == (True, True, True)


def test_after_a_dependence_modulo_two_alone_the_quick_proof_goes_on() -> None:
    # No exact search is needed for what comes after: it would be made for each organisation and each total.
    a, b, c = ([*range(16)], [*range(8), *range(16, 24)], [*range(8, 24)])
    totals = totals_of((), [cell("a", a), cell("b", b), cell("c", c), cell("d", range(20, 60))])
    proof = _Proof(totals, {})
    for total in totals.candidates[:3]:
        assert proof.doubtful(total, [None]) == [] and not proof.follows(total)
        proof.take(total)
    assert proof.doubtful(totals.candidates[3], [None]) == []


def test_what_rests_on_the_half_of_a_combination_is_told_by_its_totals() -> None:
    # Half of the first three is all their 24 services: less all but two of them, or with three more, it gives those.
    a, b, c = ([*range(16)], [*range(8), *range(16, 24)], [*range(8, 24)])
    three = [cell("a", a), cell("b", b), cell("c", c)]
    less, more = cell("d", range(22)), cell("e", range(27))
    assert Gate().choose([*three, less, more, cell("f", range(40))]) == (True, True, True, False, False, True)
    assert outsiders(*three, less) == named(22, 23)


def test_own_services_beside_the_half_of_a_combination_tell_their_organisation_nothing() -> None:
    a, b, c = ([*range(16)], [*range(8), *range(16, 24)], [*range(8, 24)])
    three = [cell("a", a), cell("b", b), cell("c", c)]
    own = frozenset(member(service, 90) for service in range(100, 106))
    with_own, more = Cell(NETWORK, members(range(24)) | own), cell("d", range(20, 60))
    assert Gate().choose([*three, with_own, more]) == (True,) * 5
    assert follows(*three, with_own, more) == set()


def test_a_total_that_follows_by_another_factor_than_one_tells_nothing_new() -> None:
    # a + b + c counts 0 .. 29 twice and 40 .. 49 once: less twice d that is e.
    a, b = cell("a", [*range(20)]), cell("b", [*range(10), *range(20, 30)])
    c, d, e = cell("c", [*range(10, 30), *range(40, 50)]), cell("d", range(30)), cell("e", range(40, 50))
    assert Gate().choose([a, b, c, d, e, cell("f", range(60, 80))]) == (True,) * 6
