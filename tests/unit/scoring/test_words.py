"""From figures to words: headline, position, bands, shading and next steps."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.questionnaire.answer import Answer
from assessment.questionnaire.message import Message
from assessment.scoring.apart import clearly_apart, middle_half
from assessment.scoring.bands import band, nearest_level
from assessment.scoring.headline import beside_peers, headline, joined, listing, number
from assessment.scoring.next_steps import next_step, strongest_statement
from assessment.scoring.position import Position, position
from assessment.scoring.spread import sample_quantile
from tests.unit.scoring.questionnaires import statement

NAMES = ("Assets", "Building capacity", "Reciprocity", "Blurred roles", "Peer networks", "Catalysing")
ABOVE, BELOW, WITHIN = Position.ABOVE, Position.BELOW, Position.WITHIN


def six(*scores: float | None) -> dict[str, float | None]:
    return dict(zip(NAMES, scores, strict=False))


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        (six(2.3, 1.8, 1.8, 1.2, 2.8, 2.0), "Strongest in Peer networks, with most room to grow in Blurred roles"),
        (
            six(2.8, 1.8, 1.8, 1.2, 2.8, 2.0),
            "Strongest in Assets and Peer networks, with most room to grow in Blurred roles",
        ),
        (
            six(2.8, 1.2, 1.8, 1.2, 2.7, 2.0),
            "Strongest in Assets, with most room to grow in Building capacity and Blurred roles",
        ),
        (six(2.8, 2.8, 2.8, 1.2, 1.3, 2.0), "Most room to grow in Blurred roles"),
        (six(2.8, 1.2, 1.2, 1.2, 1.3, 2.0), "Strongest in Assets"),
        (six(2.8, 2.8, 1.2, 1.2, 1.2, 2), "Strongest in Assets and Building capacity"),
        (six(2.8, 2.8, 2.8, 1.2, 1.2, 2), "Most room to grow in Blurred roles and Peer networks"),
        (
            six(2.8, 2.8, 1.2, 1.2, 2, 2),
            "Strongest in Assets and Building capacity, with most room to grow in Reciprocity and Blurred roles",
        ),
        (
            six(3, 3, 3, 1, 1, 1),
            "Stronger in three principles, with more room to grow in three",
        ),
        (six(2, 2, 2, 2, 2, 2), "Much the same across all six"),
        (six(4, 4, 4, 4, 4, 4), "Much the same across all six"),
        (six(2.3, 1.9, 2, 2, 2, 2), "Much the same across all six"),
        (six(2.3, 1.8, 2, 2, 2, 2), "Strongest in Assets, with most room to grow in Building capacity"),
        (six(2.3, 2, None, 2, 2, 2), "Much the same across the five that have a result"),
        (
            six(None, 2.3, None, None, 3, None),
            "Strongest in Peer networks, with most room to grow in Building capacity",
        ),
        (six(None, 2.3, None, None, None, None), "Only Building capacity has enough answers for a result yet"),
        (six(None, None, None, None, None, None), "No principle has enough answers for a result yet"),
    ],
)
def test_headlines(scores: dict[str, float | None], sentence: str) -> None:
    assert str(headline(scores)) == sentence


@given(st.lists(st.one_of(st.none(), st.integers(0, 40)), min_size=3, max_size=12))
def test_a_headline_can_be_traced_to_the_figures(tenths: list[int | None]) -> None:
    scores = {f"<{index}>": None if value is None else value / 10 for index, value in enumerate(tenths)}
    shown = [value for value in scores.values() if value is not None]
    said = str(headline(scores))
    strongest, _, room = said.partition("ost room to grow in ")
    for name, score in scores.items():
        assert name not in strongest or said.startswith("Only") or score == max(shown)
        assert name not in room or score == min(shown)
    assert not {"weak", "poor", "good", "best", "worst", "excellent"} & set(said.lower().split())


@pytest.mark.parametrize(
    ("positions", "where"),
    [
        ((WITHIN, WITHIN, WITHIN, WITHIN, ABOVE, WITHIN), "above the middle half in Peer networks "
         "and within it in the other five"),
        ((BELOW, WITHIN, WITHIN, WITHIN, WITHIN, WITHIN), "below the middle half in Assets "
         "and within it in the other five"),
        (
            (ABOVE, BELOW, BELOW, WITHIN, WITHIN, WITHIN),
            "above the middle half in Assets, below it in Building capacity and Reciprocity "
            "and within it in the other three",
        ),
        ((ABOVE, ABOVE, ABOVE, BELOW, BELOW, WITHIN), "above the middle half in Assets, Building capacity "
         "and Reciprocity, below it in Blurred roles and Peer networks and within it in Catalysing"),
        ((ABOVE, BELOW), "above the middle half in Assets and below it in Building capacity"),
        ((WITHIN,) * 6, "within the middle half in all six"),
        ((ABOVE,) * 6, "above the middle half in all six"),
        ((BELOW,) * 2, "below the middle half in all two"),
        ((None, WITHIN, None), "within the middle half in Building capacity"),
        ((None, ABOVE, None), "above the middle half in Building capacity"),
        ((None, BELOW, None), "below the middle half in Building capacity"),
    ],
)  # fmt: skip
def test_sentences_about_peers(positions: tuple[Position | None, ...], where: str) -> None:
    said = beside_peers(Message("social care services"), "Carers’ Support", dict(zip(NAMES, positions, strict=False)))
    assert str(said) == f"Beside social care services, Carers’ Support is {where}."


def test_no_sentence_about_peers_where_nothing_is_compared() -> None:
    assert beside_peers("all", "Us", dict.fromkeys(NAMES)) is None


def test_names_and_numbers_as_one_would_say_them() -> None:
    assert [str(listing(NAMES[:n])) for n in (1, 2, 3)] == [
        "Assets",
        "Assets and Building capacity",
        "Assets, Building capacity and Reciprocity",
    ]
    assert str(joined([Message("a"), Message("b"), Message("c"), Message("d")])) == "a, b, c and d"
    assert [str(number(n)) for n in (1, 2, 7, 12, 13)] == ["1", "two", "seven", "twelve", "13"]
    assert str(number(9)) + str(number(10)) + str(number(11)) == "nineteneleven"
    assert [str(number(n)) for n in (3, 4, 5, 6, 8)] == ["three", "four", "five", "six", "eight"]


@pytest.mark.parametrize(("value", "where"), [(0.9, BELOW), (1.0, WITHIN), (1.5, WITHIN), (2.0, WITHIN), (2.1, ABOVE)])
def test_positions_beside_the_middle_half(value: float, where: Position) -> None:
    assert position(value, (1.0, 2.0)) is where


def test_no_position_without_a_middle_half() -> None:
    assert position(2.0, None) is None


def test_positions_in_words_are_never_likely() -> None:
    words = [str(its.words) for its in (BELOW, WITHIN, ABOVE)]
    assert words == ["Below the middle half", "Within the middle half", "Above the middle half"]


@pytest.mark.parametrize(
    ("score", "top", "level"),
    [(0.0, 4, 0), (0.4, 4, 0), (0.5, 4, 1), (2.4, 4, 2), (2.5, 4, 3), (3.4, 4, 3), (3.5, 4, 4), (4.0, 4, 4),
     (1.0, 1, 1), (-0.6, 4, 0), (4.6, 4, 4)],
)  # fmt: skip
def test_the_nearest_level(score: float, top: int, level: int) -> None:
    assert nearest_level(score, top) == level


@pytest.mark.parametrize(
    ("score", "top", "name"),
    [(1.4, 4, "low"), (1.5, 4, "middle"), (2.5, 4, "middle"), (2.6, 4, "high"), (2.9, 8, "low"), (5.1, 8, "high")],
)
def test_bands(score: float, top: int, name: str) -> None:
    assert band(score, top) == name


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.sampled_from([0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]))
def test_sample_quantiles_are_those_of_numpy(values: list[int], share: float) -> None:
    found = sample_quantile(values, Fraction(str(share)))
    assert float(found) == pytest.approx(float(np.quantile(values, share)), abs=1e-9)


def test_no_values_have_no_quantile() -> None:
    with pytest.raises(ValueError, match=r"^no values have no quantile$"):
        sample_quantile([], Fraction(1, 2))


SPREAD = [10, 12, 14, 16, 18, 18, 20, 22, 24, 26]  # tenths: median 1.8, middle half 1.45 to 2.15


@pytest.mark.parametrize(
    ("value", "side"),
    [(2.3, "above"), (2.2, None), (1.3, "below"), (1.4, None), (1.8, None), (4.0, "above"), (0.0, "below")],
)
def test_a_figure_is_clearly_apart_from_half_a_level_outside_the_middle_half(value: float, side: str | None) -> None:
    assert clearly_apart(value, middle_half(SPREAD)) == side


def test_no_figure_is_apart_from_fewer_than_ten_services() -> None:
    assert clearly_apart(4.0, middle_half(SPREAD[:9])) is None
    assert clearly_apart(4.0, middle_half(SPREAD)) == "above"


def test_where_scores_are_spread_wide_half_a_level_is_not_enough() -> None:
    wide = middle_half([0, 0, 0, 0, 20, 20, 40, 40, 40, 40])
    assert clearly_apart(3.0, wide) is None
    assert clearly_apart(1.0, wide) is None
    assert clearly_apart(4.0, wide) is None and clearly_apart(0.0, wide) is None


def test_where_there_is_an_interval_the_median_lies_outside_it() -> None:
    spread = middle_half(SPREAD)
    assert clearly_apart(2.6, spread, (1.9, 3.2)) == "above" and clearly_apart(2.6, spread, (1.8, 3.3)) is None
    assert clearly_apart(1.0, spread, (0.4, 1.7)) == "below" and clearly_apart(1.0, spread, (0.3, 1.8)) is None


FOUR = tuple(statement("P", number) for number in range(4))


def said(*levels: int | None) -> dict[str, Answer]:
    given = {f"P{number}": Answer(level) for number, level in enumerate(levels) if level is not None}
    return given | {"P9": Answer(0)}


def test_the_next_step_is_for_the_first_of_the_lowest_levels() -> None:
    step = next_step(said(3, 1, 1, None), FOUR)
    assert step and (step.statement, step.at, step.text) == (FOUR[1], 1, "step from 1")


def test_a_not_applicable_statement_gets_no_step() -> None:
    step = next_step(said(3, 2) | {"P2": Answer(other="not-applicable")}, FOUR)
    assert step and (step.statement, step.at) == (FOUR[1], 2)


def test_no_next_step_at_the_top_or_without_answers_or_without_steps() -> None:
    assert next_step(said(4, 4, 4, 4), FOUR) is None
    assert next_step({}, FOUR) is None
    assert next_step(said(0), [statement("P", 0, steps=False)]) is None


def test_the_strongest_statement_is_the_first_of_the_highest() -> None:
    assert strongest_statement(said(1, 3, 3, 0), FOUR) is FOUR[1]
    assert strongest_statement(said(1, 3), FOUR) is FOUR[1]
    assert strongest_statement({"P0": Answer(other="dont-know")}, FOUR) is None
