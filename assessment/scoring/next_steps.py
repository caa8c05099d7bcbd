"""What to talk about for one principle: what goes best, and one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Statement


@dataclass(frozen=True, slots=True)
class NextStep:
    """``text`` is a step for ``statement`` from its level ``at`` towards the one above."""

    statement: Statement
    at: int
    text: str


def strongest_statement(answers: Mapping[str, Answer], statements: Sequence[Statement]) -> Statement | None:
    """The statement with the highest level; of several the first. None unless one stands above another."""
    answered = _levels(answers, statements)
    if len({level for _statement, level in answered}) < 2:
        return None
    return max(answered, key=lambda pair: pair[1])[0]


def next_step(answers: Mapping[str, Answer], statements: Sequence[Statement]) -> NextStep | None:
    """A step for the statement with the lowest level; of several the first.

    None if no statement carries a level, if all are at the top, or if the questionnaire offers no step
    for any that could take one.
    """
    open_steps = [
        NextStep(statement, level, statement.next_steps[level])
        for statement, level in _levels(answers, statements)
        if level < len(statement.next_steps)
    ]
    return min(open_steps, key=lambda step: step.at) if open_steps else None


def _levels(answers: Mapping[str, Answer], statements: Sequence[Statement]) -> list[tuple[Statement, int]]:
    given = [(statement, answers.get(statement.id)) for statement in statements]
    return [(statement, answer.level) for statement, answer in given if answer and answer.level is not None]
