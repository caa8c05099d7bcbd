"""What one person, or one table, sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Form

VoiceName = Literal["together", "staff", "people"]


@dataclass(frozen=True, slots=True)
class Response:
    """Answers by statement id, of one voice, on one form. A statement left blank has no entry."""

    voice: VoiceName
    form: Form
    answers: Mapping[str, Answer]
