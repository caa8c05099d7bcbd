"""One voice of a service, round by round: small multiples of what was released, and whether the newest changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from assessment.charts.picture import Picture
from assessment.charts.rounds import Course, Sitting, over_rounds
from assessment.charts.standalone import Key
from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.pages.rounds.changes import said
from assessment.pages.rounds.seen import Seen
from assessment.pages.rounds.sides import Cells, absence, band_word, by_voice, in_short
from assessment.pages.words import day, month, say
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.store.alone import AloneVoice, form_for

FEWEST: Final = 3  # two stand beside each other already
NOTHING: Final = Hidden(absence(None), kind="absent")
ASKED_DIFFERENTLY: Final = Message("Asked differently than the time before")
AGREED: Final[Key] = (("us", Message("What was agreed")),)
ALONE: Final[Key] = (("round", Message("Mean and likely range")), ("hidden", Message("Hidden, or told in a word only")))


@dataclass(frozen=True, slots=True)
class Sat:
    """One voice in one released round. ``sheet``: questionnaire, version, and the form that this voice was asked on;
    ``cells`` by principle.
    """

    on: date
    sheet: tuple[str, str, str]
    cells: Mapping[str, ReleaseCell]


def course(asked: Definition, rounds: Sequence[Sat]) -> Picture:
    """The oldest first. Of what was agreed there is no interval, so that no change of it is said to be clear."""
    alike = [True, *(now.sheet == then.sheet for then, now in pairwise(rounds))]
    sittings = [Sitting(day(one.on), month(one.on), like) for one, like in zip(rounds, alike, strict=True)]
    courses = [Course(p.name, *_of(p.id, rounds, alike[-1])) for p in asked.principles]
    return over_rounds(courses, sittings, asked.scale, translate=say)


def course_of(side: AloneVoice, all_seen: Seen) -> Picture | None:
    """This round and those before it, as one side sees them; None until there are three to draw."""
    release, asked = all_seen.release, all_seen.asked
    rounds = [
        _sat(side, one.released_on, (*one.sheet, form_for(asked, side, one.form)), by_voice(one.cells))
        for one in all_seen.before
    ]
    sheet = (asked.id, asked.version, form_for(asked, side, release.form))
    now = _sat(side, release.released_on, sheet, all_seen.cells)
    rounds = [*(one for one in reversed(rounds) if one.sheet[0] == asked.id), now]
    return course(asked, rounds) if len(rounds) >= FEWEST and is_drawn(rounds) else None


def _sat(side: AloneVoice, on: date, sheet: tuple[str, str, str], cells: Cells) -> Sat:
    found = {name.partition("/")[2]: cell for (voice, name), cell in cells.items() if voice == side and _is_of(name)}
    return Sat(on, sheet, found)


def _is_of(measure: str) -> bool:
    return measure.startswith("principle/")


def is_drawn(rounds: Sequence[Sat]) -> bool:
    """Whether there is anything to draw: one round alone is no story, and words are no figures."""
    figures = (cell.figure for one in rounds for cell in one.cells.values())
    return len(rounds) > 1 and any(isinstance(figure, Shown) for figure in figures)


def _of(principle: str, rounds: Sequence[Sat], is_like: bool) -> tuple[tuple[Figure, ...], Message | None]:
    cells = [one.cells.get(principle) for one in rounds]
    if len(cells) < 2 or any(cell and cell.voice == "together" for cell in cells):
        return tuple(map(_figure, cells)), None
    then, now = (cell.figure if cell else NOTHING for cell in cells[-2:])
    return tuple(map(_figure, cells)), said(then, now) if is_like else ASKED_DIFFERENTLY


def _figure(cell: ReleaseCell | None) -> Figure:
    """As it is shown; what is hidden says so in few words, for there are many cells."""
    if cell is None:
        return NOTHING
    if cell.band:
        return Hidden(Message("{word} (a word only)", {"word": band_word(cell.band)}))
    figure = cell.figure
    if isinstance(figure, Shown):
        return figure
    if figure.kind == "protected":
        return Hidden(in_short(figure.reason))
    return Hidden(absence(figure), kind="absent")
