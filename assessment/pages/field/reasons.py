"""Why a group is hidden, in the few words that its line has room for; the page says more below."""

from __future__ import annotations

from typing import Final

from assessment.disclosure.benchmark import (
    LEAST_ORGANISATIONS,
    LEAST_SERVICES,
    ONE_TOO_LARGE,
    TOO_FEW_ORGANISATIONS,
    TOO_FEW_SERVICES,
)
from assessment.disclosure.shown import Hidden
from assessment.disclosure.snapshot import NOT_THE_SAME
from assessment.questionnaire.message import Message
from assessment.store.records import PeerCell

SHORT: Final = {
    TOO_FEW_SERVICES.text: Message("fewer than {least} services", {"least": LEAST_SERVICES}),
    TOO_FEW_ORGANISATIONS.text: Message("fewer than {least} organisations", {"least": LEAST_ORGANISATIONS}),
    ONE_TOO_LARGE.text: Message("over a third belong to one organisation"),
    NOT_THE_SAME.text: Message("not the same services then and now"),
}
OTHERWISE: Final = Message("it would give a small group away")


def hidden(cell: PeerCell) -> Hidden:
    """A cell without figures, as a picture shows it."""
    return Hidden(SHORT.get(cell.reason.text, OTHERWISE) if cell.reason else OTHERWISE)
