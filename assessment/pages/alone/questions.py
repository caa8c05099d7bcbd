"""The questions that are not scored, answered alone: the checks for harm and the open questions. All are optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.alone.blueprint import (
    OF_ROUND,
    asked_here,
    blueprint,
    page,
    saved_answers,
    this_definition,
    this_draft,
    with_draft,
)
from assessment.pages.problems import problems
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import MOST_CHARACTERS, over, too_long, typed_text, typed_version
from assessment.pages.ways import this_alone
from assessment.questionnaire.definition import Reflection, Safeguard
from assessment.store.records import Answered
from assessment.workflows.answering import save_answers

Questions = Sequence[Safeguard | Reflection]


@blueprint.route(f"{OF_ROUND}/safeguards", methods=["GET", "POST"])
@with_draft
def safeguards(round_id: UUID) -> ResponseReturnValue:
    after = "alone.reflection" if this_definition().reflection else "alone.check"
    last = asked_here()[-1].id
    return _questions(
        "safeguards",
        this_definition().safeguards,
        url_for("alone.statement", round_id=round_id, statement_id=last),
        url_for(after, round_id=round_id),
    )


@blueprint.route(f"{OF_ROUND}/words", methods=["GET", "POST"])
@with_draft
def reflection(round_id: UUID) -> ResponseReturnValue:
    check = url_for("alone.check", round_id=round_id)
    before = url_for("alone.safeguards", round_id=round_id) if this_definition().safeguards else check
    return _questions("reflection", this_definition().reflection, before, check)


def _questions(kind: str, asked: Questions, before: str, after: str) -> ResponseReturnValue:
    """Show one page of questions, or save them all and go on."""
    if request.values.get("then") == "check":
        before = after = url_for("alone.check", round_id=this_alone().id)
    if not asked:
        return redirect(after)
    if request.method != "POST":
        saved = saved_answers()
        return _page(kind, asked, {q.id: saved.get(q.id) or Answered(q.id) for q in asked}, before, after)
    typed = {question.id: _typed(question) for question in asked}
    errors = {f"{q}-note": too_long(t.reason) for q, t in typed.items() if len(t.reason) > MOST_CHARACTERS}
    if errors or is_stale():
        return _page(kind, asked, typed, before, after, errors)
    theirs = save_answers(this_draft(), [t for t in typed.values() if t.version or t.value or t.reason])
    if theirs:
        mine = {q: _over(t, theirs.get(q)) for q, t in typed.items()}
        return _page(kind, asked, mine, before, after, theirs=theirs)
    return redirect(after)


def _typed(question: Safeguard | Reflection) -> Answered:
    value = typed_text(f"{question.id}-answer")
    return Answered(
        question.id,
        value if isinstance(question, Safeguard) and value in question.answers else "",
        typed_text(f"{question.id}-note"),
        version=typed_version(f"{question.id}-version"),
        private=f"{question.id}-private" in request.form,
    )


def _over(mine: Answered, theirs: Answered | None) -> Answered:
    """What I typed, to be saved over theirs the next time."""
    if theirs:
        return over(mine, theirs)
    saved = bool(mine.version or mine.value or mine.reason)
    return Answered(mine.question, mine.value, mine.reason, version=mine.version + saved, private=mine.private)


def _page(
    kind: str,
    asked: Questions,
    typed: Mapping[str, Answered],
    before: str,
    after: str,
    errors: Mapping[str, str] | None = None,
    theirs: Mapping[str, Answered] | None = None,
) -> ResponseReturnValue:
    shown = page(
        "questions",
        kind=kind,
        definition=this_definition(),
        asked=asked,
        typed=typed,
        errors=problems(errors or {}),
        field_errors=errors or {},
        theirs=theirs or {},
        back=before,
        after=after,
        came_from="check" if request.values.get("then") == "check" else "",
        stale=stale_message() if is_stale() else "",
    )
    return shown, 409 if theirs else 422 if errors else 200
