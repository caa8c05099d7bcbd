"""A definition in memory, its hash and its stored body."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessment.questionnaire.answer import OTHERS
from assessment.questionnaire.loader import DefinitionError, from_body, load_definition, to_body

REPOSITORY = Path(__file__).parents[3]
MAIN = (REPOSITORY / "questionnaires" / "co-production" / "1.0.en.yaml").read_text()
LIBRARY = (REPOSITORY / "tests" / "definitions" / "valid" / "library-friends" / "2.1.en.yaml").read_text()


def test_comments_order_of_keys_and_ways_of_quoting_are_no_change() -> None:
    same = LIBRARY.replace("title: How open is our library", "# said anew\ntitle:   'How open is our library")
    same = same.replace("to the people around it?\n", "to the people around it?'\n")
    same = same.replace("language: en\n", "").replace("id: library-friends", "language: en\nid: library-friends")
    assert same != LIBRARY
    assert load_definition(same, "a").hash == load_definition(LIBRARY, "b").hash


def test_a_value_left_at_its_default_is_no_change() -> None:
    same = LIBRARY.replace("      - id: W1\n", "      - id: W1\n        short: false\n        also: []\n")
    assert load_definition(same, "a").hash == load_definition(LIBRARY, "b").hash


@pytest.mark.parametrize(("old", "new"), [("greeted and", "greeted or"), ("id: W1", "id: W9"), ('"2.1"', '"2.2"')])
def test_a_changed_word_is_a_change(old: str, new: str) -> None:
    assert load_definition(LIBRARY.replace(old, new), "a").hash != load_definition(LIBRARY, "a").hash


def test_body_keeps_everything_and_is_canonical() -> None:
    definition = load_definition(MAIN, "a")
    body = to_body(definition)
    assert from_body(body) == definition
    assert from_body(body).hash == definition.hash
    assert to_body(from_body(body)) == body
    assert body == json.dumps(json.loads(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", '{"id": "x"}', '{"unknown": 1}', '{"principles": 3}', "{"])
def test_a_body_that_is_no_definition_is_refused(body: str) -> None:
    with pytest.raises(DefinitionError):
        from_body(body)


def test_usual_other_answers_are_offered_where_none_are_written() -> None:
    definition = load_definition(LIBRARY, "a")
    assert tuple(answer.id for answer in definition.other_answers) == OTHERS
    assert all(answer.text for answer in definition.other_answers)
    assert [answer.asks_reason for answer in definition.other_answers] == [True, False, False]


def test_other_answers_not_written_are_added_after_those_written() -> None:
    own = LIBRARY + "other_answers:\n  - {id: dont-know, text: Hard to say}\n"
    found = load_definition(own, "a").other_answers
    assert [(answer.id, answer.text) for answer in found][:2] == [
        ("dont-know", "Hard to say"),
        ("not-applicable", "This does not apply to our service"),
    ]
    assert {answer.id for answer in found} == set(OTHERS)


def test_crosswalk_says_which_principles_and_statements_a_term_has() -> None:
    crosswalk = load_definition(MAIN, "a").crosswalk
    assert crosswalk is not None
    terms = {(framework.id, term.id): term for framework in crosswalk.frameworks for term in framework.terms}
    assert terms["four-cos", "co-commission"].principles == ("roles", "catalysts")
    assert terms["four-cos", "co-commission"].statements == ("D1", "F2", "F3")
    assert terms["wales-five", "outcomes"].principles == ("capacity", "catalysts")


def test_statements_are_found_by_id() -> None:
    definition = load_definition(MAIN, "a")
    assert definition.by_id["D5"].principle == "roles"


def test_a_definition_can_be_a_key() -> None:
    definition = load_definition(MAIN, "a")
    assert {definition: 1}[from_body(to_body(definition))] == 1
