"""A thousand people are asked while the mail server fails one time in ten: each gets one message."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading
from assessment.store.models import Invitation, Job
from tests.house.leading import Place, in_days
from tests.house.letterbox import Letterbox, post_all

MANY = 1000


def test_a_thousand_invitations_by_a_server_that_fails_one_in_ten(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place.made(app)
    round_id, lead = place.planned(), place.lead()
    addresses = [f"person{number:04}@example.org" for number in range(MANY)]
    began = time.monotonic()
    page = lead.get(f"/round/{round_id}/people").press("Invite these people", addresses="\n".join(addresses))
    added = time.monotonic() - began
    assert "1000 addresses were added" in page.text and page.text.count("Waiting to be sent") == MANY
    post, turns = Letterbox(fails_each=10), 0
    began = time.monotonic()
    while turns < 20 and len(post.messages) < MANY:
        post_all(app, post, in_days(turns / 100))
        turns += 1
    sent = time.monotonic() - began
    assert post.to == addresses, "each once, and nobody is left out"
    assert set(Counter(message.text for message in post.messages).values()) == {1}, "each with a link of its own"
    with app.app_context(), reading() as session:
        assert set(session.scalars(select(Job.state))) == {"done"}
        assert set(session.scalars(select(Invitation.state))) == {"sent"}
    page = lead.get(f"/round/{round_id}/people")
    assert page.text.count("Sent") == MANY and "Waiting" not in page.text
    with capsys.disabled():
        tried = f"{post.tried} tries in {turns} turns"
        print(f"\n1,000 invitations: added in {added:.1f} s, sent in {sent:.1f} s ({tried})")  # noqa: T201
