"""The statement page's own radios are GOV.UK Frontend's radios, held to its fixtures where the two overlap."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment

GOVUK = Path(__file__).resolve().parents[3] / "node_modules" / "govuk-frontend" / "dist" / "govuk"
ITEM_KEYS = {"value", "text", "hint", "checked"}
OPTION_KEYS = {"name", "idPrefix", "items", "value", "fieldset", "hint", "errorMessage", "formGroup"}
Fixture = dict[str, Any]


def _overlaps(fixture: Fixture) -> bool:
    """Whether a fixture says nothing that a ladder cannot: no own ids, gaps, conditionals or half the hints."""
    options = fixture["options"]
    items = options["items"]
    return (
        set(options) <= OPTION_KEYS
        and options.get("idPrefix", options["name"]) == options["name"]
        and "describedBy" not in options.get("fieldset", {})
        and all(item and set(item) <= ITEM_KEYS and item.get("text") and item.get("checked", True) for item in items)
        and len({"hint" in item for item in items}) == 1
    )


def _fixtures() -> list[Fixture]:
    path = GOVUK / "components" / "radios" / "fixtures.json"
    assert path.exists(), "the node packages are not there: npm ci"
    return [fixture for fixture in json.loads(path.read_text())["fixtures"] if _overlaps(fixture)]


FIXTURES = _fixtures()


def _chosen(options: dict[str, Any]) -> str:
    own = [item["value"] for item in options["items"] if item.get("checked")]
    return str(own[0] if own else options.get("value", ""))


def _ladder(env: Environment, **arguments: Any) -> Element:
    html = env.get_template("parts/ladder.html").make_module().ladder(**arguments)  # type: ignore[attr-defined]
    return _parse(html)


def _of(env: Environment, options: dict[str, Any]) -> Element:
    items = options["items"]
    plain = "hint" not in items[0]
    return _ladder(
        env,
        name=options["name"],
        legend="",
        scale=[SimpleNamespace(value=item["value"], name=item["text"]) for item in items],
        texts=[item["text"] if plain else item["hint"]["text"] for item in items],
        others=[],
        plain=plain,
        value=_chosen(options),
        error=options.get("errorMessage", {}).get("text", ""),
        help=options.get("hint", {}).get("text", ""),
    )


def _parse(html: str) -> Element:
    tree: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return tree


def _with_class(tree: Element, name: str) -> list[Element]:
    return [e for e in tree.iter() if name in e.get("class", "").split()]


def _shape(element: Element) -> tuple[Any, ...]:
    """Tag, attributes, words and children, without the white space and the number of the level, which is ours."""
    children = [child for child in element if child.get("class") != "level"]
    words = " ".join((element.text or "").split())
    return element.tag, dict(element.attrib), words, [_shape(child) for child in children]


def test_there_is_an_overlap_to_hold_to() -> None:
    assert {"default", "with hint", "prechecked using value", "with error message"} <= {f["name"] for f in FIXTURES}


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture["name"])
def test_every_radio_is_the_fixture_s(env: Environment, fixture: Fixture) -> None:
    expected = _with_class(_parse(fixture["html"]), "govuk-radios__item")
    drawn = _with_class(_of(env, fixture["options"]), "govuk-radios__item")
    assert [_shape(item) for item in drawn] == [_shape(item) for item in expected]


@pytest.mark.parametrize("fixture", [f for f in FIXTURES if "errorMessage" in f["options"]], ids=lambda f: f["name"])
def test_an_error_is_said_as_in_the_fixture(env: Environment, fixture: Fixture) -> None:
    expected, drawn = _parse(fixture["html"]), _of(env, fixture["options"])
    said, says = _with_class(drawn, "govuk-error-message"), _with_class(expected, "govuk-error-message")
    assert [_shape(element) for element in said] == [_shape(element) for element in says]
    assert _with_class(drawn, "govuk-form-group--error")
    for fieldset in _with_class(expected, "govuk-fieldset"):
        assert _with_class(drawn, "govuk-fieldset")[0].get("aria-describedby") == fieldset.get("aria-describedby")


SCALE = [SimpleNamespace(value=value, name=name) for value, name in enumerate(("Not yet", "Trying", "Shared"))]
OTHERS = [
    SimpleNamespace(id="not-applicable", text="Not us", people_text="Not me", asks_reason=True, reason_prompt="Why?"),
    SimpleNamespace(id="dont-know", text="I do not know", people_text="", asks_reason=False, reason_prompt=""),
]
STATEMENT: dict[str, Any] = {
    "legend": "We listen.",
    "scale": SCALE,
    "texts": ("No.", "A bit.", "Yes."),
    "others": OTHERS,
}


def _checked(tree: Element) -> list[str | None]:
    return [e.get("value") for e in tree.iter("input") if "checked" in e.attrib]


@pytest.mark.parametrize("value", ["0", "1", "2", "not-applicable", "dont-know"])
def test_what_was_chosen_is_chosen_once(env: Environment, value: str) -> None:
    assert _checked(_ladder(env, **STATEMENT, value=value)) == [value]


def test_nothing_is_chosen_for_anyone(env: Environment) -> None:
    assert _checked(_ladder(env, **STATEMENT)) == []


def test_levels_and_other_answers_are_one_group_with_ids_of_their_own(env: Environment) -> None:
    radios = [e for e in _ladder(env, **STATEMENT).iter("input") if e.get("type") == "radio"]
    assert {radio.get("name") for radio in radios} == {"answer"}
    assert [radio.get("id") for radio in radios] == ["answer", "answer-2", "answer-3", "answer-4", "answer-5"]


def test_the_reason_is_asked_where_it_belongs_and_kept(env: Environment) -> None:
    tree = _ladder(env, **STATEMENT, value="not-applicable", reason='We "have" none', reason_error="Say why")
    box = next(e for e in tree.iter("input") if e.get("name") == "reason")
    assert (box.get("value"), box.get("aria-describedby")) == ('We "have" none', "reason-error")


def test_plain_words_have_no_names_or_numbers_of_levels(env: Environment) -> None:
    words = "".join(_ladder(env, **STATEMENT, plain=True).itertext())
    assert "Not yet" not in words and "level" not in words and "Not me" in words and "Why?" not in words


def test_people_s_words_stand_beside_the_level(env: Environment) -> None:
    words = "".join(_ladder(env, **STATEMENT, people=("Nobody asks.", "Now and then.", "Always.")).itertext())
    assert "No.In people’s words: “Nobody asks.”" in words


def test_last_time_s_level_is_marked(env: Environment) -> None:
    (mark,) = _with_class(_ladder(env, **STATEMENT, last=1), "last-time")
    assert mark.text == "last time"


def test_markup_in_a_questionnaire_is_text(env: Environment) -> None:
    hostile = STATEMENT | {"legend": "<img src=x>", "texts": ("<b>", '" onclick="', "</div>")}
    assert not list(_ladder(env, **hostile).iter("img"))
