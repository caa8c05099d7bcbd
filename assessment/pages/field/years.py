"""The whole network year by year: one small line a principle, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from flask_babel import gettext as _

from assessment.charts.picture import Column, Row, Table
from assessment.charts.svg import Svg, element, words
from assessment.charts.wording import figure_words, hidden_words
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.pages.field.reasons import hidden
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.store.records import PeerCell, YearMedian

MOST_YEARS: Final = 5
NOTHING: Final = Hidden(Message("Nothing was published"), kind="absent")
# The drawing's units: the scale runs from 140 up to 12, the years from 44 to 278.
WIDTH, HEIGHT, FOOT, HEAD, FIRST, LAST = 300, 170, 140, 12, 44, 278


@dataclass(frozen=True, slots=True)
class Line:
    """One principle's median in each year."""

    name: str
    figures: tuple[Figure, ...]
    svg: str


@dataclass(frozen=True, slots=True)
class Years:
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    table: Table

    @property
    def has_hidden(self) -> bool:
        return any(isinstance(figure, Hidden) for line in self.lines for figure in line.figures)


def years(definition: Definition, medians: Sequence[YearMedian]) -> Years | None:
    """The last five years that have a snapshot; None where there is only one, or nothing to draw."""
    shown = sorted({median.as_of.year for median in medians})[-MOST_YEARS:]
    by_place = {(median.as_of.year, median.principle): _figure(median.peers) for median in medians}
    rows = {p.name: tuple(by_place.get((year, p.id), NOTHING) for year in shown) for p in definition.principles}
    if len(shown) < 2 or not any(isinstance(figure, Shown) for row in rows.values() for figure in row):
        return None
    lines = tuple(Line(name, row, _svg(name, shown, row, definition.top)) for name, row in rows.items())
    return Years(tuple(shown), lines, _table(shown, lines))


def _figure(cell: PeerCell) -> Figure:
    if cell.peers is None:
        return hidden(cell)
    return cell.peers.median


def _table(shown: Sequence[int], lines: Sequence[Line]) -> Table:
    columns = (Column(Message("Principle"), numeric=False), *(Column(Message(str(year))) for year in shown))
    rows = tuple(Row(line.name, tuple(hidden_words(figure) for figure in line.figures)) for line in lines)
    return Table(Message("The same numbers: the median of all services"), columns, rows)


def _svg(name: str, shown: Sequence[int], figures: Sequence[Figure], top: int) -> str:
    said = ", ".join(f"{year} {say(figure_words(figure))}" for year, figure in zip(shown, figures, strict=True))
    label = _("%(name)s, median by year: %(figures)s.", name=name, figures=said)
    places = _places(shown, figures, top)
    parts = (*_grid(top), *_lines(places), *_dots(places), *_ends(places, figures), *_labels(shown))
    box = {"class": "line-mini", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "aria-label": label}
    return element("svg", box, *parts)


Place = tuple[float, float]


def _places(shown: Sequence[int], figures: Sequence[Figure], top: int) -> list[Place | None]:
    def y(value: float) -> float:
        return FOOT - (FOOT - HEAD) * value / top

    return [
        (_x(k, len(shown)), y(figure.value)) if isinstance(figure, Shown) else None for k, figure in enumerate(figures)
    ]


def _x(k: int, of: int) -> float:
    return FIRST + (LAST - FIRST) * k / (of - 1)


def _grid(top: int) -> list[Svg]:
    rows = [FOOT - (FOOT - HEAD) * level / top for level in range(top + 1)]
    lines = [element("line", {"class": "grid", "x1": 22, "x2": WIDTH, "y1": y, "y2": y}) for y in rows]
    ends = ((0, FOOT + 5), (top, HEAD + 5))
    return [*lines, *(element("text", {"class": "hid-t", "x": 0, "y": y}, words(str(level))) for level, y in ends)]


def _lines(places: Sequence[Place | None]) -> list[Svg]:
    """Neighbouring years are joined; a year without a figure leaves a gap."""
    pairs = [(a, b) for a, b in pairwise(places) if a and b]
    return [element("line", {"class": "s-line", "x1": a[0], "y1": a[1], "x2": b[0], "y2": b[1]}) for a, b in pairs]


def _dots(places: Sequence[Place | None]) -> list[Svg]:
    return [element("circle", {"class": "d-line", "cx": p[0], "cy": p[1], "r": 5}) for p in places if p]


def _ends(places: Sequence[Place | None], figures: Sequence[Figure]) -> list[Svg]:
    """The first and the last figure that are shown."""
    drawn = [(p, say(figure_words(f))) for p, f in zip(places, figures, strict=True) if p]
    ends = drawn if len(drawn) < 3 else [drawn[0], drawn[-1]]
    return [
        element("text", {"class": "val", "x": x, "y": max(y - 13, 10), "text-anchor": "middle"}, words(text))
        for (x, y), text in ends
    ]


def _labels(shown: Sequence[int]) -> list[Svg]:
    return [
        element("text", {"x": _x(k, len(shown)), "y": HEIGHT - 7, "text-anchor": "middle"}, words(str(year)))
        for k, year in enumerate(shown)
    ]
