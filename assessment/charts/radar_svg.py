"""A web as SVG: the picture that is in the page before, and without, any script."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.charts.labels import LINE, Label
from assessment.charts.polar import CENTRE, HEIGHT, TOP_EDGE, WIDTH, Point, place, runs
from assessment.charts.svg import Attributes, Svg, element, number, words
from assessment.charts.web import Web

DISC = 4.6
DIAMOND = 6.4
SMALL_DIAMOND = 4.0


def radar_svg(web: Web, title: str, description: str, prefix: str, disc: float = DISC, mini: bool = False) -> Svg:
    """The whole radar; ids in it begin with ``prefix``, so that several stand on one page."""
    parts = [
        element("title", {"id": f"{prefix}-t"}, words(title)),
        element("desc", {"id": f"{prefix}-d"}, words(description)),
        *_rings(web),
        *_axes(web),
        *([] if mini else _ring_numbers(web)),
        *_line(web.median, "s-peer"),
        *_line(web.own, "s-us"),
        *(_diamond(point, DIAMOND) for point in web.median if point),
        *_discs(web, disc),
        *(_label(label, spoke.value is not None) for label, spoke in zip(web.labels, web.spokes, strict=True)),
    ]
    return element("svg", _frame(prefix, mini), *parts)


def _frame(prefix: str, mini: bool) -> Attributes:
    return {
        "class": "radar radar--mini" if mini else "radar",
        "viewBox": f"0 {TOP_EDGE} {WIDTH} {HEIGHT}",
        "role": "img",
        "aria-labelledby": f"{prefix}-t {prefix}-d",
    }


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{number(point.x)},{number(point.y)}" for point in points)


def _rings(web: Web) -> list[Svg]:
    axes = len(web.spokes)
    return [
        element(
            "polygon",
            {
                "class": "ring outer" if level == web.top else "ring",
                "points": _points([place(k, axes, web.radius * level / web.top) for k in range(axes)]),
            },
        )
        for level in range(1, web.top + 1)
    ]


def _axes(web: Web) -> list[Svg]:
    ends = [place(k, len(web.spokes), web.radius) for k in range(len(web.spokes))]
    return [
        element(
            "line",
            {"class": "spoke", "x1": CENTRE.x, "y1": CENTRE.y, "x2": number(end.x), "y2": number(end.y)},
        )
        for end in ends
    ]


def _ring_numbers(web: Web) -> list[Svg]:
    return [
        element(
            "text",
            {"class": "tick", "x": number(at.x), "y": number(at.y), "dy": "0.35em", "text-anchor": "middle"},
            words(str(level)),
        )
        for level, at in web.rings
    ]


def _line(points: Sequence[Point | None], name: str) -> list[Svg]:
    """A closed shape where every axis is shown, else open stretches that stop at what is hidden."""
    shown = [[point for k in run if (point := points[k])] for run in runs([p and p.x for p in points])]
    tag = "polygon" if all(points) else "polyline"
    return [element(tag, {"class": name, "points": _points(run)}) for run in shown if len(run) > 1]


def _diamond(at: Point, side: float) -> Svg:
    left, above = number(at.x - side / 2), number(at.y - side / 2)
    corner: Attributes = {"x": left, "y": above, "width": side, "height": side}
    turned = f"rotate(45 {number(at.x)} {number(at.y)})"
    return element("rect", {"class": "d-peer", **corner, "transform": turned})


def _discs(web: Web, disc: float) -> list[Svg]:
    drawn: list[Svg] = []
    for k, at in enumerate(web.own):
        if at:
            drawn.append(element("circle", {"class": "d-us", "cx": number(at.x), "cy": number(at.y), "r": disc}))
        if at and k in web.met:
            drawn.append(_diamond(at, SMALL_DIAMOND))
    return drawn


def _label(label: Label, shown: bool) -> Svg:
    block = label.block
    spans: list[Svg] = []
    for row, line in enumerate(block.names):
        move = number(label.first if row == 0 else LINE, 2)
        spans.append(element("tspan", {"class": "name", "x": number(label.x), "dy": f"{move}em"}, words(line)))
    value = words(f" {block.value}" if block.joined else block.value)
    moved = {} if block.joined else {"x": number(label.x), "dy": f"{number(LINE, 2)}em"}
    spans.append(element("tspan", {"class": "val" if shown else "hid-t", **moved}, value))
    where = {"x": number(label.x), "y": number(label.y), "text-anchor": label.anchor}
    return element("text", where, *spans)
