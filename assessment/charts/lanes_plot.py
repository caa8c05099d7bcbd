"""Lanes as a Plotly figure: the same bars, ticks, discs and diamonds, one row a principle or group from the top.

Marks and bars have their size in pixels, so the figure can be laid over the page's own lanes at any width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assessment.charts.lanes import FIRST, SPAN, Room, anchor, reason_lines
from assessment.charts.palette import ACT, CLEAR, FONT, GRID, MIDDLE, OTHERS, QUIET, RULE_STRONG, TEXT, US, WHITE
from assessment.charts.picture import Translate
from assessment.charts.wording import figure_words, hidden_words
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

NEAR = 0.1  # figures no further apart than this meet: the target is then drawn round the disc
NAMES = 212  # px kept for the rows' names where the figure stands alone
LINE_NS, DIAMOND = 1.4, 1.3  # Plotly draws these marks so many times their size


@dataclass(frozen=True, slots=True)
class PlotRow:
    """What one lane draws; ``whole`` is set where the lane holds nothing but the reason why."""

    name: str
    peers: Peers | None = None
    own: Shown | None = None
    target: float | None = None
    whole: Hidden | None = None

    @property
    def meets(self) -> bool:
        return self.own is not None and self.target is not None and meet(self.own.value, self.target)


@dataclass(frozen=True, slots=True)
class Plotting:
    """What the rows share; ``names``: what the median, the target and this service's figure are called in a hover."""

    rows: Sequence[PlotRow]
    scale: Sequence[Level]
    room: Room
    names: tuple[Message, Message, Message]
    translate: Translate

    def name(self, series: int) -> str:
        return self.translate(self.names[series])

    def said(self, figure: Figure) -> str:
        return escape(self.translate(figure_words(figure)))


def meet(own: float, target: float) -> bool:
    """Whether disc and diamond would lie on one another."""
    return round(abs(own - target), 1) <= NEAR


def lanes_figure(plotting: Plotting) -> dict[str, Any]:
    """``{"data": …, "layout": …}`` for plotly.js; a series that nothing may be shown of is left out."""
    traces = [_medians(plotting), _intervals(plotting), _targets(plotting), _owns(plotting)]
    data = [trace for trace in traces if any(x is not None for x in trace["x"])]
    return {"data": data, "layout": _layout(plotting)}


def _trace(plotting: Plotting, series: int, figures: Sequence[Shown | None]) -> dict[str, Any]:
    name = escape(plotting.name(series))
    said = [
        f"{escape(row.name)}, {name}: {plotting.said(figure)}" if figure else ""
        for row, figure in zip(plotting.rows, figures, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [figure.value if figure else None for figure in figures],
        "y": list(range(len(figures))),
        "text": said,
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _marker(symbol: str, size: float | list[float], fill: str, edge: str, width: float) -> dict[str, Any]:
    return {"symbol": symbol, "size": size, "color": fill, "opacity": 1, "line": {"color": edge, "width": width}}


def _median(row: PlotRow) -> Shown | None:
    return row.peers.median if row.peers and not row.whole and isinstance(row.peers.median, Shown) else None


def _medians(plotting: Plotting) -> dict[str, Any]:
    marker = _marker("line-ns", round(plotting.room.tick / LINE_NS, 2), OTHERS, OTHERS, 2.5)
    return _trace(plotting, 0, [_median(row) for row in plotting.rows]) | {"marker": marker}


def _targets(plotting: Plotting) -> dict[str, Any]:
    targets = [None if row.whole or row.target is None else Shown(row.target) for row in plotting.rows]
    sizes = [round((30 if row.meets else 18) / DIAMOND, 2) for row in plotting.rows]
    return _trace(plotting, 1, targets) | {"marker": _marker("diamond", sizes, WHITE, ACT, 2.25)}


def _owns(plotting: Plotting) -> dict[str, Any]:
    return _trace(plotting, 2, [row.own for row in plotting.rows]) | {"marker": _marker("circle", 17, US, WHITE, 1.5)}


def _intervals(plotting: Plotting) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[int | None] = []
    for k, row in enumerate(plotting.rows):
        if row.own and row.own.low is not None and row.own.high is not None:
            x += [row.own.low, row.own.high, None]
            y += [k, k, None]
    ends = _marker("line-ns", round(12 / LINE_NS, 2), US, US, 3)
    look = {"line": {"color": US, "width": 3}, "marker": ends, "connectgaps": False, "cliponaxis": False}
    said = {"name": escape(plotting.name(2)), "hoverinfo": "skip"}
    return {"type": "scatter", "mode": "lines+markers", "x": x, "y": y, **said, **look}


def _layout(plotting: Plotting) -> dict[str, Any]:
    rows = list(enumerate(plotting.rows))
    return {
        "template": "none",
        "width": NAMES + 628,
        "height": (plotting.room.height + 12) * len(rows) + 40,
        "margin": {"l": NAMES, "r": 0, "t": 40, "b": 0, "pad": 0},
        "font": {"family": FONT, "size": 15, "color": TEXT},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": OTHERS, "font": {"family": FONT, "size": 15, "color": TEXT}},
        "xaxis": _scale_axis(plotting.scale),
        "yaxis": _names_axis(plotting.rows),
        "shapes": [shape for k, row in rows for shape in _shapes(k, row, plotting)],
        "annotations": [note for k, row in rows for note in _notes(k, row, plotting)],
        "meta": {"scales": False, "line": plotting.room.line},
    }


def _scale_axis(scale: Sequence[Level]) -> dict[str, Any]:
    top = len(scale) - 1
    edge = round(top * FIRST / SPAN, 4)
    words = [escape(f"{level.value} {level.name}") for level in scale]
    return {
        "range": [-edge, top + edge],
        "tickvals": [level.value for level in scale],
        "ticktext": words,
        "tickfont": {"color": QUIET},
        "ticklabeloverflow": "allow",
        "side": "top",
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def _names_axis(rows: Sequence[PlotRow]) -> dict[str, Any]:
    return {
        "range": [len(rows) - 0.5, -0.5],
        "tickvals": list(range(len(rows))),
        "ticktext": [escape(row.name) for row in rows],
        "tickfont": {"size": 17, "weight": 600},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _shapes(k: int, row: PlotRow, plotting: Plotting) -> list[dict[str, Any]]:
    room = plotting.room
    if row.whole:
        box = (0, len(plotting.scale) - 1, room.line - 4, room.line + 4 - room.height)
        return [_box(k, box, WHITE, "4px,3px")] if row.whole.kind == "protected" else []
    if row.peers and isinstance(row.peers.lower, Shown) and isinstance(row.peers.upper, Shown):
        bar = (row.peers.lower.value, row.peers.upper.value, room.bar // 2, -room.bar // 2)
        return [_box(k, bar, MIDDLE, "solid")]
    return []


def _box(k: int, sides: tuple[float, float, int, int], fill: str, dash: str) -> dict[str, Any]:
    """A box on row ``k``: left and right on the scale, top and bottom in pixels above the row's line."""
    left, right, above, below = sides
    edge = {"color": RULE_STRONG, "width": 1, "dash": dash}
    tall = {"ysizemode": "pixel", "yanchor": k, "y0": below, "y1": above}
    return {"type": "rect", "x0": left, "x1": right, **tall, "fillcolor": fill, "line": edge, "layer": "between"}


def _notes(k: int, row: PlotRow, plotting: Plotting) -> list[dict[str, Any]]:
    room = plotting.room
    if row.whole:
        lines = reason_lines(plotting.translate(hidden_words(row.whole)), room.lines)
        place = {"xanchor": "left", "xshift": 14, "yshift": room.line - room.height / 2, "align": "left"}
        return [_note("<br>".join(map(escape, lines)), 0, k, **place)]
    figure = row.own or _median(row)
    if not figure:
        return []
    size = 17 if row.own else 15
    font = {"color": US if row.own else TEXT, "size": size, "weight": 600}
    side = {"start": "left", "middle": "center", "end": "right"}[anchor(figure, len(plotting.scale) - 1)]
    drop = room.line - room.figure + 0.35 * size  # a line's middle is 0.35 em above its baseline
    return [_note(plotting.said(figure), figure.value, k, yshift=round(drop, 2), font=font, xanchor=side)]


def _note(text: str, x: float, y: float, **more: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "showarrow": False, "borderpad": 0, **more}
