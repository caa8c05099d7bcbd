"""The prototype's example, and random pictures, for the tests of this room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from assessment.charts.picture import Picture
from assessment.charts.spoke import Spoke
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

SCALE = [Level(k, name) for k, name in enumerate(("Not yet", "Trying", "In places", "Usual", "Shared"))]
TOO_FEW = Hidden(Message("fewer than {k} services", {"k": 10}))
NO_ANSWER = Hidden(Message("Fewer than half of its statements were answered"), "absent")
ABOUT = Message("About the same")

CARERS_SUPPORT = (
    ("Assets", 2.3, 2.5, 2.1, 1.7, 2.5),
    ("Building capacity", 1.8, 2.5, 1.8, 1.4, 2.2),
    ("Reciprocity", 1.8, 2.5, 1.5, 1.1, 1.9),
    ("Blurred roles", 1.2, 2.0, 1.4, 1.0, 1.9),
    ("Peer networks", 2.8, 3.0, 1.9, 1.4, 2.3),
    ("Catalysing", 2.0, 2.0, 1.6, 1.2, 2.1),
)


def example() -> list[Spoke]:
    """The service of the prototype's result page."""
    return [
        Spoke(name, Shown(own, statements=6), Peers(Shown(median), Shown(low), Shown(high)), target, 6)
        for name, own, target, median, low, high in CARERS_SUPPORT
    ]


def levels(top: int) -> list[Level]:
    return [Level(k, f"Step {'abcdefg'[k]}") for k in range(top + 1)]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own drawing)


def drawn_texts(picture: Picture) -> Iterator[str]:
    """Every text in the drawing, the description's included."""
    svgs = [picture.svg, *([lane.svg for lane in picture.lanes.rows] if picture.lanes else [])]
    svgs += [panel.svg for panel in picture.panels]
    for svg in filter(None, svgs):
        for element in parsed(svg).iter():
            if element.tag == "text" and element.get("class") != "tick":
                yield " ".join(element.itertext())
    yield str(picture.description)


def plotted_values(figure: dict[str, Any] | Any) -> Iterator[float]:
    """Every figure Plotly is given: the traces' values and the boxes on the scale."""
    for trace in figure["data"]:
        yield from (value for value in trace.get("r", trace.get("x")) if value is not None)
    for shape in figure["layout"]["shapes"]:
        if shape["type"] == "rect" and shape["line"]["dash"] == "solid":
            yield from (shape["x0"], shape["x1"])


def plotted_texts(figure: dict[str, Any] | Any) -> Iterator[str]:
    for trace in figure["data"]:
        yield from trace.get("text", [])
    for note in figure["layout"]["annotations"]:
        if note.get("borderpad") == 0:  # ring numbers are levels of the scale, not figures
            yield note["text"]


def decimals(texts: Iterable[str]) -> set[str]:
    """The figures in some texts: one decimal, as every figure is shown."""
    return {found for text in texts for found in re.findall(r"\d+\.\d+", text)}


def table_texts(picture: Picture) -> list[str]:
    return [str(cell) for row in picture.table.rows for cell in row.cells]


def names(longest: int = 14) -> st.SearchStrategy[str]:
    word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=longest)
    return st.lists(word, min_size=1, max_size=3).map(" ".join)


def values(top: int) -> st.SearchStrategy[float]:
    return st.integers(0, 10 * top).map(lambda tenth: tenth / 10)


def figures(top: int) -> st.SearchStrategy[Figure]:
    shown = st.builds(Shown, value=values(top))
    ranged = st.lists(values(top), min_size=3, max_size=3).map(sorted).map(lambda v: Shown(v[1], 12, v[0], v[2], 3))
    bound = st.sampled_from([Shown(0.2, bound="or below"), Shown(round(top - 0.2, 1), bound="or above")])
    return st.one_of(shown, shown, ranged, bound, st.sampled_from([TOO_FEW, NO_ANSWER]))


def groups_of_peers(top: int) -> st.SearchStrategy[Peers | None]:
    def peers(points: list[float], shown: int) -> Peers | None:
        low, middle, high = (Shown(value) for value in sorted(points))
        hidden = Peers(TOO_FEW, TOO_FEW, TOO_FEW)
        return (None, hidden, Peers(middle, TOO_FEW, TOO_FEW), Peers(middle, low, high))[shown]

    return st.builds(peers, st.lists(values(top), min_size=3, max_size=3), st.integers(0, 3))


@st.composite
def pictures(draw: st.DrawFn, fewest: int = 0) -> tuple[list[Spoke], list[Level]]:
    """Spokes of any shape the product allows, on any scale it allows."""
    top = draw(st.integers(1, 6))
    count = draw(st.integers(fewest, 12))
    spoke = st.builds(
        Spoke,
        name=names(),
        own=figures(top),
        peers=groups_of_peers(top),
        target=st.none() | values(top),
        statements=st.just(6),
    )
    return draw(st.lists(spoke, min_size=count, max_size=count)), levels(top)
