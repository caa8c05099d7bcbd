"""A group year by year: one small drawing a principle, and beside it the services that took part in two years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assessment.charts.guard import check_figure, check_peers, scale_top
from assessment.charts.picture import Column, Panel, Picture, Row, Table, Translate
from assessment.charts.plane import Place, Plane, joined, line
from assessment.charts.svg import Attributes, Svg, element, words
from assessment.charts.wording import figure_words, hidden_words, middle_half, scale_ends, sentence
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

BAR: Final = 16
ASIDE: Final = 14  # how far the matched services stand from the year's own mark
PRINCIPLE: Final = Column(Message("Principle"), numeric=False)


@dataclass(frozen=True, slots=True)
class Matched:
    """The services that took part in a year and in the next: what they said then, and now; or why it is hidden."""

    years: tuple[int, int]
    then: Peers | Hidden
    now: Peers | Hidden

    @property
    def reason(self) -> Hidden | None:
        """Why neither is shown: one without the other would say nothing."""
        return next((one for one in (self.then, self.now) if isinstance(one, Hidden)), None)


@dataclass(frozen=True, slots=True)
class Trend:
    """One principle: what all services said in each year, and the pairs of years beside it."""

    name: str
    years: tuple[Peers | Hidden, ...]
    matched: tuple[Matched, ...] = ()


@dataclass(frozen=True, slots=True)
class Trends:
    """The picture, with the numbers of all services, and those of the services of two years, if any."""

    picture: Picture
    matched: Table | None

    @property
    def draws_matched(self) -> bool:
        """Whether any drawing shows the services of two years: a key needs to say what its diamonds are."""
        return any("d-peer" in panel.svg for panel in self.picture.panels)


def trends(
    rows: Sequence[Trend], years: Sequence[int], scale: Sequence[Level], *, translate: Translate = str
) -> Trends:
    """Small multiples, one a principle, over at least two ``years``.

    Raises TypeError for anything but published figures, ValueError for one off the scale.
    """
    top = scale_top(scale)
    for row in rows:
        for one in (*row.years, *(side for pair in row.matched for side in (pair.then, pair.now))):
            _check(one, top)
    plane = Plane(head=12, foot=140, height=170, first=44, last=278, top=top, moments=len(years))
    picture = Picture(
        headline=Message("Each principle over the years"),
        figure={},
        svg="",
        table=_table(rows, years, scale),
        description=sentence([_describe(row, years) for row in rows], "{before} {next}"),
        panels=tuple(Panel(row.name, _svg(row, years, plane, translate)) for row in rows),
    )
    return Trends(picture, _matched_table(rows, scale))


def _check(one: Peers | Hidden, top: int) -> None:
    if isinstance(one, Hidden):
        check_figure(one, top)
    else:
        check_peers(one, top)


def _median(one: Peers | Hidden) -> Figure:
    return one if isinstance(one, Hidden) else one.median


def _svg(row: Trend, years: Sequence[int], plane: Plane, translate: Translate) -> Svg:
    places = [plane.place(k, _median(one)) for k, one in enumerate(row.years)]
    parts = (
        *plane.grid(),
        *(bar for k, one in enumerate(row.years) for bar in _middle(one, k, plane)),
        *(part for pair in row.matched for part in _pair(pair, years, plane)),
        *joined(places, "s-line"),
        *_dots(places),
        *_ends(places, row.years, plane, translate),
        *_labels(years, plane),
    )
    return plane.whole(translate(_describe(row, years)), parts)


def _middle(one: Peers | Hidden, k: int, plane: Plane) -> list[Svg]:
    """The middle half as a bar on its year."""
    if isinstance(one, Hidden) or not isinstance(one.lower, Shown) or not isinstance(one.upper, Shown):
        return []
    low, high = plane.y(one.lower.value), plane.y(one.upper.value)
    box: Attributes = {"x": plane.x(k) - BAR / 2, "width": BAR, "y": high, "height": low - high}
    return [element("rect", {"class": "mid", **box, "rx": 2})]


def _pair(pair: Matched, years: Sequence[int], plane: Plane) -> list[Svg]:
    """Two diamonds joined by a dashed line, between the marks of their years."""
    then, now = _median(pair.then), _median(pair.now)
    if pair.reason or not isinstance(then, Shown) or not isinstance(now, Shown):
        return []
    start, end = (plane.x(list(years).index(year)) for year in pair.years)
    ends = ((start + ASIDE, plane.y(then.value)), (end - ASIDE, plane.y(now.value)))
    return [line(*ends, "s-peer"), *map(_diamond, ends)]


def _diamond(place: Place) -> Svg:
    x, y = place
    return element("rect", {"class": "d-peer", "x": x - 4, "y": y - 4, "width": 8, "height": 8, **_turned(x, y)})


def _turned(x: float, y: float) -> Attributes:
    return {"transform": f"rotate(45 {x:.2f} {y:.2f})"}


def _dots(places: Sequence[Place | None]) -> list[Svg]:
    return [element("circle", {"class": "d-line", "cx": p[0], "cy": p[1], "r": 5}) for p in places if p]


def _ends(
    places: Sequence[Place | None], years: Sequence[Peers | Hidden], plane: Plane, translate: Translate
) -> list[Svg]:
    """The first and the last figure that are shown, clear of the bars."""
    drawn = [(p[0], _over(p[1], one, plane), _median(one)) for p, one in zip(places, years, strict=True) if p]
    ends = drawn if len(drawn) < 3 else [drawn[0], drawn[-1]]
    return [
        element("text", {"class": "valx", "x": x, "y": y, "text-anchor": "middle"}, words(translate(figure_words(f))))
        for x, y, f in ends
    ]


def _over(dot: float, one: Peers | Hidden, plane: Plane) -> float:
    upper = one.upper if isinstance(one, Peers) else None
    return max(min(dot - 13, plane.y(upper.value) - 6 if isinstance(upper, Shown) else dot), 10)


def _labels(years: Sequence[int], plane: Plane) -> list[Svg]:
    return [
        element("text", {"x": plane.x(k), "y": plane.height - 7, "text-anchor": "middle"}, words(str(year)))
        for k, year in enumerate(years)
    ]


def _describe(row: Trend, years: Sequence[int]) -> Message:
    said = [
        Message("{year} {figure}", {"year": year, "figure": figure_words(_median(one))})
        for year, one in zip(years, row.years, strict=True)
    ]
    whole = Message(
        "{name}, median by year: {figures}.", {"name": row.name, "figures": sentence(said, "{before}, {next}")}
    )
    pairs = [_say(pair) for pair in row.matched]
    return sentence([whole, *pairs], "{before} {next}")


def _say(pair: Matched) -> Message:
    then, now = pair.years
    return Message("Services in both {then} and {now}: {said}.", {"then": then, "now": now, "said": _cell(pair)})


def _table(rows: Sequence[Trend], years: Sequence[int], scale: Sequence[Level]) -> Table:
    columns = (PRINCIPLE, *(Column(Message("{year}", {"year": year})) for year in years))
    caption = Message(
        "All services: the median and the middle half, from 0 ({lowest}) to {top} ({highest})", scale_ends(scale)
    )
    return Table(caption, columns, tuple(Row(row.name, tuple(map(_year_cell, row.years))) for row in rows))


def _year_cell(one: Peers | Hidden) -> Message:
    if isinstance(one, Hidden) or not isinstance(one.lower, Shown):
        return hidden_words(_median(one))
    return Message("{median} ({half})", {"median": hidden_words(one.median), "half": middle_half(one)})


def _matched_table(rows: Sequence[Trend], scale: Sequence[Level]) -> Table | None:
    pairs = list(dict.fromkeys(pair.years for row in rows for pair in row.matched))
    if not pairs:
        return None
    heads = [Message("Both {then} and {now}", {"then": then, "now": now}) for then, now in pairs]
    caption = Message(
        "The services that took part in both years: their median then and now, from 0 ({lowest}) to {top} ({highest})",
        scale_ends(scale),
    )
    cells = [(row.name, {pair.years: _cell(pair) for pair in row.matched}) for row in rows]
    return Table(
        caption,
        (PRINCIPLE, *map(Column, heads)),
        tuple(Row(name, tuple(found.get(pair, Message("–")) for pair in pairs)) for name, found in cells),
    )


def _cell(pair: Matched) -> Message:
    """Then and now, with the services behind them; neither where one is hidden."""
    if pair.reason or isinstance(pair.then, Hidden) or isinstance(pair.now, Hidden):
        return hidden_words(pair.reason or Hidden(Message("–")))
    then, now = _median(pair.then), _median(pair.now)
    said = Message("{then} then, {now} now", {"then": hidden_words(then), "now": hidden_words(now)})
    counts = dict.fromkeys(one.n for one in (then, now) if isinstance(one, Shown))
    of = sentence([Message("{count}", {"count": count}) for count in counts], "{before} and {next}")
    return Message("{said} ({of} services)", {"said": said, "of": of})
