"""The blueprint that the organisation's pages hang on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from assessment.pages.organisation.voices import CAPTIONS, NAMES, chosen_voice
from assessment.pages.words import say

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation/<uuid:organisation_id>")


@blueprint.context_processor
def frame() -> dict[str, Any]:
    """Whoever came by a role, not by a link, leads the organisation, and finds the way to its other pages. The voices
    that can be chosen are the same on every page.
    """
    return {
        "manages": "place" in g,
        "voices": [(voice, say(name)) for voice, name in NAMES.items()],
        "voice_words": say(CAPTIONS[chosen_voice()]),
    }
