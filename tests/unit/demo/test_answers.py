"""The latent model: plausible spread and ties between principles, some other answers, slow growth."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from statistics import correlation, fmean, stdev

import pytest

from assessment.commands.demo.answers import Model, first_half, organisation_leaning
from assessment.commands.demo.chance import chance
from assessment.questionnaire.answer import NOT_APPLICABLE, Answer
from assessment.questionnaire.definition import Definition, Form
from assessment.questionnaire.folder import find_definitions
from assessment.scoring.principle import principle_score
from assessment.store.records import Answered

ROOT = Path(__file__).parents[3]
SERVICES = 600


@lru_cache
def asked() -> Definition:
    return find_definitions(ROOT / "questionnaires")[0]


def sets_of_answers(form: Form = "full", years_ago: float = 0, seed: int = 1) -> list[tuple[Answered, ...]]:
    """What 600 services in 60 organisations answer."""
    model, found = Model(asked(), seed), []
    for number in range(SERVICES // 10):
        drawn = chance(seed, number)
        organisation = organisation_leaning(drawn)
        for sector in ("housing", "health") * 5:
            leaning = model.leaning(organisation, sector, drawn)
            found.append(model.answers(leaning, form, years_ago, drawn))
    return found


def scores(sets: list[tuple[Answered, ...]]) -> dict[str, list[float]]:
    """The principle scores, service by service, of services that have all of them."""
    found: dict[str, list[float]] = defaultdict(list)
    for answers in sets:
        levels = {a.question: Answer.parse(a.value, asked().top) for a in answers if a.question in asked().by_id}
        row = {p.id: principle_score(levels, p.statements) for p in asked().principles}
        if all(row.values()):
            for principle, score in row.items():
                assert score is not None
                found[principle].append(float(score.score))
    return found


def test_the_same_seed_gives_the_same_answers() -> None:
    assert sets_of_answers(seed=3) == sets_of_answers(seed=3)
    assert sets_of_answers(seed=3) != sets_of_answers(seed=4)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_services_differ_by_at_least_two_fifths_of_a_level(seed: int) -> None:
    for principle, found in scores(sets_of_answers(seed=seed)).items():
        assert len(found) > 0.95 * SERVICES
        assert 0.4 <= stdev(found) <= 1.0, principle
        assert 0.5 < fmean(found) < 3.0, principle


def test_principles_go_together_but_are_not_one() -> None:
    columns = list(scores(sets_of_answers()).values())
    pairs = [correlation(one, other) for k, one in enumerate(columns) for other in columns[:k]]
    assert all(0.3 < pair < 0.85 for pair in pairs)


def test_practice_grows_slowly() -> None:
    now, before = (fmean(map(fmean, scores(sets_of_answers(years_ago=years)).values())) for years in (0, 3))
    assert 0.1 < now - before < 0.5


def test_some_answers_are_no_levels_and_each_has_what_the_form_asks_of_it() -> None:
    sets = sets_of_answers()
    statements = [a for answers in sets for a in answers if a.question in asked().by_id]
    others = Counter(a.value for a in statements if not a.value.isdigit())
    assert set(others) == {other.id for other in asked().other_answers}
    assert 0.03 < sum(others.values()) / len(statements) < 0.12
    assert all(bool(a.reason) == (a.value == NOT_APPLICABLE) for a in statements)
    assert any(a.evidence for a in statements) and any(a.dissent for a in statements)
    blanks = SERVICES * len(asked().statements) - len(statements)
    assert 0 < blanks < 0.05 * len(statements)


def test_a_few_checks_for_harm_raise_a_concern() -> None:
    concerns = {safeguard.id: safeguard.concern_if for safeguard in asked().safeguards}
    said = [a for answers in sets_of_answers() for a in answers if a.question in concerns]
    share = sum(a.value == concerns[a.question] for a in said) / len(said)
    assert 0.01 < share < 0.1
    answers = {safeguard.id: set(safeguard.answers) for safeguard in asked().safeguards}
    assert all(a.value in answers[a.question] for a in said)


def test_the_short_form_asks_only_its_own_statements() -> None:
    own = {statement.id for statement in asked().on_form("short")} | {s.id for s in asked().safeguards}
    assert {a.question for answers in sets_of_answers("short") for a in answers} == own


def test_a_team_half_way_through_has_answered_half() -> None:
    answers = sets_of_answers()[0]
    assert len(first_half(answers)) == len(answers) // 2


@pytest.mark.parametrize("levels", [2, 7])
def test_answers_stay_on_other_scales(levels: int) -> None:
    scale = tuple(replace(asked().scale[0], value=value) for value in range(levels))
    model = Model(replace(asked(), scale=scale), 1)
    drawn = chance("scale", levels)
    given = model.answers(model.leaning(0.0, "housing", drawn), "full", 0, drawn)
    values = {int(a.value) for a in given if a.value.isdigit()}
    assert values <= set(range(levels)) and len(values) > 1
