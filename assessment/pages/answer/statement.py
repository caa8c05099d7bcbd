"""One statement a page: the page that matters, so it makes no form object and two queries."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.answer.blueprint import blueprint, saved_answers, this_definition, this_round
from assessment.pages.answer.notes import notes_of
from assessment.pages.answer.progress import next_in_principle, next_unanswered, progress
from assessment.pages.problems import problems
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import MOST_CHARACTERS, over, too_long, typed_text, typed_version
from assessment.questionnaire.answer import NOT_APPLICABLE, Answer, AnswerError
from assessment.questionnaire.definition import Definition, Statement
from assessment.store.db import reading
from assessment.store.queries.releases import level_last_time
from assessment.store.records import Answered
from assessment.workflows.answering import save_answer

CHECK = "check"
Errors = Mapping[str, str]


@blueprint.route("/statement/<statement_id>", methods=["GET", "POST"])
def statement(round_id: UUID, statement_id: str) -> ResponseReturnValue:
    definition = this_definition()
    asked = definition.by_id.get(statement_id)
    if asked is None or asked not in definition.on_form(this_round().form):
        abort(404)
    if request.method != "POST":
        return _page(definition, asked, saved_answers())
    return _save(definition, asked)


def _save(definition: Definition, asked: Statement) -> ResponseReturnValue:
    typed = _typed(asked)
    errors = _errors(definition, typed)
    if errors or is_stale():
        return _page(definition, asked, saved_answers(), typed, errors)
    theirs = save_answer(this_round().draft_id, typed)
    if theirs:
        return _page(definition, asked, saved_answers(), over(typed, theirs), theirs=theirs)
    return redirect(_next_page(definition, asked))


def _typed(asked: Statement) -> Answered:
    return Answered(
        question=asked.id,
        value=typed_text("answer"),
        # A reason belongs to "does not apply"; typed before a change of mind it says nothing.
        reason=typed_text("reason") if typed_text("answer") == NOT_APPLICABLE else "",
        evidence=typed_text("evidence"),
        dissent=typed_text("dissent"),
        version=typed_version("version"),
    )


def _errors(definition: Definition, typed: Answered) -> Errors:
    """What is wrong, by the id of the field that the error summary leads to."""
    later = "later" in request.form
    errors = {name: too_long(text) for name, text in _notes(typed).items() if len(text) > MOST_CHARACTERS}
    if not typed.value:
        return errors if later else {"answer": _("Choose a level, or one of the answers below it.")} | errors
    try:
        answer = Answer.parse(typed.value, definition.top)
    except AnswerError:
        return {"answer": _("Choose one of the answers on this page.")} | errors
    if answer.other == NOT_APPLICABLE and not typed.reason and not later:
        return {"reason": _("Tell us in a few words why it does not apply.")} | errors
    return errors


def _notes(typed: Answered) -> Mapping[str, str]:
    return {"reason": typed.reason, "evidence": typed.evidence, "dissent": typed.dissent}


def _page(
    definition: Definition,
    asked: Statement,
    answers: Mapping[str, Answered],
    typed: Answered | None = None,
    errors: Errors | None = None,
    theirs: Answered | None = None,
) -> ResponseReturnValue:
    found = this_round()
    made = progress(definition, found.form, answers)
    came_from = _came_from()
    part = next(p for p in made.parts if p.principle.id == asked.principle)
    page = render_template(
        "answer/statement.html",
        round=found,
        definition=definition,
        statement=asked,
        part=part,
        number=part.statements.index(asked) + 1,
        progress=made,
        typed=typed or answers.get(asked.id) or Answered(asked.id),
        errors=problems(errors or {}),
        field_errors=errors or {},
        theirs=theirs,
        their_notes=notes_of({asked.id: theirs}, asked.id) if theirs else [],
        back=url_for("answer.check" if came_from else "answer.tasks", round_id=found.id),
        stale=stale_message() if is_stale() else "",
        came_from=came_from,
        last_time=_last_time(asked),
        skip=_next_page(definition, asked) if theirs else "",
    )
    return page, 409 if theirs else 422 if errors else 200


def _last_time(asked: Statement) -> int | None:
    """The level that the service agreed at this statement in the round before, if it wants to see that."""
    previous = this_round().previous_id
    if previous is None or not this_round().shows_previous:
        return None
    with reading() as session:
        return level_last_time(session, previous, asked.id)


def _came_from() -> str:
    return CHECK if request.values.get("then") == CHECK else ""


def _next_page(definition: Definition, asked: Statement) -> str:
    """Back to the check page if that is where they came from, else on to what is next."""
    found = this_round()
    if _came_from():
        return url_for("answer.check", round_id=found.id, _anchor=asked.id)
    after = next_in_principle(definition, found.form, asked.id)
    # "Answer later" must move on, also from the last unanswered one.
    after = after or next_unanswered(definition, found.form, saved_answers(), asked.id)
    if after is None or after.id == asked.id:
        return url_for("answer.tasks", round_id=found.id)
    return url_for("answer.statement", round_id=found.id, statement_id=after.id)
