"""A picture as a file: whole by itself, with every figure of the page's and no look borrowed from a stylesheet."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from assessment.charts.histogram import histogram
from assessment.charts.minis import mini, side_by_side
from assessment.charts.picture import Picture
from assessment.charts.radar import radar
from assessment.charts.ranges import ranges
from assessment.charts.rounds import Course, Sitting, over_rounds
from assessment.charts.since import Turn, since
from assessment.charts.spoke import Spoke
from assessment.charts.stacked import Bar, stacked
from assessment.charts.standalone import KEYS, WIDTH, Frame, standalone
from assessment.charts.trend import trends
from assessment.disclosure.shown import Counted, Shown
from assessment.questionnaire.message import Message
from tests.unit.charts.chart_samples import NO_ANSWER, SCALE, decimals, drawn_texts, example, parsed
from tests.unit.charts.test_charts_field import ASSETS, SPREAD, YEARS

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame("Strongest in <Assets>", [(mark, Message("Mark")) for mark in KEYS], ("Home & Care, 3 March 2027.",))


TWO = (Sitting("3 March 2027", "Mar 2027"), Sitting("3 May 2027", "May 2027"))
AT_TWO = (Shown(1.2, 12, 0.8, 1.9), Shown(2.4, 14, 1.9, 2.9))


def pictures() -> list[Picture]:
    turns = [Turn("Assets", Shown(1.2, 12, 0.8, 1.9), Shown(2.4, 14, 1.9, 2.9), Message("Clear change: higher"))]
    bars = [Bar("We listen", Counted((1, 2, 3, 4, 5)), Message("Mixed"))]
    return [
        radar(example(), SCALE),
        ranges([*example(), Spoke("Hidden one", NO_ANSWER)], SCALE),
        since(turns, SCALE, then="Then", now="Now"),
        stacked(bars, SCALE),
        histogram("Assets", SPREAD, SCALE),
        trends([ASSETS], YEARS, SCALE).picture,
        side_by_side([(name, mini(name, example(), SCALE, prefix=name)) for name in "ABC"]) or radar([], SCALE),
        over_rounds([Course(name, AT_TWO) for name in "ABCD"], TWO, SCALE),
    ]


def file_of(picture: Picture) -> Element:
    return parsed(standalone(picture, FRAME, str).encode().decode().partition("?>")[2])


@pytest.mark.parametrize("picture", pictures())
def test_it_holds_every_figure_that_the_page_draws(picture: Picture) -> None:
    texts = [" ".join(one.itertext()) for one in file_of(picture).iter() if one.tag in (f"{SVG}text", f"{SVG}desc")]
    assert decimals(texts) == decimals(drawn_texts(picture))


@pytest.mark.parametrize("picture", pictures())
def test_it_needs_no_stylesheet_and_says_what_it_is(picture: Picture) -> None:
    drawing = file_of(picture)
    assert drawing.findtext(f"{SVG}title") == "Strongest in <Assets>" and drawing.findtext(f"{SVG}desc")
    assert len(list(drawing.iter(f"{SVG}title"))) == 1
    attributes = {name for one in drawing.iter() for name in one.attrib}
    assert not attributes & {"class", "style", "id"} and {"fill", "stroke", "font-family"} <= attributes
    assert "Home & Care, 3 March 2027." in ["".join(one.itertext()) for one in drawing.iter(f"{SVG}text")]


@pytest.mark.parametrize("picture", pictures())
def test_nothing_of_its_frame_stands_outside(picture: Picture) -> None:
    drawing = file_of(picture)
    height = float(drawing.get("height", "0"))
    for one in drawing:
        if one.tag == f"{SVG}text":
            assert 0 < float(one.get("y", "-1")) < height and 0 <= float(one.get("x", "-1")) < WIDTH
        if one.tag == f"{SVG}svg":
            assert float(one.get("y", "0")) + float(one.get("height", "0")) <= height


def test_small_drawings_stand_in_rows_that_do_not_touch() -> None:
    assert side_by_side([]) is None
    drawing = file_of(over_rounds([Course(name, AT_TWO) for name in "ABCD"], TWO, SCALE))
    places = [
        tuple(float(one.get(name, "0")) for name in ("x", "y", "width", "height")) for one in drawing.iter(f"{SVG}svg")
    ][1:]
    rows = sorted({y for _x, y, _wide, _high in places})
    assert len(places) == 4 and len(rows) == 2 and rows[0] + places[0][3] < rows[1]
    assert all(x + wide <= WIDTH for x, _y, wide, _high in places)


def test_a_picture_without_a_drawing_has_no_file() -> None:
    with pytest.raises(ValueError, match="no drawing"):
        standalone(radar(example()[:2], SCALE), FRAME, str)
