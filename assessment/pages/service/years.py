"""A service's results over the years: each voice by itself, together and alone side by side, never joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from assessment.charts.picture import Picture
from assessment.charts.standalone import Key
from assessment.pages.rounds.course import AGREED, ALONE, Sat, course, is_drawn
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition, Form
from assessment.questionnaire.message import Message
from assessment.scoring.response import VoiceName
from assessment.store.alone import form_for
from assessment.store.queries.years import YearResult

VOICES: Final[Mapping[VoiceName, Message]] = {
    "together": Message("Agreed together"),
    "people": Message("People who use the service, each alone"),
    "staff": Message("Staff and partners, each alone"),
}


@dataclass(frozen=True, slots=True)
class Years:
    """One voice over the years, the oldest first. ``links`` lead to the result of each round."""

    voice: VoiceName
    picture: Picture
    links: tuple[str, ...]
    is_drawn: bool

    @property
    def name(self) -> Message:
        return VOICES[self.voice]

    @property
    def key(self) -> Key:
        return AGREED if self.voice == "together" else ALONE

    @property
    def caption(self) -> Message:
        """Of numbers that are drawn above as well, or of the only ones."""
        drawn = self.picture.table.caption
        alone = Message("Round by round, from 0 ({lowest}) to {top} ({highest})", drawn.values)
        return drawn if self.is_drawn else alone

    @property
    def head(self) -> list[str]:
        return [say(column.label) for column in self.picture.table.columns]

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The picture's own table, of which each row's name leads to its result."""
        rows = zip(self.picture.table.rows, self.links, strict=True)
        return [({"text": row.header, "href": href}, *map(say, row.cells)) for row, href in rows]


def years(asked: Definition, results: Sequence[YearResult]) -> list[Years]:
    """The rounds of one questionnaire; a voice that nobody has spoken in is left out."""
    of = [one for one in reversed(results) if one.questionnaire[0] == asked.id]
    found = ((voice, [one for one in of if one.voice == voice]) for voice in VOICES)
    return [_years(asked, voice, mine) for voice, mine in found if mine]


def _years(asked: Definition, voice: VoiceName, mine: Sequence[YearResult]) -> Years:
    rounds = [Sat(one.released_on, (*one.questionnaire[:2], _form(asked, one)), one.cells) for one in mine]
    return Years(voice, course(asked, rounds), tuple(map(_address, mine)), is_drawn(rounds))


def _form(asked: Definition, one: YearResult) -> Form:
    """On which form this voice was asked: of a round held apart its own is the staff's."""
    return one.form if one.voice == "together" else form_for(asked, one.voice, one.form)


def _address(one: YearResult) -> str:
    return url_for("result.show" if one.mode == "together" else "rounds.results", round_id=one.round_id)
