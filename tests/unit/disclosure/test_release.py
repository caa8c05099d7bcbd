"""What a round held together publishes, the floors, and means of services."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.disclosure.aggregate import mean_of_services
from assessment.disclosure.release import ReleaseCell, ReleaseError, release_together
from assessment.disclosure.rounding import tenths
from assessment.disclosure.shown import Hidden, Shown
from assessment.disclosure.thresholds import K10, K, ThresholdError, Thresholds, thresholds
from assessment.questionnaire.answer import Answer
from assessment.questionnaire.message import Message
from assessment.scoring.response import Response
from tests.unit.scoring.questionnaires import questionnaire

MADE_UP = questionnaire(principles=2, statements=6, short=2)


def cells(answers: dict[str, Answer], form: str = "full") -> dict[str, ReleaseCell]:
    released = release_together(MADE_UP, Response("together", form, answers))  # type: ignore[arg-type]
    found = {cell.measure: cell for cell in released}
    assert len(found) == len(released) and {cell.voice for cell in released} == {"together"}
    return found


LEVELS = {"P00": Answer(1), "P01": Answer(2), "P02": Answer(1), "P03": Answer(1), "P04": Answer(other="dont-know")}


def test_a_full_form_is_scored_on_all_and_on_the_shared_statements() -> None:
    found = cells(LEVELS)
    assert found["principle/P0"] == ReleaseCell("together", "principle/P0", 13, 1, 4)  # 1.25, rounded up
    assert found["shared/P0"] == ReleaseCell("together", "shared/P0", 15, 1, 2)
    assert found["statement/P01"] == ReleaseCell("together", "statement/P01", 20, 1, 1)
    assert found["statement/P04"] == ReleaseCell("together", "statement/P04", None, 0, 0, Message("dont know"))
    assert found["statement/P05"].reason == Message("Not answered")
    assert len(found) == 2 + 2 + 12


def test_a_short_form_releases_what_it_asked() -> None:
    found = cells(LEVELS, form="short")
    assert [measure for measure in found if measure.startswith("statement/P0")] == ["statement/P00", "statement/P01"]
    assert found["principle/P0"].value_x10 == found["shared/P0"].value_x10 == 15


def test_a_principle_with_too_few_levels_says_why() -> None:
    reason = cells(LEVELS)["principle/P1"].reason
    assert str(reason) == "No score: it needs a level for at least 3 of its 6 statements"
    assert cells(LEVELS)["principle/P1"].value_x10 is None
    assert (cells(LEVELS)["principle/P1"].n, cells(LEVELS)["principle/P1"].statements) == (0, 0)


def test_a_principle_that_the_short_form_leaves_out_says_so() -> None:
    released = release_together(questionnaire(principles=2, short=0), Response("together", "short", {}))
    assert str(released[0].reason) == "None of its statements was asked"


def test_figures_as_pages_may_show_them() -> None:
    found = cells(LEVELS)
    assert found["principle/P0"].figure == Shown(1.3, n=1, statements=4)
    assert found["statement/P04"].figure == Hidden(Message("dont know"), kind="absent")
    assert ReleaseCell("together", "x", None, 0, 0).figure == Hidden(Message("Not answered"), kind="absent")


@pytest.mark.parametrize("voice", ["staff", "people"])
def test_nobody_elses_response_is_released_as_it_is(voice: str) -> None:
    with pytest.raises(ReleaseError, match=r"^only an agreed response is released as it is$"):
        release_together(MADE_UP, Response(voice, "full", {}))  # type: ignore[arg-type]


def test_unset_thresholds_are_the_floors() -> None:
    assert (K, K10) == (5, 10)
    assert thresholds() == thresholds(5, 10) == Thresholds() == Thresholds(5, 10)
    assert thresholds(8) == Thresholds(8, 10)
    assert thresholds(k10=12) == Thresholds(5, 12)


@pytest.mark.parametrize(("k", "k10"), [(4, 10), (5, 9), (0, None), (None, 0)])
def test_thresholds_below_their_floors_are_refused(k: int | None, k10: int | None) -> None:
    with pytest.raises(ThresholdError, match=r"below the floors 5 and 10$"):
        thresholds(k, k10)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(Fraction(5, 4), 13), (Fraction(1, 4), 3), (Fraction(124, 100), 12), (Fraction(7, 20), 4), (Fraction(4), 40)],
)
def test_halves_are_rounded_up(value: Fraction, rounded: int) -> None:
    assert tenths(value) == rounded


@given(st.fractions(0, 4))
def test_rounding_is_never_off_by_more_than_half_a_tenth(value: Fraction) -> None:
    assert -Fraction(1, 20) < Fraction(tenths(value), 10) - value <= Fraction(1, 20)


def test_the_mean_of_services_is_of_released_scores_alone() -> None:
    found = mean_of_services([10, None, 20, 22, None])
    assert (found.figure, found.released, found.unreleased) == (Shown(1.7, n=3), 3, 2)  # 1.733
    assert mean_of_services([10, 10, 11, 12]).figure == Shown(1.1, n=4)  # 1.075


@pytest.mark.parametrize("scores", [[10, 20], [10, None], [10]])
def test_fewer_than_three_services_have_no_mean(scores: list[int | None]) -> None:
    figure = mean_of_services(scores).figure
    assert isinstance(figure, Hidden) and figure.kind == "protected"
    assert str(figure.reason) == "Shown from 3 services with a result, so that none can be picked out"


@pytest.mark.parametrize("scores", [[], [None, None]])
def test_nothing_released_is_not_called_protected(scores: list[int | None]) -> None:
    figure = mean_of_services(scores).figure
    assert figure == Hidden(Message("No service has a result here yet"), kind="absent")
