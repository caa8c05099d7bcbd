"""The questionnaires and closed lists as pages need them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from assessment.questionnaire.definition import Definition, Form
from assessment.questionnaire.dimensions import Dimensions
from assessment.questionnaire.folder import definition_order, find_dimensions, find_library
from assessment.questionnaire.practice import PracticeLibrary
from assessment.store.db import reading
from assessment.store.queries.definitions import Key, definition, definition_read, known_definitions
from assessment.store.records import Round

# 25 minutes for the 12 statements of the short form, 75 for the 36 of the full one.
MINUTES_A_STATEMENT = 25 / 12
MAIN = "co-production"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form of one questionnaire, as it is offered."""

    key: Key
    form: Form
    title: str
    statements: int

    @property
    def id(self) -> str:
        return ":".join((*self.key, self.form))

    @property
    def minutes(self) -> int:
        return about_minutes(self.statements)

    @property
    def name(self) -> str:
        name = _("Short form") if self.form == "short" else _("Full form")
        return name if self.key[0] == MAIN else f"{self.title}: {name.lower()}"


def about_minutes(statements: int) -> int:
    """About how long this many statements take to agree, to the next whole minute; fives from ten up."""
    minutes = statements * MINUTES_A_STATEMENT
    return max(1, round(minutes)) if minutes < 10 else 5 * round(minutes / 5)


def definition_of(found: Round) -> Definition:
    return stored_definition(found.questionnaire)


def stored_definition(key: Key) -> Definition:
    known = definition_read(key)
    if known is not None:
        return known
    with reading() as session:
        return definition(session, key)


def newest_definitions() -> tuple[tuple[Key, Definition], ...]:
    """The newest version of each questionnaire, the main one first."""
    with reading() as session:
        found = sorted((definition(session, key) for key in known_definitions(session)), key=definition_order)
    newest = {one.id: one for one in found}.values()
    ordered = sorted(newest, key=lambda one: (one.id != MAIN, one.title))
    return tuple(((one.id, one.version, one.language), one) for one in ordered)


def sheets() -> tuple[Sheet, ...]:
    """Every form on offer, the shortest of each questionnaire first."""
    return tuple(
        Sheet(key, form, found.title, len(found.on_form(form)))
        for key, found in newest_definitions()
        for form in reversed(found.forms)
    )


def dimensions() -> Dimensions:
    return _dimensions(current_app.config["QUESTIONNAIRES"])


def library() -> PracticeLibrary:
    return _library(current_app.config["QUESTIONNAIRES"])


@lru_cache(maxsize=4)
def _dimensions(folder: Path) -> Dimensions:
    return find_dimensions(folder)


@lru_cache(maxsize=4)
def _library(folder: Path) -> PracticeLibrary:
    return find_library(folder, _dimensions(folder))
