"""The figures of departments and of the organisation, from released service scores only (rule P3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.disclosure.aggregate import LEAST_SERVICES, mean_of_services
from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown, value_of
from assessment.pages.organisation.released import Released, Standing
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.scoring.apart import LEAST_SERVICES as LEAST_FOR_HALF
from assessment.scoring.spread import LOWER_QUARTER, MIDDLE, UPPER_QUARTER, sample_quantile

NOT_HERE = Hidden(Message("Not part of this picture"), kind="absent")
NO_HALF = Hidden(Message("From {least} services with a result", {"least": LEAST_FOR_HALF}), kind="absent")

Figures = Mapping[str, Figure]  # by principle


@dataclass(frozen=True, slots=True)
class Group:
    """Some services of the organisation: a department, or all of them. Principles by id, in order.

    ``released`` counts the services whose scores stand behind the figures.
    """

    figures: Figures
    released: int
    services: int

    @property
    def is_shown(self) -> bool:
        return any(isinstance(figure, Shown) for figure in self.figures.values())

    def value(self, principle: str) -> float | None:
        return value_of(self.figures[principle])


def group(definition: Definition, standings: Sequence[Standing]) -> Group:
    """The mean of these services on each principle, from 3 services with a score."""
    figures = {p.id: mean_of_services(s.score_x10(p.id) for s in standings).figure for p in definition.principles}
    return Group(figures, sum(standing.state == "scored" for standing in standings), len(standings))


def middle(released: Released) -> Mapping[str, Peers]:
    """The organisation's middle: the median of all its service scores, from 3 services with a score, and between
    which scores the middle half of them lies, from 10.
    """
    return {p.id: _middle(released.scores_x10(p.id)) for p in released.definition.principles}


def _middle(scores_x10: Sequence[int]) -> Peers:
    if len(scores_x10) < LEAST_SERVICES:
        return Peers(mean_of_services(scores_x10).figure, NO_HALF, NO_HALF)
    median = _point(scores_x10, MIDDLE)
    if len(scores_x10) < LEAST_FOR_HALF:
        return Peers(median, NO_HALF, NO_HALF)
    return Peers(median, _point(scores_x10, LOWER_QUARTER), _point(scores_x10, UPPER_QUARTER))


def _point(scores_x10: Sequence[int], share: Fraction) -> Shown:
    return Shown(tenths(Fraction(sample_quantile(scores_x10, share)) / 10) / 10, n=len(scores_x10))


def medians(centre: Mapping[str, Peers]) -> Figures:
    return {principle: peers.median for principle, peers in centre.items()}


def beside(centre: Peers) -> Peers:
    """The organisation's middle as what a radar sets beside its own line."""
    return Peers(median=centre.median, lower=NOT_HERE, upper=NOT_HERE)
