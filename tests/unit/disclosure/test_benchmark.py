"""Peer groups: rules B1, B3 and B4, and the decision on a snapshot."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.disclosure.benchmark import (
    Cell,
    Member,
    PeerGroup,
    carry_over,
    changed_services,
    counts_as_both_sides,
    organisations_words,
    peers,
    services_rounded,
    why_not,
)
from assessment.disclosure.shown import Hidden, Shown
from assessment.disclosure.snapshot import NOT_THE_SAME, decide, in_order
from tests.unit.disclosure.groups import NETWORK, cell, member, members, sector


def owned_by(*sizes: int) -> list[Member]:
    """Organisations with so many services each."""
    owners = [organisation for organisation, size in enumerate(sizes) for _ in range(size)]
    return [member(service, organisation) for service, organisation in enumerate(owners)]


@pytest.mark.parametrize(
    ("sizes", "reason"),
    [
        ((3, 3, 2, 1), "Fewer than 10 services have shared a result here, so one could be picked out"),
        ((3, 3, 2, 2), None),
        ((4, 4, 4), "The services here belong to fewer than 4 organisations, so one could be picked out"),
        ((4, 4, 3, 1), None),
        ((5, 4, 3, 1), "More than a third of the services here belong to one organisation, "
         "so it could be picked out"),
    ],
)  # fmt: skip
def test_a_group_is_large_enough_and_of_many(sizes: tuple[int, ...], reason: str | None) -> None:
    found = why_not(owned_by(*sizes))
    assert (None if found is None else str(found)) == reason


def valued(*values: int) -> list[Member]:
    return [member(service, value_x10=value) for service, value in enumerate(values)]


def test_a_median_from_ten_quarters_from_twenty_and_tenths_from_fifty() -> None:
    for services, (quarters, tenths) in {10: (0, 0), 19: (0, 0), 20: (1, 0), 49: (1, 0), 50: (1, 1)}.items():
        found = peers(valued(*range(services)))
        assert isinstance(found.median, Shown)
        assert isinstance(found.lower, Shown) == isinstance(found.upper, Shown) == bool(quarters)
        assert (found.tenth is not None) == (found.ninetieth is not None) == bool(tenths)


def test_what_is_too_few_for_a_middle_half_says_so() -> None:
    lower = peers(valued(*range(10))).lower
    assert isinstance(lower, Hidden) and lower.kind == "protected"
    assert str(lower.reason) == "The middle half is shown from 20 services"


def test_points_are_rounded_to_one_decimal_half_up_and_counts_down_to_fives() -> None:
    found = peers(valued(*[10] * 11, *[11] * 11))
    assert found.median == Shown(1.1, n=20)  # 1.05
    assert (found.lower, found.upper) == (Shown(1.0, n=20), Shown(1.1, n=20))


@given(st.lists(st.integers(0, 40), min_size=50, max_size=80))
def test_points_are_those_of_numpy(values: list[int]) -> None:
    found = peers(valued(*values))
    shown = [found.tenth, found.lower, found.median, found.upper, found.ninetieth]
    for point, share in zip(shown, (0.1, 0.25, 0.5, 0.75, 0.9), strict=True):
        assert isinstance(point, Shown)
        assert abs(point.value * 10 - float(np.quantile(values, share))) <= 0.5 + 1e-9


def test_counts_as_they_are_published() -> None:
    assert [services_rounded(n) for n in (10, 14, 15, 19, 204)] == [10, 10, 15, 15, 200]
    assert [str(organisations_words(n)) for n in (4, 9, 10, 30)] == [
        "4 or more",
        "4 or more",
        "10 or more",
        "10 or more",
    ]


@pytest.mark.parametrize(
    ("people", "staff", "counts"), [(1, 2, True), (2, 1, True), (1, 1, False), (0, 9, False), (9, 0, False)]
)
def test_an_agreed_result_needs_three_in_the_room_and_both_sides(people: int, staff: int, counts: bool) -> None:
    assert counts_as_both_sides(people, staff) is counts


def test_services_that_joined_left_or_renewed_have_changed() -> None:
    before = members(range(10))
    assert changed_services(before, before) == 0
    assert changed_services(before, members(range(2, 13))) == 5
    assert changed_services(before, members(range(3), release=1) | members(range(3, 10))) == 3


@pytest.mark.parametrize(("joined", "carried"), [(0, True), (4, True), (5, False)])
def test_a_group_is_refreshed_from_five_changes(joined: int, carried: bool) -> None:
    assert carry_over(members(range(10)), members(range(10 + joined))) is carried


def test_the_fixed_order_of_candidates() -> None:
    groups = [
        *(PeerGroup("sector-nation", ("a", "b")), PeerGroup("size", ("l",)), PeerGroup("region", ("n",))),
        *(PeerGroup("nation", ("e",)), PeerGroup("kind", ("k",)), sector("b"), sector("a"), NETWORK),
    ]
    ordered = [its.group for its in in_order(Cell(group, frozenset()) for group in groups)]
    assert ordered == [NETWORK, sector("a"), sector("b"), *reversed(groups[:5])]


def network(services: range, release: int = 0) -> Cell:
    return Cell(NETWORK, members(services, release=release))


def test_a_first_snapshot_publishes_what_may_be_and_says_why_not() -> None:
    decision = decide([cell("a", range(9)), network(range(40)), cell("b", range(9, 30)), cell("c", range(30, 40))], [])
    assert [its.group for its in decision.published] == [NETWORK, sector("b"), sector("c")]
    assert {its.state for its in decision.published} == {"fresh"}
    assert decision.published[1].peers == peers(members(range(9, 30)))
    assert "Fewer than 10 services" in str(decision.hidden[sector("a")].reason)


def test_what_would_give_a_small_group_away_is_not_published() -> None:
    decision = decide([network(range(40)), cell("a", range(20)), cell("b", range(20, 37))], [])
    assert [its.group for its in decision.published] == [NETWORK, sector("a")]
    reason = decision.hidden[sector("b")].reason
    assert str(reason) == "Together with other figures, this one would give away a small group of services"


def test_a_group_little_changed_is_carried_over_as_it_was() -> None:
    first, now = network(range(20)), network(range(4, 20))
    decision = decide([now], [network(range(50)), first])
    assert [(its.cell, its.state) for its in decision.published] == [(first, "carried")]
    assert decision.published[0].peers == peers(first.members)


def test_a_group_carried_over_is_not_asked_for_its_size_again() -> None:
    assert [its.state for its in decide([network(range(8))], [network(range(10))]).published] == ["carried"]


def test_a_group_much_changed_that_became_too_small_is_hidden() -> None:
    decision = decide([network(range(9))], [network(range(30))])
    assert decision.published == () and NETWORK in decision.hidden


def test_a_refreshed_figure_that_would_give_away_leaves_the_old_one_standing() -> None:
    history = [cell("a", range(20)), cell("b", range(20, 40))]
    moved = [cell("a", range(14)), cell("b", [*range(14, 18), *range(20, 40)])]
    decision = decide([moved[0]], history)
    assert [its.state for its in decision.published] == ["fresh"]
    decision = decide(
        [cell("a", [*range(18), *range(100, 104)])], [*history, cell("c", range(100, 130)), cell("d", range(104, 130))]
    )
    assert [(its.cell, its.state) for its in decision.published] == [(history[0], "carried")]
    assert decision.hidden == {}


def test_a_refreshed_group_shows_its_new_figures() -> None:
    now = network(range(20), release=1)
    decision = decide([now], [network(range(20))])
    assert [(its.cell, its.state) for its in decision.published] == [(now, "fresh")]


def matched(when: str, services: Iterable[int], release: int, renewed: Iterable[int] = ()) -> Cell:
    """What matched services said then or now; some of them have renewed it since."""
    again = frozenset(renewed)
    found = members(set(services) - again, 5, release) | members(again, 5, release + 1)
    return Cell(PeerGroup("matched-then" if when == "then" else "matched-now", ("2025",)), found)


def test_matched_services_are_the_same_then_and_now() -> None:
    """One leaves, and six others have a newer result: too little changed of then, but not of now."""
    history = [matched("then", range(20), 0), matched("now", range(20), 1)]
    candidates = [matched("then", range(19), 0), matched("now", range(19), 1, renewed=range(6))]
    assert [(one.cell, one.state) for one in decide(candidates, history).published] == [
        (cell, "carried") for cell in history
    ]


def test_matched_services_that_were_not_the_same_before_are_hidden() -> None:
    history = [matched("then", range(20), 0)]
    decision = decide([matched("then", range(19), 0), matched("now", range(19), 1)], history)
    assert not decision.published
    assert [hidden.reason for hidden in decision.hidden.values()] == [NOT_THE_SAME] * 2


def test_the_same_matched_services_may_be_refreshed_on_one_side() -> None:
    history = [matched("then", range(20), 0), matched("now", range(20), 1)]
    decision = decide([history[0], matched("now", range(20), 1, renewed=range(10))], history)
    assert [one.state for one in decision.published] == ["carried", "fresh"]


def test_of_now_alone_nothing_is_to_be_compared() -> None:
    assert [one.state for one in decide([matched("now", range(20), 1)], []).published] == ["fresh"]
