"""Stacked bars, and then beside now."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.charts.since import Turn, since
from assessment.charts.stacked import Bar, shade, stacked
from assessment.disclosure.shown import Counted, Hidden, Shown
from assessment.questionnaire.message import Message
from tests.unit.charts.chart_samples import NO_ANSWER, SCALE, TOO_FEW, levels, parsed

AGREE = Message("They agree")


def svgs(picture: Any) -> list[str]:
    return [lane.svg for lane in picture.lanes.rows]


def test_a_bar_has_a_piece_for_each_level_somebody_chose_with_the_count_inside() -> None:
    picture = stacked([Bar("We listen.", Counted((5, 0, 4, 4, 1)), AGREE)], SCALE)
    [drawn] = [parsed(svg) for svg in svgs(picture)]
    pieces = [piece for piece in drawn.iter() if piece.tag.endswith("rect")]
    assert [piece.get("class") for piece in pieces] == ["b b0", "b b2", "b b3", "b b4"]
    assert [text.text for text in drawn.iter() if text.tag.endswith("text")] == ["5", "4", "4", "1"]
    assert sum(float((piece.get("width") or "").rstrip("%")) for piece in pieces) == pytest.approx(100, abs=0.05)
    assert str(picture.description) == "We listen: Not yet 5, Trying 0, In places 4, Usual 4, Shared 1."
    assert [trace["x"] for trace in picture.figure["data"]] == [[5], [0], [4], [4], [1]]


def test_a_piece_too_narrow_for_its_count_has_none_and_the_table_still_says_it() -> None:
    picture = stacked([Bar("A", Counted((99, 0, 0, 0, 1)))], SCALE)
    assert svgs(picture)[0].count("<text") == 1
    assert [str(cell) for cell in picture.table.rows[0].cells] == ["99", "0", "0", "0", "1"]


def test_what_is_hidden_is_no_bar_and_says_why() -> None:
    picture = stacked([Bar("A", TOO_FEW), Bar("B", Counted((1, 2, 3, 4, 0)), AGREE, (AGREE,))], SCALE, more=[AGREE])
    assert 'class="hidbox"' in svgs(picture)[0] and 'class="b ' not in svgs(picture)[0]
    assert [str(cell) for cell in picture.table.rows[0].cells] == ["Hidden: fewer than 10 services", *["–"] * 5]
    assert str(picture.description).startswith("A: Hidden: fewer than 10 services. B: ")
    assert str(stacked([], SCALE).description) == "Nothing to show"


def test_only_counts_that_may_be_shown_are_drawn() -> None:
    with pytest.raises(TypeError):
        stacked([Bar("A", (1, 2, 3, 4, 5))], SCALE)  # type: ignore[arg-type]
    for counts in ((1, 2), (0, 0, 0, 0, 0)):
        with pytest.raises(ValueError, match="one count a level"):
            stacked([Bar("A", Counted(counts))], SCALE)
    with pytest.raises(ValueError, match="0 cells for 1 columns"):
        stacked([Bar("A", Counted((1, 2, 3, 4, 0)))], SCALE, more=[AGREE])


def test_on_every_scale_the_ends_have_the_end_shades() -> None:
    for top in range(1, 7):
        shades = [shade(level.value, top) for level in levels(top)]
        assert (shades[0], shades[-1]) == (0, 4) and shades == sorted(shades)


def test_then_and_now_stand_in_one_lane_with_both_ranges_and_no_line_between() -> None:
    turn = Turn("Assets", Shown(1.2, 12, 0.9, 1.6), Shown(2.3, 14, 1.9, 2.7), Message("Clear change"))
    picture = since([turn], SCALE, then="In 2025", now="In 2026")
    svg = svgs(picture)[0]
    assert svg.count('class="ci"') == svg.count('class="med"') == 3 and "path" in svg and "polyline" not in svg
    assert [str(cell) for cell in picture.table.rows[0].cells] == [
        "1.2 (0.9 to 1.6)",
        "2.3 (1.9 to 2.7)",
        "Clear change",
    ]
    assert "In 2025 1.2 (0.9 to 1.6), In 2026 2.3 (1.9 to 2.7), Clear change" in str(picture.description)
    assert [trace["x"] for trace in picture.figure["data"]] == [[1.2], [2.3]]


def test_a_bound_has_no_range_and_what_is_hidden_says_why() -> None:
    turns = [
        Turn("Assets", Shown(0.2, 6, bound="or below"), Shown(2.3, 14, 1.9, 2.7), Message("We cannot tell yet")),
        Turn("Catalysing", Shown(1.2, 12, 0.9, 1.6), NO_ANSWER, Message("Not shown in both")),
    ]
    picture = since(turns, SCALE, then="Then", now="Now")
    assert 'class="med"' not in svgs(picture)[0] and "Fewer than half" in svgs(picture)[1]
    assert str(picture.table.rows[0].cells[0]) == "0.2 or below"
    assert str(since([], SCALE, then="Then", now="Now").description) == "Nothing to show"
    with pytest.raises(TypeError):
        since([Turn("A", 2.3, Hidden(AGREE), AGREE)], SCALE, then="Then", now="Now")  # type: ignore[arg-type]
