"""The field's own pictures: how services spread, and the years with the services of two of them beside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assessment.charts.histogram import histogram
from assessment.charts.trend import Matched, Trend, trends
from assessment.disclosure.benchmark import Member, peers
from assessment.disclosure.shown import Bin, Peers, Shown
from tests.unit.charts.chart_samples import NO_ANSWER, SCALE, TOO_FEW, parsed


def group(*values: int) -> Peers:
    """What a group of services with these scores, in tenths, publishes."""
    return peers([Member(f"r{k}", f"s{k}", f"o{k % 5}", value) for k, value in enumerate(values)])


SPREAD = group(*[3] * 6, *[14] * 12, *[17] * 3, *[22] * 4, *[39] * 7)


def at(value: float, low: float, high: float, n: int = 40) -> Peers:
    return Peers(Shown(value, n), Shown(low, n), Shown(high, n))


def test_the_histogram_is_drawn_as_before(golden: Callable[[str, str], None]) -> None:
    picture = histogram("Assets, the whole network", SPREAD, SCALE)
    assert picture.lanes is not None
    golden("histogram.svg", picture.lanes.rows[0].svg)


def test_bars_stand_over_the_scores_they_hold_and_their_area_is_the_number_of_services() -> None:
    picture = histogram("Assets", SPREAD, SCALE)
    assert picture.lanes is not None
    boxes = [one for one in parsed(picture.lanes.rows[0].svg).iter() if one.tag == "rect"]
    widths = [float((box.get("width") or "").rstrip("%")) / 94 * 4 for box in boxes]
    heights = [float(box.get("height") or 0) for box in boxes]
    counts = [bar.services for bar in SPREAD.bins]
    # 0 to 0.5, then two half levels together, 1.5 to 2.5 likewise, and the rest of the scale.
    assert widths == pytest.approx([0.5, 1.0, 1.0, 1.5], abs=0.01)
    areas = [width * height for width, height in zip(widths, heights, strict=True)]
    assert [area / areas[0] for area in areas] == pytest.approx([count / counts[0] for count in counts], abs=0.02)


def test_the_table_and_the_sentence_hold_the_same_numbers() -> None:
    picture = histogram("Assets", SPREAD, SCALE)
    assert [(row.header, str(row.cells[0])) for row in picture.table.rows] == [
        ("0.0 to 0.5", "5"),
        ("0.6 to 1.5", "10"),
        ("1.6 to 2.5", "5"),
        ("2.6 to 4.0", "5"),
    ]
    assert str(picture.description) == (
        "Assets, services by score. 0.0 to 0.5: 5, 0.6 to 1.5: 10, 1.6 to 2.5: 5, 2.6 to 4.0: 5. The median is 1.4."
    )
    (trace,) = picture.figure["data"]
    assert trace["text"] == ["5", "10", "5", "5"] and trace["width"] == pytest.approx([0.5, 1, 1, 1.5])


def test_a_group_too_small_or_hidden_has_no_bars_and_says_why() -> None:
    for given, said in (
        (group(*[10] * 12), "Hidden: How services spread is shown from 20 services"),
        (TOO_FEW, "Hidden: fewer than 10 services"),
    ):
        picture = histogram("Assets", given, SCALE)
        assert picture.lanes is not None and "hidbox" in picture.lanes.rows[0].svg
        assert str(picture.table.rows[0].cells[0]) == said and str(picture.description) == f"Assets: {said}"
        assert picture.figure["data"] == []


def test_only_published_bars_on_the_scale_are_drawn() -> None:
    with pytest.raises(TypeError):
        histogram("Assets", 2.3, SCALE)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one decimal"):
        histogram("Assets", Peers(Shown(1), Shown(1), Shown(1), bins=(Bin(0, 5), Bin(4.6, 5))), SCALE)


YEARS = (2024, 2025, 2026)
ASSETS = Trend(
    "Assets",
    (at(1.2, 0.8, 1.9), at(1.4, 1.0, 2.1), Peers(Shown(1.6, 10), TOO_FEW, TOO_FEW)),
    (
        Matched((2024, 2025), at(1.1, 0.9, 1.5, 20), at(1.3, 0.9, 1.5, 25)),
        Matched((2025, 2026), at(1.5, 1, 2, 30), at(1.5, 1, 2, 30)),
    ),
)


def test_the_trend_is_drawn_as_before(golden: Callable[[str, str], None]) -> None:
    golden("trend.svg", trends([ASSETS], YEARS, SCALE).picture.panels[0].svg)


def test_beside_each_trend_stand_the_services_of_two_years() -> None:
    found = trends([ASSETS], YEARS, SCALE)
    assert [str(cell) for cell in found.picture.table.rows[0].cells] == ["1.2 (0.8 to 1.9)", "1.4 (1.0 to 2.1)", "1.6"]
    assert found.matched is not None
    assert [str(column.label) for column in found.matched.columns] == [
        "Principle",
        "Both 2024 and 2025",
        "Both 2025 and 2026",
    ]
    assert [str(cell) for cell in found.matched.rows[0].cells] == [
        "1.1 then, 1.3 now (20 and 25 services)",
        "1.5 then, 1.5 now (30 services)",
    ]
    svg = found.picture.panels[0].svg
    assert (
        found.draws_matched and svg.count("d-peer") == 4 and svg.count("s-peer") == 2 and svg.count('class="mid"') == 2
    )
    assert "Services in both 2024 and 2025: 1.1 then, 1.3 now (20 and 25 services)." in svg


@pytest.mark.parametrize("side", ["then", "now"])
def test_where_one_of_two_is_hidden_both_are(side: str) -> None:
    shown = at(3.3, 3, 4)
    pair = Matched((2024, 2025), *((TOO_FEW, shown) if side == "then" else (shown, TOO_FEW)))
    found = trends(
        [Trend("Assets", (at(1, 1, 1), TOO_FEW), (pair,)), Trend("Catalysing", (NO_ANSWER,) * 2)], YEARS[:2], SCALE
    )
    assert found.matched is not None
    assert [str(row.cells[0]) for row in found.matched.rows] == ["Hidden: fewer than 10 services", "–"]
    assert "3.3" not in "".join(panel.svg for panel in found.picture.panels) and not found.draws_matched
    assert [str(cell) for cell in found.picture.table.rows[0].cells] == [
        "1.0 (1.0 to 1.0)",
        "Hidden: fewer than 10 services",
    ]


def test_without_services_of_two_years_there_is_no_second_table() -> None:
    assert trends([Trend("Assets", (at(1, 1, 1), at(2, 2, 2)))], YEARS[:2], SCALE).matched is None
    with pytest.raises(TypeError):
        trends([Trend("Assets", (1.0, 2.0))], YEARS[:2], SCALE)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one decimal"):
        trends([Trend("A", (at(1, 1, 1), at(9, 9, 9)))], YEARS[:2], SCALE)
