"""After sending: a copy to keep, and the next round of the same service."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from flask import Response, abort, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.access import hold_secret
from assessment.pages.answer.blueprint import blueprint, saved_answers, this_definition, this_round
from assessment.pages.answer.notes import notes_of
from assessment.pages.clock import today
from assessment.pages.definitions import sheets
from assessment.pages.made_once import new_round
from assessment.pages.setup import sitting_form, sitting_of
from assessment.pages.stale import is_stale, stale_message
from assessment.questionnaire.definition import Definition
from assessment.store.records import Answered, Round
from assessment.store.secrets import new_secret
from assessment.workflows.setup import start_again


@blueprint.get("/copy")
def copy(round_id: UUID) -> ResponseReturnValue:
    """Everything that was answered and written, to print or keep."""
    return render_template(
        "answer/copy.html",
        round=this_round(),
        definition=this_definition(),
        answers=saved_answers(),
        notes_of=notes_of,
    )


@blueprint.get("/copy.json")
def copy_json(round_id: UUID) -> ResponseReturnValue:
    """The same for machines."""
    body = json.dumps(_as_data(this_round(), this_definition(), saved_answers()), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="answers-{round_id}.json"'}
    return Response(body, mimetype="application/json", headers=headers)


@blueprint.route("/again", methods=["GET", "POST"])
def again(round_id: UUID) -> ResponseReturnValue:
    """Start the next round of this service; nothing of this one changes."""
    if this_round().state != "released":
        abort(404)
    form = sitting_form(sheets())
    new = new_round()
    if not form.validate_on_submit() or new is None:
        return render_template(
            "answer/again.html",
            round=this_round(),
            form=form,
            sheets=sheets(),
            # Made before the button is pressed: pressed twice, it is one round with one link.
            new=new or (uuid4(), new_secret()),
            stale=stale_message() if is_stale() else "",
        )
    new_id, secret = new
    start_again(round_id, new_id, secret, sitting_of(form, "shows_previous" in request.form), today())
    hold_secret(new_id, secret)
    return redirect(url_for("answer.tasks", round_id=new_id))


def _as_data(found: Round, definition: Definition, answers: Mapping[str, Answered]) -> dict[str, object]:
    asked = definition.on_form(found.form)
    return {
        "questionnaire": {"id": definition.id, "version": definition.version, "language": definition.language},
        "organisation": found.organisation_name,
        "service": found.service_name,
        "form": found.form,
        "opened_on": found.opened_on.isoformat(),
        "people_present": found.people_present,
        "staff_present": found.staff_present,
        "statements": [{"text": s.text, **_answer(answers, s.id)} for s in asked],
        "safeguards": [{"question": s.question, **_answer(answers, s.id)} for s in definition.safeguards],
        "reflection": [{"question": r.question, **_answer(answers, r.id)} for r in definition.reflection],
    }


def _answer(answers: Mapping[str, Answered], question: str) -> dict[str, object]:
    found = answers.get(question) or Answered(question)
    texts = {"answer": found.value, "note": found.reason, "evidence": found.evidence, "seen_differently": found.dissent}
    return {"id": question} | {name: text or None for name, text in texts.items()}
