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


def target_of_shown(
    score: Fraction, shown: Mapping[str, Fraction], targets: Mapping[str, int], asked: Sequence[Statement], top: int
) -> Fraction | None:
    """The same for a voice of many responses, from shown figures alone: the principle's ``score``, moved by as much
    as each statement with a target would move, as a share of those ``asked``; never off the scale 0 .. ``top``.

    ``shown`` are means by statement id. None where none has a target, or where one that has is not shown.
    """
    wanted = [statement.id for statement in asked if statement.id in targets]
    if not wanted or any(one not in shown for one in wanted):
        return None
    moved = sum((targets[one] - shown[one] for one in wanted), Fraction(0)) / len(asked)
    return min(max(score + moved, Fraction(0)), Fraction(top))
