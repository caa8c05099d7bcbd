"""Planning a round: for one service, or the same one for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from assessment.disclosure.thresholds import thresholds
from assessment.pages.access import this_place
from assessment.pages.clock import today
from assessment.pages.definitions import Sheet, sheets
from assessment.pages.made_once import new_id
from assessment.pages.rounds.blueprint import blueprint, my_hand
from assessment.pages.rounds.forms import PlanForm
from assessment.pages.rounds.promise import smallest_to_show
from assessment.pages.stale import is_stale, stale_message
from assessment.store.alone import form_for
from assessment.store.db import reading
from assessment.store.queries.apart import Choice, choices
from assessment.store.queries.definitions import definition
from assessment.store.queries.minutes import usual_minutes
from assessment.workflows.apart.plan import Plan, Wanted, plan_rounds

ANSWERED_WITHIN = timedelta(weeks=3)
HEARD_WITHIN = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class Told:
    """What people read before the first question, as it would stand now. A day is None while none is typed."""

    asked_by: str
    told: str
    support: str
    closes_on: date | None
    hear_by: date | None
    k: int
    k10: int
    minutes: int
    service_name: str


@blueprint.route("/service/<uuid:service_id>/rounds/plan", methods=["GET", "POST"])
def plan(service_id: UUID) -> ResponseReturnValue:
    form, new = _form(), new_id()
    if "preview" in request.form or not form.validate_on_submit():
        return _page(form, new, action=_("Plan this round"), back=url_for("service.show", service_id=service_id))
    planned = plan_rounds(_plan(form), [Wanted(new, service_id)], my_hand(), current_app.config["SEAL"])
    if service_id in planned.under_way:
        problem = _("This service has a round under way already. Close it or call it off first.")
        return _page(
            form, new, action=_("Plan this round"), back=url_for("service.show", service_id=service_id), problem=problem
        )
    return redirect(url_for("rounds.show", round_id=new, planned=1))


@blueprint.route("/manage/<uuid:organisation_id>/rounds/plan", methods=["GET", "POST"])
def plan_many(organisation_id: UUID) -> ResponseReturnValue:
    """The same round for every service that is ticked, alone or with its department."""
    form, new = _form(), new_id()
    with reading() as session:
        offered = choices(session, organisation_id)
    chosen = _chosen(offered)
    sends = request.method == "POST" and "preview" not in request.form and not is_stale()
    valid = sends and form.validate_on_submit()
    if not valid or not chosen:
        back = url_for("manage.show", organisation_id=organisation_id)
        problem = _("Tick at least one service or department.") if sends and not chosen else ""
        return _page(
            form, new, action=_("Plan these rounds"), back=back, problem=problem, offered=_by_department(offered)
        )
    # One id a service, that follows from the page's: pressed twice, it is one round each.
    wanted = [Wanted(uuid5(new, one.id.hex), one.id) for one in chosen]
    planned = plan_rounds(_plan(form), wanted, my_hand(), current_app.config["SEAL"])
    return render_template(
        "rounds/planned.html",
        place=this_place(),
        made=[(one.name, uuid5(new, one.id.hex)) for one in chosen if one.id not in planned.under_way],
        held_back=[one.name for one in chosen if one.id in planned.under_way],
    )


def _form() -> PlanForm:
    offered = sheets()
    form = PlanForm(
        data={
            "opens_on": today(),
            "closes_on": today() + ANSWERED_WITHIN,
            "hear_by": today() + HEARD_WITHIN,
            "k": thresholds().k,
            "k10": thresholds().k10,
            "sheet": offered[0].id,
        }
    )
    form.sheet.choices = [SelectChoice(sheet.id, sheet.name) for sheet in offered]
    form.offered = offered
    return form


def _plan(form: PlanForm) -> Plan:
    sheet = _sheet(form)
    return Plan(
        questionnaire=sheet.key,
        form=sheet.form,
        opens_on=form.opens_on.data,
        closes_on=form.closes_on.data,
        hear_by=form.hear_by.data,
        asked_by=form.asked_by.data,
        staff_expected=form.staff_expected.data or 0,
        people_expected=form.people_expected.data or 0,
        told=form.told.data,
        support=form.support.data,
        limits=thresholds(form.k.data, form.k10.data),
    )


def _sheet(form: PlanForm) -> Sheet:
    return next((sheet for sheet in form.offered if sheet.id == form.sheet.data), form.offered[0])


def _told(form: PlanForm) -> Told:
    with reading() as session:
        asked = definition(session, _sheet(form).key)
        minutes = usual_minutes(session, asked, "people", form_for(asked, "people", _sheet(form).form))
    return Told(
        asked_by=form.asked_by.data,
        told=form.told.data,
        support=form.support.data,
        closes_on=form.closes_on.data,
        hear_by=form.hear_by.data,
        k=form.k.data if isinstance(form.k.data, int) else thresholds().k,
        k10=form.k10.data if isinstance(form.k10.data, int) else thresholds().k10,
        minutes=minutes,
        service_name=this_place().service_name or _("[the service]"),
    )


def _page(form: PlanForm, new: UUID, *, action: str, problem: str = "", **more: Any) -> ResponseReturnValue:
    page = render_template(
        "rounds/plan.html",
        form=form,
        new_id=new,
        place=this_place(),
        sheets=form.offered,
        action=action,
        problem=problem,
        told=_told(form),
        smallest=smallest_to_show(_number(form.people_expected.data), _number(form.staff_expected.data)),
        ticked=frozenset(request.form.getlist("services") + request.form.getlist("departments")),
        stale=stale_message() if is_stale() else "",
        **more,
    )
    return page, 422 if form.errors or problem else 200


def _number(typed: object) -> int:
    """What was typed where a number goes; 0 where it is none."""
    return typed if isinstance(typed, int) else 0


def _chosen(offered: Sequence[Choice]) -> list[Choice]:
    """The services ticked, and those of the departments ticked. What is not offered is passed over."""
    services = set(request.form.getlist("services"))
    departments = set(request.form.getlist("departments"))
    return [one for one in offered if one.id.hex in services or (one.department and one.department in departments)]


def _by_department(offered: Sequence[Choice]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {}
    for one in offered:
        found.setdefault(one.department, []).append(one)
    return found
