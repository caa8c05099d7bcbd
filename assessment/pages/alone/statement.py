"""One statement a page. As few queries as can be: the way in with everything it leads to, the answers, one save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.mark import Seat
from assessment.pages.alone.blueprint import (
    OF_ROUND,
    asked_here,
    blueprint,
    minutes_left,
    page,
    saved_answers,
    this_definition,
    this_draft,
    this_voice,
    with_draft,
)
from assessment.pages.problems import problems
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import MOST_CHARACTERS, over, too_long, typed_text, typed_version
from assessment.pages.ways import this_alone
from assessment.questionnaire.answer import NOT_APPLICABLE, Answer, AnswerError
from assessment.questionnaire.definition import Statement
from assessment.store.records import Answered
from assessment.workflows.answering import save_answer

MOST_SEATS: Final = 12
Errors = Mapping[str, str]


@blueprint.route(f"{OF_ROUND}/statement/<statement_id>", methods=["GET", "POST"])
@with_draft
def statement(round_id: UUID, statement_id: str) -> ResponseReturnValue:
    asked = next((one for one in asked_here() if one.id == statement_id), None)
    if asked is None:
        abort(404)
    return _page(asked) if request.method != "POST" else _save(asked)


def _save(asked: Statement) -> ResponseReturnValue:
    typed = _typed(asked)
    errors = _errors(typed)
    if errors or is_stale():
        return _page(asked, typed, errors)
    theirs = save_answer(this_draft(), typed)
    if theirs:
        return _page(asked, over(typed, theirs), theirs=theirs)
    return redirect(_next_page(asked))


def _typed(asked: Statement) -> Answered:
    value = "" if "skip" in request.form else typed_text("answer")
    return Answered(
        question=asked.id,
        value=value,
        # A reason belongs to "does not apply"; typed before a change of mind it says nothing.
        reason=typed_text("reason") if value == NOT_APPLICABLE else "",
        evidence=typed_text("evidence"),
        version=typed_version("version"),
        private="private" in request.form,
    )


def _errors(typed: Answered) -> Errors:
    """What is wrong, by field. No answer at all is none: every question can be skipped."""
    texts = {"reason": typed.reason, "evidence": typed.evidence}
    errors = {name: too_long(text) for name, text in texts.items() if len(text) > MOST_CHARACTERS}
    if typed.value:
        try:
            Answer.parse(typed.value, this_definition().top)
        except AnswerError:
            return {"answer": _("Choose one of the answers on this page.")} | errors
    return errors


def _page(
    asked: Statement, typed: Answered | None = None, errors: Errors | None = None, theirs: Answered | None = None
) -> ResponseReturnValue:
    statements, answers = asked_here(), saved_answers()
    number = statements.index(asked) + 1
    shown = page(
        "statement",
        definition=this_definition(),
        statement=asked,
        number=number,
        total=len(statements),
        minutes=minutes_left(len(statements) - number + 1, len(statements)),
        seats=_seats(statements, answers, asked),
        typed=typed or answers.get(asked.id) or Answered(asked.id),
        errors=problems(errors or {}),
        field_errors=errors or {},
        theirs=theirs,
        back=_back(statements, number),
        came_from=_came_from(),
        skip_page=_next_page(asked) if theirs else "",
        stale=stale_message() if is_stale() else "",
        **_words(asked),
    )
    return shown, 409 if theirs else 422 if errors else 200


def _words(asked: Statement) -> dict[str, Any]:
    """The statement and its levels, as this voice reads them."""
    if this_voice() == "people" and asked.people:
        return {"legend": asked.people.text, "texts": asked.people.levels}
    return {"legend": asked.text, "texts": asked.levels}


def _seats(statements: tuple[Statement, ...], answers: Mapping[str, Answered], here: Statement) -> list[Seat]:
    """One seat a statement where there are few, else one a principle."""
    if len(statements) <= MOST_SEATS:
        return [_seat(bool(answers.get(s.id) and answers[s.id].value), s is here) for s in statements]
    principles = list(dict.fromkeys(s.principle for s in statements))
    left = {s.principle for s in statements if not (answers.get(s.id) and answers[s.id].value)}
    return [_seat(p not in left, p == here.principle) for p in principles]


def _seat(answered: bool, here: bool) -> Seat:
    return "part" if here else "on" if answered else "to-come"


def _came_from() -> str:
    return "check" if request.values.get("then") == "check" else ""


def _back(statements: tuple[Statement, ...], number: int) -> str:
    round_id = this_alone().id
    if _came_from():
        return url_for("alone.check", round_id=round_id)
    if number == 1:
        return url_for("alone.before", round_id=round_id)
    return url_for("alone.statement", round_id=round_id, statement_id=statements[number - 2].id)


def _next_page(asked: Statement) -> str:
    """On to the next statement; after the last to the questions that are not scored."""
    round_id, statements = this_alone().id, asked_here()
    if _came_from():
        return url_for("alone.check", round_id=round_id, _anchor=asked.id)
    after = statements[statements.index(asked) + 1 :]
    if after:
        return url_for("alone.statement", round_id=round_id, statement_id=after[0].id)
    definition = this_definition()
    view = "safeguards" if definition.safeguards else "reflection" if definition.reflection else "check"
    return url_for(f"alone.{view}", round_id=round_id)
