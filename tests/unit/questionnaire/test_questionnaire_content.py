"""What the co-production questionnaire promises to the people who answer it."""

from __future__ import annotations

from pathlib import Path

from assessment.questionnaire.folder import find_definitions

(DEFINITION,) = find_definitions(Path(__file__).parents[3] / "questionnaires")


def test_six_principles_by_their_names() -> None:
    assert [principle.name for principle in DEFINITION.principles] == [
        "Assets",
        "Building capacity",
        "Reciprocity",
        "Blurred roles",
        "Peer networks",
        "Catalysing",
    ]
    assert [principle.code for principle in DEFINITION.principles] == list("ABCDEF")


def test_thirty_six_statements_of_five_levels_with_a_next_step_from_each_but_the_last() -> None:
    assert DEFINITION.top == 4
    assert [statement.id for statement in DEFINITION.statements] == [c + n for c in "ABCDEF" for n in "123456"]
    assert {len(statement.levels) for statement in DEFINITION.statements} == {5}
    assert {len(statement.next_steps) for statement in DEFINITION.statements} == {4}
    assert all(statement.help and statement.evidence for statement in DEFINITION.statements)


def test_the_short_form_has_two_statements_a_principle_each_in_plain_words() -> None:
    assert DEFINITION.forms == ("full", "short")
    assert [sum(s.short for s in principle.statements) for principle in DEFINITION.principles] == [2] * 6
    assert {s.id for s in DEFINITION.statements if s.people} == {s.id for s in DEFINITION.shared}


def test_the_summary_is_true_for_a_team_round_one_table() -> None:
    assert DEFINITION.modes is not None
    assert DEFINITION.modes["together"] == (
        "You agree one answer to each statement. Your service sees the result as soon as you send it. Allow about"
        " 25 minutes for the short form, 75 for the full one; if anyone might not feel free to speak, answer"
        " separately instead."
    )


def test_a_next_step_stands_alone() -> None:
    """Results show one step without those before it: no step may begin by leaning on another."""
    leaning = ("Do the same", "Use the same", "Offer it", "Ask it", "Then ", "Turn it")
    assert [step for s in DEFINITION.statements for step in s.next_steps if step.startswith(leaning)] == []


def test_five_safeguards_and_three_open_questions() -> None:
    assert len(DEFINITION.safeguards) == 5
    assert all(s.if_concern and s.why and s.title for s in DEFINITION.safeguards)
    assert [answer.id for answer in DEFINITION.safeguard_answers] == ["yes", "no", "not-sure"]
    assert len(DEFINITION.reflection) == 3
