"""The definition language: which keys a questionnaire has, what each holds, and how many there may be."""

from __future__ import annotations

from typing import Final

from assessment.questionnaire.answer import OTHERS
from assessment.questionnaire.shape import ListOf, Number, OneOf, Record, Text, Token, YesNo

ID: Final = Token()
NAME: Final = Text(150)
TEXT: Final = Text(400)
LONG: Final = Text(1500)
VERSION: Final = Token(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", 'a version such as "1.0"')
LANGUAGE: Final = Token("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", "a language such as `en` or `cy`")
CODE: Final = Token("[A-Za-z0-9]{1,4}", "at most 4 letters or digits")
SIDE: Final = OneOf(("people", "staff"))
LEAST_LEVELS: Final = 2
MOST_LEVELS: Final = 7

LEVEL_TEXTS: Final = ListOf(TEXT, "level", LEAST_LEVELS, MOST_LEVELS)
PEOPLE: Final = Record("people's wording", {"text": TEXT, "levels": LEVEL_TEXTS})
STATEMENT: Final = Record(
    "a statement",
    {"id": ID, "text": TEXT, "levels": LEVEL_TEXTS},
    {
        "aspect": ID,
        "short": YesNo(),
        "also": ListOf(ID, "principle", most=12),
        "help": TEXT,
        "evidence": TEXT,
        "next_steps": ListOf(TEXT, "next step", LEAST_LEVELS - 1, MOST_LEVELS - 1),
        "people": PEOPLE,
    },
)
PRINCIPLE: Final = Record(
    "a principle",
    {"id": ID, "code": CODE, "name": NAME, "statements": ListOf(STATEMENT, "statement", 1, 12)},
    {"tagline": TEXT, "definition": LONG, "why_it_matters": LONG, "other_names": ListOf(NAME, "name", most=12)},
)
LEVEL: Final = Record("a level of the scale", {"value": Number(MOST_LEVELS - 1), "name": NAME}, {"meaning": TEXT})
OTHER_ANSWER: Final = Record(
    "an other answer",
    {"id": OneOf(OTHERS), "text": TEXT},
    {"people_text": TEXT, "asks_reason": YesNo(), "reason_prompt": TEXT, "meaning": TEXT},
)
SAFEGUARD: Final = Record(
    "a safeguard",
    {"id": ID, "question": TEXT, "answers": ListOf(ID, "answer", 2, 7), "concern_if": ID},
    {"title": NAME, "why": TEXT, "note_prompt": TEXT, "if_concern": LONG},
)
REFLECTION: Final = Record(
    "a reflection question", {"id": ID, "question": TEXT}, {"help": TEXT, "optional": YesNo(True)}
)
FRAMEWORK: Final = Record(
    "a framework",
    {"id": ID, "name": NAME, "terms": ListOf(Record("a term", {"id": ID, "name": NAME}), "term", 1, 50)},
)
CROSSWALK: Final = Record(
    "a crosswalk",
    {"frameworks": ListOf(FRAMEWORK, "framework", 1, 20)},
    {
        "status": TEXT,
        "how_to_use": TEXT,
        "principles": ListOf(Record("a row of a principle's terms", {"id": ID}, rest=ListOf(ID, "term")), "principle"),
        "statements": ListOf(
            Record(
                "a row of a term's statements", {"framework": ID, "term": ID, "statements": ListOf(ID, "statement", 1)}
            ),
            "term",
        ),
    },
)
DEFINITION: Final = Record(
    "a questionnaire",
    {
        "id": ID,
        "version": VERSION,
        "language": LANGUAGE,
        "title": NAME,
        "scale": ListOf(LEVEL, "level", LEAST_LEVELS, MOST_LEVELS),
        "principles": ListOf(PRINCIPLE, "principle", 3, 12),
    },
    {
        "summary": LONG,
        "modes": Record("a text for each mode", {}, {"together": LONG, "apart": LONG}),
        "credit": LONG,
        "overlap_note": LONG,
        "scale_rule": LONG,
        "people_scale_rule": LONG,
        "scale_words": ListOf(Record("a word", {"word": NAME, "meaning": TEXT}), "word", most=30),
        "other_answers": ListOf(OTHER_ANSWER, "other answer", 1, len(OTHERS)),
        "voices": ListOf(
            Record("a voice", {"id": SIDE, "name": NAME, "wording": SIDE}, {"intro": LONG}), "voice", 1, 2
        ),
        "perspectives": ListOf(
            Record("a perspective", {"id": ID, "name": NAME, "voice": SIDE}, {"description": TEXT}),
            "perspective",
            1,
            20,
        ),
        "aspects": ListOf(Record("an aspect", {"id": ID, "name": NAME}, {"meaning": TEXT}), "aspect", most=12),
        "safeguards_intro": LONG,
        "safeguard_answers": ListOf(Record("an answer", {"id": ID, "text": NAME}), "answer", 2, 7),
        "safeguards": ListOf(SAFEGUARD, "safeguard", most=12),
        "reflection_intro": LONG,
        "reflection": ListOf(REFLECTION, "question", most=12),
        "crosswalk": CROSSWALK,
    },
)
