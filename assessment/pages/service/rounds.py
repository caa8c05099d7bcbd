"""A service's own page: how it stands, its rounds, and beginning one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import hold_secret, roles_here, this_place
from assessment.pages.clock import now
from assessment.pages.definitions import sheets
from assessment.pages.dimension_words import sector_name
from assessment.pages.holders import someone
from assessment.pages.made_once import new_round
from assessment.pages.service.blueprint import blueprint, standing
from assessment.pages.service.years import years
from assessment.pages.setup import sitting_form, sitting_of
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.store.queries.definitions import definition
from assessment.store.queries.roles import Where, holders_within
from assessment.store.queries.service import RoundListed, rounds_of, service_standing
from assessment.store.queries.years import results_over_the_years
from assessment.store.records import Role
from assessment.store.secrets import new_secret
from assessment.workflows.setup import start_for_service


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in a list; ``href`` where this visitor can open it."""

    round: RoundListed
    mode: str
    state: str
    href: str


@blueprint.get("/")
def show(service_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found = service_standing(session, service_id)
        rounds = rounds_of(session, service_id)
        results = results_over_the_years(session, service_id)
        asked = definition(session, results[0].questionnaire) if results else None
        mine = [one for one in holders_within(session, _where(service_id)) if one.person_id == someone().id]
    if found is None:
        abort(404)
    return render_template(
        "service/show.html",
        service=found,
        sector=sector_name(found.sector),
        rounds=list(_lines(rounds, roles_here())),
        plan=url_for("rounds.plan", service_id=service_id),
        my_role=mine[0].membership_id if mine else None,
        done=request.args.get("done", ""),
        years=years(asked, results) if asked else [],
    )


def _where(service_id: UUID) -> Where:
    return Where(this_place().organisation_id, service_id)


def _lines(rounds: Iterable[RoundListed], roles: frozenset[Role]) -> Iterable[RoundLine]:
    states = {
        "planned": _("Planned"),
        "open": _("Open"),
        "closed": _("Closed"),
        "released": _("Result is out"),
        "cancelled": _("Cancelled"),
    }
    modes = {"together": _("Together, round one screen"), "apart": _("Each person alone")}
    for one in rounds:
        yield RoundLine(one, modes[one.mode], states[one.state], _address(one, roles))


def _address(one: RoundListed, roles: frozenset[Role]) -> str:
    """Where this visitor sees the round; nowhere while only its lead may."""
    if one.mode == "apart":
        return url_for("rounds.show", round_id=one.id)
    if one.state == "open":
        return url_for("answer.tasks", round_id=one.id) if "service lead" in roles else ""
    return url_for("result.show", round_id=one.id) if one.state == "released" else ""


@blueprint.route("/start", methods=["GET", "POST"])
def start(service_id: UUID) -> ResponseReturnValue:
    """A round held together, for a service that has an account."""
    found = standing(service_id)
    if found.archived_on:
        abort(404)
    form, new = sitting_form(sheets()), new_round()
    if not form.validate_on_submit() or new is None:
        stale = stale_message() if is_stale() else ""
        new = new or (uuid4(), new_secret())
        page = render_template("service/start.html", service=found, form=form, sheets=sheets(), new=new, stale=stale)
        return page, 422 if form.errors else 200
    start_for_service(service_id, new, sitting_of(form, "shows_previous" in request.form), someone().id, now())
    hold_secret(*new)
    return redirect(url_for("answer.tasks", round_id=new[0]))
