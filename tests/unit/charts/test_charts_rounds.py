"""One voice round by round: every figure with its range, the oldest first, and no line between what was asked apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assessment.charts.plane import EDGE, WIDTH
from assessment.charts.rounds import MOST, Course, Sitting, over_rounds
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.questionnaire.message import Message
from tests.unit.charts.chart_samples import NO_ANSWER, SCALE, parsed

LOW = Hidden(Message("Low (a word only)"))
CLEAR = Message("Clear change: higher")


def sittings(count: int, unlike: Sequence[int] = ()) -> list[Sitting]:
    return [Sitting(f"{k + 1} May 2027", f"May {k + 1}", k not in unlike) for k in range(count)]


def figures(count: int) -> tuple[Figure, ...]:
    return tuple(Shown(round(1 + k / 10, 1), 12, round(0.5 + k / 10, 1), round(1.6 + k / 10, 1)) for k in range(count))


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in parsed(svg).iter() if one.tag == "text"]


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_every_round_has_its_mark_and_range_within_the_drawing(count: int) -> None:
    (panel,) = over_rounds([Course("Assets", figures(count))], sittings(count), SCALE).panels
    drawn = parsed(panel.svg)
    dots = [float(one.get("cx", "-1")) for one in drawn.iter("circle")]
    assert len(dots) == count and dots == sorted(dots) and all(EDGE < x < WIDTH for x in dots)
    assert panel.svg.count('class="ci"') == 3 * count and panel.svg.count('class="s-thin"') == count - 1


@pytest.mark.parametrize("count", [1, 2, 3, 4, 12])
def test_few_rounds_say_every_figure_and_day_and_many_the_first_and_the_last(count: int) -> None:
    picture = over_rounds([Course("Assets", figures(count))], sittings(count), SCALE)
    said = texts(picture.panels[0].svg)
    named = range(count) if count <= 3 else (0, count - 1)
    assert [one for one in said if one.startswith("May")] == [f"May {k + 1}" for k in named]
    assert [one for one in said if "." in one] == [f"{1 + k / 10:.1f}" for k in named]
    # The table and the sentence have them all.
    assert [row.header for row in picture.table.rows] == [f"{k + 1} May 2027" for k in range(count)]
    for k, row in enumerate(picture.table.rows):
        assert str(row.cells[0]) == f"{1 + k / 10:.1f} ({0.5 + k / 10:.1f} to {1.6 + k / 10:.1f})"
        assert f"{row.header} {row.cells[0]}" in str(picture.description)


def test_rounds_that_asked_something_else_are_not_joined() -> None:
    svg = over_rounds([Course("Assets", figures(4))], sittings(4, unlike=[2]), SCALE).panels[0].svg
    joins = [one for one in parsed(svg).iter("line") if one.get("class") == "s-thin"]
    dots = [float(one.get("cx", "-1")) for one in parsed(svg).iter("circle")]
    ends = [(float(one.get("x1", "0")), float(one.get("x2", "0"))) for one in joins]
    assert [(round(a), round(b)) for a, b in ends] == [
        (round(dots[0]), round(dots[1])),
        (round(dots[2]), round(dots[3])),
    ]


def test_what_is_hidden_is_a_dashed_box_and_what_is_absent_only_a_tick() -> None:
    course = Course("Assets", (Shown(1.2, 12, 0.8, 1.9), LOW, NO_ANSWER, Shown(2.4, 14, 1.9, 2.9)), CLEAR)
    picture = over_rounds([course], sittings(4), SCALE)
    svg = picture.panels[0].svg
    assert svg.count("hidbox") == 1 and svg.count("<circle") == 2 and "s-thin" not in svg
    assert svg.count('class="med"') == 4 and picture.panels[0].note == CLEAR
    assert [str(row.cells[0]) for row in picture.table.rows] == [
        "1.2 (0.8 to 1.9)",
        "Low (a word only)",
        str(NO_ANSWER.reason),
        "2.4 (1.9 to 2.9)",
    ]
    assert "2 May 2027 Low (a word only)" in str(picture.description) and "Clear change: higher." in str(
        picture.description
    )


def test_a_bound_leans_inwards_and_has_no_range() -> None:
    bound = Shown(0.2, 6, bound="or below")
    svg = over_rounds([Course("Assets", (bound, Shown(2.0), bound))], sittings(3), SCALE).panels[0].svg
    said = [one for one in parsed(svg).iter("text") if one.get("class") == "val"]
    assert [one.get("text-anchor") for one in said] == ["start", "middle", "end"] and 'class="ci"' not in svg


def test_of_more_than_twelve_the_last_are_drawn_and_the_table_has_all() -> None:
    picture = over_rounds([Course("Assets", figures(15))], sittings(15), SCALE)
    assert picture.panels[0].svg.count("<circle") == MOST and "May 4" in texts(picture.panels[0].svg)
    assert len(picture.table.rows) == 15 and str(picture.description).startswith("Assets: 4 May 2027 ")


def test_only_published_figures_on_the_scale_are_drawn() -> None:
    with pytest.raises(TypeError):
        over_rounds([Course("A", (1.0,))], sittings(1), SCALE)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one decimal"):
        over_rounds([Course("A", (Shown(4.1),))], sittings(1), SCALE)
    with pytest.raises(ValueError, match="1 figures for 2 rounds"):
        over_rounds([Course("A", (Shown(4),))], sittings(2), SCALE)
    with pytest.raises(ValueError, match="no round"):
        over_rounds([], [], SCALE)
