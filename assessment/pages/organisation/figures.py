"""The figures of departments and of the organisation, from released service scores only (rule P3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.disclosure.aggregate import LEAST_SERVICES, mean_of_services
from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown
from assessment.pages.organisation.released import Released, Standing
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.scoring.spread import MIDDLE, sample_quantile

NOT_HERE = Hidden(Message("Not part of this picture"), kind="absent")

Figures = Mapping[str, Figure]  # by principle


@dataclass(frozen=True, slots=True)
class Group:
    """Some services of the organisation: a department, or all of them. Principles by id, in order."""

    figures: Figures
    released: int
    services: int

    @property
    def is_shown(self) -> bool:
        return any(isinstance(figure, Shown) for figure in self.figures.values())

    def value(self, principle: str) -> float | None:
        figure = self.figures[principle]
        return figure.value if isinstance(figure, Shown) else None


def group(definition: Definition, standings: Sequence[Standing]) -> Group:
    """The mean of these services on each principle, from 3 services with a result."""
    figures = {p.id: mean_of_services(s.score_x10(p.id) for s in standings).figure for p in definition.principles}
    with_result = sum(standing.released_on is not None for standing in standings)
    return Group(figures, with_result, len(standings))


def middle(released: Released) -> Figures:
    """The organisation's middle: the median of all its service scores, from 3 services with a result."""
    return {p.id: _median(released.scores_x10(p.id)) for p in released.definition.principles}


def _median(scores_x10: Sequence[int]) -> Figure:
    if len(scores_x10) < LEAST_SERVICES:
        return mean_of_services(scores_x10).figure
    exact = Fraction(sample_quantile(scores_x10, MIDDLE)) / 10
    return Shown(tenths(exact) / 10, n=len(scores_x10))


def beside(figure: Figure) -> Peers:
    """The organisation's middle as what a radar sets beside its own line."""
    return Peers(median=figure, lower=NOT_HERE, upper=NOT_HERE)
