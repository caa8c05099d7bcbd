"""Departments and services: all of them, adding one, and changing a department."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.clock import now
from assessment.pages.dimension_words import sector_name, sectors
from assessment.pages.holders import someone
from assessment.pages.made_once import new_id
from assessment.pages.manage.blueprint import blueprint
from assessment.pages.place_forms import NameForm, ServiceWordsForm
from assessment.pages.setup_forms import choices
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.manage import DepartmentListed, all_departments, all_services, department_of
from assessment.workflows.places import (
    NameTaken,
    ServiceWords,
    add_department,
    add_service,
    put_department_away,
    rename_department,
)


@blueprint.get("/services")
def services(organisation_id: UUID) -> ResponseReturnValue:
    """Everything the organisation has, under its departments."""
    with reading() as session:
        departments = all_departments(session, organisation_id)
        found = all_services(session, organisation_id)
    return render_template(
        "manage/services.html",
        departments=departments,
        services=found,
        sector_name=sector_name,
        done=request.args.get("done", ""),
    )


@blueprint.route("/departments/new", methods=["GET", "POST"])
def new_department(organisation_id: UUID) -> ResponseReturnValue:
    form, id = NameForm(), new_id()
    if form.validate_on_submit():
        try:
            add_department(organisation_id, id, form.name.data, someone().id, now())
        except NameTaken as taken:
            form.name.errors = [department_taken(taken)]
        else:
            return redirect(url_for("manage.services", organisation_id=organisation_id, done="department"))
    return _form("manage/new_department.html", form, new_id=id)


@blueprint.route("/departments/<uuid:department_id>", methods=["GET", "POST"])
def department(organisation_id: UUID, department_id: UUID) -> ResponseReturnValue:
    """Rename a department, put it away or bring it back."""
    with reading() as session:
        row = department_of(session, organisation_id, department_id)
        if row is None:
            abort(404)
        found = DepartmentListed(row.id, row.name, row.archived_on)
    form = NameForm(data={"name": found.name})
    if request.method == "POST" and not is_stale() and {"away", "back"} & set(request.form):
        put_department_away(organisation_id, department_id, "away" in request.form, someone().id, now())
        return redirect(url_for("manage.services", organisation_id=organisation_id, done="changed"))
    if form.validate_on_submit():
        try:
            rename_department(organisation_id, department_id, form.name.data, someone().id, now())
        except NameTaken as taken:
            form.name.errors = [department_taken(taken)]
        else:
            return redirect(url_for("manage.services", organisation_id=organisation_id, done="changed"))
    return _form("manage/department.html", form, department=found)


@blueprint.route("/services/new", methods=["GET", "POST"])
def new_service(organisation_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        departments = all_departments(session, organisation_id)
    form, id = service_form(departments, ServiceWordsForm()), new_id()
    if form.validate_on_submit():
        try:
            add_service(organisation_id, id, service_words(form), someone().id, now())
        except NameTaken:
            form.name.errors = [service_taken()]
        else:
            return redirect(url_for("manage.services", organisation_id=organisation_id, done="service"))
    return _form("manage/new_service.html", form, new_id=id)


def service_form(departments: tuple[DepartmentListed, ...], form: ServiceWordsForm) -> ServiceWordsForm:
    """The form with its lists: departments in use, and the one that the service is in."""
    listed = [one for one in departments if one.archived_on is None or str(one.id) == form.department.data]
    form.sector.choices = choices(sectors(), _("Choose a sector"))
    form.department.choices = choices([(str(one.id), one.name) for one in listed], _("No department"))
    return form


def service_words(form: ServiceWordsForm) -> ServiceWords:
    chosen = form.department.data
    return ServiceWords(form.name.data, form.sector.data, UUID(chosen) if chosen else None)


def service_taken() -> str:
    return _("There is a service of this name in this department already. Choose another name.")


def department_taken(taken: NameTaken) -> str:
    if taken.put_away:
        return _("An archived department has this name. Bring that one back, or choose another name.")
    return _("There is a department of this name already. Choose another name.")


def _form(template: str, form: NameForm, **values: object) -> ResponseReturnValue:
    stale = stale_message() if is_stale() else ""
    return render_template(template, form=form, stale=stale, **values), 422 if form.errors else 200
