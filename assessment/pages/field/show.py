"""The field: what the whole network has published, for anyone to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.field.choice import (
    LABELS,
    Edition,
    chosen_by,
    chosen_edition,
    chosen_principle,
    edition_name,
    editions,
    groups_by,
)
from assessment.pages.field.view import field_view
from assessment.pages.headers import public
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition
from assessment.store.db import Session, reading
from assessment.store.queries.definitions import definition, known_definitions
from assessment.store.queries.field_view import group_cells, network_by_year, network_cells, newest
from assessment.store.records import FieldCell

blueprint = Blueprint("field", __name__, url_prefix="/field")


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    with reading() as session:
        snapshot = newest(session)
        published = network_cells(session, snapshot.id) if snapshot else ()
        if snapshot is None or not published:
            return render_template("field/nothing_yet.html", snapshot=snapshot)
        offered = editions(published)
        edition = chosen_edition(offered, request.args.get("statements", ""))
        asked = _definitions(session, offered)
        principle = chosen_principle(asked[edition.questionnaire], request.args.get("principle", ""))
        by = chosen_by(request.args.get("by", ""))
        network = [cell for cell in published if _edition(cell) == edition]
        like = replace(network[0], principle=principle.id)
        groups = group_cells(session, snapshot.id, like, [group for group, _ in groups_by(by)])
        by_year = network_by_year(session, like)
    found = asked[edition.questionnaire]
    return render_template(
        "field/show.html",
        view=field_view(found, snapshot, network, groups, by_year, principle, by),
        snapshot=snapshot,
        definition=found,
        edition=edition,
        editions=[(one.id, edition_name(one, asked[one.questionnaire], offered)) for one in offered],
        principle=principle,
        by=by,
        principles=[(one.id, one.name) for one in found.principles],
        dimensions=[(id, say(label)) for id, label in LABELS.items()],
    )


def _definitions(session: Session, offered: Sequence[Edition]) -> dict[tuple[str, str], Definition]:
    """The definition of every version on offer, in the first language that is stored."""
    keys = {key[:2]: key for key in reversed(known_definitions(session))}
    return {one.questionnaire: definition(session, keys[one.questionnaire]) for one in offered}


def _edition(cell: FieldCell) -> Edition:
    return Edition(cell.questionnaire, cell.basis, cell.voice)
