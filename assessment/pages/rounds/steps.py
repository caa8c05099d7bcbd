"""What changes a round for everybody: more time, an early close, calling it off."""

from __future__ import annotations

from random import SystemRandom
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.rounds.blueprint import blueprint, found_round, my_hand
from assessment.pages.rounds.forms import CancelForm, ExtendForm
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.apart import ApartRound
from assessment.workflows.apart.close import close_round
from assessment.workflows.apart.plan import NotLater
from assessment.workflows.apart.plan import cancel as call_off
from assessment.workflows.apart.plan import extend as give_time


@blueprint.route("/round/<uuid:round_id>/extend", methods=["GET", "POST"])
def extend(round_id: UUID) -> ResponseReturnValue:
    found = _found(round_id)
    form = ExtendForm(found.closes_on, found.hear_by)
    if not found.is_under_way:
        return _over(round_id)
    if form.validate_on_submit():
        try:
            give_time(round_id, form.closes_on.data, form.hear_by.data, my_hand())
        except NotLater:  # someone else has given more time since this page was opened
            return redirect(url_for("rounds.extend", round_id=round_id))
        return _over(round_id)
    page = render_template("rounds/extend.html", round=found, form=form, stale=_stale())
    return page, 422 if form.errors else 200


@blueprint.route("/round/<uuid:round_id>/close", methods=["GET", "POST"])
def close(round_id: UUID) -> ResponseReturnValue:
    found = _found(round_id)
    if found.state != "open":
        return _over(round_id)
    if request.method == "POST":
        close_round(round_id, my_hand(), current_app.config["SEAL"], SystemRandom())
        return _over(round_id)
    return render_template("rounds/close.html", round=found)


@blueprint.route("/round/<uuid:round_id>/cancel", methods=["GET", "POST"])
def cancel(round_id: UUID) -> ResponseReturnValue:
    found = _found(round_id)
    form = CancelForm()
    if not found.is_under_way:
        return _over(round_id)
    if form.validate_on_submit():
        call_off(round_id, form.because.data, my_hand())
        return _over(round_id)
    page = render_template("rounds/cancel.html", round=found, form=form, stale=_stale())
    return page, 422 if form.errors else 200


def _found(round_id: UUID) -> ApartRound:
    with reading() as session:
        return found_round(session, round_id)


def _over(round_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("rounds.show", round_id=round_id))


def _stale() -> str:
    return stale_message() if is_stale() else ""
