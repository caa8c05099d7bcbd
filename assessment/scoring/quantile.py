"""Quantiles of Student's t distribution, so that nothing heavy is needed at run time."""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, exp, lgamma, log, pi, sin, sqrt
from statistics import NormalDist
from typing import Final

LARGE: Final = 300
PRECISION: Final = 1e-14


@lru_cache(maxsize=4096)
def t_quantile(share: float, df: int) -> float:
    """The point below which ``share`` (0.5 <= share < 1) of Student's t with ``df`` >= 1 lies.

    Up to 300 degrees of freedom by Newton's method on the exact finite series for the distribution
    (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), beyond by their expansion about the normal
    quantile (26.7.5). Right to 1e-9. Raises ValueError outside these ranges.
    """
    if not 0.5 <= share < 1 or df < 1:
        raise ValueError(f"no t quantile for share {share}, {df} degrees of freedom")
    normal = NormalDist().inv_cdf(share)
    return _expansion(normal, df) if df > LARGE else _newton(share, df, normal)


def _expansion(x: float, df: int) -> float:
    x2 = x * x
    g1 = (x2 + 1) * x / 4
    g2 = ((5 * x2 + 16) * x2 + 3) * x / 96
    g3 = (((3 * x2 + 19) * x2 + 17) * x2 - 15) * x / 384
    g4 = ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945) * x / 92160
    return x + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df


def _newton(share: float, df: int, start: float) -> float:
    """The distribution is concave right of 0 and the normal quantile is too small: it climbs and cannot overshoot."""
    step, t = 1.0, start
    while step > PRECISION * (1 + t):
        step = (share - _below(t, df)) / _density(t, df)
        t += step
    return t


def _density(t: float, df: int) -> float:
    constant = lgamma((df + 1) / 2) - lgamma(df / 2) - log(df * pi) / 2
    return exp(constant - (df + 1) / 2 * log(1 + t * t / df))


def _below(t: float, df: int) -> float:
    theta = atan(t / sqrt(df))
    return 0.5 + (_odd(theta, df) if df % 2 else _even(theta, df)) / 2


def _odd(theta: float, df: int) -> float:
    term, series = cos(theta), 0.0
    for k in range(1, df - 1, 2):
        series += term
        term *= (k + 1) / (k + 2) * cos(theta) ** 2
    return (theta + sin(theta) * series) * 2 / pi


def _even(theta: float, df: int) -> float:
    term, series = 1.0, 0.0
    for k in range(0, df - 1, 2):
        series += term
        term *= (k + 1) / (k + 2) * cos(theta) ** 2
    return sin(theta) * series
