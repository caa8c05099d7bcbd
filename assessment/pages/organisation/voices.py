"""Whose account the organisation's pages show: one voice at a time, never mixed and never added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import request

from assessment.questionnaire.message import Message
from assessment.scoring.response import VoiceName

NAMES: Final[Mapping[VoiceName, Message]] = {
    "together": Message("Agreed together"),
    "staff": Message("Staff and partners"),
    "people": Message("People who use services"),
}
SAID: Final[Mapping[VoiceName, Message]] = {
    "together": Message("agreed together"),
    "staff": Message("from staff and partners"),
    "people": Message("from people who use them"),
}
CAPTIONS: Final[Mapping[VoiceName, Message]] = {
    "together": Message("agreed together"),
    "staff": Message("staff and partners, each alone"),
    "people": Message("people who use the services, each alone"),
}


def chosen_voice() -> VoiceName:
    """The voice that the address asks for; what was agreed together, unless it names another."""
    wanted = request.args.get("voice", "")
    return next((voice for voice in NAMES if voice == wanted), "together")
