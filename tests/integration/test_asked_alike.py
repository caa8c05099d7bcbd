"""A principle that every form asks whole: over all statements and over the shared ones it is one and the same score."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.questionnaire.definition import Definition
from assessment.store.db import reading
from assessment.store.models import SnapshotCell
from assessment.workflows.definitions import keep_definitions
from assessment.workflows.snapshot_audit import audit_snapshots
from tests.house.network import MadeNetwork

DAY: Final = date(2026, 9, 15)
NOVEMBER: Final = date(2026, 11, 1)
WHOLE: Final = "assets"


@pytest.fixture
def net(app: Flask) -> MadeNetwork:
    """A network that answers a questionnaire whose short form asks all of one principle."""
    made = MadeNetwork(app)
    made.asked = _with_whole_principle(made.asked)
    with app.app_context():
        assert not keep_definitions([made.asked])
    return made


def _with_whole_principle(asked: Definition) -> Definition:
    principles = tuple(
        replace(one, statements=tuple(replace(s, short=True) for s in one.statements)) if one.id == WHOLE else one
        for one in asked.principles
    )
    return replace(asked, version="whole", principles=principles, hash="whole")


def _sizes(net: MadeNetwork, principle: str) -> dict[str, int]:
    query = select(SnapshotCell.form, SnapshotCell.services).where(
        SnapshotCell.cell == "network", SnapshotCell.voice == "together", SnapshotCell.principle == principle
    )
    with net.app.app_context(), reading() as session:
        return {row.form: row.services for row in session.execute(query)}


def test_the_few_on_short_forms_do_not_follow_from_one_score_over_two_groups(net: MadeNetwork) -> None:
    """22 services have it, 18 of them from full forms: 22 less 18 would be the four on short ones."""
    asked = net.asked
    for organisation in range(4):
        full = [net.together(DAY, net.answers(asked.statements)) for _ in range(5 - organisation % 2)]
        net.organisation([[one] for one in full] + [[net.together(DAY, net.answers(asked.shared), "short")]])
    net.publish(NOVEMBER)
    assert _sizes(net, WHOLE) == {"full": 20, "shared": 20}
    assert _sizes(net, "reciprocity") == {"full": 15, "shared": 20}
    with net.app.app_context():
        assert not [fault for found in audit_snapshots() for fault in found.faults]
