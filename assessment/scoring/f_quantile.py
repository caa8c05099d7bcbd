"""Quantiles of the F distribution, so that nothing heavy is needed at run time."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p
from typing import Final

HALVINGS: Final = 60
SMALLEST: Final = 1e-300
PRECISION: Final = 1e-14


@lru_cache(maxsize=256)
def f_quantile(share: float, upper: int, lower: int) -> float:
    """The point below which ``share`` (0 < share < 1) of F with ``upper`` and ``lower`` >= 1 degrees of freedom lies.

    By halving on the incomplete beta function: Abramowitz and Stegun 1964, 26.6.2. Raises ValueError outside these
    ranges.
    """
    if not 0 < share < 1 or upper < 1 or lower < 1:
        raise ValueError(f"no F quantile for share {share}, {upper} and {lower} degrees of freedom")
    low, high = 0.0, 1.0
    for _step in range(HALVINGS):
        middle = (low + high) / 2
        if _below(middle, upper / 2, lower / 2) < share:
            low = middle
        else:
            high = middle
    return low * lower / ((1 - low) * upper)


def _below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, on the side where its fraction converges soon."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front / a * _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """Its continued fraction by Lentz's method: Press and others 2007, Numerical Recipes, 5.2 and 6.4."""
    c, d = 1.0, 1 / _not_nothing(1 - (a + b) * x / (a + 1))
    found, m, change = d, 0, 0.0
    while abs(change - 1) > PRECISION:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            d = 1 / _not_nothing(1 + term * d)
            c = _not_nothing(1 + term / c)
            change *= c * d
        found *= change
    return found


def _not_nothing(value: float) -> float:
    return value if abs(value) > SMALLEST else SMALLEST
