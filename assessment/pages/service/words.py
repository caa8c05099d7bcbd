"""What is said of a service: its name, sector and department; and putting it away."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.clock import now
from assessment.pages.holders import someone
from assessment.pages.manage.places import service_form, service_taken, service_words
from assessment.pages.place_forms import ServiceWordsForm
from assessment.pages.service.blueprint import blueprint
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.manage import all_departments
from assessment.store.queries.service import ServiceStanding, service_standing
from assessment.workflows.places import NameTaken, change_service, put_service_away


@blueprint.route("/edit", methods=["GET", "POST"])
def edit(service_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found = service_standing(session, service_id)
        departments = all_departments(session, found.organisation_id) if found else ()
    if found is None:
        abort(404)
    form = service_form(departments, _form_of(found))
    try:
        if request.method == "POST" and not is_stale() and _changed(service_id, form):
            return redirect(url_for("service.show", service_id=service_id, done="changed"))
    except NameTaken:
        form.name.errors = [service_taken()]
    page = render_template("service/edit.html", service=found, form=form, stale=stale_message() if is_stale() else "")
    return page, 422 if form.errors else 200


def _changed(service_id: UUID, form: ServiceWordsForm) -> bool:
    """Do what was asked for; False where the form is not filled in well. Raises NameTaken."""
    if "away" in request.form or "back" in request.form:
        put_service_away(service_id, "away" in request.form, someone().id, now())
        return True
    if not form.validate_on_submit():
        return False
    change_service(service_id, service_words(form), someone().id, now())
    return True


def _form_of(found: ServiceStanding) -> ServiceWordsForm:
    department = str(found.department_id) if found.department_id else ""
    return ServiceWordsForm(data={"name": found.name, "sector": found.sector, "department": department})
