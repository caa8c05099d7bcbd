"""What was written beside an answer, each with the words that say what it is."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from assessment.store.records import Answered


def notes_of(answers: Mapping[str, Answered], question: str) -> list[str]:
    """The notes of one statement, in the order in which its page asks for them."""
    now = answers.get(question) or Answered(question)
    said = (
        (now.reason, _("Because: %(text)s", text=now.reason)),
        (now.evidence, _("You could point to: %(text)s", text=now.evidence)),
        (now.dissent, _("Seen differently: %(text)s", text=now.dissent)),
    )
    return [words for text, words in said if text]
