"""What the code still does, until the round closes: take back, replace, and see if one chose so when sending."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.alone.blueprint import blueprint, definition_of
from assessment.pages.clock import now, today
from assessment.pages.problems import problems
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.ways import Way, hold_way
from assessment.store.alone import statements_for
from assessment.store.secrets import draft_secret, read_code
from assessment.workflows.alone.begin import begin
from assessment.workflows.alone.code import Found, find, see, take_back


@blueprint.route("/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """One address for all of it: a code is never in one."""
    typed = request.form.get("code", "").strip()[:100]
    if request.method != "POST" or is_stale():
        return _ask(typed)
    if not typed:
        return _ask(typed, _("Enter your code.")), 422
    known = read_code(typed)
    found = find(known, today()) if known else None
    if known is None or found is None:
        return _ask(typed, _unknown()), 422
    return _do(request.form.get("do", ""), known, found)


def _do(what: str, code: str, found: Found) -> ResponseReturnValue:
    if what == "delete":
        return _deleted(code)
    if what == "replace":
        return _replace(code, found)
    if what == "see" and (seen := see(code)):
        return _seen(code, found, seen.answers, seen.texts)
    template = "take_back" if what == "take-back" else "with_code"
    return render_template(f"alone/{template}.html", code=code, found=found)


def _ask(typed: str, error: str = "") -> str:
    errors = {"code": error} if error else {}
    stale = stale_message() if is_stale() else ""
    return render_template("alone/code.html", typed=typed, errors=problems(errors), field_errors=errors, stale=stale)


def _unknown() -> str:
    return _(
        "We find nothing with this code. Check each letter. If it is right, the answers were taken back already, "
        "or the questions have closed."
    )


def _deleted(code: str) -> ResponseReturnValue:
    if not take_back(code, today()):
        return _ask(code, _unknown()), 422
    return render_template("alone/taken_back.html")


def _replace(code: str, found: Found) -> ResponseReturnValue:
    """Answer again from the start; what was sent stays until the new answers are."""
    voice, way = found.round.voice, Way("code", code, draft_secret(code), int(now().timestamp() // 60))
    if voice is None or not begin(found.round.id, voice, way.draft):
        return _ask(code, _unknown()), 422
    hold_way(found.round.id, way)
    first = statements_for(definition_of(found.round), voice, found.round.form)[0]
    return redirect(url_for("alone.statement", round_id=found.round.id, statement_id=first.id))


def _seen(code: str, found: Found, answers: object, texts: object) -> str:
    asked = definition_of(found.round)
    voice = found.round.voice or "people"
    return render_template(
        "alone/seen.html",
        code=code,
        alone=found.round,
        definition=asked,
        asked=statements_for(asked, voice, found.round.form),
        answers=answers,
        texts=texts,
    )
