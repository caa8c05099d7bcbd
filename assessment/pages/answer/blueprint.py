"""The blueprint that the answering pages hang on, and what they all need."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, g

from assessment.pages.definitions import definition_of
from assessment.questionnaire.definition import Definition
from assessment.store.db import asking
from assessment.store.queries.rounds import answers_of
from assessment.store.records import Answered, Round

blueprint = Blueprint("answer", __name__, url_prefix="/answer/<uuid:round_id>")


def this_round() -> Round:
    """The round of this address, which the access check has put there."""
    found: Round = g.round
    return found


def this_definition() -> Definition:
    return definition_of(this_round())


def saved_answers() -> Mapping[str, Answered]:
    with asking() as store:
        return answers_of(store, this_round().draft_id)
