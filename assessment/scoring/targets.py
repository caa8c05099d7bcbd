"""Where a service wants to be on one principle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Statement
from assessment.scoring.principle import principle_score


def target_score(
    answers: Mapping[str, Answer], targets: Mapping[str, int], statements: Sequence[Statement]
) -> Fraction | None:
    """The principle's score if each statement with a target stood at it and the others stayed as they are.

    ``targets`` are levels by statement id; a target may lie below today's level. None where none of
    ``statements`` has a target, or where the principle would have too few levels for a score.
    """
    wanted = {statement.id: targets[statement.id] for statement in statements if statement.id in targets}
    if not wanted:
        return None
    score = principle_score({**answers, **{name: Answer(level=level) for name, level in wanted.items()}}, statements)
    return score.score if score else None
