"""One organisation as a network admin looks after it: confirm it, say what it is, put it away."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.clock import now
from assessment.pages.definitions import dimensions
from assessment.pages.dimension_words import kind_and_place, regions
from assessment.pages.holders import someone
from assessment.pages.network.blueprint import blueprint
from assessment.pages.place_forms import OrganisationWordsForm
from assessment.pages.setup_forms import choices
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.manage import OrganisationStanding, organisation_standing
from assessment.store.queries.network import alike
from assessment.workflows.network_care import (
    Alike,
    change_organisation,
    confirm_organisation,
    put_organisation_away,
)
from assessment.workflows.setup import NewOrganisation


@blueprint.route("/organisation/<uuid:organisation_id>", methods=["GET", "POST"])
def organisation(organisation_id: UUID) -> ResponseReturnValue:
    if request.method == "POST":
        return _done(organisation_id)
    with reading() as session:
        found = organisation_standing(session, organisation_id)
        if found is None:
            abort(404)
        others = alike(session, organisation_id, found.name)
    return render_template(
        "network/organisation.html",
        organisation=found,
        others=others,
        kind_and_place=kind_and_place,
        size=_size(found),
        done=request.args.get("done", ""),
    )


def _done(organisation_id: UUID) -> ResponseReturnValue:
    if "confirm" in request.form:
        confirm_organisation(organisation_id, someone().id, now())
    elif "away" in request.form or "back" in request.form:
        put_organisation_away(organisation_id, "away" in request.form, someone().id, now())
    return redirect(url_for("network.organisation", organisation_id=organisation_id, done="1"))


@blueprint.route("/organisation/<uuid:organisation_id>/edit", methods=["GET", "POST"])
def edit(organisation_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found = organisation_standing(session, organisation_id)
    if found is None:
        abort(404)
    form = _form(found)
    if form.validate_on_submit():
        try:
            change_organisation(organisation_id, _words(form), someone().id, now())
        except Alike:
            form.name.errors = [_("Another organisation has this name, kind and place. Join the two instead.")]
        else:
            return redirect(url_for("network.organisation", organisation_id=organisation_id, done="1"))
    stale = stale_message() if is_stale() else ""
    page = render_template("network/edit.html", form=form, organisation=found, stale=stale)
    return page, 422 if form.errors else 200


def _form(found: OrganisationStanding) -> OrganisationWordsForm:
    form = OrganisationWordsForm(
        data={"name": found.name, "kind": found.kind, "region": found.region, "size": found.size}
    )
    form.kind.choices = choices([(kind.id, kind.name) for kind in dimensions().kinds], _("Choose a kind"))
    form.region.choices = choices(regions(), _("Choose a nation or region"))
    form.size.choices = choices([(size.id, size.name) for size in dimensions().sizes], _("Not known"))
    return form


def _words(form: OrganisationWordsForm) -> NewOrganisation:
    nation = dimensions().nation_by_region_id[form.region.data]
    return NewOrganisation(form.name.data, form.kind.data, nation.id, form.region.data, form.size.data)


def _size(found: OrganisationStanding) -> str:
    size = dimensions().size_by_id.get(found.size)
    return size.name if size else _("Not known")
