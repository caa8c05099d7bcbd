"""The blueprint that the pages of rounds held apart hang on, and what they all need."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort

from assessment.pages.clock import now
from assessment.pages.holders import someone
from assessment.store.db import Session
from assessment.store.queries.apart import ApartRound, apart_round
from assessment.workflows.apart.hand import Hand

blueprint = Blueprint("rounds", __name__)


def found_round(session: Session, round_id: UUID) -> ApartRound:
    """The round of this address; 404 if it is one held together."""
    found = apart_round(session, round_id)
    if found is None:
        abort(404)
    return found


def my_hand() -> Hand:
    """The signed-in person, now."""
    return Hand(someone().id, now())
