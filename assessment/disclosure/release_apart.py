"""What a round held apart publishes of one voice, already rounded: rules P1 and P5."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Final

from assessment.disclosure.people import withheld
from assessment.disclosure.release import NOT_ASKED, ReleaseCell
from assessment.disclosure.rounding import tenths, tenths_outwards
from assessment.disclosure.thresholds import K10, Thresholds
from assessment.questionnaire.answer import NOT_APPLICABLE
from assessment.questionnaire.definition import Definition, Form, Statement
from assessment.questionnaire.message import Message
from assessment.scoring.agreement import agreement
from assessment.scoring.bands import band
from assessment.scoring.interval import interval
from assessment.scoring.moments import Moments
from assessment.scoring.profile import profile
from assessment.scoring.response import Response, VoiceName

FEW: Final = K10
SKIPPED: Final = "skipped"
EFFECT_OF_FEW: Final = 0.35
LOWEST_SHARE: Final = Fraction(1, 20)  # 0.2 on the scale 0 .. 4
HIGHEST_SHARE: Final = Fraction(19, 20)  # 3.8 on the scale 0 .. 4

TOO_FEW: Final = Message("Shown only when {least} or more people have answered enough of it")
STATEMENT_FROM: Final = Message("Shown only when {least} or more people have chosen a level")
ANSWERED_FROM: Final = Message("Shown only when {least} or more people have answered it")
GIVES_AWAY: Final = Message("Beside the other figures, this one would tell what a few people answered")


@dataclass(frozen=True, slots=True)
class Voice:
    """What is released: the voice, the form it answered on, and from how many responses what is shown."""

    name: VoiceName
    form: Form
    limits: Thresholds


def release_apart(definition: Definition, voice: Voice, responses: Sequence[Response]) -> tuple[ReleaseCell, ...]:
    """Every cell of one voice, with the reason in words where there is no figure.

    A reason never says how many answered: nobody, one and four look alike. Raises ProfileError for responses of
    another voice than each other's.
    """
    asked = definition.on_form(voice.form)
    hidden = withheld(definition, voice.form, voice.limits, responses)
    cells = (
        *_scores(definition, voice, responses, "principle", asked),
        *_scores(definition, voice, responses, "shared", definition.shared),
        *_statements(voice, responses, asked),
    )
    return tuple(_held_back(cell, definition.top) if cell.measure in hidden else cell for cell in cells)


def _held_back(cell: ReleaseCell, top: int) -> ReleaseCell:
    """Without its figure. Of a statement the word is left, in which both sides are compared: words do not add up."""
    if not cell.counts or cell.value_x10 is None:
        return ReleaseCell(cell.voice, cell.measure, None, 0, cell.statements, GIVES_AWAY)
    return ReleaseCell(cell.voice, cell.measure, None, 0, cell.statements, band=band(cell.value_x10 / 10, top))


def release_safeguards(
    definition: Definition, voice: Voice, said: Sequence[Mapping[str, str]]
) -> Iterator[ReleaseCell]:
    """How many gave each answer to the checks for harm; ``said`` is one person's answers each, by question."""
    for safeguard in definition.safeguards:
        given = [one.get(safeguard.id) for one in said]
        counts = tuple(given.count(answer) for answer in safeguard.answers)
        name, n = f"safeguard/{safeguard.id}", sum(counts)
        if n < voice.limits.k10:
            yield ReleaseCell(voice.name, name, None, 0, 0, _reason(ANSWERED_FROM, voice.limits.k10))
        else:
            yield ReleaseCell(voice.name, name, None, n, 0, counts=counts)


def _scores(
    definition: Definition, voice: Voice, responses: Sequence[Response], measure: str, asked: Sequence[Statement]
) -> Iterator[ReleaseCell]:
    found = _moments(definition, responses, asked)
    for principle in definition.principles:
        count = sum(statement.principle == principle.id for statement in asked)
        name, moments = f"{measure}/{principle.id}", found.get(principle.id, Moments())
        if not count:
            yield ReleaseCell(voice.name, name, None, 0, 0, NOT_ASKED)
        elif moments.n < voice.limits.k:
            yield ReleaseCell(voice.name, name, None, 0, count, _reason(TOO_FEW, voice.limits.k))
        else:
            yield _score(voice.name, name, moments, count, definition.top)


def _moments(definition: Definition, responses: Sequence[Response], asked: Sequence[Statement]) -> dict[str, Moments]:
    if not responses:
        return {}
    return {one.principle: one.moments for one in profile(definition, responses, asked).principles}


def _score(voice: VoiceName, measure: str, moments: Moments, statements: int, top: int) -> ReleaseCell:
    """A figure that may be shown, as rule P5 has it where few answered."""
    mean = moments.s1 / moments.n
    if moments.n >= FEW:
        return _with_interval(voice, measure, moments, statements, top)
    if voice == "people":
        word = band(tenths(mean) / 10, top)
        return ReleaseCell(voice, measure, None, moments.n, statements, band=word)
    lowest, highest = ceil(LOWEST_SHARE * top * 10), floor(HIGHEST_SHARE * top * 10)
    # The bound itself too: were it shown as a figure, "or below" would say of five people that all said the same.
    if mean * 10 <= lowest:
        return ReleaseCell(voice, measure, lowest, moments.n, statements, bound="or below")
    if mean * 10 >= highest:
        return ReleaseCell(voice, measure, highest, moments.n, statements, bound="or above")
    return _with_interval(voice, measure, moments, statements, top, EFFECT_OF_FEW)


def _with_interval(
    voice: VoiceName, measure: str, moments: Moments, statements: int, top: int, effect: float | None = None
) -> ReleaseCell:
    ends = interval(moments, top, effect)
    assert ends is not None, "a shown figure rests on many responses"
    low, high = tenths_outwards(*ends)
    shown = tenths(moments.s1 / moments.n)
    return ReleaseCell(voice, measure, shown, moments.n, statements, low_x10=low, high_x10=high)


def _statements(voice: Voice, responses: Sequence[Response], asked: Sequence[Statement]) -> Iterator[ReleaseCell]:
    for statement in asked:
        tally = Counter(_kind(response, statement) for response in responses)
        counts = tuple(tally[str(level)] for level in range(len(statement.levels)))
        if sum(counts) < voice.limits.k10:
            reason = _reason(STATEMENT_FROM, voice.limits.k10)
            yield ReleaseCell(voice.name, f"statement/{statement.id}", None, 0, 1, reason)
        else:
            yield _statement(voice.name, statement.id, counts, (tally[NOT_APPLICABLE], tally[SKIPPED]))


def _kind(response: Response, statement: Statement) -> str:
    answer = response.answers.get(statement.id)
    if answer is None or (answer.level is None and answer.other != NOT_APPLICABLE):
        return SKIPPED
    return str(answer)


def _statement(voice: VoiceName, statement: str, counts: tuple[int, ...], without: tuple[int, int]) -> ReleaseCell:
    moments = Moments()
    for level, times in enumerate(counts):
        moments = moments.add(Fraction(level), times)
    cell = _with_interval(voice, f"statement/{statement}", moments, 1, len(counts) - 1)
    return replace(cell, counts=(*counts, *without), agreement=agreement(counts))


def _reason(reason: Message, least: int) -> Message:
    return Message(reason.text, {"least": least})
