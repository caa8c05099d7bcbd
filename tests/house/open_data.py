"""Snapshots with figures as published, put straight into the database, and open data made of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from assessment.disclosure.benchmark import TOO_FEW_SERVICES
from assessment.store.db import transaction
from assessment.store.messages import to_text
from assessment.store.models import OpenData, Snapshot, SnapshotCell

MAIN = {"questionnaire": "co-production", "questionnaire_version": "1.0"}


def make_snapshot(app: Flask, as_of: date) -> UUID:
    id = uuid4()
    with app.app_context(), transaction() as session:
        session.add(Snapshot(id=id, as_of=as_of, published_on=as_of))
    return id


def make_group(app: Flask, snapshot: UUID, cell: str, services: int, **over: Any) -> None:
    """One group on one measure: its figures as so many services have them, or refused if there are none."""
    key = MAIN | {"form": "shared", "voice": "together", "principle": "assets", "cell": cell, "snapshot_id": snapshot}
    with app.app_context(), transaction() as session:
        session.add(SnapshotCell(**key | (_figures(snapshot, services) if services else _refused()) | over))


def make_edition(app: Flask, year: int = 2025) -> UUID:
    """The open data of a year, of a network of 60 services and one sector of 15; the snapshot's id."""
    snapshot = make_snapshot(app, date(year, 12, 1))
    make_group(app, snapshot, "network", 60)
    make_group(app, snapshot, "sector:housing", 15)
    with app.app_context(), transaction() as session:
        session.add(OpenData(year=year, snapshot_id=snapshot, published_on=date(year + 1, 1, 2)))
    return snapshot


def _figures(snapshot: UUID, services: int) -> dict[str, Any]:
    quarters = {"lower_x10": 14, "upper_x10": 26, "bins": "0:5,16:15"} if services >= 20 else {}
    tenths = {"tenth_x10": 8, "ninetieth_x10": 31} if services >= 50 else {}
    counts = {"services": services, "organisations": 10 if services >= 50 else 4, "median_x10": 20, "mean": 2.123}
    return {"origin_id": snapshot} | counts | quarters | tenths


def _refused() -> dict[str, Any]:
    return {"services": 0, "organisations": 0, "reason": to_text(TOO_FEW_SERVICES)}
