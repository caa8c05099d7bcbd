"""Then and now: each principle's figure in two rounds, with both intervals, never with a line between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from assessment.charts.guard import check_figure, scale_top
from assessment.charts.lanes import Room, axis_svg, grid, hidden_parts, lane_svg, mark_at, share, upright
from assessment.charts.picture import Column, Lane, Lanes, Picture, Row, Table, Translate
from assessment.charts.svg import Svg, element, percent
from assessment.charts.wording import between, hidden_words, scale_caption, sentence
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

THEN: Final = Room(height=64, line=20, figure=60)
NOW: Final = Room(height=64, line=44, figure=60)
NONE: Final = Message("None")


@dataclass(frozen=True, slots=True)
class Turn:
    """One principle then and now, and in words whether that is a clear change."""

    name: str
    then: Figure
    now: Figure
    said: Message


def since(turns: Sequence[Turn], scale: Sequence[Level], *, then: str, now: str, translate: Translate = str) -> Picture:
    """Small multiples, one a principle. ``then`` and ``now`` name the two rounds.

    Raises TypeError for anything but published figures, ValueError for one off the scale.
    """
    top = scale_top(scale)
    for turn in turns:
        check_figure(turn.then, top)
        check_figure(turn.now, top)
    lanes = tuple(Lane(turn.name, lane_svg(_parts(turn, top, translate)), turn.said) for turn in turns)
    return Picture(
        headline=Message("What changed"),
        figure={"data": [_trace(turns, "then", then), _trace(turns, "now", now)], "layout": {}},
        svg="",
        table=_table(turns, scale, then, now),
        description=_describe(turns, then, now),
        lanes=Lanes(axis_svg(scale), lanes),
    )


def _parts(turn: Turn, top: int, translate: Translate) -> list[Svg]:
    hidden = next((figure for figure in (turn.now, turn.then) if isinstance(figure, Hidden)), None)
    if hidden:
        return hidden_parts(hidden, NOW, translate)
    diamond = element("path", {"class": "d-peer", "d": "M0-7 7 0 0 7-7 0Z"})
    disc = element("circle", {"class": "d-us", "r": 8.5})
    return [*grid(top, NOW), *_one(turn.then, THEN, "med", diamond, top), *_one(turn.now, NOW, "ci", disc, top)]


def _one(figure: Figure, room: Room, line: str, mark: Svg, top: int) -> list[Svg]:
    if isinstance(figure, Hidden):
        return []
    parts = [mark_at(share(figure.value, top), room, mark)]
    if figure.low is None or figure.high is None:
        return parts
    low, high = share(figure.low, top), share(figure.high, top)
    level = element("line", {"class": line, "x1": percent(low), "x2": percent(high), "y1": room.line, "y2": room.line})
    ends = [upright(line, at, room.line - 6, room.line + 6) for at in (low, high)]
    return [level, *ends, *parts]


def _table(turns: Sequence[Turn], scale: Sequence[Level], then: str, now: str) -> Table:
    columns = (
        Column(Message("Principle"), numeric=False),
        *(Column(Message("{round}", {"round": name})) for name in (then, now)),
        Column(Message("In words"), numeric=False),
    )
    rows = tuple(Row(turn.name, (_cell(turn.then), _cell(turn.now), turn.said)) for turn in turns)
    return Table(scale_caption(scale), columns, rows)


def _cell(figure: Figure) -> Message:
    words = hidden_words(figure)
    if isinstance(figure, Hidden) or figure.low is None or figure.high is None:
        return words
    return Message("{value} ({range})", {"value": words, "range": between(figure.low, figure.high)})


def _trace(turns: Sequence[Turn], when: str, name: str) -> dict[str, Any]:
    figures = [(turn.name, figure) for turn in turns if isinstance(figure := getattr(turn, when), Shown)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(name),
        "x": [figure.value for _name, figure in figures],
        "y": [escape(one) for one, _figure in figures],
    }


def _describe(turns: Sequence[Turn], then: str, now: str) -> Message:
    if not turns:
        return Message("Nothing to show")
    said = [
        Message(
            "{name}: {then} {before}, {now} {after}, {said}",
            {
                "name": turn.name,
                "then": then,
                "before": _cell(turn.then),
                "now": now,
                "after": _cell(turn.now),
                "said": turn.said,
            },
        )
        for turn in turns
    ]
    return Message("{turns}.", {"turns": sentence(said, "{before}. {next}")})
