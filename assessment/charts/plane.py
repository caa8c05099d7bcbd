"""The plane of a small drawing, one of several side by side: the scale goes up, time goes to the right."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assessment.charts.svg import Attributes, Svg, element, words
from assessment.disclosure.shown import Figure, Shown

WIDTH: Final = 300
EDGE: Final = 22  # the digits of the scale stand to the left of it
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plane:
    """Its heights, and where the first and the last moment stand, in the drawing's units. ``top`` is the highest
    level, ``moments`` how many there are.
    """

    head: int
    foot: int
    height: int
    first: int
    last: int
    top: int
    moments: int

    def x(self, k: int) -> float:
        """Where a moment stands; one alone stands in the middle."""
        share = k / (self.moments - 1) if self.moments > 1 else 0.5
        return self.first + (self.last - self.first) * share

    def y(self, value: float) -> float:
        return self.foot - (self.foot - self.head) * value / self.top

    def place(self, k: int, figure: Figure) -> Place | None:
        return (self.x(k), self.y(figure.value)) if isinstance(figure, Shown) else None

    def grid(self) -> list[Svg]:
        """A line a level, and the digits of the two ends."""
        rows = [self.y(level) for level in range(self.top + 1)]
        lines = [element("line", {"class": "grid", "x1": EDGE, "x2": WIDTH, "y1": y, "y2": y}) for y in rows]
        ends = ((0, self.foot + 5), (self.top, self.head + 5))
        return [*lines, *(element("text", {"class": "hid-t", "x": 0, "y": y}, words(str(level))) for level, y in ends)]

    def whole(self, label: str, parts: Sequence[Svg]) -> Svg:
        box: Attributes = {"class": "line-mini", "viewBox": f"0 0 {WIDTH} {self.height}"}
        return element("svg", {**box, "role": "img", "aria-label": label}, *parts)


def joined(places: Sequence[Place | None], name: str, apart: Container[int] = ()) -> list[Svg]:
    """Neighbours are joined; a moment without a figure leaves a gap, and so does one ``apart`` from that before it."""
    return [line(a, b, name) for k, (a, b) in enumerate(pairwise(places), 1) if a and b and k not in apart]


def line(a: Place, b: Place, name: str) -> Svg:
    return element("line", {"class": name, "x1": a[0], "y1": a[1], "x2": b[0], "y2": b[1]})
