"""How figures of the instrument are rounded."""

from __future__ import annotations

import pytest

from assessment.disclosure.quality import hundredth, per_cent, responses_rounded


def test_counts_of_responses_are_down_to_tens() -> None:
    assert [responses_rounded(n) for n in (0, 9, 10, 119)] == [0, 0, 10, 110]


def test_nobody_looks_like_a_few() -> None:
    assert [per_cent(n, 50) for n in (0, 1, 4)] == [None] * 3
    assert per_cent(5, 50) == 10


@pytest.mark.parametrize(("count", "of", "said"), [(5, 400, 1), (6, 400, 2), (5, 2000, 0), (7, 7, 100)])
def test_shares_are_whole_and_halves_go_up(count: int, of: int, said: int) -> None:
    assert per_cent(count, of) == said


def test_reliabilities_have_two_decimals() -> None:
    assert hundredth(0.5917188) == 0.59
