"""Bars by half levels: none of a small group, each counted down to fives."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.disclosure.benchmark import histogram, peers
from assessment.disclosure.shown import Bin
from tests.unit.disclosure.groups import member

SCORES = st.lists(st.integers(0, 40), max_size=90)


def behind(values: list[int], bars: tuple[Bin, ...]) -> list[int]:
    """How many scores each bar holds, counted by hand from where it starts to where the next does."""
    starts = [round(bar.start * 10) for bar in bars]
    return [sum(low <= value < high for value in values) for low, high in pairwise([*starts, 41])]


@given(SCORES)
def test_every_score_is_in_one_bar_and_no_bar_says_more_than_fives(values: list[int]) -> None:
    bars = histogram(values)
    counts = behind(values, bars)
    assert sum(counts) == len(values)
    assert [bar.services for bar in bars] == [count - count % 5 for count in counts]


@given(SCORES)
def test_no_bar_is_of_fewer_than_five_services(values: list[int]) -> None:
    bars = histogram(values)
    assert all(count >= 5 for count in behind(values, bars)) or (len(bars) == 1 and len(values) < 5)


@given(SCORES)
def test_bars_start_at_nothing_and_then_just_above_a_half_level(values: list[int]) -> None:
    starts = [round(bar.start * 10) for bar in histogram(values)]
    assert starts == sorted(set(starts)) and starts[0] == 0
    assert all(start % 5 == 1 for start in starts[1:])


@given(SCORES, st.randoms())
def test_bars_do_not_say_who_came_first(values: list[int], chance: object) -> None:
    shuffled = sorted(values, key=lambda _: getattr(chance, "random")())  # noqa: B009
    assert histogram(shuffled) == histogram(values)


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        ([], [(0.0, 0)]),
        ([20] * 4, [(0.0, 0)]),
        ([0] * 5 + [5] * 4 + [6] * 6, [(0.0, 5), (0.6, 5)]),
        ([5] * 5 + [6] * 4, [(0.0, 5)]),
        ([5] * 5 + [6] * 3 + [11] * 2 + [40] * 10, [(0.0, 5), (0.6, 5), (1.6, 10)]),
        ([40] * 20, [(0.0, 20)]),
        ([10] * 5 + [11] * 7 + [21] * 4, [(0.0, 5), (1.1, 10)]),
    ],
)  # fmt: skip
def test_bars_by_hand(values: list[int], bars: list[tuple[float, int]]) -> None:
    assert histogram(values) == tuple(Bin(start, services) for start, services in bars)


def test_a_histogram_is_shown_from_twenty_services() -> None:
    few, many = ([member(service, value_x10=30) for service in range(n)] for n in (19, 20))
    assert peers(few).bins == ()
    assert peers(many).bins == (Bin(0.0, 20),)
