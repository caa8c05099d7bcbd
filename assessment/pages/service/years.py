"""A service's results over the years: each voice by itself, together and alone side by side, never joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from assessment.disclosure.shown import Shown
from assessment.pages.rounds.sides import band_word, figure_words
from assessment.pages.words import day
from assessment.questionnaire.definition import Definition
from assessment.scoring.response import VoiceName
from assessment.store.queries.years import YearResult

VOICES: Final[tuple[VoiceName, ...]] = ("together", "people", "staff")


@dataclass(frozen=True, slots=True)
class Years:
    """One voice over the years: the principles, and a row a round, of which the first cell leads to its result."""

    voice: VoiceName
    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def years(asked: Definition, results: Sequence[YearResult]) -> list[Years]:
    """The rounds of one questionnaire; a voice that nobody has spoken in is left out."""
    of = [one for one in results if one.questionnaire[0] == asked.id]
    heads = tuple(principle.name for principle in asked.principles)
    made = []
    for voice in VOICES:
        rows = tuple(_row(asked, one) for one in of if one.voice == voice)
        if rows:
            made.append(Years(voice, heads, rows))
    return made


def _row(asked: Definition, one: YearResult) -> tuple[object, ...]:
    where = "result.show" if one.mode == "together" else "rounds.results"
    when = {"text": day(one.released_on), "href": url_for(where, round_id=one.round_id)}
    return (when, *(_words(one, principle.id) for principle in asked.principles))


def _words(one: YearResult, principle: str) -> str:
    cell = one.cells.get(principle)
    if cell is None:
        return "–"
    if cell.band:
        return band_word(cell.band)
    figure = cell.figure
    if isinstance(figure, Shown):
        return figure_words(figure)
    return _("Hidden") if figure.kind == "protected" else _("No score")
