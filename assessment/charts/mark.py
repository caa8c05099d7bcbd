"""The mark: a table seen from above, with one seat a principle. Seat k stands where axis k of the radar stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, sin, tan
from typing import Literal

from assessment.charts.polar import Point
from assessment.charts.spoke import FEWEST, MOST
from assessment.charts.svg import Attributes, Svg, element, number, words

Seat = Literal["on", "part", "to-come"]
CLASSES = {"on": "seat on", "part": "seat part", "to-come": "seat"}


@lru_cache(maxsize=512)  # on every page, some of them four times
def mark(seats: tuple[Seat, ...], size: int = 38) -> str:
    """The table with 3 to 12 seats, ``size`` pixels square: *on* filled, *part* tinted, *to-come* outlined.

    It is hidden from screen readers: words beside it say the same. Raises ValueError for another number of seats.
    """
    _check(len(seats))
    middle = Point(32, 32)
    width = min(16.0, _seat_width(len(seats), 20))
    chairs = [
        element(
            "rect",
            {"class": CLASSES[seat], **_seat(middle, width, 7.5, 27.5), "transform": _turn(k, len(seats), middle)},
        )
        for k, seat in enumerate(seats)
    ]
    frame: Attributes = {"class": "mark", "width": size, "height": size, "viewBox": "0 0 64 64"}
    hidden = {"aria-hidden": "true", "focusable": "false"}
    return element("svg", {**frame, **hidden}, _table(len(seats), middle, 13.86), *chairs)


def hero(names: Sequence[str], shape: Sequence[float], title: str) -> str:
    """The large mark of the start page: named seats and an example shape on the table.

    ``shape`` holds one share of the way from the middle to the edge (0 .. 1) a seat: decoration, nobody's figure.
    ``title`` says the picture in words. Raises ValueError unless there are 3 to 12 names and as many shares.
    """
    _check(len(names))
    if len(shape) != len(names):
        raise ValueError(f"{len(shape)} shares for {len(names)} seats")
    count, middle = len(names), Point(200, 200)
    width = min(86.0, _seat_width(count, 107))
    seat = _seat(middle, width, 31, 128)
    parts = [
        _table(count, middle, 76.2),
        *(_ring(count, middle, 16.5 * ring) for ring in range(1, 5)),
        *_shape(shape, middle, 66),
        *(element("rect", {"class": "seat", **seat, "transform": _turn(k, count, middle)}) for k in range(count)),
        *(_name(name, k, count, middle) for k, name in enumerate(names)),
    ]
    frame = {"class": "mark--hero", "viewBox": "-20 36 440 330", "role": "img", "aria-label": title}
    return element("svg", frame, *parts)


def _check(seats: int) -> None:
    if not FEWEST <= seats <= MOST:
        raise ValueError(f"a table has {FEWEST} to {MOST} seats, not {seats}")


def _round(middle: Point, turns: Sequence[float], distance: float) -> list[Point]:
    return [Point(middle.x + distance * sin(2 * pi * t), middle.y - distance * cos(2 * pi * t)) for t in turns]


def _corners(points: Sequence[Point], decimals: int = 1) -> str:
    return " ".join(f"{number(point.x, decimals)},{number(point.y, decimals)}" for point in points)


def _table(count: int, middle: Point, reach: float) -> Svg:
    """A polygon with one side, ``reach`` from the middle, facing each seat."""
    points = _round(middle, [(k + 0.5) / count for k in range(count)], reach / cos(pi / count))
    return element("polygon", {"class": "table", "points": _corners(points, 2)})


def _ring(count: int, middle: Point, distance: float) -> Svg:
    points = _round(middle, [k / count for k in range(count)], distance)
    return element("polygon", {"class": "web", "points": _corners(points)})


def _shape(shape: Sequence[float], middle: Point, reach: float) -> list[Svg]:
    points = [_round(middle, [k / len(shape)], reach * part)[0] for k, part in enumerate(shape)]
    dots = [element("circle", {"class": "dot", "cx": number(p.x), "cy": number(p.y), "r": 5}) for p in points]
    return [element("polygon", {"class": "shape", "points": _corners(points)}), *dots]


def _seat_width(count: int, inner: float) -> float:
    """Seven tenths of what a seat could have before it touched its neighbours, ``inner`` units from the middle."""
    return 1.4 * inner * tan(pi / count)


def _seat(middle: Point, width: float, height: float, outer: float) -> Attributes:
    corner: Attributes = {"x": middle.x - width / 2, "y": middle.y - outer}
    return {**corner, "width": width, "height": height, "rx": min(width, height) / 2}


def _turn(k: int, count: int, middle: Point) -> str:
    return f"rotate({number(360 * k / count, 2)} {number(middle.x)} {number(middle.y)})"


def _name(name: str, k: int, count: int, middle: Point) -> Svg:
    at = _round(middle, [k / count], 138)[0]
    upward, aside = cos(2 * pi * k / count), sin(2 * pi * k / count)
    lines = [name] if abs(aside) < 0.01 else name.split(maxsplit=1)
    drop = (-6 if upward > 0.3 else 6 if upward > -0.3 else 16 if upward > -0.9 else 19) - 6 * (len(lines) - 1)
    x = number(at.x)
    spans = [element("tspan", {"x": x, "dy": 21 if row else 0}, words(line)) for row, line in enumerate(lines)]
    anchor = "middle" if abs(aside) < 0.01 else "start" if aside > 0 else "end"
    return element("text", {"x": x, "y": number(at.y + drop), "text-anchor": anchor}, *spans)
