"""A group of few services looks the same on every measure: a line that is missing would tell of one service."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Flask
from sqlalchemy import select

from assessment.disclosure.benchmark import TOO_FEW_SERVICES
from assessment.questionnaire.answer import DONT_KNOW
from assessment.store.db import reading
from assessment.store.messages import from_text
from assessment.store.models import SnapshotCell
from tests.house.network import MadeNetwork

DAY: Final = date(2026, 9, 15)
NOVEMBER: Final = date(2026, 11, 1)
ALONE: Final = "sector-nation:fire:wales"


def test_nobody_learns_on_what_too_few_people_answered_in_the_only_service_of_a_group(app: Flask) -> None:
    """In the one fire service of Wales few people had a say on reciprocity, and its staff said nothing."""
    net = MadeNetwork(app)
    asked = net.asked
    for _organisation in range(4):
        people = [[net.answers(asked.shared) for _one in range(10)] for _service in range(3)]
        staff = [net.answers(asked.statements) for _one in range(10)]
        net.organisation([[net.apart(DAY, staff, said)] for said in people])
    few = [dict(net.answers(asked.shared)) for _one in range(10)]
    for one in few[:4]:
        one |= {s.id: DONT_KNOW for s in asked.shared if s.principle == "reciprocity"}
    net.organisation([[net.apart(DAY, [], few)]], nation="wales", region="wales", sector="fire")
    net.publish(NOVEMBER)
    with app.app_context(), reading() as session:
        rows = session.execute(
            select(SnapshotCell.voice, SnapshotCell.form, SnapshotCell.principle, SnapshotCell.reason).where(
                SnapshotCell.cell == ALONE
            )
        ).all()
    found = {(row.voice, row.form, row.principle) for row in rows}
    principles = [one.id for one in asked.principles]
    assert found >= {("people", "shared", id) for id in principles} | {("staff", "full", id) for id in principles}
    assert all(from_text(row.reason) == TOO_FEW_SERVICES for row in rows)
