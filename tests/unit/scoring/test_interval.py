"""The interval against golden values, and what must hold of every interval."""

from __future__ import annotations

from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assessment.scoring.interval import interval, wilson
from assessment.scoring.moments import Moments
from assessment.scoring.quantile import t_quantile

NORMAL = NormalDist().inv_cdf(0.975)

TOP = 4
scores = st.lists(st.fractions(0, TOP, max_denominator=12), min_size=1, max_size=40)


def moments(values: list[Fraction] | list[int]) -> Moments:
    total = Moments()
    for value in values:
        total = total.add(Fraction(value))
    return total


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([4] * 5, 2.60, 4.00),
        ([2] * 5, 1.654, 2.346),
        ([0, 0, 4, 4], 0.307, 3.693),
        ([1, 2, 3, 3, 4, 2, 2, 1], 1.416, 3.004),
    ],
)
def test_the_golden_values_of_the_design(values: list[int], low: float, high: float) -> None:
    found = interval(moments(values), TOP)
    assert found is not None
    assert found == pytest.approx((low, high), abs=0.0021 if low == 2.60 else 0.0005)


@pytest.mark.parametrize(
    ("values", "top"),
    [
        ([0, 1, 2, 3, 4] * 4, 4),
        ([2] * 99 + [3], 4),
        ([1] * 40, 4),
        ([0] * 7, 4),
        ([0] * 40, 4),
        ([4] * 9, 4),
        ([0, 0, 1, 1, 1], 1),
        ([0, 6] * 3, 6),
    ],
)
def test_the_formula_of_the_design(values: list[int], top: int) -> None:
    assert interval(moments(values), top) == pytest.approx(kept(values, top), abs=1e-12)


def kept(values: list[int], top: int) -> tuple[float, float]:
    """The formula as the design writes it."""
    n, s1, s2 = len(values), sum(values), sum(value * value for value in values)
    m = s1 / n
    p = m / top
    v = max((s2 - n * m * m) / (n - 1), 0)
    q = p * (1 - p)
    phi = min(max(1 - 5 / n, 0.35), 1) if q <= 1e-12 else min(max(v / top**2 / q, 0.02), 1)
    ne = n / phi
    t = float(stats.t.ppf(0.975, n - 1))
    a = t * t / ne
    c = (p + a / 2) / (1 + a)
    h = t / (1 + a) * (q / ne + a / (4 * ne)) ** 0.5
    return min(max(top * (c - h), 0), m), max(min(top * (c + h), top), m)


@given(st.lists(st.integers(0, TOP), min_size=2, max_size=60))
def test_the_interval_is_the_formula_of_the_design(values: list[int]) -> None:
    assert interval(moments(values), TOP) == pytest.approx(kept(values, TOP), abs=1e-9)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_on_the_examples_of_newcombe_1998(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes / n, n, NORMAL) == pytest.approx((low, high), abs=0.00005)


def test_wilson_holds_its_share_at_the_ends() -> None:
    assert wilson(0.0, 20, NORMAL)[0] == 0.0
    assert wilson(1.0, 20, NORMAL)[1] == 1.0


@pytest.mark.parametrize("values", [[], [3]])
def test_fewer_than_two_responses_have_no_interval(values: list[int]) -> None:
    assert interval(moments(values), TOP) is None


def test_two_responses_have_one() -> None:
    assert interval(moments([1, 3]), TOP) is not None


@given(scores.filter(lambda values: len(values) > 1))
def test_an_interval_contains_the_mean_and_stays_on_the_scale(values: list[Fraction]) -> None:
    found = moments(values)
    ends = interval(found, TOP)
    assert ends is not None and found.mean is not None
    assert 0 <= ends[0] <= float(found.mean) <= ends[1] <= TOP


@given(scores.filter(lambda values: len(values) > 1))
def test_reversing_the_scale_mirrors_the_interval(values: list[Fraction]) -> None:
    ends, mirrored = interval(moments(values), TOP), interval(moments([TOP - value for value in values]), TOP)
    assert ends is not None and mirrored is not None
    assert (TOP - mirrored[1], TOP - mirrored[0]) == pytest.approx(ends, abs=1e-9)


@given(scores, st.randoms())
def test_the_order_of_scores_never_matters(values: list[Fraction], chance: object) -> None:
    shuffled = list(values)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert moments(shuffled) == moments(values)


@given(scores, scores)
def test_merging_is_adding_all(some: list[Fraction], others: list[Fraction]) -> None:
    assert moments(some).merge(moments(others)) == moments(some + others)


def test_moments() -> None:
    found = Moments().add(Fraction(1)).add(Fraction(3), times=2)
    assert found == Moments(3, Fraction(7), Fraction(19)) and found.mean == Fraction(7, 3)
    assert found.variance == Fraction(4, 3)
    assert Moments().mean is None
    assert Moments().variance == Moments().add(Fraction(2)).variance == 0
    assert moments([1, 3]).variance == 2


def test_t_quantiles_are_those_of_scipy() -> None:
    degrees = range(1, 2001)
    expected = stats.t.ppf(0.975, list(degrees))
    assert max(abs(t_quantile(0.975, df) - float(exact)) for df, exact in zip(degrees, expected, strict=True)) < 1e-9


@pytest.mark.parametrize("share", [0.5, 0.6, 0.9, 0.95, 0.995, 0.9995])
@pytest.mark.parametrize("df", [1, 2, 3, 4, 29, 300, 301, 10**6])
def test_t_quantiles_of_other_shares(share: float, df: int) -> None:
    assert t_quantile(share, df) == pytest.approx(float(stats.t.ppf(share, df)), abs=1e-9, rel=1e-9)


@pytest.mark.parametrize(("share", "df"), [(0.4999, 5), (1.0, 5), (0.975, 0)])
def test_t_quantiles_that_there_are_not(share: float, df: int) -> None:
    with pytest.raises(ValueError, match=f"^no t quantile for share {share}, {df} degrees of freedom$"):
        t_quantile(share, df)
