"""A department beside its peers as files: the figures of that picture, and what was published of the peers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from assessment.pages.clock import today
from assessment.pages.files import Cell, Kind, Sheet, file_response
from assessment.pages.organisation.beside import BesidePeers, beside_peers
from assessment.pages.organisation.blueprint import blueprint
from assessment.pages.organisation.export import about_of, mean_cells
from assessment.pages.organisation.figures import Group, group
from assessment.pages.organisation.released import Released, released
from assessment.pages.organisation.voices import chosen_voice
from assessment.pages.result.peer_columns import PEER_COLUMNS, points_of
from assessment.pages.words import say
from assessment.store.records import PeerCell

COLUMNS: Final = (
    *("principle_id", "principle", "value", "services_behind", "hidden_because"),
    # But for which group it is, said of the whole file, and a place beside it, which a department has not.
    *PEER_COLUMNS[1:-1],
)
CAUTION: Final = (
    "The department's figure is a plain mean of services; its peers are single services, and a mean of several lies "
    "nearer to the middle than most of them. Services chose to take part; these are not estimates for all services."
)


@blueprint.get("/<uuid:department_id>/peers.<any(csv, xlsx, json):kind>")
def peers_file(organisation_id: UUID, department_id: UUID, kind: Kind) -> ResponseReturnValue:
    """404 where the page shows nothing beside peers."""
    found = released(organisation_id, chosen_voice())
    wanted = found.department(department_id) or abort(404)
    standings = [one for one in found.standings if one.service.department_id == department_id]
    own = group(found.definition, standings)
    peers = beside_peers(found, standings, own.figures) if own.is_shown else None
    if peers is None:
        abort(404)
    about = (
        *about_of(found),
        ("department", wanted.name),
        ("department_id", str(wanted.id)),
        ("peer_group", peers.id),
        ("peers", peers.group),
        ("comparison_of", peers.as_of),
        ("caution", CAUTION),
    )
    sheet = Sheet("beside peers", COLUMNS, _rows(found, own, peers), about)
    return file_response(f"{found.organisation.name} {wanted.name} peers {found.voice} {today()}", [sheet], kind)


def _rows(found: Released, own: Group, peers: BesidePeers) -> Iterator[tuple[Cell, ...]]:
    for principle in found.definition.principles:
        mean = mean_cells(own.figures[principle.id])
        yield (principle.id, principle.name, *mean, *_of_peers(peers.cells[principle.id]))


def _of_peers(cell: PeerCell | None) -> tuple[Cell, ...]:
    """Services, organisations, median, quarters, and why there is none of them."""
    if cell is None or cell.peers is None:
        return (*(None,) * 5, say(cell.reason) if cell and cell.reason else None)
    return (cell.services, cell.organisations, *points_of(cell.peers))
