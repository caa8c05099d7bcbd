"""The rows of the tables: number, word, and a shade only where a figure is clearly apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.pages.organisation.figures import Figures, Group
from assessment.pages.organisation.released import Released, Standing
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Definition
from assessment.scoring.apart import Side, clearly_apart
from assessment.scoring.bands import nearest_level

PROTECTED, ABSENT = "hid", "none"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A number with its word; ``shade`` is a class, ``apart`` says the same in words; or why there is neither."""

    number: str = ""
    word: str = ""
    shade: str = ""
    apart: str = ""
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
    scores: Mapping[str, Sequence[float]]
    _sides: dict[tuple[str, float], Side | None] = field(default_factory=dict)

    @classmethod
    def of(cls, released: Released) -> Rows:
        principles = released.definition.principles
        return cls(released.definition, {p.id: [x / 10 for x in sorted(released.scores_x10(p.id))] for p in principles})

    def service(self, standing: Standing, sector: str) -> HeatRow:
        if standing.released_on is None:
            return HeatRow(standing.service.name, sector, message=_("No result yet"), kind=ABSENT)
        note = _("%(sector)s, %(day)s", sector=sector, day=day(standing.released_on))
        figures = {name: cell.figure for name, cell in standing.cells.items()}
        return HeatRow(standing.service.name, note, cells=self._cells(figures))

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

    def _cell(self, figure: Figure | None, principle: str | None) -> HeatCell:
        if not isinstance(figure, Shown):
            protected = figure is not None and figure.kind == "protected"
            return HeatCell(hidden=_("Hidden")) if protected else HeatCell(word=_("No score"), shade=ABSENT)
        side = self._side(principle, figure.value) if principle else None
        word = self.definition.scale[nearest_level(figure.value, self.definition.top)].name
        apart = {"above": _("clearly higher"), "below": _("clearly lower")}.get(side or "", "")
        return HeatCell(f"{figure.value:.1f}", word, side or "", apart)

    def _side(self, principle: str, value: float) -> Side | None:
        key = (principle, value)
        if key not in self._sides:
            self._sides[key] = clearly_apart(value, self.scores[principle])
        return self._sides[key]


def _hidden(figure: Hidden) -> str:
    said = say(figure.reason)
    return _("Hidden: %(reason)s", reason=said[:1].lower() + said[1:])
