"""What may not be shown cannot be drawn, and every number that is drawn stands in the table."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.charts.field import Group, field
from assessment.charts.minis import mini
from assessment.charts.picture import Picture
from assessment.charts.radar import radar
from assessment.charts.ranges import ranges
from assessment.charts.spoke import Spoke
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message
from tests.unit.charts.chart_samples import (
    ABOUT,
    NO_ANSWER,
    SCALE,
    TOO_FEW,
    decimals,
    drawn_texts,
    example,
    figures,
    groups_of_peers,
    levels,
    names,
    pictures,
    plotted_texts,
    plotted_values,
    table_texts,
)

Draw = Callable[[Sequence[Spoke], Sequence[Level]], Picture]


def small(spokes: Sequence[Spoke], scale: Sequence[Level]) -> Picture:
    return mini("Housing", spokes, scale, prefix="d0")


DRAWN: list[Draw] = [radar, ranges, small]


def published(figures_in: Sequence[Figure | None]) -> set[float]:
    shown = [figure for figure in figures_in if isinstance(figure, Shown)]
    return {value for one in shown for value in (one.value, one.low, one.high) if value is not None}


def inputs(spokes: Sequence[Spoke]) -> set[float]:
    peers = [spoke.peers for spoke in spokes if spoke.peers]
    drawn: list[Figure | None] = [spoke.own for spoke in spokes]
    drawn += [figure for one in peers for figure in (one.median, one.lower, one.upper)]
    return published(drawn) | {spoke.target for spoke in spokes if spoke.target is not None}


def as_text(values: set[float]) -> set[str]:
    return {f"{value:.1f}" for value in values}


def check(picture: Picture, allowed: set[float]) -> None:
    told = decimals(table_texts(picture))
    assert decimals(drawn_texts(picture)) <= told <= as_text(allowed)
    if picture.figure:
        assert set(plotted_values(picture.figure)) <= allowed
        assert as_text(set(plotted_values(picture.figure))) <= told
        assert decimals(plotted_texts(picture.figure)) <= told


@pytest.mark.parametrize("draw", DRAWN)
@given(picture=pictures())
def test_every_number_drawn_is_in_the_table_and_was_published(
    draw: Draw, picture: tuple[list[Spoke], list[Level]]
) -> None:
    spokes, scale = picture
    check(draw(spokes, scale), inputs(spokes))


@given(st.integers(1, 6).flatmap(lambda top: st.tuples(st.just(top), st.lists(groups_of_peers(top), max_size=9))))
def test_every_number_of_the_field_is_in_the_table(given_: tuple[int, list[Peers | None]]) -> None:
    top, cells = given_
    groups = [Group(f"Sector {k}", Message("20"), Message("20 services"), p or TOO_FEW) for k, p in enumerate(cells)]
    peers = [cell for cell in cells if cell]
    picture = field("Assets", groups, levels(top))
    check(picture, published([figure for p in peers for figure in (p.median, p.lower, p.upper)]))
    whole = [lane for lane in picture.lanes.rows if "hidbox" in lane.svg] if picture.lanes else []
    assert len(whole) == sum(cell is None or isinstance(cell.median, Hidden) for cell in cells)


@pytest.mark.parametrize("draw", DRAWN)
@settings(max_examples=25, deadline=None)
@given(picture=pictures(fewest=1))
def test_plotly_takes_the_figure(draw: Draw, picture: tuple[list[Spoke], list[Level]]) -> None:
    figure = draw(*picture).figure
    plotly.graph_objects.Figure(figure)
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


@pytest.mark.parametrize("wrong", [2.3, None, "2.3", {"value": 2.3}, object()])
@pytest.mark.parametrize("draw", DRAWN)
def test_only_published_figures_are_drawn(draw: Draw, wrong: Any) -> None:
    for spoke in (Spoke("Trust", wrong), Spoke("Trust", Shown(1.0), Peers(wrong, TOO_FEW, TOO_FEW))):
        with pytest.raises(TypeError):
            draw([*example()[:3], spoke], SCALE)


@pytest.mark.parametrize("wrong", [2.3, Shown(2.3), "2.3", [2.3]])
@pytest.mark.parametrize("draw", DRAWN)
def test_only_published_peer_groups_are_drawn(draw: Draw, wrong: Any) -> None:
    with pytest.raises(TypeError):
        draw([*example()[:3], Spoke("Trust", Shown(1.0), wrong)], SCALE)
    with pytest.raises(TypeError):
        field("Trust", [Group("Health", Message("20"), Message("20 services"), wrong)], SCALE)


@pytest.mark.parametrize("value", [2.33, -0.1, 4.1, float("nan"), float("inf"), 0.1 + 0.2])
@pytest.mark.parametrize("draw", DRAWN)
def test_a_figure_unrounded_or_off_the_scale_is_refused(draw: Draw, value: float) -> None:
    peers = Peers(Shown(1.0), Shown(value), Shown(2.0))
    for spoke in (
        Spoke("Trust", Shown(value)),
        Spoke("Trust", Shown(1.0, low=value, high=2.0)),
        Spoke("Trust", Shown(1.0), peers),
        Spoke("Trust", Shown(1.0), target=value),
    ):
        with pytest.raises(ValueError, match="is not a figure"):
            draw([*example()[:3], spoke], SCALE)
    with pytest.raises(ValueError, match="is not a figure"):
        field("Trust", [Group("Health", Message("20"), Message("20 services"), peers)], SCALE)


@pytest.mark.parametrize("wrong", [True, "2", [2.0]])
def test_a_figure_is_a_number(wrong: Any) -> None:
    with pytest.raises(TypeError):
        radar([*example()[:3], Spoke("Trust", Shown(wrong))], SCALE)


@pytest.mark.parametrize("draw", DRAWN)
def test_what_is_no_spoke_is_refused(draw: Draw) -> None:
    rows: Any = [("Assets", 2.3)] * 3
    with pytest.raises(TypeError):
        draw(rows, SCALE)


@pytest.mark.parametrize("scale", [[], SCALE[:1], SCALE[1:], [*SCALE, *SCALE]])
@pytest.mark.parametrize("draw", DRAWN)
def test_a_scale_runs_from_0_in_2_to_7_levels(draw: Draw, scale: list[Level]) -> None:
    with pytest.raises(ValueError, match="2 to 7 levels"):
        draw(example(), scale)


@pytest.mark.parametrize("draw", DRAWN)
def test_more_than_twelve_principles_are_refused(draw: Draw) -> None:
    with pytest.raises(ValueError, match="at most 12"):
        draw([Spoke(f"P{k}", Shown(1.0)) for k in range(13)], SCALE)


def test_hidden_and_absent_differ_and_say_why() -> None:
    spokes = [*example()[:3], Spoke("Trust", TOO_FEW), Spoke("Care", NO_ANSWER)]
    picture = ranges(spokes, SCALE)
    cells = {row.header: str(row.cells[0]) for row in picture.table.rows}
    assert cells["Trust"] == "Hidden: fewer than 10 services"
    assert cells["Care"] == "Fewer than half of its statements were answered"
    assert "Trust: hidden, fewer than 10 services" in str(picture.description)
    assert "Care: no score, Fewer than half" in str(picture.description)


def test_the_table_of_the_range_plot_holds_every_column_asked_for() -> None:
    picture = ranges(example(), SCALE, positions=[ABOUT] * 6)
    assert [str(column.label) for column in picture.table.columns] == [
        "Principle",
        "This service",
        "Rests on",
        "Our target",
        "Peers’ median",
        "Peers’ middle half",
        "Beside peers",
    ]
    first = picture.table.rows[0]
    assert first.header == "Assets"
    assert [str(cell) for cell in first.cells] == ["2.3", "6 of 6 statements", "2.5", "2.1", "1.7 to 2.5", str(ABOUT)]
    assert str(picture.table.caption) == "The same numbers, from 0 (Not yet) to 4 (Shared)"


def test_columns_that_nothing_fills_are_left_out() -> None:
    alone = [Spoke(name, Shown(1.5)) for name in ("Assets", "Trust", "Care")]
    assert [str(column.label) for column in ranges(alone, SCALE).table.columns] == ["Principle", "This service"]
    some = [*alone, Spoke("Power", Shown(1.5, 12, 1.0, 2.0, 5), None, 2.0, 6)]
    rows = ranges(some, SCALE).table.rows
    assert [str(cell) for cell in rows[0].cells] == ["1.5", "None", "Too few levels", "None"]
    assert [str(cell) for cell in rows[3].cells] == ["1.5", "1.0 to 2.0", "5 of 6 statements", "2.0"]


def test_positions_match_the_principles() -> None:
    with pytest.raises(ValueError, match="2 positions for 6"):
        ranges(example(), SCALE, positions=[ABOUT] * 2)


@given(st.lists(st.tuples(names(), figures(4)), min_size=3, max_size=12))
def test_words_pass_through_the_translator(rows: list[tuple[str, Figure]]) -> None:
    said: list[Message] = []

    def welsh(message: Message) -> str:
        said.append(message)
        return f"[{message}]"

    spokes = [Spoke(name, figure) for name, figure in rows]
    picture = radar(spokes, SCALE, translate=welsh)
    if picture.svg:
        assert f"[{picture.description}]" in picture.svg
        assert f"[{'hidden' if TOO_FEW in [s.own for s in spokes] else picture.description}]" in picture.svg
