"""The result of one round as its address asks for it: what was released, beside the peers that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request

from assessment.disclosure.release import ReleaseCell
from assessment.pages.definitions import definition_of
from assessment.pages.result.peers import Cells, cells_for
from assessment.pages.result.profile import Published
from assessment.pages.result.view import ResultView, result_view
from assessment.questionnaire.definition import Definition
from assessment.store.db import reading
from assessment.store.queries.comparison import newest_and, peer_cells
from assessment.store.queries.releases import cells_of, latest_release
from assessment.store.queries.targets import targets_of
from assessment.store.records import Release, Round, Snapshot


@dataclass(frozen=True, slots=True)
class Seen:
    """A released result. ``snapshot`` is the comparison it is seen beside, ``newest`` the newest there is."""

    definition: Definition
    release: Release
    published: Published
    snapshot: Snapshot | None
    newest: Snapshot | None
    peers: Cells
    view: ResultView

    @property
    def newer(self) -> Snapshot | None:
        return self.newest if self.newest and self.snapshot and self.newest.id != self.snapshot.id else None

    @property
    def cells(self) -> Sequence[ReleaseCell]:
        return self.published.cells


def seen(found: Round) -> Seen:
    """404 where nothing was released."""
    definition = definition_of(found)
    with reading() as session:
        release = latest_release(session, found.id) or abort(404)
        cells, said = cells_of(session, release.id)
        newest, held = newest_and(session, release.snapshot_id)
        snapshot = newest if held is None or "newest" in request.args else held
        name, version, _language = found.questionnaire
        peers = peer_cells(session, snapshot.id, (name, version), "together", cells_for(release)) if snapshot else {}
        goals = targets_of(session, found.service_id)
    published = Published(definition, found.form, cells, said, goals)
    view = result_view(published, release, found.service_name, peers, request.args.get("peers", ""))
    return Seen(definition, release, published, snapshot, newest, peers, view)
