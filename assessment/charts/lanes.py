"""The parts of a lane: one principle or group on the scale, full width, so that nothing in it is ever stretched.

Every x is a per cent of the width: the scale runs from 3 % to 97 %. Heights are pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten, wrap

from assessment.charts.picture import Translate
from assessment.charts.svg import Attributes, Svg, element, percent, words
from assessment.charts.wording import figure_words, hidden_words
from assessment.disclosure.shown import Hidden, Peers, Shown
from assessment.questionnaire.definition import Level

FIRST, SPAN = 0.03, 0.94
LETTERS = 32  # of a reason on one line of the narrowest phone


@dataclass(frozen=True, slots=True)
class Room:
    """The heights of a lane, in pixels: the line the marks stand on, the figure's baseline, the middle half's bar."""

    height: int
    line: int
    figure: int
    bar: int = 22
    tick: int = 28

    @property
    def lines(self) -> int:
        """How many lines of a reason fit."""
        return (self.height - 8) // 18


def share(value: float, top: int) -> float:
    """Where a figure stands: 0 at 3 % of the width, ``top`` at 97 %."""
    return FIRST + SPAN * value / top


def axis_svg(scale: Sequence[Level]) -> Svg:
    """The levels' digits and names, to stand above and below the lanes; phones keep the names of the two ends."""
    top = len(scale) - 1
    return element("svg", {"aria-hidden": "true"}, *(_axis_word(level, top) for level in scale))


def _axis_word(level: Level, top: int) -> Svg:
    ends = {0: ("0", "start"), top: ("100%", "end")}
    x, anchor = ends.get(level.value, (percent(share(level.value, top)), "middle"))
    kind = {} if level.value in ends else {"class": "w"}
    name = element("tspan", kind, words(f" {level.name}"))
    return element("text", {"x": x, "y": 17, "text-anchor": anchor}, words(str(level.value)), name)


def lane_svg(parts: Sequence[Svg]) -> Svg:
    return element("svg", {"aria-hidden": "true", "focusable": "false"}, *parts)


def upright(name: str, at: float, y1: int, y2: int) -> Svg:
    return element("line", {"class": name, "x1": percent(at), "x2": percent(at), "y1": y1, "y2": y2})


def grid(top: int, room: Room) -> list[Svg]:
    return [upright("grid", share(level, top), 0, room.height) for level in range(top + 1)]


def middle_bar(peers: Peers | None, top: int, room: Room) -> list[Svg]:
    """The bar from quarter point to three-quarter point, where both are shown."""
    if peers is None or not isinstance(peers.lower, Shown) or not isinstance(peers.upper, Shown):
        return []
    low, high = share(peers.lower.value, top), share(peers.upper.value, top)
    y = room.line - room.bar // 2
    corner: Attributes = {"x": percent(low), "y": y, "width": percent(high - low)}
    return [element("rect", {"class": "mid", **corner, "height": room.bar, "rx": 2})]


def median_tick(peers: Peers | None, top: int, room: Room) -> list[Svg]:
    if peers is None or not isinstance(peers.median, Shown):
        return []
    half = room.tick // 2
    return [upright("med", share(peers.median.value, top), room.line - half, room.line + half)]


def interval(own: Shown, top: int, room: Room) -> list[Svg]:
    """The line with ends from the interval's low to its high, where there is one."""
    if own.low is None or own.high is None:
        return []
    low, high, y = share(own.low, top), share(own.high, top), room.line
    level = element("line", {"class": "ci", "x1": percent(low), "x2": percent(high), "y1": y, "y2": y})
    return [level, upright("ci", low, y - 6, y + 6), upright("ci", high, y - 6, y + 6)]


def mark_at(at: float, room: Room, shape: Svg) -> Svg:
    """A shape drawn round 0,0, put on the line."""
    return element("svg", {"x": percent(at), "y": room.line, "overflow": "visible"}, shape)


def anchor(figure: Shown, top: int) -> str:
    """Which part of the figure's words stands at its place: longer words lean inwards."""
    if not figure.bound:
        return "middle"
    return "end" if figure.value > top / 2 else "start"


def figure_text(figure: Shown, name: str, top: int, room: Room, translate: Translate) -> Svg:
    """The figure in words under its mark."""
    x = percent(share(figure.value, top))
    where: Attributes = {"x": x, "y": room.figure, "text-anchor": anchor(figure, top)}
    return element("text", {"class": name, **where}, words(translate(figure_words(figure))))


def hidden_parts(hidden: Hidden, room: Room, translate: Translate) -> list[Svg]:
    """Protected: a dashed box with the reason. Absent: the words alone, for there is nothing in the box."""
    lines = reason_lines(translate(hidden_words(hidden)), room.lines)
    edge = element("rect", {"class": "hidbox", "x": "3%", "y": 4, "width": "94%", "height": room.height - 8, "rx": 4})
    said = [
        element("text", {"class": "hid-t", "x": "3%", "dx": 14, "y": y}, words(line))
        for line, y in zip(lines, _baselines(len(lines), room), strict=True)
    ]
    return [edge, *said] if hidden.kind == "protected" else said


def reason_lines(reason: str, most: int) -> list[str]:
    """A reason in lines that fit a phone; what is too long ends in "…" and stands whole in the table."""
    lines = wrap(reason, LETTERS)
    return (
        lines if len(lines) <= most else wrap(shorten(reason, most * (LETTERS - 6), placeholder=" …"), LETTERS)[:most]
    )


def _baselines(lines: int, room: Room) -> list[int]:
    first = room.height // 2 + 5 - 9 * (lines - 1)
    return [first + 18 * row for row in range(lines)]
