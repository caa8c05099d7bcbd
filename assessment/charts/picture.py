"""A picture for people: one sentence, one drawing, the same figures for Plotly and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.questionnaire.message import Message

Translate = Callable[[Message], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading. ``numeric`` columns are set to the right; ``own`` marks this service's."""

    label: Message
    numeric: bool = True
    own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """``header`` is a name given by people (never translated); one cell for each column but the first."""

    header: str
    cells: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a picture; ``columns[0]`` stands over the row headers."""

    caption: Message
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a picture drawn in lanes: its name, what is said beneath it, and an ``<svg>`` of full width.

    ``height``: of its drawing in pixels, where that is more than a line of marks needs.
    """

    name: str
    svg: str
    note: Message | None = None
    height: int = 0


@dataclass(frozen=True, slots=True)
class Lanes:
    """Rows under one scale; ``axis`` is the ``<svg>`` that stands above and below them."""

    axis: str
    rows: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small drawing of several side by side: its name, a whole ``<svg>``, and what is said between them."""

    name: str
    svg: str
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page needs to show figures to everybody.

    ``figure`` is a Plotly figure (``data``, ``layout``) of plain lists, empty where there is no drawing.
    ``svg`` is the whole drawing, empty where there is none or where it is drawn in ``lanes`` or in ``panels``.
    ``description`` says every figure that is drawn, for those who cannot see it.
    """

    headline: Message
    figure: Mapping[str, Any]
    svg: str
    table: Table
    description: Message
    lanes: Lanes | None = None
    panels: tuple[Panel, ...] = ()

    @property
    def is_drawn(self) -> bool:
        return bool(self.svg or self.panels or (self.lanes and self.lanes.rows))
