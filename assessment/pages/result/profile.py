"""One released profile as a page shows it: figures, words and what was agreed, principle by principle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.charts.pips import pips
from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Figure, Hidden, value_of
from assessment.questionnaire.answer import OTHERS, Answer
from assessment.questionnaire.definition import Definition, Form, Principle, Safeguard, Statement
from assessment.questionnaire.message import Message
from assessment.scoring.next_steps import NextStep, next_step, strongest_statement
from assessment.scoring.targets import target_score
from assessment.store.records import Goal, Said

Basis = Literal["full", "shared"]
NOT_RELEASED = Hidden(Message("This form did not ask about it"), kind="absent")


@dataclass(frozen=True, slots=True)
class Agreed:
    """One statement with what was agreed: a level, or an other answer's text, or neither."""

    statement: Statement
    level: int | None
    word: str
    goal: Goal | None
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One principle of the result. ``figure`` is on the basis compared on; ``target`` in levels, one decimal."""

    principle: Principle
    figure: Figure
    asked: int
    target: float | None
    agreed: tuple[Agreed, ...]
    strongest: Statement | None
    step: NextStep | None


@dataclass(frozen=True, slots=True)
class Concern:
    """A check for harm whose answer raises one."""

    safeguard: Safeguard
    answer: str


@dataclass(frozen=True, slots=True)
class Profile:
    sections: tuple[Section, ...]
    concerns: tuple[Concern, ...]

    @property
    def scores(self) -> Mapping[str, float | None]:
        """The shown scores by principle name."""
        return {s.principle.name: value_of(s.figure) for s in self.sections}

    @property
    def has_targets(self) -> bool:
        return any(section.target is not None for section in self.sections)


@dataclass(frozen=True, slots=True)
class Published:
    """Everything a release says, and where the service wants to be."""

    definition: Definition
    form: Form
    cells: Sequence[ReleaseCell]
    said: Sequence[Said]
    goals: Mapping[str, Goal]


def profile(published: Published, basis: Basis) -> Profile:
    """The profile over all the statements asked (*full*: those of the form), or over the shared ones."""
    cells = {cell.measure: cell for cell in published.cells}
    said = {one.measure: one.said for one in published.said}
    sections = (_section(published, basis, principle, cells, said) for principle in published.definition.principles)
    return Profile(tuple(sections), _concerns(published.definition, said))


def _section(
    published: Published,
    basis: Basis,
    principle: Principle,
    cells: Mapping[str, ReleaseCell],
    said: Mapping[str, str],
) -> Section:
    definition, goals = published.definition, published.goals
    asked = [s for s in definition.on_form(published.form) if s.principle == principle.id]
    counted = [s for s in definition.shared if s.principle == principle.id] if basis == "shared" else asked
    cell = cells.get(f"{'shared' if basis == 'shared' else 'principle'}/{principle.id}")
    answers = _answers(asked, cells, said)
    wanted = target_score(answers, {name: goal.level for name, goal in goals.items()}, counted)
    return Section(
        principle=principle,
        figure=cell.figure if cell else NOT_RELEASED,
        asked=len(counted),
        target=None if wanted is None else tenths(wanted) / 10,
        agreed=tuple(_agreed(definition, s, answers.get(s.id), goals.get(s.id)) for s in asked),
        strongest=strongest_statement(answers, asked),
        step=next_step(answers, asked),
    )


def _answers(
    asked: Sequence[Statement], cells: Mapping[str, ReleaseCell], said: Mapping[str, str]
) -> dict[str, Answer]:
    """What was agreed, read back from what was released."""
    answers = {}
    for statement in asked:
        measure = f"statement/{statement.id}"
        cell, other = cells.get(measure), said.get(measure)
        if cell and cell.value_x10 is not None:
            answers[statement.id] = Answer(level=cell.value_x10 // 10)
        elif other in OTHERS:
            answers[statement.id] = Answer(other=other)
    return answers


def _agreed(definition: Definition, statement: Statement, answer: Answer | None, goal: Goal | None) -> Agreed:
    if answer is None:
        return Agreed(statement, None, "", goal)
    if answer.level is not None:
        drawing = pips(answer.level, definition.top)
        return Agreed(statement, answer.level, definition.scale[answer.level].name, goal, drawing)
    word = next((other.text for other in definition.other_answers if other.id == answer.other), "")
    return Agreed(statement, None, word, goal)


def _concerns(definition: Definition, said: Mapping[str, str]) -> tuple[Concern, ...]:
    names = {choice.id: choice.text for choice in definition.safeguard_answers}
    return tuple(
        Concern(safeguard, names.get(safeguard.concern_if, safeguard.concern_if))
        for safeguard in definition.safeguards
        if said.get(f"safeguard/{safeguard.id}") == safeguard.concern_if
    )
