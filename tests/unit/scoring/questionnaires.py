"""Questionnaires made by hand, of any shape."""

from __future__ import annotations

from assessment.questionnaire.answer import OTHERS
from assessment.questionnaire.definition import Definition, Level, OtherAnswer, Principle, Statement


def statement(principle: str, number: int, top: int = 4, short: bool = False, steps: bool = True) -> Statement:
    levels = tuple(f"level {level}" for level in range(top + 1))
    next_steps = tuple(f"step from {level}" for level in range(top)) if steps else ()
    return Statement(f"{principle}{number}", "text", levels, principle, short=short, next_steps=next_steps)


def questionnaire(principles: int = 6, statements: int = 6, top: int = 4, short: int = 2) -> Definition:
    """Principles P0, P1 …; the first ``short`` statements of each are on the short form."""
    return Definition(
        id="made-up",
        version="1.0",
        language="en",
        title="Made up",
        scale=tuple(Level(value, f"Level {value}") for value in range(top + 1)),
        principles=tuple(_principle(f"P{p}", statements, top, short) for p in range(principles)),
        other_answers=tuple(OtherAnswer(other, other.replace("-", " ")) for other in OTHERS),
    )


def _principle(id: str, statements: int, top: int, short: int) -> Principle:
    return Principle(id, id, id, tuple(statement(id, s, top, short=s < short) for s in range(statements)))
