"""What the service says to those it asked: the promise before the result, and the page itself."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.problems import problems
from assessment.pages.rounds.blueprint import blueprint, found_round, my_hand
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import typed_text, typed_version
from assessment.store.db import reading
from assessment.store.queries.replies import TEXTS, Said, reply_of
from assessment.workflows.apart.reply import agree as promise
from assessment.workflows.apart.reply import save_reply

LONGEST: Final = 4000


@blueprint.post("/round/<uuid:round_id>/agree")
def agree(round_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found_round(session, round_id)
    promise(round_id, my_hand())
    return redirect(url_for("rounds.results", round_id=round_id))


@blueprint.route("/round/<uuid:round_id>/reply", methods=["GET", "POST"])
def reply(round_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found = found_round(session, round_id)
        said = reply_of(session, round_id)
    if found.agreed_on is None:
        return redirect(url_for("rounds.results", round_id=round_id))
    if request.method != "POST":
        return _page(round_id, said)
    typed, publish = _typed(said), "publish" in request.form
    errors = _errors(typed, publish)
    if errors or is_stale():
        return _page(round_id, typed, errors if not is_stale() else {})
    theirs = save_reply(round_id, typed, publish, my_hand())
    if theirs:
        return _page(round_id, typed, theirs=theirs)
    return redirect(url_for("rounds.reply", round_id=round_id, saved="published" if publish else "yes"))


def _typed(said: Said) -> Said:
    texts = {name: typed_text(name) for name in TEXTS}
    return Said(**texts, version=typed_version("version"), published_on=said.published_on)


def _errors(typed: Said, publish: bool) -> dict[str, str]:
    errors = {name: _too_long() for name, text in typed.texts.items() if len(text) > LONGEST}
    if publish or typed.published_on:
        errors |= {name: text for name, text in _missing().items() if not typed.texts[name]}
    return errors


def _missing() -> dict[str, str]:
    return {
        "well": _("Write what you do well."),
        "to_work_on": _("Write what you will work on."),
        "will_do": _("Write what you will do."),
        "by_when": _("Write by when you will do it."),
    }


def _too_long() -> str:
    return _("Use no more than %(most)d characters.", most=LONGEST)


def _page(
    round_id: UUID, said: Said, errors: dict[str, str] | None = None, theirs: Said | None = None
) -> ResponseReturnValue:
    with reading() as session:
        found = found_round(session, round_id)
    page = render_template(
        "rounds/reply.html",
        round=found,
        said=said,
        version=theirs.version if theirs else said.version,
        theirs=theirs,
        field_errors=errors or {},
        errors=problems(errors or {}),
        saved=request.args.get("saved", ""),
        stale=stale_message() if is_stale() else "",
    )
    return page, 409 if theirs else 422 if errors else 200
