"""A picture as a file of its own, which looks right wherever it is opened: no stylesheet, no page around it.

What the page's stylesheet says by class stands here on each element, because a style inside an SVG is blocked where
our content security policy holds, and is not understood by every program that shows one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final, Literal
from xml.etree import ElementTree as ET

from assessment.charts.palette import (
    ACT,
    FONT,
    GRID,
    MIDDLE,
    OTHERS,
    OUTER_RING,
    QUIET,
    RULE,
    RULE_STRONG,
    TEXT,
    US,
    WHITE,
)
from assessment.charts.picture import Lane, Lanes, Panel, Picture, Translate
from assessment.charts.polar import HEIGHT, TOP_EDGE
from assessment.charts.polar import WIDTH as RADAR_UNITS
from assessment.charts.stacked import COLOURS
from assessment.charts.svg import Attributes, Svg, element, words
from assessment.questionnaire.message import Message

WIDTH: Final = 840
EDGE: Final = 24
INSIDE: Final = WIDTH - 2 * EDGE
NAMES: Final = 216  # of a lane's name
RADAR: Final = 640
AXIS: Final = 26
LANE: Final = 64
BAR: Final = 36  # a lane without a scale over it
BETWEEN: Final = 24  # small drawings side by side
HEADING, LINE, SMALL = 24, 22, 19  # px from line to line
SMALL_TEXT: Final = 12  # px, in a small drawing
LETTER: Final = 9.8  # px, of a bold letter of 16 px in a wide face

Mark = (
    Literal["us-line", "peer-line", "us", "target", "interval", "middle", "then", "now", "b0", "b1", "b2", "b3", "b4"]
    | Literal["median", "year", "years", "round", "hidden"]
)
Key = Sequence[tuple[Mark, Message]]


def _line(colour: str, width: float, **more: str) -> dict[str, str]:
    return {"fill": "none", "stroke": colour, "stroke-width": str(width), **more}


def _shape(fill: str, edge: str, width: float) -> dict[str, str]:
    return {"fill": fill, "stroke": edge, "stroke-width": str(width)}


LOOK: Final[Mapping[str, Mapping[str, str]]] = {
    "ring": _line(RULE, 1),
    "ring outer": _line(OUTER_RING, 1),
    "spoke": _line(RULE, 1),
    "s-us": _line(US, 3, **{"stroke-linejoin": "round"}),
    "s-peer": _line(OTHERS, 2, **{"stroke-dasharray": "6 5"}),
    "s-thin": _line(US, 1.5),
    "s-line": _line(ACT, 3, **{"stroke-linejoin": "round"}),
    "d-line": _shape(ACT, WHITE, 1.5),
    "d-us": _shape(US, WHITE, 1.5),
    "d-peer": _shape(WHITE, OTHERS, 1.75),
    "tick": {"fill": QUIET, "paint-order": "stroke", "stroke": WHITE, "stroke-width": "3"},
    "name": {"font-weight": "600"},
    "val": {"fill": US, "font-weight": "600"},
    "valx": {"font-weight": "600"},
    "hid-t": {"fill": QUIET},
    "grid": _line(GRID, 1),
    "mid": _shape(MIDDLE, RULE_STRONG, 1),
    "med": _line(OTHERS, 2.5),
    "ci": _line(US, 3),
    "goal": _shape(WHITE, ACT, 2.25),
    "hidbox": _shape(WHITE, RULE_STRONG, 1) | {"stroke-dasharray": "4 3"},
    "in": {"fill": WHITE},
    **{f"b b{shade}": _shape(colour, ACT, 1) for shade, colour in enumerate(COLOURS)},
}
KEYS: Final[Mapping[Mark, tuple[str, ...]]] = {
    "us-line": ('<line class="s-us" x1="2" y1="8" x2="38" y2="8"/>', '<circle class="d-us" cx="20" cy="8" r="6"/>'),
    "peer-line": (
        '<line class="s-peer" x1="2" y1="8" x2="38" y2="8"/>',
        '<path class="d-peer" d="M20 3 25 8 20 13 15 8Z"/>',
    ),
    "us": ('<circle class="d-us" cx="20" cy="8" r="7.5"/>',),
    "now": ('<circle class="d-us" cx="20" cy="8" r="7.5"/>',),
    "then": ('<path class="d-peer" d="M20 1 27 8 20 15 13 8Z"/>',),
    "target": ('<path class="goal" d="M20 0 28 8 20 16 12 8Z"/>',),
    "interval": ('<path class="ci" d="M2 8H38M2 2V14M38 2V14"/>',),
    "middle": (
        '<rect class="mid" x="1" y="0" width="38" height="16" rx="2"/>',
        '<line class="med" x1="20" y1="-1" x2="20" y2="17"/>',
    ),
    "median": ('<line class="med" x1="20" y1="-1" x2="20" y2="17"/>',),
    "year": (
        '<rect class="mid" x="12" y="-1" width="16" height="18" rx="2"/>',
        '<line class="s-line" x1="0" y1="8" x2="40" y2="8"/>',
        '<circle class="d-line" cx="20" cy="8" r="5"/>',
    ),
    "years": (
        '<line class="s-peer" x1="2" y1="8" x2="38" y2="8"/>',
        '<path class="d-peer" d="M8 2 14 8 8 14 2 8Z"/>',
        '<path class="d-peer" d="M32 2 38 8 32 14 26 8Z"/>',
    ),
    "round": ('<path class="ci" d="M20 0V16M14 0H26M14 16H26"/>', '<circle class="d-us" cx="20" cy="8" r="6"/>'),
    "hidden": ('<rect class="hidbox" x="12" y="-1" width="16" height="18" rx="2"/>',),
    "b0": ('<rect class="b b0" x="8" y="0" width="24" height="16"/>',),
    "b1": ('<rect class="b b1" x="8" y="0" width="24" height="16"/>',),
    "b2": ('<rect class="b b2" x="8" y="0" width="24" height="16"/>',),
    "b3": ('<rect class="b b3" x="8" y="0" width="24" height="16"/>',),
    "b4": ('<rect class="b b4" x="8" y="0" width="24" height="16"/>',),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round a picture: what it says in a sentence, what its marks mean, and whose and when it is."""

    title: str
    key: Key
    notes: Sequence[str]


def standalone(picture: Picture, frame: Frame, translate: Translate) -> str:
    """The picture as a whole SVG document. Raises ValueError where it has no drawing."""
    if not picture.is_drawn:
        raise ValueError("this picture has no drawing")
    parts: list[Svg] = []
    y = EDGE + _add_title(parts, frame.title)
    y = _add_key(parts, frame.key, y, translate)
    y = _add_drawing(parts, picture, y, translate)
    y = _add_notes(parts, frame.notes, y)
    said = (
        element("title", {}, words(frame.title)),
        element("desc", {}, words(translate(picture.description))),
        element("rect", {"width": WIDTH, "height": y, "fill": WHITE}),
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element("svg", _root(y), *said, *parts)


def _root(height: int) -> Attributes:
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": WIDTH,
        "height": height,
        "viewBox": f"0 0 {WIDTH} {height}",
        "role": "img",
        "font-family": FONT,
        "font-size": 15,
        "fill": TEXT,
    }


def _add_title(parts: list[Svg], title: str) -> int:
    lines = wrap(title, 66) or [""]
    for row, line in enumerate(lines):
        look: Attributes = {"x": EDGE, "y": EDGE + 16 + row * HEADING, "font-size": 19, "font-weight": "700"}
        parts.append(element("text", look, words(line)))
    return len(lines) * HEADING + 10


def _add_key(parts: list[Svg], key: Key, y: int, translate: Translate) -> int:
    x = EDGE
    for mark, meaning in key:
        said = translate(meaning)
        wide = 50 + round(len(said) * LETTER) + 22
        if x > EDGE and x + wide > WIDTH - EDGE:
            x, y = EDGE, y + LINE + 4
        drawn = [_styled(Svg(shape)) for shape in KEYS[mark]]
        parts.append(element("g", {"transform": f"translate({x} {y})"}, *drawn))
        parts.append(element("text", {"x": x + 50, "y": y + 13}, words(said)))
        x += wide
    return y + (LINE + 14 if key else 0)


def _add_drawing(parts: list[Svg], picture: Picture, y: int, translate: Translate) -> int:
    if picture.panels:
        return _add_panels(parts, picture.panels, y, translate)
    return _add_lanes(parts, picture.lanes, y, translate) if picture.lanes else _add_radar(parts, picture.svg, y)


def _add_panels(parts: list[Svg], panels: Sequence[Panel], y: int, translate: Translate) -> int:
    """Two in a row, and three where they are flat; all of them are of one kind."""
    _x, _y, wide, high = _view(panels[0].svg)
    in_a_row = 3 if wide > 1.5 * high else 2
    width = (INSIDE - (in_a_row - 1) * BETWEEN) // in_a_row
    for start in range(0, len(panels), in_a_row):
        y = _add_row(parts, panels[start : start + in_a_row], (y, width), translate)
    return y


def _add_row(parts: list[Svg], row: Sequence[Panel], place: tuple[int, int], translate: Translate) -> int:
    y, width = place
    told = [list(_told(one.name, one.note, width, translate)) for one in row]
    below = y + max(map(len, told)) * SMALL + 8
    xs = [EDGE + k * (width + BETWEEN) for k in range(len(row))]
    for x, lines in zip(xs, told, strict=True):
        parts += _written(lines, x, y)
    for x, one in zip(xs, row, strict=True):
        parts.append(_panel(one.svg, {"x": x, "y": below, "width": width}))
    _x, _y, wide, high = _view(row[0].svg)
    return below + round(width * high / wide) + BETWEEN


def _panel(svg: str, place: Attributes) -> Svg:
    """One small drawing as wide as its place, its text as large as that of the others."""
    left, top, wide, high = _view(svg)
    width = float(place["width"])
    view: Attributes = {"viewBox": f"{left:g} {top:g} {wide:g} {high:g}", "height": round(width * high / wide)}
    look: Attributes = {"overflow": "visible", "font-size": SMALL_TEXT * wide / width}
    return element("svg", {**place, **view, **look}, *_inside(svg))


def _view(svg: str) -> tuple[float, float, float, float]:
    x, y, wide, high = map(float, ET.fromstring(svg).get("viewBox", "").split())  # noqa: S314  # drawn by this room
    return x, y, wide, high


def _add_radar(parts: list[Svg], svg: str, y: int) -> int:
    height = round(RADAR * HEIGHT / RADAR_UNITS)
    place: Attributes = {"x": (WIDTH - RADAR) // 2, "y": y, "width": RADAR, "height": height}
    view: Attributes = {"viewBox": f"0 {TOP_EDGE} {RADAR_UNITS} {HEIGHT}", "overflow": "visible", "font-size": 9.75}
    parts.append(element("svg", {**place, **view}, *_inside(svg)))
    return y + height + 12


def _add_lanes(parts: list[Svg], lanes: Lanes, y: int, translate: Translate) -> int:
    y = _add_axis(parts, lanes.axis, y)
    for lane in lanes.rows:
        y = _add_lane(parts, lane, (y, lane.height or (LANE if lanes.axis else BAR)), translate)
    return _add_axis(parts, lanes.axis, y) + 6


def _add_axis(parts: list[Svg], axis: str, y: int) -> int:
    if axis:
        parts.append(element("svg", {**_beside(y, AXIS), "fill": QUIET}, *_inside(axis)))
    return y + (AXIS + 4 if axis else 4)


def _beside(y: int, height: int) -> Attributes:
    """The place beside a lane's name."""
    return {"x": EDGE + NAMES, "y": y, "width": INSIDE - NAMES, "height": height, "overflow": "visible"}


def _add_lane(parts: list[Svg], lane: Lane, place: tuple[int, int], translate: Translate) -> int:
    y, drawn = place
    told = list(_told(lane.name, lane.note, NAMES, translate))
    height = max(drawn, len(told) * SMALL + 8)
    parts += _written(told, EDGE, y + (height - len(told) * SMALL) // 2)
    parts.append(element("svg", _beside(y + (height - drawn) // 2, drawn), *_inside(lane.svg)))
    rule: Attributes = {"x1": EDGE, "x2": WIDTH - EDGE, "y1": y + height + 5, "y2": y + height + 5, "stroke": GRID}
    parts.append(element("line", rule))
    return y + height + 10


def _told(name: str, note: Message | None, width: int, translate: Translate) -> Iterator[tuple[str, Attributes]]:
    """A name and what is said beneath it, line by line."""
    bold: Attributes = {"font-size": 16, "font-weight": "600"}
    quiet: Attributes = {"fill": QUIET}
    for text, look in ((name, bold), (translate(note) if note else "", quiet)):
        yield from ((line, look) for line in wrap(text, int(width / LETTER)))


def _written(told: Sequence[tuple[str, Attributes]], x: int, y: int) -> list[Svg]:
    return [
        element("text", {"x": x, "y": y + 15 + row * SMALL, **look}, words(line))
        for row, (line, look) in enumerate(told)
    ]


def _add_notes(parts: list[Svg], notes: Sequence[str], y: int) -> int:
    for line in (line for note in notes for line in wrap(note, 112)):
        y += SMALL
        parts.append(element("text", {"x": EDGE, "y": y, "font-size": 14, "fill": QUIET}, words(line)))
    return y + EDGE


def _inside(svg: str) -> list[Svg]:
    """The parts of one of our own drawings, each with its look; what it says of itself is said once, outside."""
    drawing = ET.fromstring(svg)  # noqa: S314  # drawn by this room
    return [_dressed(part) for part in drawing if part.tag not in ("title", "desc")]


def _styled(svg: Svg) -> Svg:
    return _dressed(ET.fromstring(svg))  # noqa: S314  # drawn by this room


def _dressed(part: ET.Element) -> Svg:
    for one in part.iter():
        look = LOOK.get(one.attrib.pop("class", ""), {})
        one.attrib.update({name: value for name, value in look.items() if name not in one.attrib})
        if one.tag != "text" and "stroke" in look:
            one.set("vector-effect", "non-scaling-stroke")
    return Svg(ET.tostring(part, encoding="unicode"))
