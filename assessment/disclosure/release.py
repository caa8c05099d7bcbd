"""What a round held together publishes of itself, already rounded; and the cell in which every release is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Bound, Figure, Hidden, Shown
from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Definition, Statement
from assessment.questionnaire.message import Message
from assessment.scoring.agreement import Agreement
from assessment.scoring.bands import Band
from assessment.scoring.principle import enough, principle_score
from assessment.scoring.response import Response, VoiceName

BLANK: Final = Message("Not answered")
NOT_ASKED: Final = Message("None of its statements was asked")
BAND_ONLY: Final = {
    "low": Message("Low. Shown as low, middle or high only, until 10 people answer"),
    "middle": Message("Middle. Shown as low, middle or high only, until 10 people answer"),
    "high": Message("High. Shown as low, middle or high only, until 10 people answer"),
}

WORD_ONLY: Final = {
    "low": Message("Low. Nothing finer, because beside the other figures it would tell what a few people answered"),
    "middle": Message(
        "Middle. Nothing finer, because beside the other figures it would tell what a few people answered"
    ),
    "high": Message("High. Nothing finer, because beside the other figures it would tell what a few people answered"),
}


class ReleaseError(ValueError):
    """A response that may not be released in this way."""


@dataclass(frozen=True, slots=True)
class ReleaseCell:
    """One released figure, or the reason why there is none: exactly one of ``value_x10``, ``band`` and ``reason``.

    ``measure`` is ``principle/<id>`` (over the statements of the form), ``shared/<id>`` (over those every
    form asks) or ``statement/<id>``. ``value_x10`` is in tenths of a level, ``n`` counts the responses
    behind it and ``statements`` the statements it rests on. Of rounds held apart there are also the ends of
    the interval, and rule P5's ``bound`` and ``band``.

    ``counts`` says how many gave each answer: of a statement the levels in order, then how many said that it does
    not apply, then how many gave no level otherwise; of ``safeguard/<id>`` its answers in order. ``agreement``
    is of a statement's levels.
    """

    voice: VoiceName
    measure: str
    value_x10: int | None
    n: int
    statements: int
    reason: Message | None = None
    low_x10: int | None = None
    high_x10: int | None = None
    bound: Bound = ""
    band: Band | None = None
    counts: tuple[int, ...] = ()
    agreement: Agreement | None = None

    @property
    def figure(self) -> Figure:
        """As a page may show it. What is missing of an agreed answer was not answered; else people are protected."""
        if self.band:
            return Hidden((WORD_ONLY if self.measure.startswith("statement/") else BAND_ONLY)[self.band])
        if self.value_x10 is None:
            absent = self.voice == "together" or self.reason == NOT_ASKED
            return Hidden(self.reason or BLANK, kind="absent" if absent else "protected")
        low, high = in_levels(self.low_x10), in_levels(self.high_x10)
        return Shown(self.value_x10 / 10, self.n, low, high, self.statements, self.bound)


def in_levels(x10: int | None) -> float | None:
    """A figure that is kept in tenths of a level, on the scale."""
    return None if x10 is None else x10 / 10


def release_together(definition: Definition, response: Response) -> tuple[ReleaseCell, ...]:
    """The cells of a round held together, whose one response was agreed by all in the room.

    Raises ReleaseError for a response of any other voice: rules P1 to P5 protect those.
    """
    if response.voice != "together":
        raise ReleaseError("only an agreed response is released as it is")
    return (
        *_scores(definition, response, "principle", definition.on_form(response.form)),
        *_scores(definition, response, "shared", definition.shared),
        *_levels(definition, response),
    )


def _scores(
    definition: Definition, response: Response, measure: str, asked: Sequence[Statement]
) -> Iterator[ReleaseCell]:
    for principle in definition.principles:
        statements = [statement for statement in asked if statement.principle == principle.id]
        yield _score(f"{measure}/{principle.id}", response, statements)


def _score(measure: str, response: Response, statements: Sequence[Statement]) -> ReleaseCell:
    score = principle_score(response.answers, statements)
    if score is None:
        return ReleaseCell("together", measure, None, 0, 0, _too_few(len(statements)))
    return ReleaseCell("together", measure, tenths(score.score), 1, score.statements)


def _too_few(asked: int) -> Message:
    if not asked:
        return NOT_ASKED
    values = {"enough": enough(asked), "asked": asked}
    return Message("No score: it needs a level for at least {enough} of its {asked} statements", values)


def _levels(definition: Definition, response: Response) -> Iterator[ReleaseCell]:
    words = {other.id: Message(other.text) for other in definition.other_answers}
    for statement in definition.on_form(response.form):
        measure, answer = f"statement/{statement.id}", response.answers.get(statement.id)
        if answer is None or answer.level is None:
            yield ReleaseCell("together", measure, None, 0, 0, _no_level(answer, words))
        else:
            yield ReleaseCell("together", measure, answer.level * 10, 1, 1)


def _no_level(answer: Answer | None, words: dict[str, Message]) -> Message:
    return BLANK if answer is None else words[str(answer)]
