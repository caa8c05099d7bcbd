"""Two organisations that are one: look for the other, see what joining them does, and do it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.clock import now
from assessment.pages.dimension_words import kind_and_place
from assessment.pages.holders import someone
from assessment.pages.network.blueprint import blueprint
from assessment.store.db import reading
from assessment.store.names import tidy
from assessment.store.queries.manage import OrganisationStanding, organisation_standing, organisation_standings
from assessment.store.queries.network import Search, alike, find_organisations
from assessment.workflows.network_care import CannotMerge, Merge, merge_organisations, plan_merge


@blueprint.get("/organisation/<uuid:organisation_id>/merge")
def merge(organisation_id: UUID) -> ResponseReturnValue:
    """Which organisation is the same as this one: those of a like name, or what is looked for."""
    words = tidy(request.args.get("q", ""))[:200]
    with reading() as session:
        found = _found(organisation_standing(session, organisation_id))
        others = (
            find_organisations(session, Search(words))[1]
            if words.strip()
            else alike(session, organisation_id, found.name)
        )
    return render_template(
        "network/merge.html",
        organisation=found,
        others=[one for one in others if one.id != organisation_id],
        words=words,
        kind_and_place=kind_and_place,
    )


@blueprint.route("/organisation/<uuid:organisation_id>/merge/<uuid:other_id>", methods=["GET", "POST"])
def merge_with(organisation_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """What joining does, for whichever of the two is to stay; this one, or the other."""
    stays_id = other_id if request.values.get("stays") == "other" else organisation_id
    gone_id = organisation_id if stays_id == other_id else other_id
    try:
        if request.method == "POST":
            merge_organisations(gone_id, stays_id, someone().id, now())
            return redirect(url_for("network.organisation", organisation_id=stays_id, done="merged"))
        with reading() as session:
            standing = organisation_standings(session, organisation_id, other_id)
            one, other = (_found(standing.get(id)) for id in (organisation_id, other_id))
            plan = plan_merge(session, standing[gone_id], standing[stays_id])
    except CannotMerge as why:
        return _refused(organisation_id, why)
    return _preview(one, other, plan, stays_id == other_id)


def _preview(
    one: OrganisationStanding, other: OrganisationStanding, plan: Merge, other_stays: bool
) -> ResponseReturnValue:
    return render_template(
        "network/merge_preview.html",
        organisation=one,
        other=other,
        plan=plan,
        other_stays=other_stays,
        kind_and_place=kind_and_place,
    )


def _refused(organisation_id: UUID, fault: CannotMerge) -> ResponseReturnValue:
    if fault.why == "gone":
        abort(404)
    reasons = {
        "itself": _("An organisation cannot be joined with itself."),
        "providers": _(
            "Both have a way to sign in of their own. Ask the operator to take one of them away, then try again."
        ),
    }
    with reading() as session:
        found = _found(organisation_standing(session, organisation_id))
    page = render_template("network/merge_refused.html", organisation=found, reason=reasons[fault.why])
    return page, 422


def _found(standing: OrganisationStanding | None) -> OrganisationStanding:
    return standing or abort(404)
