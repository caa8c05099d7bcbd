"""A service's rounds, drawn one after another, as a file: one voice each."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.standalone import Frame
from assessment.pages.picture_files import picture_file
from assessment.pages.service.blueprint import blueprint
from assessment.pages.service.years import years
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition
from assessment.store.db import reading
from assessment.store.queries.definitions import definition
from assessment.store.queries.service import ServiceStanding, service_standing
from assessment.store.queries.years import results_over_the_years


@blueprint.get("/pictures/<voice>.svg")
def picture(service_id: UUID, voice: str) -> ResponseReturnValue:
    """404 while there is one round only, or nothing of it may be drawn."""
    with reading() as session:
        found = service_standing(session, service_id) or abort(404)
        results = results_over_the_years(session, service_id)
        asked = definition(session, results[0].questionnaire) if results else abort(404)
    one = next((one for one in years(asked, results) if one.voice == voice and one.is_drawn), None) or abort(404)
    title = _("Round by round: %(voice)s", voice=say(one.name))
    return picture_file(one.picture, Frame(title, one.key, _notes(found, asked)), f"rounds-{voice}")


def _notes(found: ServiceStanding, asked: Definition) -> list[str]:
    """Whose it is, and how to read it."""
    return [
        f"{found.name}, {found.organisation_name}.",
        asked.title,
        _("Only rounds that asked the same statements are joined by a line. For learning, not for ranking."),
    ]
