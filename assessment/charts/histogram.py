"""How services spread over the scale: bars of half a level, wider where few were taken together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from assessment.charts.guard import check_figure, check_peers, check_values, scale_top
from assessment.charts.lanes import Room, axis_svg, hidden_parts, lane_svg, share, upright
from assessment.charts.picture import Column, Lane, Lanes, Picture, Row, Table, Translate
from assessment.charts.svg import Attributes, Svg, element, percent, words
from assessment.charts.wording import between, figure_words, hidden_words, sentence
from assessment.disclosure.benchmark import QUARTERS_FROM
from assessment.disclosure.shown import Hidden, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

ROOM: Final = Room(height=180, line=176, figure=0)
HEAD: Final = 24  # above the highest bar, for its count
HALF: Final = 0.5
NO_BARS: Final = Hidden(Message("How services spread is shown from {least} services", {"least": QUARTERS_FROM}))
NOTHING: Final = Message("–")


@dataclass(frozen=True, slots=True)
class Bar:
    """Services from one edge of the scale to another; ``first`` is the lowest score in it."""

    first: float
    start: float
    end: float
    services: int

    @property
    def density(self) -> float:
        """Services a half level: the height, so that the area is the number of services."""
        return self.services * HALF / (self.end - self.start)

    @property
    def scores(self) -> Message:
        return between(self.first, self.end)


def histogram(name: str, peers: Peers | Hidden, scale: Sequence[Level], *, translate: Translate = str) -> Picture:
    """The bars of one group on one principle, with its median; ``name`` says of what and of whom.

    Raises TypeError for anything but published figures, ValueError for one off the scale.
    """
    top = scale_top(scale)
    _check(peers, top)
    bars = list(spread(peers, top)) if isinstance(peers, Peers) else []
    hidden = peers if isinstance(peers, Hidden) else None if bars else NO_BARS
    parts = hidden_parts(hidden, ROOM, translate) if hidden else _parts(bars, peers, top)
    return Picture(
        headline=Message("{name}", {"name": name}),
        figure={"data": [_trace(name, bars)] if bars else [], "layout": {"bargap": 0}},
        svg="",
        table=_table(bars, hidden, translate),
        description=_describe(name, bars, peers, hidden),
        lanes=Lanes(axis_svg(scale), (Lane(name, lane_svg(parts), height=ROOM.height),)),
    )


def _check(peers: Peers | Hidden, top: int) -> None:
    if isinstance(peers, Hidden):
        check_figure(peers, top)
        return
    check_peers(peers, top)
    check_values([bar.start for bar in peers.bins], top)


def spread(peers: Peers, top: int) -> Iterator[Bar]:
    """Each bar reaches to where the next begins, and the last to the end of the scale."""
    edges = [0.0, *(round(one.start - 0.1, 1) for one in peers.bins[1:]), float(top)]
    for one, start, end in zip(peers.bins, edges, edges[1:], strict=False):
        yield Bar(one.start, start, end, one.services)


def _parts(bars: Sequence[Bar], peers: Peers | Hidden, top: int) -> list[Svg]:
    highest = max(bar.density for bar in bars)
    drawn = [upright("grid", share(level, top), HEAD, ROOM.line) for level in range(top + 1)]
    drawn += [part for bar in bars for part in _bar(bar, highest, top)]
    if isinstance(peers, Peers) and isinstance(peers.median, Shown):
        drawn.append(upright("med", share(peers.median.value, top), HEAD, ROOM.line + 4))
    return drawn


def _bar(bar: Bar, highest: float, top: int) -> list[Svg]:
    height = (ROOM.line - HEAD) * bar.density / highest
    left, right = share(bar.start, top), share(bar.end, top)
    box: Attributes = {"x": percent(left), "width": percent(right - left), "y": ROOM.line - height, "height": height}
    middle: Attributes = {"x": percent((left + right) / 2), "y": ROOM.line - height - 6, "text-anchor": "middle"}
    return [element("rect", {"class": "b b1", **box}), element("text", middle, words(str(bar.services)))]


def _table(bars: Sequence[Bar], hidden: Hidden | None, translate: Translate) -> Table:
    columns = (Column(Message("Scores"), numeric=False), Column(Message("Services, rounded down")))
    rows = [Row(translate(bar.scores), (Message("{services}", {"services": bar.services}),)) for bar in bars]
    if hidden:
        rows = [Row(str(NOTHING), (hidden_words(hidden),))]
    return Table(Message("The same numbers: how many services have which score"), columns, tuple(rows))


def _trace(name: str, bars: Sequence[Bar]) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": escape(name),
        "x": [(bar.start + bar.end) / 2 for bar in bars],
        "width": [bar.end - bar.start for bar in bars],
        "y": [bar.density for bar in bars],
        "text": [str(bar.services) for bar in bars],
    }


def _describe(name: str, bars: Sequence[Bar], peers: Peers | Hidden, hidden: Hidden | None) -> Message:
    if hidden or isinstance(peers, Hidden):
        return Message("{name}: {reason}", {"name": name, "reason": hidden_words(hidden or NO_BARS)})
    said = [Message("{scores}: {services}", {"scores": bar.scores, "services": bar.services}) for bar in bars]
    return Message(
        "{name}, services by score. {bars}. The median is {median}.",
        {"name": name, "bars": sentence(said, "{before}, {next}"), "median": figure_words(peers.median)},
    )
