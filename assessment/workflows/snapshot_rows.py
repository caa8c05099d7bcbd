"""The rows of a snapshot's cells: fresh figures, figures carried over, and refusals with their reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import fmean
from typing import Any, Final
from uuid import UUID

from assessment.disclosure.benchmark import (
    LEAST_ORGANISATIONS,
    MANY_ORGANISATIONS,
    Member,
    PeerGroup,
    services_rounded,
    why_not,
)
from assessment.disclosure.shown import Figure, Shown
from assessment.disclosure.snapshot import PublishedCell
from assessment.questionnaire.message import Message
from assessment.scoring.moments import Moments
from assessment.scoring.shrinkage import services_of
from assessment.store.messages import to_text
from assessment.store.queries.publishing import Measure, Row
from assessment.workflows.peer_groups import to_name

NO_FIGURES: Final[Mapping[str, Any]] = {
    "origin_id": None,
    "services": 0,
    "organisations": 0,
    "median_x10": None,
    "lower_x10": None,
    "upper_x10": None,
    "tenth_x10": None,
    "ninetieth_x10": None,
    "bins": "",
    "mean": None,
    "tau": None,
    "icc1": None,
    "reason": "",
}


def fresh_row(
    snapshot_id: UUID, measure: Measure, published: PublishedCell, moments: Mapping[str, Moments]
) -> dict[str, Any]:
    """A group's figures as they are now, rounded as they are published.

    With what positions are reckoned from, which is exact and never shown. ``moments`` by release; of what was agreed
    together there are none, for one answer has no spread.
    """
    members, said = published.cell.members, published.peers
    known = [member for member in members if str(member.release_id) in moments]
    # From those released before sums were kept nothing is reckoned; the others must make a group of their own (B1).
    # And nothing stands beside matched services: what they said then is known only of who has said nothing since.
    reckons = why_not(known) is None and not published.group.dimension.startswith("matched-")
    made_of = [moments[str(member.release_id)] for member in known]
    field = services_of([member.value_x10 / 10 for member in members], made_of) if reckons else None
    return _key(snapshot_id, measure, published.group) | {
        "origin_id": snapshot_id,
        "services": services_rounded(len(members)),
        "organisations": _organisations(members),
        "median_x10": _x10(said.median),
        "lower_x10": _x10(said.lower),
        "upper_x10": _x10(said.upper),
        "tenth_x10": _x10(said.tenth),
        "ninetieth_x10": _x10(said.ninetieth),
        "bins": ",".join(f"{round(one.start * 10)}:{one.services}" for one in said.bins),
        "mean": fmean(member.value_x10 for member in members) / 10,
        "tau": field.spread if field else None,
        "icc1": field.icc1 if field else None,
        "reason": "",
    }


def carried_row(snapshot_id: UUID, row: Row) -> dict[str, Any]:
    """The figures of an earlier snapshot, unchanged."""
    return dict(row) | {"snapshot_id": snapshot_id}


def refused_row(snapshot_id: UUID, measure: Measure, group: PeerGroup, reason: Message) -> dict[str, Any]:
    """No figure and no count, only why."""
    return {**NO_FIGURES, **_key(snapshot_id, measure, group), "reason": to_text(reason)}


def _key(snapshot_id: UUID, measure: Measure, group: PeerGroup) -> dict[str, Any]:
    return {
        "snapshot_id": snapshot_id,
        "questionnaire": measure.questionnaire,
        "questionnaire_version": measure.version,
        "form": measure.form,
        "voice": measure.voice,
        "cell": to_name(group),
        "principle": measure.principle,
    }


def _organisations(members: Iterable[Member]) -> int:
    """At least so many, as it is published."""
    organisations = len({member.organisation_id for member in members})
    return MANY_ORGANISATIONS if organisations >= MANY_ORGANISATIONS else LEAST_ORGANISATIONS


def _x10(figure: Figure | None) -> int | None:
    return round(figure.value * 10) if isinstance(figure, Shown) else None
