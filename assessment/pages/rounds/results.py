"""The result of a round held apart: both sides beside each other, never put together into one."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import roles_here
from assessment.pages.rounds.blueprint import blueprint, found_round
from assessment.pages.rounds.sides import SIDES, both, by_voice, one_side
from assessment.questionnaire.definition import Definition
from assessment.store.db import reading
from assessment.store.queries.apart import ApartRound, CountSoFar, counts_so_far
from assessment.store.queries.definitions import definition
from assessment.store.queries.releases import cells_of
from assessment.store.queries.replies import perspectives

FEWEST_OF_A_VOICE = 10


@blueprint.get("/round/<uuid:round_id>/results")
def results(round_id: UUID) -> ResponseReturnValue:
    leads = "service lead" in roles_here()
    with reading() as session:
        found = found_round(session, round_id)
    if found.release_id is None:
        return redirect(url_for("rounds.show", round_id=round_id))
    if found.agreed_on is None:
        return render_template("rounds/agree.html", round=found, leads=leads)
    return _result(found, found.release_id, leads)


def _result(found: ApartRound, release_id: UUID, leads: bool) -> ResponseReturnValue:
    with reading() as session:
        asked = definition(session, found.questionnaire)
        cells = by_voice(cells_of(session, release_id)[0])
        counts = counts_so_far(session, found.id)
        tallies = perspectives(session, found.id)
    return render_template(
        "rounds/results.html",
        round=found,
        leads=leads,
        definition=asked,
        sides=[one_side(side, asked, cells) for side in SIDES],
        both=both(asked, cells),
        counts=counts,
        took_part={side: _took_part(side, asked, counts, tallies) for side in SIDES},
    )


def _took_part(
    side: str, asked: Definition, counts: Mapping[str, CountSoFar], tallies: Mapping[str, Mapping[str, int]]
) -> list[tuple[str, str]]:
    """How many chose each perspective, in bands; nothing where fewer than 10 of this side answered, or said."""
    chosen = tallies.get(side, {})
    if side not in counts or counts[side].responses < FEWEST_OF_A_VOICE or sum(chosen.values()) < FEWEST_OF_A_VOICE:
        return []
    known = [one for one in asked.perspectives if one.voice == side]
    return [(one.name, _about(chosen.get(one.id, 0))) for one in known]


def _about(count: int) -> str:
    for most, words in ((4, _("fewer than 5")), (9, _("5 to 9")), (19, _("10 to 19")), (49, _("20 to 49"))):
        if count <= most:
            return words
    return _("50 or more")
