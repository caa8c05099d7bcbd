"""How well each principle is measured, kept with a snapshot: over the very services of a cell that it publishes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from assessment.disclosure.benchmark import Member, PeerGroup, services_rounded, why_not
from assessment.disclosure.quality import hundredth, per_cent, responses_rounded
from assessment.disclosure.snapshot import Decision
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.scoring.instrument import ItemSums
from assessment.scoring.moments import Moments
from assessment.scoring.reliability import intraclass
from assessment.store.db import Session
from assessment.store.messages import to_text
from assessment.store.queries.publishing import Measure, Row, items_of, quality_row
from assessment.workflows.measures import is_of_all_asked, statements_of

NETWORK: Final = PeerGroup("network")
NOT_KEPT: Final = Message("Some of these results were released before what this needs was kept")
NO_FIGURES: Final[Mapping[str, Any]] = {
    "origin_id": None,
    "services": 0,
    "responses": 0,
    "complete": 0,
    "alpha": None,
    "alpha_low": None,
    "alpha_high": None,
    "icc1": None,
    "icc2": None,
    "statements": "",
    "reason": "",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What a snapshot decided on one measure: the network's cell as it was last published, and what scores are of."""

    snapshot_id: UUID
    asked: Definition
    measure: Measure
    decision: Decision
    last: Row | None
    moments: Mapping[str, Moments]

    def row(self, **figures: Any) -> dict[str, Any]:
        key = {
            "snapshot_id": self.snapshot_id,
            "questionnaire": self.measure.questionnaire,
            "questionnaire_version": self.measure.version,
            "voice": self.measure.voice,
            "principle": self.measure.principle,
        }
        return {**NO_FIGURES, **key, **figures}


def quality(session: Session, judged: Judged) -> Iterator[Row]:
    """How well a principle is measured, if this measure is the one that its voice is judged over.

    Where the network's cell was carried over, so is this; where it is hidden, there is only the reason.
    """
    if is_of_all_asked(judged.measure) and (row := _row(session, judged)):
        yield row


def _row(session: Session, judged: Judged) -> Row | None:
    published = next((one for one in judged.decision.published if one.group == NETWORK), None)
    if published is None:
        hidden = judged.decision.hidden.get(NETWORK)
        return judged.row(reason=to_text(hidden.reason)) if hidden else None
    if published.state == "carried":
        assert judged.last is not None, "what is carried over was published before"
        before = quality_row(session, judged.last["snapshot_id"], judged.measure)
        return {**before, "snapshot_id": judged.snapshot_id} if before else None
    return _fresh(session, judged, published.cell.members)


def _fresh(session: Session, judged: Judged, members: Collection[Member]) -> Row:
    held = dict(items_of(session, judged.measure, {str(member.release_id) for member in members}))
    if any(str(member.release_id) not in held for member in members):
        return judged.row(reason=to_text(NOT_KEPT))
    parts = {member: ItemSums.unpacked(held[str(member.release_id)]) for member in members}
    sums = _added(list(parts.values()))
    # Figures over complete responses need services that would make a group of their own (rule B1).
    enough = why_not([member for member, part in parts.items() if part.n]) is None
    names = statements_of(judged.asked, judged.measure)
    return judged.row(
        origin_id=judged.snapshot_id,
        services=services_rounded(len(members)),
        responses=responses_rounded(sums.asked),
        complete=responses_rounded(sums.n),
        **(_together(sums) if enough else {}),
        **_between(judged, members),
        statements=json.dumps(_of_statements(names, sums, enough)),
    )


def _added(parts: Sequence[ItemSums]) -> ItemSums:
    sums = ItemSums(parts[0].statements)
    for part in parts:
        sums.merge(part)
    return sums


def _together(sums: ItemSums) -> dict[str, Any]:
    """How the statements hang together: alpha with its interval, for as many responses as are published.

    From the interval for all of them their exact number could be reckoned back.
    """
    alpha, interval = sums.alpha, sums.interval_for(responses_rounded(sums.n))
    if alpha is None or interval is None:
        return {}
    return {"alpha": hundredth(alpha), "alpha_low": hundredth(interval[0]), "alpha_high": hundredth(interval[1])}


def _between(judged: Judged, members: Collection[Member]) -> dict[str, Any]:
    """How far services differ beyond chance; of one agreed answer each, nothing is known of chance."""
    if judged.measure.voice == "together":
        return {}
    found = intraclass(judged.moments.get(str(member.release_id), Moments()) for member in members)
    return {"icc1": hundredth(found.icc1), "icc2": hundredth(found.icc2)} if found else {}


def _of_statements(names: Sequence[str], sums: ItemSums, enough: bool) -> Mapping[str, Any]:
    rests = sums.item_rest if enough else (None,) * sums.statements
    rows = zip(names, rests, sums.not_applicable, sums.left_out, strict=True)
    return {
        name: {
            "item_rest": None if rest is None else hundredth(rest),
            "not_applicable": per_cent(without, sums.asked),
            "left_out": per_cent(out, sums.asked),
        }
        for name, rest, without, out in rows
    }
