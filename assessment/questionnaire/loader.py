"""Load a questionnaire from its file, and keep it as text that a database can hold."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any, Final, cast

from assessment.questionnaire.answer import DONT_KNOW, NOT_APPLICABLE, OTHERS, PREFER_NOT_TO_SAY
from assessment.questionnaire.checker import content_of
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.fault import DefinitionError, Fault
from assessment.questionnaire.language import DEFINITION
from assessment.questionnaire.plain import from_plain, to_plain
from assessment.questionnaire.references import check_references, each

__all__ = ["DefinitionError", "from_body", "load_definition", "to_body"]

Plain = dict[str, Any]

USUAL_OTHER_ANSWERS: Final[dict[str, Plain]] = {
    NOT_APPLICABLE: {
        "text": "This does not apply to our service",
        "people_text": "This is not about me",
        "asks_reason": True,
        "reason_prompt": "Tell us why in a few words. Please do not name anyone.",
        "meaning": "We leave this out of the score. We show how often it was chosen.",
    },
    DONT_KNOW: {
        "text": "I do not know",
        "meaning": "We leave this out of the score. Not knowing is a useful finding in itself.",
    },
    PREFER_NOT_TO_SAY: {
        "text": "I would rather not say",
        "meaning": "We leave this out of the score. You do not need to give a reason.",
    },
}


def load_definition(text: str | bytes, name: str) -> Definition:
    """Read the YAML of a questionnaire. ``name`` is what faults call the file. Raises DefinitionError."""
    content = content_of(text, name, DEFINITION, check_references)
    definition = cast(Definition, from_plain(Definition, _as_fields(content)))
    return replace(definition, hash=_hash(to_body(definition)))


def to_body(definition: Definition) -> str:
    """All a definition says but its hash, as canonical JSON: equal content gives equal text."""
    plain = to_plain(replace(definition, hash=""))
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_body(body: str) -> Definition:
    """The definition ``to_body`` was given, its hash too. Raises DefinitionError if ``body`` is none."""
    try:
        definition = cast(Definition, from_plain(Definition, json.loads(body)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DefinitionError([Fault("stored definition", 1, 1, f"cannot be read ({error})")]) from error
    return replace(definition, hash=_hash(body))


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _as_fields(content: Plain) -> Plain:
    """The content of a file as the fields of a Definition."""
    return content | {
        "principles": [_principle(principle) for principle in content["principles"]],
        "other_answers": _other_answers(content.get("other_answers", [])),
        "aspects": [_choice(aspect) for aspect in content.get("aspects", [])],
        "reflection": [_without(question, "optional") for question in content.get("reflection", [])],
        "crosswalk": _crosswalk(content.get("crosswalk")),
    }


def _principle(principle: Plain) -> Plain:
    return principle | {"statements": [s | {"principle": principle["id"]} for s in principle["statements"]]}


def _other_answers(given: list[Plain]) -> list[Plain]:
    """Those given, then the usual ones for the ids not given: nobody is left without a way not to answer."""
    ids = {answer["id"] for answer in given}
    return given + [{"id": id, **USUAL_OTHER_ANSWERS[id]} for id in OTHERS if id not in ids]


def _choice(named: Plain) -> Plain:
    return _without(named, "name") | {"text": named["name"]}


def _without(plain: Plain, key: str) -> Plain:
    return {k: value for k, value in plain.items() if k != key}


def _crosswalk(crosswalk: Plain | None) -> Plain | None:
    """Turned round: the file says which terms a principle has, a Term which principles it has."""
    if crosswalk is None:
        return None
    frameworks = [f | {"terms": [_term(crosswalk, f["id"], t) for t in f["terms"]]} for f in crosswalk["frameworks"]]
    return {key: crosswalk[key] for key in ("status", "how_to_use") if key in crosswalk} | {"frameworks": frameworks}


def _term(crosswalk: Plain, framework: str, term: Plain) -> Plain:
    principles = [row["id"] for _, row in each(crosswalk, "principles") if term["id"] in row.get(framework, ())]
    rows = [
        row for _, row in each(crosswalk, "statements") if (row["framework"], row["term"]) == (framework, term["id"])
    ]
    return term | {"principles": principles, "statements": [id for row in rows for id in row["statements"]]}
