"""A radar worked out once: where its lines, marks, numbers and words stand, for the SVG and for Plotly alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from assessment.charts.labels import Label, set_labels
from assessment.charts.picture import Translate
from assessment.charts.polar import Point, place, ring_places, segments
from assessment.charts.spoke import FEWEST, Spoke
from assessment.charts.wording import figure_words

MEET = 4.6  # units: nearer than this, the peers' mark would be lost under this service's disc


@dataclass(frozen=True, slots=True)
class Web:
    """``own`` and ``median``: one point an axis, None where nothing may be drawn; ``met``: the axes where both meet."""

    spokes: tuple[Spoke, ...]
    top: int
    radius: float
    labels: tuple[Label, ...]
    own: tuple[Point | None, ...]
    median: tuple[Point | None, ...]
    rings: tuple[tuple[int, Point], ...]

    @property
    def met(self) -> tuple[int, ...]:
        pairs = enumerate(zip(self.own, self.median, strict=True))
        return tuple(k for k, (a, b) in pairs if a and b and hypot(a.x - b.x, a.y - b.y) < MEET)


def drawable(spokes: Sequence[Spoke]) -> bool:
    """Whether enough principles are shown for a shape."""
    return sum(spoke.value is not None for spoke in spokes) >= FEWEST


def weave(spokes: Sequence[Spoke], top: int, translate: Translate) -> Web:
    """Work out a radar of 3 to 12 checked spokes on a scale of 0 to ``top``."""
    values = [translate(figure_words(spoke.own)) for spoke in spokes]
    radius, labels = set_labels([spoke.name for spoke in spokes], values)

    def points(figures: Sequence[float | None]) -> tuple[Point | None, ...]:
        return tuple(
            None if value is None else place(k, len(spokes), radius * value / top) for k, value in enumerate(figures)
        )

    own = points([spoke.value for spoke in spokes])
    median = points([spoke.median for spoke in spokes])
    rings = ring_places(len(spokes), top, radius, [*segments(own), *segments(median)])
    return Web(tuple(spokes), top, radius, labels, own, median, tuple(rings))
