"""The rows of the tables: number, word, and a shade only where a figure is clearly apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from flask_babel import gettext as _

from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.pages.organisation.figures import Figures, Group
from assessment.pages.organisation.released import Released, Standing
from assessment.pages.rounds.sides import absence, band_word, in_short
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.scoring.apart import MiddleHalf, Side, clearly_apart, middle_half
from assessment.scoring.bands import nearest_level
from assessment.scoring.response import VoiceName

PROTECTED, ABSENT = "hid", "none"
SIDES: Final[Mapping[Side, Message]] = {"above": Message("clearly higher"), "below": Message("clearly lower")}


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A number with its word; ``shade`` is a class, ``apart`` says the same in words, ``ends`` between what the figure
    likely lies; or why there is none of it.
    """

    number: str = ""
    word: str = ""
    shade: str = ""
    apart: str = ""
    ends: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One line of a table; ``message`` stands across it where it has no figure at all, ``kind`` says of what sort."""

    name: str
    note: str = ""
    href: str = ""
    cells: tuple[HeatCell, ...] = ()
    message: str = ""
    kind: str = ""
    sum: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes rows of one organisation: every figure is held against all its services' scores.

    A large organisation has thousands of cells and few different figures, so each side is looked for once.
    """

    definition: Definition
    voice: VoiceName
    middles: Mapping[str, MiddleHalf | None]
    _sides: dict[tuple[str, Shown], Side | None] = field(default_factory=dict)

    @classmethod
    def of(cls, released: Released) -> Rows:
        asked = released.definition
        middles = {p.id: middle_half(released.scores_x10(p.id)) for p in asked.principles}
        return cls(asked, released.voice, middles)

    def service(self, standing: Standing, sector: str) -> HeatRow:
        if standing.released_on is None:
            return HeatRow(standing.service.name, sector, message=why_none(standing, self.voice), kind=ABSENT)
        note = _("%(sector)s, %(day)s", sector=sector, day=day(standing.released_on))
        cells = tuple(self._of_service(standing.cells.get(p.id), p.id) for p in self.definition.principles)
        if self.voice != "together" and cells[0].hidden and set(cells) == {cells[0]}:
            return HeatRow(standing.service.name, note, message=cells[0].hidden, kind=PROTECTED)
        return HeatRow(standing.service.name, note, cells=cells)

    def group(self, name: str, found: Group, note: str, href: str = "") -> HeatRow:
        return self._whole(name, found.figures, note, href) or HeatRow(name, note, href, self._cells(found.figures))

    def total(self, name: str, figures: Figures, note: str) -> HeatRow:
        """A line of the whole organisation: nothing in it is apart from itself."""
        cells = tuple(self._cell(figures[p.id], None) for p in self.definition.principles)
        return self._whole(name, figures, note, "", total=True) or HeatRow(name, note, cells=cells, sum=True)

    def _whole(self, name: str, figures: Figures, note: str, href: str, total: bool = False) -> HeatRow | None:
        """One message across the row, where every figure is missing for the same reason."""
        only, *others = figures.values()
        if not isinstance(only, Hidden) or any(other != only for other in others):
            return None
        if only.kind == "absent":
            return HeatRow(name, note, href, message=say(only.reason), kind=ABSENT, sum=total)
        return HeatRow(name, note, href, message=_hidden(only), kind=PROTECTED, sum=total)

    def _cells(self, figures: Figures) -> tuple[HeatCell, ...]:
        return tuple(self._cell(figures.get(p.id), p.id) for p in self.definition.principles)

    def _of_service(self, cell: ReleaseCell | None, principle: str) -> HeatCell:
        """A word stands alone where nothing finer may be shown of people's answers."""
        if cell and cell.band:
            return HeatCell(word=band_word(cell.band))
        return self._cell(cell.figure if cell else None, principle)

    def _cell(self, figure: Figure | None, principle: str | None) -> HeatCell:
        if not isinstance(figure, Shown):
            return _without(figure)
        side = self._side(principle, figure) if principle else None
        return HeatCell(
            f"{figure.value:.1f}", self._word(figure), side or "", say(SIDES[side]) if side else "", _ends(figure)
        )

    def _word(self, figure: Shown) -> str:
        word = self.definition.scale[nearest_level(figure.value, self.definition.top)].name
        if not figure.bound:
            return word
        return _("or below, %(word)s", word=word) if figure.bound == "or below" else _("or above, %(word)s", word=word)

    def _side(self, principle: str, figure: Shown) -> Side | None:
        """Of a bound nobody knows how far it may be off, so it is never called clear."""
        if figure.bound:
            return None
        key = (principle, figure)
        if key not in self._sides:
            self._sides[key] = clearly_apart(figure.value, self.middles[principle], _interval(figure))
        return self._sides[key]


def why_none(standing: Standing, voice: VoiceName) -> str:
    """Why there is nothing of a service in this voice."""
    waits = voice != "together" and standing.service.waits
    return _("Closed. Its lead has not opened the result yet") if waits else _("No result yet")


def _interval(figure: Shown) -> tuple[float, float] | None:
    return None if figure.low is None or figure.high is None else (figure.low, figure.high)


def _ends(figure: Shown) -> str:
    ends = _interval(figure)
    return _("%(low)s to %(high)s", low=f"{ends[0]:.1f}", high=f"{ends[1]:.1f}") if ends else ""


def _without(figure: Hidden | None) -> HeatCell:
    if figure is None or figure.kind == "absent":
        return HeatCell(word=say(absence(figure)), shade=ABSENT)
    return HeatCell(hidden=say(in_short(figure.reason)))


def _hidden(figure: Hidden) -> str:
    said = say(figure.reason)
    return _("Hidden: %(reason)s", reason=said[:1].lower() + said[1:])
