"""Where somebody is signed in, and ending it there."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.account.blueprint import blueprint
from assessment.pages.account.home import signed_in_member
from assessment.pages.clock import now
from assessment.store.db import reading
from assessment.store.queries.sign_ins import SignedIn, sign_ins_of
from assessment.workflows.sign_in import sign_out, sign_out_everywhere


@blueprint.get("/account/sign-ins")
def sign_ins() -> ResponseReturnValue:
    member = signed_in_member()
    return render_template("account/sign_ins.html", member=member, found=_found(member.id))


def _found(person_id: UUID) -> tuple[SignedIn, ...]:
    settings, moment = current_app.config["SETTINGS"], now()
    with reading() as store:
        return sign_ins_of(
            store,
            person_id,
            moment - timedelta(hours=settings.sign_in_hours),
            moment - timedelta(minutes=settings.sign_in_idle_minutes),
        )


@blueprint.post("/account/sign-ins/<uuid:sign_in_id>/end")
def end_one(sign_in_id: UUID) -> ResponseReturnValue:
    """Ending one that is over already, or was never one's own, changes nothing."""
    sign_out(signed_in_member(), sign_in_id)
    return redirect(url_for("account.sign_ins"))


@blueprint.post("/account/sign-ins/end")
def end_all() -> ResponseReturnValue:
    """Everywhere, here too: whoever copied a cookie is signed out with it."""
    sign_out_everywhere(signed_in_member())
    session.pop("sign_in", None)
    return redirect(url_for("account.signed_out", everywhere=1))
