"""Where things stand on a radar: axis k of n clockwise from the top, in units of a 360 x 294 picture."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import Final, NamedTuple

WIDTH: Final = 360
HEIGHT: Final = 294
TOP_EDGE: Final = 24  # the viewBox begins here: room for a label above the web
RADIUS: Final = 100.0


class Point(NamedTuple):
    x: float
    y: float


CENTRE: Final = Point(180, 168)


def place(axis: float, axes: int, distance: float) -> Point:
    """The point ``distance`` units from the centre on an axis (2.5: half-way between the third and the fourth)."""
    turn = 2 * pi * axis / axes
    return Point(CENTRE.x + distance * sin(turn), CENTRE.y - distance * cos(turn))


def runs(values: Sequence[float | None]) -> list[list[int]]:
    """The unbroken stretches of a line round the web, as axis numbers; a whole round is one run of all axes."""
    count = len(values)
    gaps = [k for k in range(count) if values[k] is None]
    if not gaps:
        return [list(range(count))]
    found: list[list[int]] = [[]]
    for k in (step % count for step in range(gaps[0], gaps[0] + count)):
        if values[k] is None:
            found.append([])
        else:
            found[-1].append(k)
    return [run for run in found if run]


def segments(points: Sequence[Point | None]) -> list[tuple[Point, Point]]:
    """The straight pieces of a line that closes only through shown points."""
    pairs = zip(points, [*points[1:], *points[:1]], strict=True)
    return [(a, b) for a, b in pairs if a is not None and b is not None]


def apart(point: Point, a: Point, b: Point) -> float:
    """The distance from a point to the segment a-b."""
    dx, dy = b.x - a.x, b.y - a.y
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length))
    return hypot(point.x - a.x - along * dx, point.y - a.y - along * dy)


def ring_numbers(axes: int, top: int, radius: float) -> list[int]:
    """The levels whose rings carry a number: every one, or every second or third where digits would touch."""
    room = radius * cos(pi / axes) / top
    step = next((step for step in range(1, top) if step * room >= 17), top)
    return list(range(top, 0, -step))[::-1]


def ring_places(axes: int, top: int, radius: float, lines: Sequence[tuple[Point, Point]]) -> list[tuple[int, Point]]:
    """Each numbered ring and where: in the gap between two axes that is farthest from every line."""
    levels = ring_numbers(axes, top, radius)

    def places(gap: int) -> list[Point]:
        return [place(gap + 0.5, axes, radius * cos(pi / axes) * level / top) for level in levels]

    def room(gap: int) -> float:
        return min((apart(point, a, b) for point in places(gap) for a, b in lines), default=0.0)

    # Rooms that differ by less than a tenth of a unit look alike; the gap right of the bottom axis reads best.
    widest = max(range(axes), key=lambda gap: (round(room(gap), 1), -abs(gap - (axes // 2 - 1))))
    return list(zip(levels, places(widest), strict=True))
