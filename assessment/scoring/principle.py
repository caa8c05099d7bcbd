"""One response's score for one principle, and the half rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Statement
from assessment.scoring.counts import Counts, count_answers


@dataclass(frozen=True, slots=True)
class PrincipleScore:
    """A mean of levels, on the scale, and how many of the ``asked`` statements it rests on."""

    score: Fraction
    statements: int
    asked: int


def principle_score(answers: Mapping[str, Answer], statements: Sequence[Statement]) -> PrincipleScore | None:
    """The mean of the levels given to ``statements``, or None if too few carry one.

    The caller says which of the principle's statements count: those on the response's form, or those
    that every form shares.
    """
    return score_of(count_answers(answers, statements))


def score_of(counts: Counts) -> PrincipleScore | None:
    """The mean of the levels counted, or None if fewer than ``enough`` statements carry one."""
    if not counts.scored or counts.scored < enough(counts.asked):
        return None
    return PrincipleScore(Fraction(counts.total, counts.scored), counts.scored, counts.asked)


def enough(asked: int) -> int:
    """How many of ``asked`` statements must carry a level: half of them, rounded up."""
    return (asked + 1) // 2
