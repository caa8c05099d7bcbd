"""The links and posters that many people share, and the one for entering answers given on paper."""

from __future__ import annotations

from uuid import UUID

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.codes import code_of
from assessment.pages.rounds.blueprint import blueprint, found_round, my_hand
from assessment.store.alone import AloneVoice, form_for
from assessment.store.db import Session, reading
from assessment.store.queries.apart import ApartRound
from assessment.store.queries.definitions import definition
from assessment.store.queries.minutes import usual_minutes
from assessment.store.records import SHARED_LINKS, SharedLink
from assessment.workflows.apart.ways_in import make_new as make_new_link
from assessment.workflows.apart.ways_in import ways_in as current_ways_in


@blueprint.get("/round/<uuid:round_id>/ways-in")
def ways_in(round_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found = found_round(session, round_id)
        if not found.is_under_way:
            return _over(round_id)
        ways = current_ways_in(session, round_id, current_app.config["SEAL"])
    addresses = {way: _address(its.secret) for way, its in ways.items()}
    return render_template(
        "rounds/ways_in.html",
        round=found,
        ways=ways,
        addresses=addresses,
        codes={way: code_of(address, _code_name(way)) for way, address in addresses.items() if way != "entry"},
        renewed=request.args.get("renewed", ""),
    )


@blueprint.post("/round/<uuid:round_id>/ways-in/<way>/new")
def make_new(round_id: UUID, way: str) -> ResponseReturnValue:
    """The old link stops working at once. ``after`` is the turn that the page showed: a second press does nothing."""
    known, after = _way(way), request.form.get("after", "")
    with reading() as session:
        found_round(session, round_id)
    if after.isascii() and after.isdigit():
        make_new_link(round_id, known, int(after[:6]), my_hand(), current_app.config["SEAL"])
    return redirect(url_for("rounds.ways_in", round_id=round_id, renewed=known, _anchor=known))


@blueprint.get("/round/<uuid:round_id>/poster/<way>")
def poster(round_id: UUID, way: str) -> ResponseReturnValue:
    """One sheet to print and hang up."""
    known = _way(way)
    if known == "entry":
        abort(404)
    with reading() as session:
        found = found_round(session, round_id)
        if not found.is_under_way:
            return _over(round_id)
        address = _address(current_ways_in(session, round_id, current_app.config["SEAL"])[known].secret)
        minutes = _minutes(session, found, known)
    return render_template(
        "rounds/poster.html",
        round=found,
        way=known,
        address=address,
        code=code_of(address, _code_name(known)),
        minutes=minutes,
    )


def _over(round_id: UUID) -> ResponseReturnValue:
    """To the page that says it is closed or called off: nobody can answer any more, and its links may be deleted."""
    return redirect(url_for("rounds.show", round_id=round_id))


def _minutes(session: Session, found: ApartRound, voice: AloneVoice) -> int:
    asked = definition(session, found.questionnaire)
    return usual_minutes(session, asked, voice, form_for(asked, voice, found.form))


def _way(name: str) -> SharedLink:
    """404 for a name that is no way in."""
    known = next((way for way in SHARED_LINKS if way == name), None)
    if known is None:
        abort(404)
    return known


def _address(secret: str) -> str:
    return url_for("links.open", secret=secret, _external=True)


def _code_name(way: SharedLink) -> str:
    if way == "staff":
        return _("Code to scan: opens the questions for staff and partners")
    return _("Code to scan: opens the questions for people who use the service")
