"""The result of a round held together as files: every figure of the page, and why the others are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from flask import abort, g
from flask.typing import ResponseReturnValue

from assessment.disclosure.release import ReleaseCell, in_levels
from assessment.pages.files import Cell, Kind, Sheet, file_response
from assessment.pages.result.blueprint import blueprint
from assessment.pages.result.measures import About, in_order, names_of, of_comparison, of_round, of_sheet
from assessment.pages.result.peer_columns import NO_PEERS, PEER_COLUMNS, peer_cells_of
from assessment.pages.result.peers import peers_of
from assessment.pages.result.seen import Seen, seen
from assessment.pages.words import say
from assessment.store.records import Round

OWN: Final = ("kind", "name", "id", "value", "statements", "answer", "target", "hidden_because")
HOW_TO_READ: Final = (
    "What was agreed together: one answer to each statement, so there is no interval. "
    "kind: principle (over all statements asked), shared (over those every form asks), statement or safeguard (a "
    "check for harm). value: the mean of the levels, on the scale from 0; of a statement the level. answer: what was "
    "agreed where that is no level. target: the level the service wants. "
    "peers: the published figures of the group that the result was seen beside."
)


@blueprint.get("/result.<any(csv, xlsx, json):kind>")
def file(round_id: UUID, kind: Kind) -> ResponseReturnValue:
    found: Round = g.round
    if found.state != "released":
        abort(404)
    all_seen = seen(found)
    sheet = Sheet("figures", (*OWN, *PEER_COLUMNS), list(_rows(all_seen)), _about(found, all_seen))
    return file_response(f"result-{round_id}", [sheet], kind)


def _about(found: Round, all_seen: Seen) -> About:
    release = all_seen.release
    return [
        *of_round(found, release.id),
        ("release_version", release.version),
        ("released_on", release.released_on),
        *of_sheet(found),
        ("people_present", release.people_present),
        ("staff_present", release.staff_present),
        *of_comparison(all_seen.snapshot),
        ("how_to_read", HOW_TO_READ),
    ]


def _rows(all_seen: Seen) -> Iterator[tuple[Cell, ...]]:
    names = names_of(all_seen.definition)
    said = {one.measure: one.said for one in all_seen.published.said}
    for cell in in_order(all_seen.cells, names):
        yield (*_row(all_seen, cell, names, said), *_peers(all_seen, cell))


def _row(all_seen: Seen, cell: ReleaseCell, names: Mapping[str, str], said: Mapping[str, str]) -> tuple[Cell, ...]:
    kind, _, id = cell.measure.partition("/")
    goal = all_seen.published.goals.get(id) if kind == "statement" else None
    own: dict[str, Cell] = {
        "kind": kind,
        "name": names.get(cell.measure, id),
        "id": id,
        "value": in_levels(cell.value_x10),
        "statements": cell.statements or None,
        "answer": said.get(cell.measure),
        "target": goal.level if goal else None,
        "hidden_because": say(cell.reason) if cell.reason else None,
    }
    return tuple(own[column] for column in OWN)


def _peers(all_seen: Seen, cell: ReleaseCell) -> tuple[Cell, ...]:
    """Beside the figure that is compared: over all statements or the shared ones."""
    kind, _, principle = cell.measure.partition("/")
    option = all_seen.view.chosen
    if option is None or kind != ("shared" if option.basis == "shared" else "principle"):
        return NO_PEERS
    name = all_seen.definition.principle_by_id[principle].name
    its = all_seen.view.positions.get(name)
    return peer_cells_of(option, peers_of(option, all_seen.peers, principle), its.words if its else None)
