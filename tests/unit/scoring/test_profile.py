"""Answers to principle scores, and those to profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.questionnaire.answer import OTHERS, Answer
from assessment.scoring.counts import Counts, count_answers
from assessment.scoring.interval import interval
from assessment.scoring.principle import PrincipleScore, enough, principle_score, score_of
from assessment.scoring.profile import ProfileError, principle_profile, profile
from assessment.scoring.response import Response
from tests.unit.scoring.questionnaires import questionnaire

MADE_UP = questionnaire()
STATEMENTS = MADE_UP.principles[0].statements
NA = Answer(other="not-applicable")

answers = st.one_of(st.none(), st.sampled_from([Answer(other=o) for o in OTHERS]), st.integers(0, 4).map(Answer))
of_one_principle = st.lists(answers, min_size=6, max_size=6)
of_all = st.lists(answers, min_size=36, max_size=36)


def given_to(*levels: Answer | int | None) -> Mapping[str, Answer]:
    """Answers to P00, P01 … in turn; None is a blank."""
    said = {f"P0{number}": Answer(a) if isinstance(a, int) else a for number, a in enumerate(levels)}
    return {id: answer for id, answer in said.items() if answer is not None}


def response(said: list[Answer | None], voice: str = "staff", form: str = "full") -> Response:
    pairs = zip(MADE_UP.statements, said, strict=True)
    return Response(voice, form, {s.id: a for s, a in pairs if a})  # type: ignore[arg-type]


def test_a_score_is_the_mean_of_the_levels_and_says_what_it_rests_on() -> None:
    assert principle_score(given_to(0, 1, 4, 3, NA, None), STATEMENTS) == PrincipleScore(Fraction(2), 4, 6)


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ((4, 3, 3), Fraction(10, 3)),
        ((4, 3), None),
        ((4, 3, NA, NA, NA, NA), None),
        ((0, 0, 0), Fraction(0)),
        ((), None),
    ],
)
def test_half_of_the_statements_must_carry_a_level(said: tuple[Answer | int, ...], score: Fraction | None) -> None:
    found = principle_score(given_to(*said), STATEMENTS)
    assert (found.score if found else None) == score


def test_half_is_rounded_up_and_is_of_the_statements_the_caller_names() -> None:
    assert [enough(asked) for asked in range(6)] == [0, 1, 1, 2, 2, 3]
    assert principle_score(given_to(4), STATEMENTS[:2]) == PrincipleScore(Fraction(4), 1, 2)
    assert principle_score(given_to(4), STATEMENTS[:3]) is None
    assert principle_score(given_to(4), STATEMENTS[:1]) == PrincipleScore(Fraction(4), 1, 1)


def test_a_principle_of_which_nothing_was_asked_has_no_score() -> None:
    assert principle_score(given_to(4), ()) is None
    assert score_of(Counts((0, 0))) is None


def test_answers_are_counted_apart() -> None:
    dk, pns = Answer(other="dont-know"), Answer(other="prefer-not-to-say")
    assert count_answers(given_to(1, 1, NA, dk, pns, None), STATEMENTS) == Counts((0, 2, 0, 0, 0), 1, 1, 1, 1)
    assert Counts((1, 2, 3), 4, 5, 6, 7).asked == 28
    assert Counts((1, 2, 3)).total == 8
    assert count_answers({}, ()) == Counts((0,))


@given(of_one_principle, st.integers(0, 5))
def test_not_applicable_never_moves_a_score_while_enough_remain(said: list[Answer | None], at: int) -> None:
    before = [answer if answer and answer.level is not None else None for answer in said]
    if before[at] is None:
        after = [*before[:at], NA, *before[at + 1 :]]
        one, two = (principle_score(given_to(*them), STATEMENTS) for them in (before, after))
        assert one == two


@given(of_one_principle)
def test_a_score_never_leaves_the_scale(said: list[Answer | None]) -> None:
    found = principle_score(given_to(*said), STATEMENTS)
    assert found is None or 0 <= found.score <= 4


@given(of_one_principle)
def test_reversing_the_scale_mirrors_a_score(said: list[Answer | None]) -> None:
    mirrored = [Answer(4 - a.level) if a and a.level is not None else a for a in said]
    one, two = (principle_score(given_to(*them), STATEMENTS) for them in (said, mirrored))
    assert (one is None and two is None) or (one and two and one.score + two.score == 4)


@given(st.lists(of_all, min_size=1, max_size=8), st.randoms())
def test_the_order_of_responses_never_matters(said: list[list[Answer | None]], chance: object) -> None:
    responses = [response(them) for them in said]
    shuffled = list(responses)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert profile(MADE_UP, responses) == profile(MADE_UP, shuffled)


@given(st.lists(of_all, min_size=1, max_size=8))
def test_a_profile_is_what_a_plain_count_says(said: list[list[Answer | None]]) -> None:
    found = profile(MADE_UP, map(response, said))
    assert (found.voice, found.form, found.responses) == ("staff", "full", len(said))
    for number, principle in enumerate(found.principles):
        mine = [them[6 * number : 6 * number + 6] for them in said]
        levels = [[a.level for a in them if a and a.level is not None] for them in mine]
        scores = [Fraction(sum(them), len(them)) for them in levels if len(them) >= 3]
        others = Counter(a.other if a else None for them in mine for a in them if a is None or a.other)
        assert principle.principle == f"P{number}"
        assert principle.n == len(scores)
        assert principle.mean == (float(sum(scores) / len(scores)) if scores else None)
        assert principle.interval == interval(principle.moments, 4)
        assert principle.distribution == tuple(sum(them.count(v) for them in levels) for v in range(5))
        assert (principle.not_applicable, principle.blank) == (others["not-applicable"], others[None])
        assert (principle.dont_know, principle.prefer_not_to_say) == (others["dont-know"], others["prefer-not-to-say"])


def test_what_was_agreed_together_has_no_interval() -> None:
    found = profile(MADE_UP, [response([Answer(2)] * 36, voice="together")])
    assert [(p.n, p.mean, p.interval) for p in found.principles] == [(1, 2.0, None)] * 6


def test_a_form_asks_its_own_statements_and_any_may_be_compared_on_the_shared_ones() -> None:
    said = {s.id: Answer(4 if s.short else 0) for s in MADE_UP.statements}
    full, short = Response("people", "full", said), Response("people", "short", said)
    assert profile(MADE_UP, [full]).principles[0].mean == pytest.approx(8 / 6)
    assert profile(MADE_UP, [short]).principles[0].mean == 4
    assert profile(MADE_UP, [full], MADE_UP.shared).principles[0].mean == 4


def test_voices_and_forms_are_never_mixed() -> None:
    some = response([None] * 36)
    for other in (response([None] * 36, voice="people"), response([None] * 36, form="short")):
        with pytest.raises(ProfileError, match=r"^a profile is of the responses of one voice on one form$"):
            profile(MADE_UP, [some, other])
    with pytest.raises(ProfileError):
        profile(MADE_UP, [])


def test_a_profile_from_counts() -> None:
    found = principle_profile("P0", {Counts((0, 3), blank=1): 2, Counts((1, 0), 1, 2, 3, 4): 3}, top=4)
    assert (found.n, found.mean) == (2, 1.0)
    assert found.distribution == (3, 6, 0, 0, 0)
    assert (found.not_applicable, found.dont_know, found.prefer_not_to_say, found.blank) == (3, 6, 9, 14)
