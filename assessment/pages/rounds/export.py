"""The result of a round held apart as files: every figure that the page shows, and why the others are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from assessment.disclosure.release import ReleaseCell, in_levels
from assessment.pages.files import Cell, Kind, Sheet, file_response
from assessment.pages.result.measures import About, in_order, names_of, of_comparison, of_round, of_sheet
from assessment.pages.result.peer_columns import NO_PEERS, PEER_COLUMNS, peer_cells_of
from assessment.pages.rounds.answers import who_took_part
from assessment.pages.rounds.blueprint import blueprint
from assessment.pages.rounds.seen import Seen, chosen, found_result, seen
from assessment.pages.rounds.sides import SIDES
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition
from assessment.scoring.likely import WORDS as LIKELY
from assessment.store.alone import AloneVoice
from assessment.store.db import reading
from assessment.store.queries.taken_part import NOBODY, taken_part

OWN: Final = (
    *("side", "kind", "name", "id", "value", "low", "high", "bound", "band", "n", "statements", "agreement"),
    *("answers", "counts", "target", "hidden_because"),
)
HOW_TO_READ: Final = (
    "side: people (who use the service, families, community) or staff (and partners); never added up. "
    "kind: principle (over all statements asked), shared (over those every form asks), statement, safeguard (a check "
    "for harm) or perspective (what people said they are). "
    "value: the mean on the scale from 0, with its 95 % interval low to high; bound: the mean lies at or beyond it. "
    "band: low, middle or high where nothing finer may be shown; of a perspective, about how many chose it. "
    "counts: how many gave each of answers. target: the level the service wants. "
    "hidden_because: why there is no figure; k and k10: from how many people scores and finer results are shown. "
    "peers: the published figures of the group that the result was seen beside."
)


@blueprint.get("/round/<uuid:round_id>/results.<any(csv, xlsx, json):kind>")
def results_file(round_id: UUID, kind: Kind) -> ResponseReturnValue:
    found = found_result(round_id)
    if found.release is None or found.round.agreed_on is None:
        return redirect(url_for("rounds.results", round_id=round_id))
    all_seen = seen(found, found.release, chosen())
    sheet = Sheet("figures", (*OWN, *PEER_COLUMNS), list(_rows(all_seen)), _about(all_seen))
    return file_response(f"round-{round_id}", [sheet], kind)


def _about(all_seen: Seen) -> About:
    found = all_seen.round
    return [
        *of_round(found, found.release_id),
        ("released_on", found.released_on),
        *of_sheet(found),
        ("k", found.k),
        ("k10", found.k10),
        *of_comparison(all_seen.snapshot),
        ("how_to_read", HOW_TO_READ),
    ]


def _rows(all_seen: Seen) -> Iterator[tuple[Cell, ...]]:
    names = names_of(all_seen.asked)
    with reading() as session:
        parts = taken_part(session, all_seen.round.id)
    for side in SIDES:
        mine = [cell for (voice, _measure), cell in all_seen.cells.items() if voice == side]
        for cell in in_order(mine, names):
            yield (*_row(all_seen, cell, names), *_peers(all_seen, side, cell))
        for name, number in who_took_part(side, all_seen.asked, parts.get(side, NOBODY), all_seen.round.k10):
            own = {"side": side, "kind": "perspective", "name": name, "band": number}
            yield (*(own.get(column) for column in OWN), *NO_PEERS)


def _row(all_seen: Seen, cell: ReleaseCell, names: Mapping[str, str]) -> tuple[Cell, ...]:
    kind, _, id = cell.measure.partition("/")
    goal = all_seen.goals.get(id) if kind == "statement" else None
    own: dict[str, Cell] = {
        "side": cell.voice,
        "kind": kind,
        "name": names.get(cell.measure, id),
        "id": id,
        "value": in_levels(cell.value_x10),
        "low": in_levels(cell.low_x10),
        "high": in_levels(cell.high_x10),
        "bound": cell.bound or None,
        "band": cell.band,
        "n": cell.n or None,
        "statements": cell.statements or None,
        "agreement": cell.agreement,
        "answers": " | ".join(_answers(kind, id, all_seen.asked)) if cell.counts else None,
        "counts": " | ".join(map(str, cell.counts)) or None,
        "target": goal.level if goal else None,
        "hidden_because": say(cell.reason) if cell.reason else None,
    }
    return tuple(own[column] for column in OWN)


def _peers(all_seen: Seen, side: AloneVoice, cell: ReleaseCell) -> tuple[Cell, ...]:
    """Beside the figure that is compared: over all statements or the shared ones."""
    beside, principle = all_seen.peers[side], cell.measure.partition("/")[2]
    if principle not in beside.peers or cell.measure != beside.measure(principle):
        return NO_PEERS
    its = beside.standing(principle, cell)
    return peer_cells_of(beside.chosen, beside.peers[principle], LIKELY[its] if its else None)


def _answers(kind: str, id: str, asked: Definition) -> Iterator[str]:
    if kind == "statement":
        yield from (level.name for level in asked.scale)
        yield from ("does not apply", "left out")
    yield from (answer for one in asked.safeguards if kind == "safeguard" and one.id == id for answer in one.answers)
