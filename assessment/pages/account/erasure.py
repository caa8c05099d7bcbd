"""Leaving for good: the account is erased, what was done with it stays without a name."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.account.blueprint import blueprint
from assessment.pages.account.home import signed_in_member
from assessment.pages.clock import now
from assessment.store.db import reading
from assessment.store.queries.accounts import HeldPlace, sole_leads
from assessment.workflows.accounts import LastLead, erase


@blueprint.get("/account/erase")
def ask_to_erase() -> ResponseReturnValue:
    with reading() as store:
        leading = sole_leads(store, signed_in_member().id)
    return _page(leading)


@blueprint.post("/account/erase")
def erase_account() -> ResponseReturnValue:
    try:
        erase(signed_in_member().id, now())
    except LastLead as last:
        return _page(last.places)
    session.pop("sign_in", None)
    return redirect(url_for("account.erased"))


def _page(leading: tuple[HeldPlace, ...]) -> ResponseReturnValue:
    page = render_template("account/erase.html", member=signed_in_member(), leading=leading)
    return page, 409 if leading else 200


@blueprint.get("/account-erased")
def erased() -> ResponseReturnValue:
    return render_template("account/erased.html")
