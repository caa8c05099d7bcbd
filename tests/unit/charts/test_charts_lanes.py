from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given

from assessment.charts.field import Group, field
from assessment.charts.lanes import LETTERS, reason_lines
from assessment.charts.picture import Picture
from assessment.charts.ranges import ranges
from assessment.charts.spoke import Spoke
from assessment.disclosure.shown import Hidden, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message
from tests.unit.charts.chart_samples import NO_ANSWER, SCALE, TOO_FEW, example, parsed, pictures


def lanes(picture: Picture) -> str:
    assert picture.lanes
    return "\n".join([picture.lanes.axis, *(lane.svg for lane in picture.lanes.rows)])


def sectors() -> list[Group]:
    early = Hidden(Message("From 20 services"))
    return [
        Group("Childcare", Message("20"), Message("20 services"), Peers(Shown(1.7), Shown(1.3), Shown(2.2))),
        Group("Policing and justice", Message("Under 10"), Message("Too few services"), TOO_FEW),
        Group("Youth", Message("15"), Message("15 services, median only"), Peers(Shown(2.1), early, early)),
    ]


def test_the_example_of_the_prototype(golden: Callable[[str, str], None]) -> None:
    golden("ranges.svg", lanes(ranges(example(), SCALE)))


def test_the_field_of_the_prototype(golden: Callable[[str, str], None]) -> None:
    picture = field("Blurred roles", sectors(), SCALE)
    golden("field.svg", lanes(picture))
    assert str(picture.headline) == "Blurred roles: medians from 1.7 to 2.1"
    assert str(picture.description) == (
        "Blurred roles. Childcare: median 1.7, middle half 1.3 to 2.2. "
        "Policing and justice: Hidden: fewer than 10 services. Youth: median 2.1."
    )
    assert [[str(cell) for cell in row.cells] for row in picture.table.rows] == [
        ["20", "1.7", "1.3 to 2.2"],
        ["Under 10", "Hidden: fewer than 10 services", "Hidden: fewer than 10 services"],
        ["15", "2.1", "From 20 services"],
    ]


def test_the_field_keeps_the_order_it_is_given() -> None:
    picture = field("Assets", sectors()[::-1], SCALE)
    assert picture.lanes
    assert [lane.name for lane in picture.lanes.rows] == ["Youth", "Policing and justice", "Childcare"]


def test_the_field_with_nothing_or_one_figure_to_show() -> None:
    assert str(field("Assets", sectors()[1:2], SCALE).headline) == "Assets: no group can be shown yet"
    assert str(field("Assets", sectors()[:1], SCALE).headline) == "Assets: a median of 1.7"
    assert str(field("Assets", [], SCALE).description) == "Nothing to show"
    assert str(ranges([], SCALE).description) == "Nothing to show"


@given(pictures())
def test_lanes_are_well_formed_and_stand_on_the_scale(picture: tuple[list[Spoke], list[Level]]) -> None:
    spokes, scale = picture
    drawn = ranges(spokes, scale)
    assert drawn.lanes
    assert [lane.name for lane in drawn.lanes.rows] == [spoke.name for spoke in spokes]
    for svg in (drawn.lanes.axis, *(lane.svg for lane in drawn.lanes.rows)):
        root = parsed(svg)
        assert root.get("aria-hidden") == "true"
        for element in root.iter():
            assert "style" not in element.attrib
            for side in ("x", "x1", "x2"):
                share = element.get(side, "0").rstrip("%")
                assert 0 <= float(share) <= 100
        assert not re.search(r"\d\.\d{3,}", svg)


def test_a_hidden_lane_holds_only_the_reason() -> None:
    hidden, absent = ranges([Spoke("A", TOO_FEW), Spoke("B", NO_ANSWER)], SCALE).lanes.rows  # type: ignore[union-attr]
    assert "hidbox" in hidden.svg
    assert "Hidden: fewer than 10 services" in hidden.svg
    assert "hidbox" not in absent.svg
    assert "Fewer than half" in absent.svg
    assert all("d-us" not in lane.svg and "med" not in lane.svg for lane in (hidden, absent))


def test_a_long_reason_is_cut_in_the_lane_and_whole_in_the_table() -> None:
    reason = " ".join(["a long reason that goes on"] * 12)
    picture = ranges([Spoke("A", Hidden(Message(reason)))], SCALE)
    assert str(picture.table.rows[0].cells[0]) == f"Hidden: {reason}"
    lines = reason_lines(f"Hidden: {reason}", 3)
    assert len(lines) <= 3
    assert lines[-1].endswith("…")
    assert max(map(len, lines)) <= LETTERS


def test_the_target_is_drawn_round_the_disc_where_they_meet() -> None:
    apart, near = (ranges([Spoke("A", Shown(2.0), target=t)], SCALE).lanes for t in (2.2, 2.1))
    assert apart
    assert near
    assert "M0-9 9 0 0 9-9 0Z" in apart.rows[0].svg
    assert "M0-15 15 0 0 15-15 0Z" in near.rows[0].svg


def test_the_interval_is_a_line_with_ends_over_the_same_numbers() -> None:
    picture = ranges([Spoke("A", Shown(2.0, 12, 1.5, 2.5))], SCALE)
    assert picture.lanes
    ends = [e.attrib for e in parsed(picture.lanes.rows[0].svg) if e.get("class") == "ci"]
    assert [(e["x1"], e["x2"]) for e in ends] == [("38.25%", "61.75%"), ("38.25%", "38.25%"), ("61.75%", "61.75%")]
    assert "likely between 1.5 and 2.5" in str(picture.description)


def test_a_bound_is_said_in_words_that_lean_inwards() -> None:
    spokes = [Spoke("A", Shown(0.2, bound="or below")), Spoke("B", Shown(3.8, bound="or above"))]
    drawn = lanes(ranges(spokes, SCALE))
    assert 'text-anchor="start">0.2 or below<' in drawn
    assert 'text-anchor="end">3.8 or above<' in drawn


def test_the_field_as_a_plotly_figure_says_what_it_hides() -> None:
    layout = field("Assets", sectors(), SCALE).figure["layout"]
    assert [note["text"] for note in layout["annotations"]] == ["1.7", "Hidden: fewer than 10 services", "2.1"]
    assert [shape["line"]["dash"] for shape in layout["shapes"]] == ["solid", "4px,3px"]


def test_why_the_middle_half_is_not_shown_stands_in_the_table() -> None:
    half = Peers(Shown(2.0), Shown(1.5), Hidden(Message("From 20 services")))
    assert str(ranges([Spoke("A", Shown(2.0), half)], SCALE).table.rows[0].cells[-1]) == "From 20 services"


def test_names_are_text_in_the_plotly_figure() -> None:
    picture = ranges([Spoke("<img src=x>", Shown(1.0))], SCALE)
    assert picture.figure["layout"]["yaxis"]["ticktext"] == ["&lt;img src=x&gt;"]
    assert picture.figure["data"][0]["text"] == ["&lt;img src=x&gt;, This service: 1.0"]
