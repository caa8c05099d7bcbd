"""What the files of results have in common: what each measure is called, and whose a result is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from assessment.disclosure.release import ReleaseCell
from assessment.pages.files import Cell
from assessment.questionnaire.definition import Definition
from assessment.store.queries.apart import ApartRound
from assessment.store.records import Round, Snapshot

About = list[tuple[str, Cell]]


def names_of(asked: Definition) -> Mapping[str, str]:
    """What each measure is called, in the questionnaire's order."""
    principles = {f"{kind}/{one.id}": one.name for kind in ("principle", "shared") for one in asked.principles}
    statements = {f"statement/{one.id}": one.text for one in asked.statements}
    return principles | statements | {f"safeguard/{one.id}": one.question for one in asked.safeguards}


def in_order(cells: Iterable[ReleaseCell], names: Mapping[str, str]) -> list[ReleaseCell]:
    """As the questionnaire has them; what it does not name comes last."""
    order = {name: place for place, name in enumerate(names)}
    return sorted(cells, key=lambda one: (order.get(one.measure, len(order)), one.measure))


def of_round(found: Round | ApartRound, release_id: UUID | None) -> About:
    return [
        ("organisation", found.organisation_name),
        ("service", found.service_name),
        ("service_id", str(found.service_id)),
        ("round_id", str(found.id)),
        ("release_id", str(release_id)),
    ]


def of_sheet(found: Round | ApartRound) -> About:
    questionnaire, version, _language = found.questionnaire
    return [("questionnaire", questionnaire), ("version", version), ("form", found.form)]


def of_comparison(snapshot: Snapshot | None) -> About:
    """Which comparison it is seen beside."""
    return [
        ("comparison_of", snapshot.as_of if snapshot else None),
        ("comparison_id", str(snapshot.id) if snapshot else None),
    ]
