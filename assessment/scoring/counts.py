"""What one response answered to some statements, counted: all that a score needs of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.questionnaire.answer import DONT_KNOW, NOT_APPLICABLE, PREFER_NOT_TO_SAY, Answer
from assessment.questionnaire.definition import Statement


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the statements asked got each level (index = level), each other answer, or nothing."""

    levels: tuple[int, ...]
    not_applicable: int = 0
    dont_know: int = 0
    prefer_not_to_say: int = 0
    blank: int = 0

    @property
    def scored(self) -> int:
        """How many statements carry a level."""
        return sum(self.levels)

    @property
    def asked(self) -> int:
        return self.scored + self.not_applicable + self.dont_know + self.prefer_not_to_say + self.blank

    @property
    def total(self) -> int:
        """The sum of the levels."""
        return sum(level * count for level, count in enumerate(self.levels))


def count_answers(answers: Mapping[str, Answer], statements: Sequence[Statement]) -> Counts:
    """Count the answers to these statements. What an answer's level means is the statement's to say."""
    given = [answers.get(statement.id) for statement in statements]
    levels = [answer.level for answer in given if answer and answer.level is not None]
    others = [answer.other for answer in given if answer and answer.level is None]
    top = max((len(statement.levels) - 1 for statement in statements), default=0)
    return Counts(
        levels=tuple(levels.count(level) for level in range(top + 1)),
        not_applicable=others.count(NOT_APPLICABLE),
        dont_know=others.count(DONT_KNOW),
        prefer_not_to_say=others.count(PREFER_NOT_TO_SAY),
        blank=given.count(None),
    )
