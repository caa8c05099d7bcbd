"""What a score is made of is kept only of scores that are shown: the sum of one person's answers is their answer."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Flask
from sqlalchemy import select

from assessment.questionnaire.answer import DONT_KNOW
from assessment.store.db import reading
from assessment.store.models import ReleaseCell, ReleaseMoments
from tests.house.network import MadeNetwork

DAY: Final = date(2026, 9, 15)


def test_no_sums_outlive_the_answers_of_too_few_people_to_show(app: Flask) -> None:
    """Four staff; nine people, of whom only words are shown, one of them silent on all but one principle."""
    net = MadeNetwork(app)
    asked = net.asked
    people = [dict(net.answers(asked.shared)) for _one in range(9)]
    for one in people[:5]:
        one |= {statement.id: DONT_KNOW for statement in asked.shared if statement.principle != "assets"}
    net.organisation([[net.apart(DAY, [net.answers(asked.statements) for _one in range(4)], people)]])
    net.organisation([[net.apart(DAY, [net.answers(asked.statements) for _one in range(5)], [])]])
    net.organisation([[net.together(DAY, net.answers(asked.statements))]])
    with app.app_context(), reading(answers=True) as session:
        kept = set(session.execute(select(ReleaseMoments.release_id, ReleaseMoments.voice, ReleaseMoments.measure)))
        with_value = ReleaseCell.value_x10.is_not(None) & ~ReleaseCell.measure.startswith("statement/")
        scores = select(ReleaseCell.release_id, ReleaseCell.voice, ReleaseCell.measure).where(with_value)
        assert kept == set(session.execute(scores))
        few = session.scalars(select(ReleaseMoments.n).where(ReleaseMoments.voice != "together"))
        assert set(few) == {5}
