"""Setting up a round in under a minute, without an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from assessment.pages.access import held_secret, hold_secret
from assessment.pages.clock import today
from assessment.pages.definitions import Sheet, dimensions, newest_definitions, sheets
from assessment.pages.dimension_words import kind_and_place, regions
from assessment.pages.setup_forms import OrganisationForm, ServiceForm, SittingForm, choices
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.names import name_key, tidy
from assessment.store.queries.places import by_name, matching
from assessment.store.records import Organisation
from assessment.store.secrets import new_secret
from assessment.workflows.setup import NewOrganisation, OrganisationGone, Plan, Sitting, start_round

blueprint = Blueprint("setup", __name__, url_prefix="/start")
NEW = "new"


@blueprint.route("/service", methods=["GET", "POST"])
def service() -> ResponseReturnValue:
    """Step 1: which service of which organisation."""
    form = ServiceForm(data=_plan_in_making())
    form.sector.choices = choices([(s.id, s.name) for s in dimensions().sectors], _("Choose a sector"))
    chosen = request.form.get("organisation_id", "")
    matches = _matches(form.organisation.data or "", exact=True)
    if "find" in request.form or not form.validate_on_submit():
        return _service_page(form, matches, chosen)
    organisation_id = _chosen(chosen, matches)
    if organisation_id is None:
        form.organisation.errors = [_("Choose your organisation from the list, or “None of these”.")]
        return _service_page(form, matches, _only_one_of(form.organisation.data, matches))
    session["plan"] = {
        **_identity(_plan_in_making()),
        "organisation": tidy(form.organisation.data),
        "organisation_id": organisation_id,
        "service": tidy(form.service.data),
        "department": tidy(form.department.data or ""),
        "sector": form.sector.data,
    }
    return redirect(url_for("setup.organisation" if organisation_id == NEW else "setup.sitting"))


@blueprint.get("/organisations")
def organisations() -> ResponseReturnValue:
    """The matches for what was typed, as the fragment that the page shows under the box."""
    typed = request.args.get("q", "")
    return render_template("setup/matches.html", options=_options(_matches(typed)), chosen="", typed=typed)


@blueprint.route("/organisation", methods=["GET", "POST"], endpoint="organisation")
def new_organisation() -> ResponseReturnValue:
    """Step 2, only for an organisation that we do not know yet."""
    plan = session.get("plan")
    if not plan:
        return redirect(url_for("setup.service"))
    form = OrganisationForm(data=plan)
    form.kind.choices = choices([(k.id, k.name) for k in dimensions().kinds], _("Choose a kind"))
    form.region.choices = choices(regions(), _("Choose a nation or region"))
    form.size.choices = choices([(s.id, s.name) for s in dimensions().sizes], _("Choose a size"))
    if not form.validate_on_submit():
        return render_template("setup/organisation.html", form=form, plan=plan, stale=_stale())
    session["plan"] = plan | {"kind": form.kind.data, "region": form.region.data, "size": form.size.data}
    return redirect(url_for("setup.sitting"))


@blueprint.route("/sitting", methods=["GET", "POST"])
def sitting() -> ResponseReturnValue:
    """The last step: the form, and who is at the table."""
    plan = session.get("plan")
    if not plan or (plan["organisation_id"] == NEW and "kind" not in plan):
        return redirect(url_for("setup.service"))
    form = sitting_form(sheets())
    if not form.validate_on_submit():
        return render_template(
            "setup/sitting.html", form=form, plan=plan, sheets=sheets(), together=_together(), stale=_stale()
        )
    round_id = UUID(plan["id"])
    try:
        start_round(_plan(plan, sitting_of(form)), today())
    except OrganisationGone:
        session["plan"] = plan | {"organisation_id": ""}
        return redirect(url_for("setup.service"))
    hold_secret(round_id, plan["secret"])
    return redirect(url_for("answer.tasks", round_id=round_id))


def sitting_form(offered: tuple[Sheet, ...]) -> SittingForm:
    form = SittingForm()
    form.sheet.choices = [SelectChoice(sheet.id, sheet.name) for sheet in offered]
    return form


def sitting_of(form: SittingForm, shows_previous: bool = False) -> Sitting:
    sheet = next(sheet for sheet in sheets() if sheet.id == form.sheet.data)
    return Sitting(sheet.key, sheet.form, form.staff_present.data, form.people_present.data, shows_previous)


def _together() -> str:
    """What the main questionnaire says of answering together, for people about to do so."""
    return next(((found.modes or {}).get("together", "") for _key, found in newest_definitions()), "")


def forget_plan() -> None:
    """The next round set up in this browser is a new one."""
    session.pop("plan", None)


def _identity(plan: dict[str, Any]) -> dict[str, str]:
    """Which round it will be and what will open it: settled before the last button, which may be pressed twice."""
    return {"id": plan.get("id") or uuid4().hex, "secret": plan.get("secret") or new_secret()}


def _plan_in_making() -> dict[str, Any]:
    """What was said so far; nothing once it has begun a round, so that this browser can begin another."""
    plan: dict[str, Any] = session.get("plan") or {}
    begun = plan and held_secret(UUID(plan["id"])) is not None
    return {} if begun else plan


def _matches(typed: str, exact: bool = False) -> tuple[Organisation, ...]:
    """Confirmed organisations that may be meant; ``exact``: first those of just this name, confirmed or not."""
    with reading() as store:
        alike = by_name(store, typed[:200]) if exact and typed.strip() else ()
        found = {one.id: one for one in (*alike, *matching(store, typed[:200]))}
    return tuple(found.values())


def _chosen(chosen: str, matches: tuple[Organisation, ...]) -> str | None:
    """The id of the organisation meant, NEW for one we do not know, None if that is not clear yet.

    Even one of just this name has to be chosen: names repeat, and nobody should land in another's by accident.
    """
    if chosen in {match.id.hex for match in matches}:
        return chosen
    return NEW if chosen == NEW or not matches else None


def _only_one_of(typed: str, matches: tuple[Organisation, ...]) -> str:
    """The id of the one organisation of just this name, chosen already but for the button; else nothing."""
    alike = [match.id.hex for match in matches if name_key(match.name) == name_key(typed)]
    return alike[0] if len(alike) == 1 else ""


def _service_page(form: ServiceForm, matches: tuple[Organisation, ...], chosen: str) -> str:
    return render_template(
        "setup/service.html",
        form=form,
        options=_options(matches),
        chosen=chosen or session.get("plan", {}).get("organisation_id", ""),
        typed=form.organisation.data or "",
        finding="find" in request.form,
        # Once asked to choose, the list stays until a choice is made.
        offered=bool(matches or chosen) or bool(form.organisation.errors),
        stale=_stale(),
    )


def _options(matches: tuple[Organisation, ...]) -> list[dict[str, str]]:
    """The matches as the page lists them, each with its kind and place."""
    return [
        {"id": match.id.hex, "name": match.name, "say": kind_and_place(match.kind, match.nation, match.region)}
        for match in matches
    ]


def _plan(plan: dict[str, Any], held: Sitting) -> Plan:
    return Plan(
        id=UUID(plan["id"]),
        secret=plan["secret"],
        organisation=_new(plan) if plan["organisation_id"] == NEW else UUID(plan["organisation_id"]),
        department=plan["department"],
        service=plan["service"],
        sector=plan["sector"],
        sitting=held,
    )


def _new(plan: dict[str, Any]) -> NewOrganisation:
    nation = dimensions().nation_by_region_id[plan["region"]]
    return NewOrganisation(plan["organisation"], plan["kind"], nation.id, plan["region"], plan["size"])


def _stale() -> str:
    return stale_message() if is_stale() else ""
