"""A web as a Plotly figure: the same lines, marks, numbers and words at the same places, for a box of 360 x 294.

Plotly writes bold and coloured pieces of text as style attributes, which our content security policy refuses; so every
line of words is an annotation of its own, with its own weight and colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from assessment.charts.labels import LINE, Label
from assessment.charts.palette import CLEAR, FONT, OTHERS, OUTER_RING, QUIET, RULE, TEXT, US, WHITE
from assessment.charts.picture import Translate
from assessment.charts.polar import CENTRE, HEIGHT, TOP_EDGE, WIDTH, Point, apart, segments
from assessment.charts.radar_svg import DISC, SMALL_DIAMOND
from assessment.charts.spoke import Naming
from assessment.charts.svg import number
from assessment.charts.web import Web
from assessment.charts.wording import decimal

TEXT_SIZE = 15  # px in a box 360 px wide
NUMBER_REACH = 14  # units from the middle of a ring number to a corner of its ground
DIAMOND_SIZE = 7.0  # Plotly draws a diamond 1.3 times its size from corner to corner


def radar_figure(web: Web, naming: Naming, translate: Translate) -> dict[str, Any]:
    """``{"data": …, "layout": …}`` for plotly.js; values that may not be shown are null and break the line."""
    own = [spoke.value for spoke in web.spokes]
    median = [spoke.median for spoke in web.spokes]
    data = [_own_trace(web, own, translate(naming.own))]
    if any(value is not None for value in median):
        data.insert(0, _median_trace(web, median, translate(naming.beside)))
    return {"data": data, "layout": _layout(web)}


def distinct(names: Sequence[str]) -> list[str]:
    """The names as categories of an axis: a name given twice gets an unseen mark, or the two would fall together."""
    seen: list[str] = []
    for name in names:
        seen.append(name + "\u200b" * sum(one.rstrip("\u200b") == name for one in seen))
    return seen


def _trace(web: Web, values: Sequence[float | None], name: str) -> dict[str, Any]:
    names = distinct([spoke.name for spoke in web.spokes])
    said = ["" if v is None else escape(f"{n}, {name}: {decimal(v)}") for n, v in zip(names, values, strict=True)]
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "name": escape(name),
        "r": [*values, values[0]],
        "theta": [*names, names[0]],
        "text": [*said, said[0]],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
        "fill": "none",
    }


def _own_trace(web: Web, values: Sequence[float | None], name: str) -> dict[str, Any]:
    return _trace(web, values, name) | {
        "line": {"color": US, "width": 3},
        "marker": {"symbol": "circle", "size": 2 * DISC, "color": US, "line": {"color": WHITE, "width": 1.5}},
    }


def _median_trace(web: Web, values: Sequence[float | None], name: str) -> dict[str, Any]:
    edge = {"color": OTHERS, "width": 1.75}
    return _trace(web, values, name) | {
        "line": {"color": OTHERS, "width": 2, "dash": "6px,5px"},
        "marker": {"symbol": "diamond", "size": DIAMOND_SIZE, "color": WHITE, "line": edge},
    }


def _layout(web: Web) -> dict[str, Any]:
    return {
        "template": "none",
        "width": WIDTH,
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": TEXT},
        "paper_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": OTHERS, "font": {"family": FONT, "size": 15, "color": TEXT}},
        "polar": _polar(web),
        "annotations": [
            *_ring_numbers(web),
            *(line for k, label in enumerate(web.labels) for line in _words(web, k, label)),
        ],
        "shapes": [_met(at) for k in web.met if (at := web.own[k])],
        "meta": {"scales": True},
    }


def _polar(web: Web) -> dict[str, Any]:
    left, right = CENTRE.x - web.radius, CENTRE.x + web.radius
    low, high = _paper(Point(left, CENTRE.y + web.radius)), _paper(Point(right, CENTRE.y - web.radius))
    return {
        "domain": {"x": [low[0], high[0]], "y": [low[1], high[1]]},
        "gridshape": "linear",
        "bgcolor": CLEAR,
        "angularaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": distinct([spoke.name for spoke in web.spokes]),
            "direction": "clockwise",
            "rotation": 90,
            "showticklabels": False,
            "ticks": "",
            "gridcolor": RULE,
            "linecolor": OUTER_RING,
            "layer": "below traces",
        },
        "radialaxis": {
            "range": [0, web.top],
            "tickvals": list(range(1, web.top + 1)),
            "showticklabels": False,
            "ticks": "",
            "showline": False,
            "angle": 90,
            "gridcolor": RULE,
            "layer": "below traces",
        },
    }


def _paper(at: Point) -> tuple[float, float]:
    """A place in the picture as shares of its width and, from the bottom, of its height."""
    return round(at.x / WIDTH, 4), round(1 - (at.y - TOP_EDGE) / HEIGHT, 4)


def _note(text: str, at: Point, **more: Any) -> dict[str, Any]:
    x, y = _paper(at)
    return {"text": escape(text), "x": x, "y": y, "xref": "paper", "yref": "paper", "showarrow": False, **more}


def _ring_numbers(web: Web) -> list[dict[str, Any]]:
    look = {"xanchor": "center", "yanchor": "middle", "font": {"color": QUIET}}
    return [_note(str(level), at, bgcolor=_behind(web, at), borderpad=2, **look) for level, at in web.rings]


def _behind(web: Web, at: Point) -> str:
    """White, to interrupt the ring; clear where it would wipe out a line, for Plotly draws words over everything."""
    lines = [*segments(web.own), *segments(web.median)]
    return CLEAR if any(apart(at, a, b) < NUMBER_REACH for a, b in lines) else WHITE


def _words(web: Web, k: int, label: Label) -> list[dict[str, Any]]:
    side = {"start": "left", "middle": "center", "end": "right"}[label.anchor]
    shown = web.spokes[k].value is not None
    notes: list[dict[str, Any]] = []
    for row, line in enumerate(label.block.lines):
        figure = row == len(label.block.names)
        font = {"color": (US if shown else QUIET) if figure else TEXT, "weight": 600 if shown or not figure else 400}
        up = -(label.first + LINE * row - 0.35) * TEXT_SIZE  # 0.35 em: from a line's middle to its baseline
        place = {"xanchor": side, "yanchor": "middle", "yshift": round(up, 2)}
        notes.append(_note(line, Point(label.x, label.y), font=font, borderpad=0, **place))
    return notes


def _met(at: Point) -> dict[str, Any]:
    reach = SMALL_DIAMOND / 2**0.5
    corners = [_paper(Point(at.x + dx * reach, at.y + dy * reach)) for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))]
    path = " L".join(f"{number(x, 4)},{number(y, 4)}" for x, y in corners)
    return {
        "type": "path",
        "xref": "paper",
        "yref": "paper",
        "path": f"M{path} Z",
        "fillcolor": WHITE,
        "line": {"color": OTHERS, "width": 1.75},
        "layer": "above",
    }
