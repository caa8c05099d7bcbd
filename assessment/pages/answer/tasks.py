"""The task list, and the private links to come back to it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import held_secret, hold_secret
from assessment.pages.answer.blueprint import blueprint, saved_answers, this_definition, this_round
from assessment.pages.answer.progress import Part, Progress, is_answered, minutes_for, progress
from assessment.pages.clock import today
from assessment.pages.codes import code_of
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.service import ClaimStanding, latest_claim
from assessment.store.records import Answered, Round
from assessment.store.secrets import SECRET, new_secret, reader_secret
from assessment.workflows.links import renew_links


@blueprint.get("/")
def tasks(round_id: UUID) -> ResponseReturnValue:
    definition, answers = this_definition(), saved_answers()
    made = progress(definition, this_round().form, answers)
    unscored = [*definition.safeguards, *definition.reflection]
    return render_template(
        "answer/tasks.html",
        round=this_round(),
        definition=definition,
        progress=made,
        first={part.principle.id: _first(part, answers) for part in made.parts},
        go_on=_go_on(made),
        minutes_for=minutes_for,
        checked=sum(bool(answers.get(s.id) and answers[s.id].value) for s in definition.safeguards),
        reflected=sum(bool(answers.get(r.id) and answers[r.id].reason) for r in definition.reflection),
        unscored=bool(unscored),
    )


@blueprint.route("/links", methods=["GET", "POST"])
def links(round_id: UUID) -> ResponseReturnValue:
    """Show both private links; a POST makes new ones, and the old stop working at once."""
    new = request.form.get("new", "")
    if request.method == "POST" and not is_stale() and SECRET.match(new):
        renew_links(round_id, new, today())
        hold_secret(round_id, new)
        return redirect(url_for("answer.links", round_id=round_id, renewed=1))
    # Who came by an account holds no link, and nobody here keeps one: they can make new ones.
    secret = held_secret(round_id)
    owner, reader = (_address(secret), _address(reader_secret(secret))) if secret else ("", "")
    return render_template(
        "answer/links.html",
        round=this_round(),
        owner=owner,
        reader=reader,
        # Made before the button is pressed, so that a second press brings the same link and locks nobody out.
        new=new_secret(),
        code=code_of(owner, _("Code to scan: opens the link for changing answers")) if owner else "",
        reader_code=code_of(reader, _("Code to scan: opens the result, read-only")) if reader else "",
        renewed="renewed" in request.args,
        claim=_claim(this_round()),
        stale=stale_message() if is_stale() else "",
    )


def _claim(found: Round) -> ClaimStanding | None:
    """What the team asked of its organisation, while that has not confirmed the service."""
    if found.service_confirmed:
        return None
    with reading() as session:
        return latest_claim(session, found.service_id)


def _first(part: Part, answers: Mapping[str, Answered]) -> str:
    """Where a principle opens: its first unanswered statement, or its first."""
    return next((s.id for s in part.statements if not is_answered(answers, s)), part.statements[0].id)


def _go_on(made: Progress) -> Part | None:
    """The principle to carry on with: one that is begun before one that is not."""
    begun = (part for part in made.parts if part.left and part.answered)
    fresh = (part for part in made.parts if part.left)
    return next(begun, None) or next(fresh, None)


def _address(secret: str) -> str:
    return url_for("links.open", secret=secret, _external=True)
