"""One voice round by round: a small drawing a principle, every figure with its interval, the oldest first.

Only rounds that asked the same are joined by a line: another form or another version is another question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assessment.charts.guard import check_figure, scale_top
from assessment.charts.picture import Column, Panel, Picture, Row, Table, Translate
from assessment.charts.plane import EDGE, WIDTH, Plane, joined, line
from assessment.charts.svg import Attributes, Svg, element, words
from assessment.charts.wording import between, figure_words, scale_caption, sentence
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

MOST: Final = 12  # rounds that can still be told apart on a phone
ALL_NAMED: Final = 3  # so many rounds have room for their day and their figure each
BOX, CAP = 16, 5


@dataclass(frozen=True, slots=True)
class Sitting:
    """One round: its day in the table, the same in short under the drawings, and whether it asked what the one before
    it asked.
    """

    when: str
    short: str
    is_like: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """One principle over the rounds, and in words whether the newest is a clear change from the one before it.

    A hidden figure's reason stands in the table as it is: it must say by itself that it is hidden, or what word is
    shown instead.
    """

    name: str
    figures: tuple[Figure, ...]
    said: Message | None = None


def over_rounds(
    courses: Sequence[Course], sittings: Sequence[Sitting], scale: Sequence[Level], *, translate: Translate = str
) -> Picture:
    """Small multiples, the oldest round first: the last twelve are drawn, the table has them all.

    Raises TypeError for anything but published figures, ValueError for one off the scale, for no round at all, or
    where a principle has not one figure a round.
    """
    top = scale_top(scale)
    if not sittings:
        raise ValueError("there is no round to draw")
    for course in courses:
        _check(course, len(sittings), top)
    last, drawn = sittings[-MOST:], [replace(one, figures=one.figures[-MOST:]) for one in courses]
    plane = Plane(head=20, foot=140, height=168, first=40, last=282, top=top, moments=len(last))
    return Picture(
        headline=Message("Round by round"),
        figure={},
        svg="",
        table=_table(courses, sittings, scale),
        description=sentence([_describe(one, last) for one in drawn], "{before} {next}"),
        panels=tuple(Panel(one.name, _svg(one, last, plane, translate), one.said) for one in drawn),
    )


def _check(course: Course, rounds: int, top: int) -> None:
    if len(course.figures) != rounds:
        raise ValueError(f"{len(course.figures)} figures for {rounds} rounds")
    for figure in course.figures:
        check_figure(figure, top)


def _svg(course: Course, sittings: Sequence[Sitting], plane: Plane, translate: Translate) -> Svg:
    figures = list(enumerate(course.figures))
    unlike = {k for k, one in enumerate(sittings) if not one.is_like}
    parts = (
        *plane.grid(),
        *_ticks(plane),
        *(_box(k, plane) for k, one in figures if isinstance(one, Hidden) and one.kind == "protected"),
        *joined([plane.place(k, one) for k, one in figures], "s-thin", unlike),
        *(part for k, one in figures for part in _mark(k, one, plane)),
        *_values(course, plane, translate),
        *_days(sittings, plane),
    )
    return plane.whole(translate(_describe(course, sittings)), parts)


def _ticks(plane: Plane) -> list[Svg]:
    """Where each round stands, also one that has no score."""
    places = [plane.x(k) for k in range(plane.moments)]
    return [line((x, plane.foot), (x, plane.foot + 5), "med") for x in places]


def _box(k: int, plane: Plane) -> Svg:
    """What is hidden, or told in a word only, is a dashed box over the whole scale."""
    wide = min(BOX, 0.7 * (plane.last - plane.first) / max(plane.moments - 1, 1))
    box: Attributes = {"x": plane.x(k) - wide / 2, "width": wide, "y": plane.head, "height": plane.foot - plane.head}
    return element("rect", {"class": "hidbox", **box, "rx": 2})


def _mark(k: int, figure: Figure, plane: Plane) -> list[Svg]:
    """The figure on its interval, where it has one."""
    if isinstance(figure, Hidden):
        return []
    x = plane.x(k)
    dot = element("circle", {"class": "d-us", "cx": x, "cy": plane.y(figure.value), "r": 6})
    if figure.low is None or figure.high is None:
        return [dot]
    low, high = plane.y(figure.low), plane.y(figure.high)
    caps = [line((x - CAP, y), (x + CAP, y), "ci") for y in (low, high)]
    return [line((x, low), (x, high), "ci"), *caps, dot]


def _values(course: Course, plane: Plane, translate: Translate) -> list[Svg]:
    """Every figure that has room, else the first and the last, over their intervals."""
    shown = [(k, one) for k, one in enumerate(course.figures) if isinstance(one, Shown)]
    named = shown if plane.moments <= ALL_NAMED or len(shown) < ALL_NAMED else [shown[0], shown[-1]]
    return [_value(k, one, plane, translate) for k, one in named]


def _value(k: int, figure: Shown, plane: Plane, translate: Translate) -> Svg:
    over = min(plane.y(figure.value) - 11, plane.y(figure.high or 0) - 6)
    where: Attributes = {"x": plane.x(k), "text-anchor": "middle"}
    where = _leaning(k, plane) if figure.bound else where
    return element("text", {"class": "val", **where, "y": over}, words(translate(figure_words(figure))))


def _days(sittings: Sequence[Sitting], plane: Plane) -> list[Svg]:
    named = range(plane.moments) if plane.moments <= ALL_NAMED else (0, plane.moments - 1)
    return [element("text", {**_leaning(k, plane), "y": plane.height - 7}, words(sittings[k].short)) for k in named]


def _leaning(k: int, plane: Plane) -> Attributes:
    """Where words stand: those of the first and the last round lean inwards."""
    if 0 < k < plane.moments - 1 or plane.moments == 1:
        return {"x": plane.x(k), "text-anchor": "middle"}
    return {"x": EDGE, "text-anchor": "start"} if k == 0 else {"x": WIDTH, "text-anchor": "end"}


def _describe(course: Course, sittings: Sequence[Sitting]) -> Message:
    said = [
        Message("{when} {figure}", {"when": sitting.when, "figure": _cell(figure)})
        for sitting, figure in zip(sittings, course.figures, strict=True)
    ]
    whole = Message("{name}: {figures}.", {"name": course.name, "figures": sentence(said, "{before}; {next}")})
    return Message("{whole} {said}.", {"whole": whole, "said": course.said}) if course.said else whole


def _table(courses: Sequence[Course], sittings: Sequence[Sitting], scale: Sequence[Level]) -> Table:
    """A row a round: a phone then shows the principles of each below one another."""
    columns = (
        Column(Message("Result of"), numeric=False),
        *(Column(Message("{name}", {"name": one.name})) for one in courses),
    )
    rows = tuple(
        Row(sitting.when, tuple(_cell(one.figures[k]) for one in courses)) for k, sitting in enumerate(sittings)
    )
    return Table(scale_caption(scale), columns, rows)


def _cell(figure: Figure) -> Message:
    if isinstance(figure, Hidden):
        return figure.reason
    if figure.low is None or figure.high is None:
        return figure_words(figure)
    return Message("{value} ({range})", {"value": figure_words(figure), "range": between(figure.low, figure.high)})
