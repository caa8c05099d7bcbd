"""The organisations of the network, its people, and everything that was done."""

from __future__ import annotations

from typing import Final, cast
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.dimension_words import kind_and_place
from assessment.pages.holders import Scope, change_offer, people_page, role_page, someone
from assessment.pages.network.blueprint import blueprint
from assessment.pages.paging import page_number
from assessment.pages.trail import trail_page
from assessment.store.db import reading
from assessment.store.names import tidy
from assessment.store.queries.network import AT_ONCE, Kept, Search, find_organisations
from assessment.store.queries.roles import NETWORK, Where

BASE: Final = "network/base.html"


@blueprint.get("/")
def show() -> ResponseReturnValue:
    kept = request.args.get("kept", "")
    kinds = {
        "": _("All in use"),
        "unconfirmed": _("Not confirmed"),
        "claims": _("With services that ask to be confirmed"),
        "archived": _("Archived"),
    }
    search = Search(
        tidy(request.args.get("q", ""))[:200],
        cast("Kept", kept if kept in kinds else ""),
        page_number(request.args.get("page", "")),
    )
    with reading() as session:
        count, found = find_organisations(session, search)
    return render_template(
        "network/show.html",
        search=search,
        kinds=kinds,
        count=count,
        organisations=found,
        said=kind_and_place,
        last=max(0, (count - 1) // AT_ONCE),
    )


@blueprint.get("/trail")
def trail() -> ResponseReturnValue:
    return trail_page(None, "network/trail.html")


def _scope() -> Scope:
    return Scope(Where(), _("the network"), NETWORK, "network", BASE, "network admin" in someone().roles)


@blueprint.route("/people", methods=["GET", "POST"])
def people() -> ResponseReturnValue:
    return people_page(_scope())


@blueprint.post("/people/offer/<uuid:offer_id>")
def offer(offer_id: UUID) -> ResponseReturnValue:
    return change_offer(_scope(), offer_id)


@blueprint.route("/people/<uuid:membership_id>", methods=["GET", "POST"])
def role(membership_id: UUID) -> ResponseReturnValue:
    return role_page(_scope(), membership_id)
