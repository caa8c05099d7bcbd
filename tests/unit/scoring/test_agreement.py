"""Agreement within one voice: published values, and what must hold of any answers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.scoring.agreement import agreement, mean_absolute_deviation, van_der_eijk, within_group_agreement

Counts = st.lists(st.integers(0, 30), min_size=2, max_size=7).filter(any)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333),
        ((5, 0, 0, 0, 5), -1),
        ((2, 2, 2, 2, 2), 0),
        ((0, 5, 5, 0, 0), 0.75),
        ((0, 0, 9, 0, 0), 1),
        ((4, 0), 1),
        ((4, 4), 0),
    ],
)
def test_published_values_of_a(counts: tuple[int, ...], expected: float) -> None:
    assert float(van_der_eijk(counts)) == pytest.approx(expected, abs=1e-6)


@given(Counts)
def test_a_lies_between_minus_one_and_one_and_reads_the_same_backwards(counts: list[int]) -> None:
    assert -1 <= van_der_eijk(counts) <= 1
    assert van_der_eijk(counts) == van_der_eijk(counts[::-1])
    assert van_der_eijk(counts) == van_der_eijk([3 * count for count in counts])


def test_the_mean_distance_from_the_mean() -> None:
    assert mean_absolute_deviation((5, 0, 0, 0, 5)) == 2
    assert mean_absolute_deviation((0, 1, 2, 1, 0)) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((0, 1, 8, 1, 0), "agree"),
        ((6, 0, 0, 0, 6), "split"),
        ((2, 2, 2, 2, 2), "mixed"),
        ((1, 3, 3, 3, 2), "mixed"),
    ],
)
def test_one_word_for_it(counts: tuple[int, ...], word: str) -> None:
    assert agreement(counts) == word


def test_within_group_agreement_against_a_case_worked_by_hand() -> None:
    # Two statements on five levels: the expected variance is 2; a mean variance of 0.5 is a quarter of it.
    assert within_group_agreement([0.25, 0.75], levels=5) == pytest.approx(1.5 / 1.75)
    assert within_group_agreement([0.0], levels=5) == 1
    assert within_group_agreement([2.5], levels=5) is None


def test_nothing_has_no_agreement() -> None:
    for wrong in ((), (0, 0, 0)):
        with pytest.raises(ValueError, match="no answers"):
            van_der_eijk(wrong)
    with pytest.raises(ValueError, match="two levels"):
        van_der_eijk((4,))
    with pytest.raises(ValueError, match="no statements"):
        within_group_agreement([], levels=5)
