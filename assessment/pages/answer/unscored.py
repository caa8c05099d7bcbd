"""The questions that are not scored: the checks for harm and the open questions. All are optional."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.answer.blueprint import blueprint, saved_answers, this_definition, this_round
from assessment.pages.problems import problems
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import MOST_CHARACTERS, over, too_long, typed_text, typed_version
from assessment.questionnaire.definition import Reflection, Safeguard
from assessment.store.records import Answered
from assessment.workflows.answering import save_answers


@blueprint.route("/safeguards", methods=["GET", "POST"])
def safeguards(round_id: UUID) -> ResponseReturnValue:
    return _questions("answer/safeguards.html", this_definition().safeguards)


@blueprint.route("/reflection", methods=["GET", "POST"])
def reflection(round_id: UUID) -> ResponseReturnValue:
    return _questions("answer/reflection.html", this_definition().reflection)


def _questions(template: str, asked: Sequence[Safeguard | Reflection]) -> ResponseReturnValue:
    """Show one page of questions, or save them all and go back to where they came from."""
    if request.method != "POST":
        return _page(template, asked, _standing(asked))
    typed = {question.id: _typed(question) for question in asked}
    errors = {f"{q}-note": too_long(t.reason) for q, t in typed.items() if len(t.reason) > MOST_CHARACTERS}
    if errors or is_stale():
        return _page(template, asked, typed, errors)
    theirs = save_answers(this_round().draft_id, _changed(typed.values()))
    if theirs:
        return _page(template, asked, {q: _over(t, theirs.get(q)) for q, t in typed.items()}, theirs=theirs)
    return redirect(_back())


def _standing(asked: Sequence[Safeguard | Reflection]) -> Mapping[str, Answered]:
    saved = saved_answers()
    return {question.id: saved.get(question.id) or Answered(question.id) for question in asked}


def _typed(question: Safeguard | Reflection) -> Answered:
    value = typed_text(f"{question.id}-answer")
    known = value if isinstance(question, Safeguard) and value in question.answers else ""
    return Answered(
        question.id, known, typed_text(f"{question.id}-note"), version=typed_version(f"{question.id}-version")
    )


def _changed(typed: Iterable[Answered]) -> list[Answered]:
    """All but what was never answered and still is not: nothing needs to be kept of that."""
    return [t for t in typed if t.version or t.value or t.reason]


def _over(mine: Answered, theirs: Answered | None) -> Answered:
    """What I typed, to be saved over theirs the next time."""
    if theirs:
        return over(mine, theirs)
    version = mine.version + bool(mine.version or mine.value or mine.reason)
    return Answered(mine.question, mine.value, mine.reason, version=version)


def _page(
    template: str,
    asked: Sequence[Safeguard | Reflection],
    typed: Mapping[str, Answered],
    errors: Mapping[str, str] | None = None,
    theirs: Mapping[str, Answered] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        template,
        round=this_round(),
        definition=this_definition(),
        asked=asked,
        typed=typed,
        errors=problems(errors or {}),
        field_errors=errors or {},
        theirs=theirs or {},
        back=_back(),
        came_from="check" if request.values.get("then") == "check" else "",
        stale=stale_message() if is_stale() else "",
    )
    return page, 409 if theirs else 422 if errors else 200


def _back() -> str:
    view = "answer.check" if request.values.get("then") == "check" else "answer.tasks"
    return url_for(view, round_id=this_round().id)
