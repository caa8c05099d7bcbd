from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.charts.labels import Label, broken, set_labels
from assessment.charts.minis import mini
from assessment.charts.polar import apart, place, ring_numbers, ring_places, runs, segments
from assessment.charts.radar import radar
from assessment.charts.spoke import Naming, Spoke, headline
from assessment.disclosure.shown import Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message
from tests.unit.charts.chart_samples import NO_ANSWER, SCALE, TOO_FEW, example, levels, names, parsed, pictures


def with_own(*figures: object) -> list[Spoke]:
    return [Spoke(spoke.name, figure, spoke.peers) for spoke, figure in zip(example(), figures, strict=False)]  # type: ignore[arg-type]


def test_the_example_of_the_prototype(golden: Callable[[str, str], None]) -> None:
    picture = radar(example(), SCALE, prefix="r")
    golden("radar.svg", picture.svg)
    assert str(picture.headline) == "Strongest in Peer networks, with most room to grow in Blurred roles"
    assert str(picture.description) == (
        "From 0, Not yet, at the centre to 4, Shared, at the edge. Assets 2.3, peers 2.1; Building capacity 1.8, "
        "peers 1.8; Reciprocity 1.8, peers 1.5; Blurred roles 1.2, peers 1.4; Peer networks 2.8, peers 1.9; "
        "Catalysing 2.0, peers 1.6."
    )


def test_a_department_beside_its_organisation(golden: Callable[[str, str], None]) -> None:
    picture = mini("Housing <North>", example(), SCALE, prefix="d2")
    golden("mini.svg", picture.svg)
    assert 'class="tick"' not in picture.svg
    assert '<title id="d2-t">Housing &lt;North&gt;</title>' in picture.svg
    assert "Assets 2.3, all of the organisation 2.1" in str(picture.description)
    assert [str(column.label) for column in picture.table.columns][1] == "The department"


@given(pictures(fewest=3))
def test_the_svg_is_well_formed_and_inside_its_box(picture: tuple[list[Spoke], list[Level]]) -> None:
    svg = radar(*picture, prefix="x").svg
    if not svg:
        return
    root = parsed(svg)
    assert root.get("viewBox") == "0 24 360 294"
    assert root.get("aria-labelledby") == "x-t x-d"
    assert [element.get("id") for element in root.iter() if element.get("id")] == ["x-t", "x-d"]
    assert all("style" not in element.attrib for element in root.iter())
    for element in root.iter():
        for pair in element.get("points", "").split():
            assert inside(*map(float, pair.split(",")))
        for x, y in (("cx", "cy"), ("x2", "y2"), ("x", "y")):
            if element.get(x) and element.get(y):
                assert inside(float(element.attrib[x]), float(element.attrib[y]))
    assert not re.search(r"\d\.\d{3,}|-0[\"\s,]", svg)


def inside(x: float, y: float) -> bool:
    return 0 <= x <= 360 and 24 <= y <= 318


def test_a_name_from_people_is_shown_as_text() -> None:
    name = "<script>alert('1')</script> & \x00\x1b"
    spokes = [*example()[:2], Spoke(name, Shown(1.0))]
    picture = radar(spokes, SCALE, prefix='"><script>')
    assert "<script" not in picture.svg
    root = parsed(picture.svg)
    assert "alert('1')" in "".join(root.itertext())
    assert "\x00" not in picture.svg
    notes = [note["text"] for note in picture.figure["layout"]["annotations"]]
    assert not any("<" in text for text in notes)
    assert not any("<" in text for trace in picture.figure["data"] for text in trace["text"])


def test_a_hidden_principle_breaks_the_line_and_says_so() -> None:
    spokes = with_own(Shown(2.3), Shown(1.8), TOO_FEW, Shown(1.2), NO_ANSWER, Shown(2.0))
    root = parsed(radar(spokes, SCALE).svg)
    own = [e for e in root if e.get("class") == "s-us"]
    assert [e.tag for e in own] == ["polyline"]
    assert len(own[0].attrib["points"].split()) == 3, "Catalysing, Assets and Building capacity hang together"
    assert len([e for e in root if e.get("class") == "d-us"]) == 4
    assert [e.text for e in root.iter("tspan") if e.get("class") == "hid-t"] == ["hidden", "no score"]
    trace = radar(spokes, SCALE).figure["data"][-1]
    assert trace["r"] == [2.3, 1.8, None, 1.2, None, 2.0, 2.3]
    assert trace["connectgaps"] is False


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_no_radar_of_fewer_than_three_shown_principles(shown: int) -> None:
    figures = [Shown(1.0)] * shown + [TOO_FEW] * (6 - shown)
    picture = radar(with_own(*figures), SCALE)
    assert (picture.svg, picture.figure) == ("", {})
    assert "at least three principles" in str(picture.headline)
    assert len(picture.table.rows) == 6
    assert (mini("Housing", with_own(*figures), SCALE, prefix="d").svg) == ""
    assert radar([], SCALE).svg == ""


def test_never_more_than_two_series_never_filled() -> None:
    for spokes in (example(), [Spoke(s.name, s.own) for s in example()]):
        data = radar(spokes, SCALE).figure["data"]
        assert len(data) <= 2
        assert all(trace["fill"] == "none" and trace["type"] == "scatterpolar" for trace in data)
        assert [trace["name"] for trace in data][-1] == "This service"


def test_plotly_draws_the_same_places_in_the_same_order() -> None:
    layout = radar(example(), SCALE).figure["layout"]
    polar = layout["polar"]
    assert polar["gridshape"] == "linear"
    assert (polar["angularaxis"]["direction"], polar["angularaxis"]["rotation"]) == ("clockwise", 90)
    assert polar["angularaxis"]["categoryarray"] == [spoke.name for spoke in example()]
    assert polar["radialaxis"]["range"] == [0, 4]
    assert (layout["width"], layout["height"]) == (360, 294)
    assert set(layout["margin"].values()) == {0}
    assert len(layout["shapes"]) == 1, "Building capacity, where both meet"


def test_two_principles_of_one_name_keep_their_own_axes() -> None:
    spokes = [Spoke("Trust", Shown(value)) for value in (1.0, 2.0, 3.0)]
    assert len(set(radar(spokes, SCALE).figure["layout"]["polar"]["angularaxis"]["categoryarray"])) == 3


def test_a_mark_where_both_meet_stays_seen() -> None:
    small = [e for e in parsed(radar(example(), SCALE).svg) if e.get("class") == "d-peer" and e.get("width") == "4"]
    assert [e.attrib["transform"] for e in small] == ["rotate(45 219 145.5)"]


def test_names_of_the_series_are_the_callers() -> None:
    naming = Naming(Message("Your team"), Message("The trust"), Message("the trust"))
    picture = radar(example(), SCALE, naming=naming)
    assert "Assets 2.3, the trust 2.1" in picture.svg
    assert [trace["name"] for trace in picture.figure["data"]] == ["The trust", "Your team"]


def test_hidden_medians_are_said_and_break_their_line() -> None:
    spokes = [Spoke(s.name, s.own, Peers(TOO_FEW, TOO_FEW, TOO_FEW)) for s in example()]
    picture = radar(spokes, SCALE)
    assert "Assets 2.3, peers hidden" in str(picture.description)
    assert "s-peer" not in picture.svg
    assert len(picture.figure["data"]) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([2.0, 2.0, 2.0], "Much the same in three principles"),
        ([3.0, 2.0, 1.0], "Strongest in A, with most room to grow in C"),
        ([3.0, 3.0, 1.0], "Strongest in A and B, with most room to grow in C"),
        ([3.0, 1.0, 1.0, 1.0], "Strongest in A, with most room to grow in B, C and D"),
        ([], "No principle can be shown yet"),
    ],
)
def test_the_headline_follows_from_the_figures(values: list[float], said: str) -> None:
    spokes = [Spoke(name, Shown(value)) for name, value in zip("ABCD", values, strict=False)]
    assert str(headline([*spokes, Spoke("E", TOO_FEW)])) == said


# Geometry


def test_the_first_axis_points_up_and_the_rest_follow_clockwise() -> None:
    assert place(0, 6, 100) == pytest.approx((180, 68))
    assert place(1, 6, 100) == pytest.approx((266.6, 118), abs=0.05)
    assert place(3, 6, 100) == pytest.approx((180, 268))


@given(st.lists(st.none() | st.floats(0, 4), min_size=3, max_size=12))
def test_runs_hold_each_shown_axis_once_and_never_bridge_a_gap(values: list[float | None]) -> None:
    found = runs(values)
    assert sorted(k for run in found for k in run) == [k for k, value in enumerate(values) if value is not None]
    count = len(values)
    assert all((b - a) % count == 1 for run in found for a, b in pairwise(run))


def test_distance_to_a_segment() -> None:
    a, b = place(0, 4, 0), place(1, 4, 10)
    assert apart(place(0, 4, 3), a, b) == pytest.approx(3)
    assert apart(place(1, 4, 14), a, b) == pytest.approx(4)
    assert apart(place(1, 4, 14), b, b) == pytest.approx(4)


@pytest.mark.parametrize("top", range(1, 7))
@pytest.mark.parametrize("axes", range(3, 13))
def test_ring_numbers_never_touch_and_hold_the_top(axes: int, top: int) -> None:
    numbers = ring_numbers(axes, top, 100)
    assert numbers[-1] == top
    places = [at for _, at in ring_places(axes, top, 100, [])]
    assert all(((p.x - q.x) ** 2 + (p.y - q.y) ** 2) ** 0.5 >= 16.9 for p, q in combinations(places, 2))


@given(st.integers(3, 12), st.data())
def test_ring_numbers_stand_where_there_is_most_room(axes: int, data: st.DataObject) -> None:
    shares = data.draw(st.lists(st.floats(0, 1), min_size=axes, max_size=axes))
    lines = segments([place(k, axes, 100 * share) for k, share in enumerate(shares)])

    def room(gap: int) -> float:
        turned = [(place(k - gap, axes, 100 * s), k) for k, s in enumerate(shares)]
        around = segments([at for at, _ in turned])
        return min(apart(place(0.5, axes, at), a, b) for at in distances for a, b in around)

    distances = [((at.x - 180) ** 2 + (at.y - 168) ** 2) ** 0.5 for _, at in ring_places(axes, 4, 100, lines)]
    chosen = min(apart(at, a, b) for _, at in ring_places(axes, 4, 100, lines) for a, b in lines)
    assert chosen >= max(map(room, range(axes))) - 0.11


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Assets", ("Assets",)),
        ("Building capacity", ("Building", "capacity")),
        ("Time and money", ("Time and", "money")),
        ("Interdependencies", ("Interdepende…",)),
    ],
)
def test_names_break_in_two_and_what_is_too_long_is_cut(name: str, lines: tuple[str, ...]) -> None:
    assert broken(name, 13) == lines


def boxes(labels: tuple[Label, ...], em: float) -> list[tuple[float, float, float, float]]:
    found = []
    for label in labels:
        wide = max(map(len, label.block.lines)) * 0.52 * em
        left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
        top = label.y + label.first * em - 0.72 * em
        found.append((left, top, left + wide, top + ((len(label.block.lines) - 1) * 1.2 + 0.72) * em))
    return found


@given(st.lists(names(8), min_size=3, max_size=12), st.sampled_from([17.5, 15.0, 13.0, 11.0, 9.75]))
def test_words_at_the_axes_never_touch_and_stay_on_the_page(given_names: list[str], em: float) -> None:
    radius, labels = set_labels(given_names, ["2.3"] * len(given_names))
    assert 58 <= radius <= 100
    found = boxes(labels, em)
    for (a0, b0, a1, b1), (c0, d0, c1, d1) in combinations(found, 2):
        assert a1 <= c0 or c1 <= a0 or b1 <= d0 or d1 <= b0
    assert all(left >= -17 and right <= 377 and top >= 20 and bottom <= 320 for left, top, right, bottom in found)


def test_a_scale_of_seven_levels_numbers_every_second_ring_where_rings_are_near() -> None:
    spokes = [Spoke(name, Shown(1.0)) for name in "ABC"]
    ticks = [e.text for e in parsed(radar(spokes, levels(6)).svg) if e.get("class") == "tick"]
    assert ticks == ["3", "6"]
