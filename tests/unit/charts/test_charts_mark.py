from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import cos, dist, pi, sin

import pytest

from assessment.charts.mark import Seat, hero, mark
from assessment.charts.pips import pips
from tests.unit.charts.chart_samples import parsed

SIX: tuple[Seat, ...] = ("on", "part", "to-come", "to-come", "on", "to-come")
NAMES = ["Assets", "Building capacity", "Reciprocity", "Blurred roles", "Peer networks", "Catalysing"]


def test_the_mark_of_the_task_list(golden: Callable[[str, str], None]) -> None:
    golden("mark.svg", mark(SIX, 76))
    assert [e.get("class") for e in parsed(mark(SIX))][1:] == [
        "seat on",
        "seat part",
        "seat",
        "seat",
        "seat on",
        "seat",
    ]


def test_the_table_of_the_start_page(golden: Callable[[str, str], None]) -> None:
    golden("hero.svg", hero(NAMES, [0.72, 0.58, 0.65, 0.4, 0.85, 0.55], "A table seen from above, with six seats."))


@pytest.mark.parametrize("count", range(3, 13))
def test_seats_never_touch_and_stay_on_the_picture(count: int) -> None:
    root = parsed(mark(("on",) * count))
    seats = [e for e in root if "seat" in e.attrib["class"]]
    assert len(seats) == count
    half, inner, outer = float(seats[0].attrib["width"]) / 2, 20, 27.5
    corners = [
        [(x * cos(t) - y * sin(t), x * sin(t) + y * cos(t)) for x in (-half, half) for y in (inner, outer)]
        for t in (2 * pi * k / count for k in range(count))
    ]
    assert all(dist(a, b) > 1 for one, other in combinations(corners, 2) for a in one for b in other)
    table = [tuple(map(float, pair.split(","))) for pair in root[0].attrib["points"].split()]
    assert all(0 <= x <= 64 and 0 <= y <= 64 for x, y in table)


@pytest.mark.parametrize("count", [0, 2, 13])
def test_a_table_has_three_to_twelve_seats(count: int) -> None:
    with pytest.raises(ValueError, match="3 to 12 seats"):
        mark(("on",) * count)
    with pytest.raises(ValueError, match="3 to 12 seats"):
        hero(["A"] * count, [0.5] * count, "A table")


def test_the_shape_on_the_table_has_a_point_a_seat() -> None:
    with pytest.raises(ValueError, match="2 shares for 6 seats"):
        hero(NAMES, [0.5, 0.5], "A table")


@pytest.mark.parametrize("count", range(3, 13))
def test_the_large_mark_shows_names_as_text(count: int) -> None:
    root = parsed(hero(["<b> x"] * count, [0.5] * count, 'A "table"'))
    assert root.get("aria-label") == 'A "table"'
    assert len(root.findall("text")) == count


def test_pips_fill_up_to_the_level() -> None:
    root = parsed(pips(2, 4))
    assert root.get("viewBox") == "0 0 84 14"
    assert [e.get("class") for e in root] == ["p on", "p on", "p", "p"]
    assert len(parsed(pips(0, 6))) == 6


@pytest.mark.parametrize("level", [-1, 5])
def test_pips_stay_on_the_scale(level: int) -> None:
    with pytest.raises(ValueError, match="not a level"):
        pips(level, 4)
