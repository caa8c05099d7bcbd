"""The words at the ends of a radar's axes: how names break and where each block of lines stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, pi, sin
from typing import Final, Literal

from assessment.charts.polar import CENTRE, RADIUS, WIDTH, place

# Text is largest, 17.5 units, where the picture is smallest (the container queries of the stylesheet); a letter of
# the names is then about 9.1 units wide. What fits there fits everywhere.
LARGEST_TEXT: Final = 17.5
LETTER: Final = 9.1
LINE: Final = 1.2  # em from line to line
GAP: Final = 9.0  # from the end of a level axis to its words
MARGIN: Final = 16.0  # words may reach this far out of the picture, never out of the page
REACH: Final = WIDTH / 2 + MARGIN - GAP  # from the middle to where the words of a level axis must end
ASCENT: Final = 0.75  # em from the baseline to the top of a letter
AIR: Final = 2.0
SMALLEST_RADIUS: Final = 58.0
CROWDED: Final = 9  # from so many axes on, words are set closer

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Block:
    """A name in lines, then the figure: on a line of its own, or ``joined`` to the name's end where height is short."""

    names: tuple[str, ...]
    value: str
    joined: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        if self.joined:
            return (*self.names[:-1], f"{self.names[-1]} {self.value}")
        return (*self.names, self.value)

    @property
    def width(self) -> float:
        """Units, where text is largest."""
        return max(map(len, self.lines)) * LETTER


@dataclass(frozen=True, slots=True)
class Label:
    """A block in place at an axis; ``first`` is the first baseline's distance below ``y``, in em."""

    block: Block
    anchor: Anchor
    x: float
    y: float
    first: float

    @property
    def reach(self) -> tuple[float, float]:
        """How far up and down the block goes, in units, where text is largest."""
        above = self.y + (self.first - ASCENT) * LARGEST_TEXT
        return above, above + (ASCENT + LINE * (len(self.block.lines) - 1)) * LARGEST_TEXT

    @property
    def sides(self) -> tuple[float, float]:
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.block.width
        return left, left + self.block.width


def set_labels(names: Sequence[str], values: Sequence[str]) -> tuple[float, tuple[Label, ...]]:
    """The web's radius that leaves room for the words (58 .. 100 units), and the words in place, one label an axis."""
    count = len(names)
    blocks = [_block(name, value, k, count) for k, (name, value) in enumerate(zip(names, values, strict=True))]
    rooms = [_room(block, k, count) for k, block in enumerate(blocks) if not _upright(k, count)]
    radius = max(SMALLEST_RADIUS, min([RADIUS, *rooms]))
    labels = [_stand(block, k, count, radius) for k, block in enumerate(blocks)]
    return radius, tuple(_lift(_spread(labels)))


def broken(name: str, most: int) -> tuple[str, ...]:
    """A name in one line, or two as equal as can be; what is longer than ``most`` letters a line is cut with "…"."""
    words = name.split()
    breaks = [(" ".join(words[:k]), " ".join(words[k:])) for k in range(1, len(words))]
    lines = min(breaks, key=lambda pair: max(map(len, pair)), default=(name,))
    return tuple(_cut(line, most) for line in lines)


def _cut(line: str, most: int) -> str:
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _upright(k: int, count: int) -> bool:
    """Whether an axis points straight up or down: its words stand centred over or under it."""
    return 2 * k % count == 0


def _block(name: str, value: str, k: int, count: int) -> Block:
    longest = _longest_line(k, count)
    if _upright(k, count) and len(name) <= (longest if count <= 6 else 10):
        return Block((name,), value)
    lines = broken(name, longest)
    roomy = not _upright(k, count) and count < CROWDED
    if len(lines) == 1 or roomy:
        return Block(lines, value)
    joined = Block(lines, value, joined=True)
    return joined if len(joined.lines[-1]) <= longest else Block((_cut(name, longest),), value)


def _longest_line(k: int, count: int) -> int:
    """Letters that fit at an axis of the smallest web; over and under it, between the words beside."""
    if _upright(k, count):
        return 20 if count <= 6 else 13
    return int((REACH - SMALLEST_RADIUS * _aside(k, count)) / LETTER)


def _aside(k: int, count: int) -> float:
    return abs(sin(2 * pi * k / count))


def _room(block: Block, k: int, count: int) -> float:
    """The longest radius at which the words of a leaning or level axis stay on the page."""
    return (REACH - block.width) / _aside(k, count)


def _stand(block: Block, k: int, count: int, radius: float) -> Label:
    end = place(k, count, radius)
    more = LINE * (len(block.lines) - 1)
    upward = cos(2 * pi * k / count)
    if _upright(k, count):
        return Label(block, "middle", CENTRE.x, end.y, -0.65 - more if upward > 0 else 1.35)
    lean = -0.4 * upward if upward > 0 else -0.5 * upward  # away from the level, so that words keep off the web
    first = 0.35 - more / 2 + (0 if count >= CROWDED else lean)
    right = k < count / 2
    return Label(block, "start" if right else "end", end.x + (GAP if right else -GAP), end.y, first)


def _lift(labels: Sequence[Label]) -> list[Label]:
    """Labels, those over and under the web moved out of the way of the words beside them."""
    return [_clear(label, labels) if label.anchor == "middle" else label for label in labels]


def _clear(label: Label, labels: Sequence[Label]) -> Label:
    left, right = label.sides
    over = label.y < CENTRE.y
    beside = [
        one.reach
        for one in labels
        if one.anchor != "middle" and (one.y < CENTRE.y) == over and one.sides[0] < right and left < one.sides[1]
    ]
    if not beside:
        return label
    above, below = label.reach
    if over:
        return replace(label, y=label.y - max(0.0, below + AIR - min(top for top, _ in beside)))
    return replace(label, y=label.y + max(0.0, max(bottom for _, bottom in beside) + AIR - above))


def _spread(labels: Sequence[Label]) -> list[Label]:
    """Labels, those beside the web pushed up and down from the middle until none touch."""
    placed = list(labels)
    for anchor in ("start", "end"):
        side = sorted((k for k in range(len(placed)) if placed[k].anchor == anchor), key=lambda k: placed[k].y)
        level = max((place for place, k in enumerate(side) if placed[k].y <= CENTRE.y + 0.1), default=0)
        _push(placed, side[level::-1], -1)
        _push(placed, side[level:], 1)
    return placed


def _push(placed: list[Label], rows: Sequence[int], away: int) -> None:
    for inner, outer in pairwise(rows):
        lines = len(placed[inner].block.lines) + len(placed[outer].block.lines)
        least = placed[inner].y + away * lines / 2 * LINE * LARGEST_TEXT
        y = placed[outer].y
        placed[outer] = replace(placed[outer], y=min(y, least) if away < 0 else max(y, least))
