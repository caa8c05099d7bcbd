"""Where a principle would stand if its targets were reached."""

from __future__ import annotations

from fractions import Fraction

from assessment.questionnaire.answer import Answer
from assessment.scoring.targets import target_score
from tests.unit.scoring.questionnaires import questionnaire

STATEMENTS = questionnaire(principles=1, statements=4).principles[0].statements
ANSWERS = {"P00": Answer(1), "P01": Answer(2), "P02": Answer(other="dont-know")}


def test_targets_take_the_place_of_levels_and_the_rest_stays() -> None:
    assert target_score(ANSWERS, {"P01": 4}, STATEMENTS) == Fraction(5, 2)
    assert target_score(ANSWERS, {"P01": 0, "P02": 3}, STATEMENTS) == Fraction(4, 3)


def test_no_target_of_this_principle_is_no_target_score() -> None:
    assert target_score(ANSWERS, {}, STATEMENTS) is None
    assert target_score(ANSWERS, {"P10": 4}, STATEMENTS) is None


def test_too_few_levels_give_no_target_score() -> None:
    assert target_score({}, {"P00": 4}, STATEMENTS) is None
