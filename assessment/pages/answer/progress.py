"""What is answered and what is left, in the order of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessment.charts.mark import Seat
from assessment.pages.definitions import MINUTES_A_STATEMENT
from assessment.questionnaire.definition import Definition, Form, Principle, Statement
from assessment.store.records import Answered


@dataclass(frozen=True, slots=True)
class Part:
    """One principle's share of the form."""

    principle: Principle
    statements: tuple[Statement, ...]
    answered: int

    @property
    def left(self) -> int:
        return len(self.statements) - self.answered

    @property
    def seat(self) -> Seat:
        """How its seat at the table is drawn: all answered, begun, or to come."""
        return "on" if not self.left else "part" if self.answered else "to-come"


@dataclass(frozen=True)
class Progress:
    parts: tuple[Part, ...]

    @property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(part.seat for part in self.parts)

    @cached_property
    def total(self) -> int:
        return sum(len(part.statements) for part in self.parts)

    @cached_property
    def answered(self) -> int:
        return sum(part.answered for part in self.parts)

    @property
    def left(self) -> int:
        return self.total - self.answered

    @property
    def minutes(self) -> int:
        return minutes_for(self.left)


def minutes_for(statements: int) -> int:
    """About how many minutes so many statements take, at the pace that the form promises."""
    return max(1, round(statements * MINUTES_A_STATEMENT))


def progress(definition: Definition, form: Form, answers: Mapping[str, Answered]) -> Progress:
    """The form's principles with what is answered; a principle that the form does not ask is left out."""
    asked = definition.on_form(form)
    parts = ((principle, tuple(s for s in asked if s.principle == principle.id)) for principle in definition.principles)
    return Progress(
        tuple(
            Part(principle, statements, sum(is_answered(answers, s) for s in statements))
            for principle, statements in parts
            if statements
        )
    )


def is_answered(answers: Mapping[str, Answered], statement: Statement) -> bool:
    found = answers.get(statement.id)
    return bool(found and found.value)


def next_in_principle(definition: Definition, form: Form, statement_id: str) -> Statement | None:
    """The statement after this one under the same principle."""
    asked = definition.on_form(form)
    here = next(i for i, s in enumerate(asked) if s.id == statement_id)
    after = asked[here + 1] if here + 1 < len(asked) else None
    return after if after and after.principle == asked[here].principle else None


def next_unanswered(
    definition: Definition, form: Form, answers: Mapping[str, Answered], after: str
) -> Statement | None:
    """The first unanswered statement after this one, going round to the start; None when all are answered."""
    asked = definition.on_form(form)
    here = next(i for i, s in enumerate(asked) if s.id == after)
    round_table: Sequence[Statement] = (*asked[here + 1 :], *asked[: here + 1])
    return next((s for s in round_table if not is_answered(answers, s)), None)
