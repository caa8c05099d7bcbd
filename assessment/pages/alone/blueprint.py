"""The blueprint that the pages of answering alone hang on, and what they all need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, ParamSpec
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.clock import today
from assessment.pages.definitions import stored_definition
from assessment.pages.ways import this_alone, this_way
from assessment.questionnaire.definition import Definition, Statement
from assessment.store.alone import Alone, AloneVoice, form_for, statements_for
from assessment.store.db import asking, reading
from assessment.store.faults import Gone
from assessment.store.queries.minutes import estimated_minutes, usual_minutes
from assessment.store.queries.rounds import answers_of
from assessment.store.records import Answered

P = ParamSpec("P")
blueprint = Blueprint("alone", __name__)
OF_ROUND: Final = "/alone/<uuid:round_id>"


def with_draft(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """For pages of answers that have been begun; everyone else is told first how things stand."""

    @wraps(view)
    def open(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        found = this_alone()
        if found.draft_id is None or not found.takes_answers(today()):
            return redirect(url_for("alone.before", round_id=found.id))
        try:
            return view(*args, **kwargs)
        except Gone:  # sent, deleted or closed at this very moment
            return redirect(url_for("alone.before", round_id=found.id))

    return open


def page(template: str, **values: Any) -> str:
    """A page of this round."""
    return render_template(f"alone/{template}.html", alone=this_alone(), way=this_way(), **values)


def definition_of(found: Alone) -> Definition:
    return stored_definition(found.questionnaire)


def this_definition() -> Definition:
    return definition_of(this_alone())


def this_draft() -> UUID:
    found = this_alone().draft_id
    assert found is not None, "a page of answers that were never begun"
    return found


def this_voice() -> AloneVoice:
    found = this_alone().voice
    assert found is not None, "a page of answers that were never begun"
    return found


def asked_here() -> tuple[Statement, ...]:
    """The statements of this voice, in order."""
    return statements_for(this_definition(), this_voice(), this_alone().form)


def saved_answers() -> Mapping[str, Answered]:
    with asking() as store:
        return answers_of(store, this_draft())


def minutes_for(voice: AloneVoice) -> int:
    """About how long answering takes one person, as earlier rounds tell."""
    found, asked = this_alone(), this_definition()
    with reading() as session:
        return usual_minutes(session, asked, voice, form_for(asked, voice, found.form))


def minutes_left(left: int, total: int) -> int:
    """Of the minutes that were promised, those for the statements that are left."""
    return max(1, round((this_way().minutes or estimated_minutes(total)) * left / total))
