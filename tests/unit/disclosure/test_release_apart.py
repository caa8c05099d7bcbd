"""What one voice of a round held apart publishes, and what must hold of it whatever people answer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.release_apart import GIVES_AWAY, Voice, release_apart, release_safeguards
from assessment.disclosure.rounding import tenths, tenths_outwards
from assessment.disclosure.shown import Hidden, Shown
from assessment.disclosure.thresholds import K10, K, thresholds
from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Definition, Safeguard
from assessment.questionnaire.message import Message
from assessment.scoring.bands import band
from assessment.scoring.profile import ProfileError
from assessment.scoring.response import Response, VoiceName
from tests.unit.scoring.questionnaires import questionnaire

ASKED = questionnaire(principles=2, statements=2, short=1)
LEVELS = st.lists(st.integers(0, 4), max_size=14)


def released(
    levels: list[int], voice: VoiceName = "staff", asked: Definition = ASKED, limits: tuple[int, int] = (K, K10)
) -> dict[str, ReleaseCell]:
    """The cells where each person gives one level to every statement."""
    responses = [Response(voice, "full", {s.id: Answer(level) for s in asked.statements}) for level in levels]
    found = release_apart(asked, Voice(voice, "full", thresholds(*limits)), responses)
    return {cell.measure: cell for cell in found}


def cell(levels: list[int], voice: VoiceName = "staff") -> ReleaseCell:
    return released(levels, voice)["principle/P0"]


def shown(levels: list[int], voice: VoiceName = "staff") -> Shown:
    figure = cell(levels, voice).figure
    assert isinstance(figure, Shown)
    return figure


@pytest.mark.parametrize(
    ("levels", "value", "low", "high"),
    [
        ([2] * 5, 2.0, 0.8, 3.2),
        ([1, 2, 3, 3, 4, 2, 2, 1], 2.3, 1.3, 3.1),
        ([1, 2, 3, 3, 4, 2, 2, 1, 2, 2], 2.2, 1.5, 2.9),
        ([2] * 10, 2.0, 1.7, 2.3),
        ([4] * 10, 4.0, 3.1, 4.0),
    ],
)
def test_golden_figures_with_their_ranges(levels: list[int], value: float, low: float, high: float) -> None:
    found = shown(levels)
    assert (found.value, found.low, found.high, found.n) == (value, low, high, len(levels))


@pytest.mark.parametrize(
    ("levels", "value", "bound"),
    [([0] * 5, 0.2, "or below"), ([4] * 9, 3.8, "or above"), ([0] * 8 + [1], 0.2, "or below")],
)
def test_a_mean_at_an_end_of_few_is_only_a_bound(levels: list[int], value: float, bound: str) -> None:
    found = shown(levels)
    assert (found.value, found.bound, found.low, found.high) == (value, bound, None, None)


def test_the_bound_itself_is_not_told_apart_from_what_lies_beyond() -> None:
    """Else "0.2 or below" would say of five people that each gave the lowest level."""
    assert cell([0, 0, 0, 0, 1]) == cell([0] * 5) and cell([4, 4, 4, 4, 3]) == cell([4] * 5)
    assert (shown([0, 0, 0, 1, 1]).value, shown([0, 0, 0, 1, 1]).bound) == (0.4, "")


@pytest.mark.parametrize("n", range(K, K10))
@pytest.mark.parametrize("voice", ["staff", "people"])
def test_no_figure_of_few_tells_what_anybody_answered(n: int, voice: VoiceName) -> None:
    """Every way in which few can answer one statement: behind each figure, each of them may have said two things."""
    behind: dict[ReleaseCell, set[int]] = {}
    asked = questionnaire(principles=1, statements=1, short=1)
    for levels in combinations_with_replacement(range(5), n):
        found = released(list(levels), voice, asked)["principle/P0"]
        behind.setdefault(found, set()).update(levels)
    assert behind and all(len(levels) > 1 for levels in behind.values())


@pytest.mark.parametrize(("top", "low", "high"), [(1, 1, 9), (2, 1, 19), (3, 2, 28), (6, 3, 57)])
def test_on_other_scales_the_bounds_are_rounded_so_that_they_stay_true(top: int, low: int, high: int) -> None:
    asked = questionnaire(principles=1, statements=1, top=top, short=1)
    assert released([0] * 5, asked=asked)["principle/P0"].value_x10 == low
    assert released([top] * 5, asked=asked)["principle/P0"].value_x10 == high
    assert low >= top * 0.5 and high <= top * 9.5


def test_few_people_s_voice_is_a_band_only() -> None:
    found = cell([3] * 9, "people")
    assert (found.value_x10, found.low_x10, found.high_x10, found.band, found.n) == (None, None, None, "high", 9)
    assert isinstance(found.figure, Hidden) and str(found.figure.reason).startswith("High. Shown as low")
    assert cell([3] * 10, "people").value_x10 == 30 and cell([3] * 10, "people").band is None


@given(LEVELS)
def test_below_the_floor_nothing_tells_how_many_there_were(levels: list[int]) -> None:
    for voice in ("staff", "people"):
        found = cell(levels, voice)  # type: ignore[arg-type]
        if len(levels) < K:
            assert found == cell([], voice), "four, one and nobody look alike"  # type: ignore[arg-type]
            assert isinstance(found.figure, Hidden) and found.figure.kind == "protected"
        else:
            assert found.reason is None and found.n == len(levels)


@given(st.lists(st.integers(0, 4), min_size=K, max_size=K10 - 1))
def test_of_few_the_range_says_nothing_but_the_mean(levels: list[int]) -> None:
    """Two groups of one size and one mean have one range, however their answers spread."""
    total, n = sum(levels), len(levels)
    even = [total // n + (place < total % n) for place in range(n)]
    assert cell(levels) == cell(even)


@given(LEVELS)
def test_a_range_holds_its_figure_and_keeps_to_the_scale(levels: list[int]) -> None:
    found = cell(levels)
    if found.low_x10 is None or found.high_x10 is None or found.value_x10 is None:
        return
    assert 0 <= found.low_x10 <= found.value_x10 <= found.high_x10 <= 40
    assert found.value_x10 == tenths(Fraction(sum(levels), len(levels)))


@given(LEVELS)
def test_each_cell_says_exactly_one_thing(levels: list[int]) -> None:
    for voice in ("staff", "people"):
        for found in released(levels, voice).values():  # type: ignore[arg-type]
            assert [found.value_x10 is not None, found.band is not None, found.reason is not None].count(True) == 1


@given(LEVELS)
def test_a_band_is_the_one_that_the_rounded_figure_has(levels: list[int]) -> None:
    few = cell(levels, "people")
    if few.band:
        assert few.band == band(tenths(Fraction(sum(levels), len(levels))) / 10, 4)


def test_the_floor_counts_those_with_a_score_on_that_principle() -> None:
    answers = [{"P00": Answer(2)} | ({"P10": Answer(2)} if who < 4 else {}) for who in range(6)]
    responses = [Response("people", "short", given) for given in answers]
    found = {c.measure: c for c in release_apart(ASKED, Voice("people", "short", thresholds()), responses)}
    assert found["principle/P0"].n == found["shared/P0"].n == 6
    assert str(found["principle/P1"].reason) == "Shown only when 5 or more people have answered enough of it"
    assert set(found) == {f"{kind}/{p}" for kind in ("principle", "shared") for p in ("P0", "P1")} | {
        "statement/P00",
        "statement/P10",
    }


def test_a_statement_is_shown_from_ten_levels_whoever_else_answered() -> None:
    def statement(levels: int) -> ReleaseCell:
        answers = [Answer(3)] * levels + [Answer(other="dont-know")] * (12 - levels)
        responses = [Response("staff", "full", {"P00": one}) for one in answers]
        responses += [Response("staff", "full", {})]
        found = release_apart(ASKED, Voice("staff", "full", thresholds()), responses)
        return next(c for c in found if c.measure == "statement/P00")

    found = statement(10)
    assert (found.value_x10, found.n, found.statements) == (30, 10, 1)
    assert (found.counts, found.agreement) == ((0, 0, 0, 10, 0, 0, 3), "agree")
    assert found.low_x10 is not None and found.high_x10 is not None and found.low_x10 < 30 < found.high_x10
    assert statement(9).value_x10 is None and statement(9).n == 0
    assert str(statement(9).reason) == "Shown only when 10 or more people have chosen a level"


def test_a_round_with_higher_floors_keeps_them() -> None:
    assert released([2] * 7, limits=(8, 12))["principle/P0"].value_x10 is None
    assert released([2] * 8, limits=(8, 12))["principle/P0"].value_x10 == 20
    assert released([2] * 11, limits=(8, 12))["statement/P00"].value_x10 is None
    assert released([2] * 12, limits=(8, 12))["statement/P00"].value_x10 == 20


def test_a_principle_that_nobody_was_asked_about_is_not_hidden_but_absent() -> None:
    asked = questionnaire(principles=2, short=0)
    found = release_apart(asked, Voice("people", "short", thresholds()), [Response("people", "short", {})] * 6)
    figure = found[0].figure
    assert isinstance(figure, Hidden) and figure.kind == "absent"
    assert figure.reason == Message("None of its statements was asked")


def test_voices_are_never_released_as_one() -> None:
    mixed = [Response("staff", "full", {}), Response("people", "full", {})]
    with pytest.raises(ProfileError):
        release_apart(ASKED, Voice("staff", "full", thresholds()), mixed)


@pytest.mark.parametrize(
    ("ends", "rounded"),
    [((1.21, 2.29), (12, 23)), ((1.2, 2.3), (12, 23)), ((0.1 + 0.2, 2.3), (3, 23)), ((0, 4), (0, 40))],
)
def test_ends_are_rounded_outwards_and_decimals_stay_what_they_are(
    ends: tuple[float, float], rounded: tuple[int, int]
) -> None:
    assert tenths_outwards(*ends) == rounded


def answered(*given: dict[str, Answer]) -> dict[str, ReleaseCell]:
    found = release_apart(
        ASKED, Voice("staff", "full", thresholds()), [Response("staff", "full", one) for one in given]
    )
    return {cell.measure: cell for cell in found}


def test_a_statement_counts_its_levels_what_does_not_apply_and_what_was_left_out() -> None:
    both = {"P00": Answer(1), "P01": Answer(1)}
    without = ({"P00": Answer(other="not-applicable")}, {"P00": Answer(other="dont-know")}, {})
    found = answered(*[both] * 10, *[{**both, "P00": Answer(4)}] * 8, *without)["statement/P00"]
    assert found.counts == (0, 10, 0, 0, 8, 1, 2) and found.n == 18
    assert found.agreement == "split"


def test_what_few_left_out_hides_the_statement_that_would_tell_their_answer() -> None:
    """Fourteen answered both statements and one only the first: the score less the counts would be that one."""
    both, one = {"P00": Answer(1), "P01": Answer(1)}, {"P00": Answer(4)}
    few = answered(*[both] * 14, one)
    assert few["statement/P00"].counts and not few["statement/P01"].counts
    assert (few["statement/P01"].band, few["statement/P01"].value_x10, few["statement/P01"].n) == ("low", None, 0)
    assert isinstance(few["statement/P01"].figure, Hidden) and "a few people" in str(few["statement/P01"].figure.reason)
    assert few["principle/P0"].value_x10 is not None
    assert not answered(*[{}] * 20, *[both] * 14, one)["statement/P01"].counts, "whoever said nothing protects nobody"
    many = answered(*[both] * 14, *[one] * 5)
    assert many["statement/P01"].counts == (0, 14, 0, 0, 0, 0, 5)


def test_checks_for_harm_are_counted_from_ten_who_answered_each() -> None:
    asked = replace(ASKED, safeguards=(Safeguard("paid", "Paid?", ("yes", "no", "not-sure"), "no"),))
    voice = Voice("people", "short", thresholds())
    [shown] = release_safeguards(asked, voice, [{"paid": "yes"}] * 7 + [{"paid": "no"}] * 3 + [{}] * 2)
    assert shown == ReleaseCell("people", "safeguard/paid", None, 10, 0, counts=(7, 3, 0))
    [hidden] = release_safeguards(asked, voice, [{"paid": "yes"}] * 9 + [{}] * 5)
    assert (hidden.n, hidden.counts) == (0, ())
    assert str(hidden.reason) == "Shown only when 10 or more people have answered it"


def test_a_score_that_would_tell_of_a_few_is_hidden_too() -> None:
    """All asked count in the score, three of four in the shared one: two people answered the fourth."""
    asked = questionnaire(principles=1, statements=4, short=3)
    three = {f"P0{number}": Answer(2) for number in range(3)}
    responses = [Response("staff", "full", three)] * 12 + [Response("staff", "full", {**three, "P03": Answer(4)})] * 2
    found = {c.measure: c for c in release_apart(asked, Voice("staff", "full", thresholds()), responses)}
    assert found["principle/P0"].value_x10 is not None and found["shared/P0"].reason == GIVES_AWAY
