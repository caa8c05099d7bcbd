"""How the statements of a principle hang together: published data sets, tables, and sums that add."""

from __future__ import annotations

from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.questionnaire.answer import NOT_APPLICABLE
from assessment.scoring.f_quantile import f_quantile
from assessment.scoring.instrument import Given, ItemSums

# The data set "cronbach_alpha" of pingouin, ten questions by fifteen people, whose documentation prints
# 0.5917188485995826 and [0.195, 0.84]. A row is a question.
QUESTIONS = (
    (3, 5, 7, 2, 6, 1, 4, 2, 6, 5, 4, 4, 5, 6, 4),
    (2, 4, 3, 4, 5, 2, 3, 4, 5, 4, 3, 2, 5, 5, 3),
    (4, 6, 5, 3, 6, 3, 5, 4, 5, 6, 5, 3, 6, 5, 5),
    (1, 3, 5, 3, 5, 4, 3, 3, 5, 4, 2, 2, 2, 4, 5),
    (4, 5, 6, 2, 4, 2, 5, 7, 1, 3, 5, 5, 3, 2, 3),
    (5, 1, 4, 2, 4, 5, 2, 2, 6, 5, 3, 3, 3, 2, 1),
    (1, 2, 3, 2, 4, 2, 1, 2, 5, 3, 2, 4, 2, 1, 3),
    (4, 5, 3, 6, 6, 3, 2, 4, 2, 1, 3, 2, 4, 4, 2),
    (3, 5, 6, 6, 7, 5, 4, 6, 3, 7, 4, 3, 4, 6, 3),
    (2, 5, 5, 3, 5, 2, 3, 5, 2, 2, 1, 4, 5, 5, 4),
)


def sums(*responses: tuple[Given, ...]) -> ItemSums:
    found = ItemSums(len(responses[0]))
    for response in responses:
        found.add(response)
    return found


PEOPLE = tuple(zip(*QUESTIONS, strict=True))


def test_alpha_and_its_interval_are_those_published() -> None:
    found = sums(*PEOPLE)
    assert found.alpha == pytest.approx(0.5917188485995826, abs=1e-15)
    assert found.interval == pytest.approx((0.195, 0.84), abs=5e-4)


def test_item_rest_is_the_correlation_with_the_sum_of_the_others() -> None:
    rest = [[sum(person) - person[k] for person in PEOPLE] for k in range(len(QUESTIONS))]
    assert sums(*PEOPLE).item_rest == pytest.approx([correlation(q, r) for q, r in zip(QUESTIONS, rest, strict=True)])


def test_a_table_worked_by_hand() -> None:
    # Two statements, three responses: variances 1 and 1, of the totals 3; alpha = 2 * (1 - 2/3). Each statement's
    # rest is the other one: covariance 0.5.
    found = sums((0, 1), (1, 0), (2, 2))
    assert (found.asked, found.n, found.alpha) == (3, 3, pytest.approx(2 / 3))
    assert found.item_rest == pytest.approx((0.5, 0.5))


def test_only_complete_responses_enter_and_the_others_are_counted_by_why() -> None:
    found = sums((0, 1), (1, 0), (2, 2), (4, NOT_APPLICABLE), (None, 4), (None, None))
    assert (found.asked, found.n, found.alpha) == (6, 3, pytest.approx(2 / 3))
    assert (found.not_applicable, found.left_out) == ((0, 1), (2, 1))


def test_there_must_be_something_to_compare() -> None:
    lone, same = sums((0,), (1,)), sums((0, 1), (1, 0))
    for found in (lone, same, ItemSums(2), sums((1, 2))):
        assert found.alpha is None and found.interval is None
    # The rest of a lone statement is nothing, and of one that never varies no correlation is known.
    assert lone.item_rest == (None,) and sums((1, 2), (1, 3)).item_rest == (None, None)
    assert same.item_rest == pytest.approx((-1, -1))


def test_few_complete_responses_leave_no_sums_of_levels_but_are_counted() -> None:
    found = sums((0, 1), (1, 0), (4, NOT_APPLICABLE))
    assert found.without_few(2) is found
    kept = found.without_few(5)
    assert (kept.asked, kept.n, kept.not_applicable) == (3, 0, (0, 1))
    assert kept.packed == "3,0,0,0,0,0,0,0,0,0,1,0"


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="1 answers to 2"):
        ItemSums(2).add((1,))
    with pytest.raises(ValueError, match="sums of 1"):
        ItemSums(2).merge(ItemSums(1))
    for text in ("1,2,3", "", "x"):
        with pytest.raises(ValueError, match=r"sums|invalid"):
            ItemSums.unpacked(text)


answers = st.tuples(*[st.one_of(st.integers(0, 4), st.just(NOT_APPLICABLE), st.none())] * 3)


@given(st.lists(answers), st.lists(answers))
def test_sums_of_two_groups_added_are_the_sums_of_both(
    some: list[tuple[Given, ...]], more: list[tuple[Given, ...]]
) -> None:
    both, added = ItemSums(3), ItemSums(3)
    for response in (*some, *more):
        both.add(response)
    for group in (some, more):
        part = ItemSums(3)
        for response in group:
            part.add(response)
        added.merge(ItemSums.unpacked(part.packed))
    assert added.packed == both.packed


@pytest.mark.parametrize(
    ("share", "upper", "lower", "point"),
    [
        # Pearson and Hartley 1966, Biometrika Tables for Statisticians, table 18.
        (0.95, 4, 10, 3.48),
        (0.975, 10, 20, 2.77),
        (0.975, 1, 1, 647.8),
        (0.975, 60, 120, 1.53),
        (0.99, 2, 2, 99.0),
        # The lower points are one over the upper ones, the degrees of freedom changed over.
        (0.025, 20, 10, 1 / 2.774),
    ],
)
def test_f_quantiles_of_the_tables(share: float, upper: int, lower: int, point: float) -> None:
    assert f_quantile(share, upper, lower) == pytest.approx(point, rel=3e-3)


def test_a_median_of_equal_degrees_is_one_and_many_responses_are_no_trouble() -> None:
    assert f_quantile(0.5, 7, 7) == pytest.approx(1)
    low, high = f_quantile(0.025, 200_000, 1_000_000), f_quantile(0.975, 200_000, 1_000_000)
    # About 1 plus or minus 1.96 times the square root of 2/upper + 2/lower.
    assert (1 - low, high - 1) == pytest.approx((0.00679, 0.00679), abs=3e-5)


def test_f_quantiles_have_limits() -> None:
    for share, upper, lower in ((0.0, 1, 1), (1.0, 1, 1), (0.5, 0, 1), (0.5, 1, 0)):
        with pytest.raises(ValueError, match="no F quantile"):
            f_quantile(share, upper, lower)


def test_an_interval_may_be_of_another_number_of_responses() -> None:
    """Of fewer it is wider; of one response nothing is known."""
    sums = ItemSums(2)
    for levels in ((0, 1), (2, 2), (3, 4), (4, 4)) * 4:
        sums.add(levels)
    few, all_of_them = sums.interval_for(10), sums.interval
    assert few and all_of_them and few[0] < all_of_them[0] < all_of_them[1] < few[1]
    assert sums.interval_for(16) == all_of_them and sums.interval_for(1) is None
