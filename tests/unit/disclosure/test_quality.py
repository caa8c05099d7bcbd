"""How figures of the instrument are rounded."""

from __future__ import annotations

import pytest

from assessment.disclosure.quality import hundredth, per_cent, responses_rounded


def test_counts_of_responses_are_down_to_tens() -> None:
    assert [responses_rounded(n) for n in (0, 9, 10, 119)] == [0, 0, 10, 110]


def test_nobody_looks_like_a_few() -> None:
    assert [per_cent(n, 50) for n in (0, 1, 4)] == [None] * 3
    assert per_cent(5, 50) == 10


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [(5, 400, 1), (6, 400, 2), (5, 2000, 0), (7, 7, 100), (9, 99, 10), (9, 49, 20), (5, 11, 50), (48, 96, 50)],
)
def test_shares_are_whole_and_halves_go_up(count: int, of: int, said: int) -> None:
    assert per_cent(count, of) == said


def test_shares_do_not_tell_what_the_count_of_services_leaves_open() -> None:
    """Of what was agreed together there is one response a service, so that the number of services would follow."""
    for fives in range(10, 130, 5):
        kept = range(fives, fives + 5)
        said = {of: {per_cent(count, of) for count in range(of + 1)} for of in kept}
        always = {share for share in set.union(*said.values()) if share and share * fives >= 1000}
        assert all(always <= shares for shares in said.values()), fives


def test_reliabilities_have_two_decimals() -> None:
    assert hundredth(0.5917188) == 0.59
