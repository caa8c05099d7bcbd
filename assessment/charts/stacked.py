"""Stacked bars: how many people chose each level of a statement, as shares of those who chose one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from assessment.charts.guard import scale_top
from assessment.charts.lanes import Room, hidden_parts, lane_svg
from assessment.charts.picture import Column, Lane, Lanes, Picture, Row, Table, Translate
from assessment.charts.svg import Attributes, Svg, element, percent, words
from assessment.charts.wording import hidden_words, sentence
from assessment.disclosure.shown import Counted, Hidden
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

ROOM: Final = Room(height=64, line=31, figure=60)
SHADES: Final = 5
WHITE_FROM: Final = 3
LEAST_ROOM: Final = 0.03  # of the width, for one digit on the narrowest phone
COLOURS: Final = ("#eef2f6", "#cfdce8", "#a3bdd5", "#3f6f9c", "#12436d")
NOTHING: Final = Message("–")


@dataclass(frozen=True, slots=True)
class Bar:
    """One statement's counts by level, how far they agree in a word, and what else the table says of it."""

    name: str
    counted: Counted | Hidden
    said: Message | None = None
    more: tuple[Message, ...] = ()


def shade(level: int, top: int) -> int:
    """Which of the five shades a level has: the ends are always the lightest and the darkest."""
    return round(level * (SHADES - 1) / top)


def stacked(
    bars: Sequence[Bar], scale: Sequence[Level], *, more: Sequence[Message] = (), translate: Translate = str
) -> Picture:
    """One bar a statement. ``more`` heads what the table says beside the counts: one a bar's ``more``.

    Raises TypeError for anything but Counted and Hidden, ValueError for counts that do not match the scale.
    """
    top = scale_top(scale)
    for bar in bars:
        _check(bar, top, len(more))
    heads = [*(Message("{name}", {"name": level.name}) for level in scale), *more]
    columns = (Column(Message("Statement"), numeric=False), *(Column(head) for head in heads))
    return Picture(
        headline=Message("How many chose each level"),
        figure={"data": list(_traces(bars, scale)), "layout": {"barmode": "stack", "barnorm": "percent"}},
        svg="",
        table=Table(Message("How many people chose each level"), columns, tuple(_row(bar, len(heads)) for bar in bars)),
        description=_describe(bars, scale),
        lanes=Lanes("", tuple(Lane(bar.name, lane_svg(_parts(bar, top, translate)), bar.said) for bar in bars)),
    )


def _check(bar: Bar, top: int, more: int) -> None:
    if not isinstance(bar.counted, Counted | Hidden):
        raise TypeError(f"charts draw Counted or Hidden, not {type(bar.counted).__name__}")
    if isinstance(bar.counted, Counted) and (len(bar.counted.counts) != top + 1 or not bar.counted.n):
        raise ValueError("a bar has one count a level, and somebody in it")
    if isinstance(bar.counted, Counted) and len(bar.more) != more:
        raise ValueError(f"{len(bar.more)} cells for {more} columns")


def _parts(bar: Bar, top: int, translate: Translate) -> list[Svg]:
    if isinstance(bar.counted, Hidden):
        return hidden_parts(bar.counted, ROOM, translate)
    return [part for piece in _pieces(bar.counted, top) for part in piece]


def _pieces(counted: Counted, top: int) -> Iterator[list[Svg]]:
    before = 0
    for level, count in enumerate(counted.counts):
        if count:
            yield _piece(shade(level, top), count, before / counted.n, count / counted.n)
        before += count


def _piece(colour: int, count: int, start: float, width: float) -> list[Svg]:
    box: Attributes = {"x": percent(start), "y": 2, "width": percent(width), "height": 32}
    piece = element("rect", {"class": f"b b{colour}", **box})
    if width < LEAST_ROOM * len(str(count)):
        return [piece]
    kind = {"class": "in"} if colour >= WHITE_FROM else {}
    where: Attributes = {"x": percent(start + width / 2), "y": 23, "text-anchor": "middle"}
    return [piece, element("text", {**kind, **where}, words(str(count)))]


def _row(bar: Bar, cells: int) -> Row:
    if isinstance(bar.counted, Hidden):
        return Row(bar.name, (hidden_words(bar.counted), *[NOTHING] * (cells - 1)))
    return Row(bar.name, (*(Message("{count}", {"count": count}) for count in bar.counted.counts), *bar.more))


def _traces(bars: Sequence[Bar], scale: Sequence[Level]) -> Iterator[dict[str, Any]]:
    shown = [(escape(bar.name), bar.counted.counts) for bar in bars if isinstance(bar.counted, Counted)]
    for level in scale:
        colour = COLOURS[shade(level.value, len(scale) - 1)]
        yield {
            "type": "bar",
            "orientation": "h",
            "name": escape(level.name),
            "y": [name for name, _counts in shown],
            "x": [counts[level.value] for _name, counts in shown],
            "marker": {"color": colour, "line": {"color": COLOURS[-1], "width": 1}},
        }


def _describe(bars: Sequence[Bar], scale: Sequence[Level]) -> Message:
    if not bars:
        return Message("Nothing to show")
    return Message("{bars}.", {"bars": sentence([_say(bar, scale) for bar in bars], "{before}. {next}")})


def _say(bar: Bar, scale: Sequence[Level]) -> Message:
    if isinstance(bar.counted, Hidden):
        return Message("{name}: {reason}", {"name": bar.name, "reason": hidden_words(bar.counted)})
    counts = [
        Message("{level} {count}", {"level": level.name, "count": bar.counted.counts[level.value]}) for level in scale
    ]
    return Message("{name}: {counts}", {"name": bar.name.rstrip("."), "counts": sentence(counts, "{before}, {next}")})
