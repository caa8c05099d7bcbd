"""A service's score beside all others, drawn towards them by as much as chance could have moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Final, Literal

from assessment.scoring.moments import Moments
from assessment.scoring.reliability import intraclass

ONE_SIDED: Final = 1.645

Standing = Literal["likely lower", "about the same", "likely higher"]


@dataclass(frozen=True, slots=True)
class Services:
    """All services that a score stands beside: the mean of their scores, the spread of their true scores (a standard
    deviation, in levels), and ICC(1).
    """

    mean: float
    spread: float
    icc1: float


def services_of(scores: Sequence[float], units: Sequence[Moments]) -> Services | None:
    """From the services' scores as released, and what they are made of. None where ICC(1) cannot be known.

    The variance of true scores is (MSB - MSW) / mean size of the one-way analysis, never below 0: Snijders and Bosker
    2012, 3.3.
    """
    found = intraclass(units)
    if found is None or not scores:
        return None
    held = [unit.n for unit in units if unit.n]
    variance = max(found.between - found.within, 0.0) * len(held) / sum(held)
    return Services(fsum(scores) / len(scores), sqrt(variance), found.icc1)


def reliability(n: int, icc1: float) -> float:
    """How much a mean of ``n`` responses says of its service, 0 .. 1: Spearman and Brown 1910 on ICC(1).

    An ICC(1) below 0 says that services do not differ beyond chance, and counts as 0.
    """
    known = min(max(icc1, 0.0), 1.0)
    return n * known / (1 + (n - 1) * known)


def shrunken(score: float, n: int, mean: float, icc1: float) -> float:
    """The score drawn towards the ``mean`` of all services: Kelley 1927; Snijders and Bosker 2012, 4.8."""
    return mean + reliability(n, icc1) * (score - mean)


def standing(score: float, n: int, mean: float, spread: float, icc1: float) -> Standing:
    """In words, never as a rank. ``spread`` is the standard deviation of services' true scores, in levels.

    Likely lower or higher where the shrunken score, give or take 1.645 of its own standard deviation,
    lies wholly on one side of the mean.
    """
    drawn = shrunken(score, n, mean, icc1)
    margin = ONE_SIDED * spread * sqrt(1 - reliability(n, icc1))
    if drawn + margin < mean:
        return "likely lower"
    return "likely higher" if drawn - margin > mean else "about the same"
