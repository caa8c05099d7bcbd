"""Where a principle would stand if its targets were reached."""

from __future__ import annotations

from fractions import Fraction

from assessment.questionnaire.answer import Answer
from assessment.scoring.targets import target_of_shown, target_score
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


def test_of_many_a_target_moves_the_score_by_as_much_as_its_statement_would_move() -> None:
    shown = {"P00": Fraction(1), "P01": Fraction(2)}
    assert target_of_shown(Fraction(3, 2), shown, {"P01": 4}, STATEMENTS, 4) == 2
    assert target_of_shown(Fraction(3, 2), shown, {"P00": 0, "P01": 2}, STATEMENTS, 4) == Fraction(5, 4)
    assert target_of_shown(Fraction(4), {"P00": Fraction(1)}, {"P00": 4}, STATEMENTS, 4) == 4
    assert target_of_shown(Fraction(1, 10), {"P00": Fraction(4)}, {"P00": 0}, STATEMENTS, 4) == 0


def test_of_many_there_is_no_target_score_without_a_target_or_beside_a_hidden_figure() -> None:
    assert target_of_shown(Fraction(2), {"P00": Fraction(1)}, {}, STATEMENTS, 4) is None
    assert target_of_shown(Fraction(2), {"P00": Fraction(1)}, {"P10": 4}, STATEMENTS, 4) is None
    assert target_of_shown(Fraction(2), {"P00": Fraction(1)}, {"P00": 3, "P01": 4}, STATEMENTS, 4) is None
