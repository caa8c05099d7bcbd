"""While a round is planned: how small a change so many people could show."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from assessment.disclosure.release_apart import EFFECT_OF_FEW, FEW
from assessment.disclosure.thresholds import K
from assessment.scoring.detectable import USUAL_EFFECT, smallest_change

USUAL_TOP: Final = 4


def smallest_to_show(people: int, staff: int, top: int = USUAL_TOP) -> list[str]:
    """A sentence for each side that a number was given for, supposing that half of those asked answer."""
    asked = (
        (people, FEW, _("people who use the service")),
        (staff, K, _("staff and partners")),
    )
    return [_sentence(number, least, side, top) for number, least, side in asked if number > 0]


def _sentence(number: int, least: int, side: str, top: int) -> str:
    half = (number + 1) // 2
    smallest = smallest_change(half, top, EFFECT_OF_FEW if half < FEW else USUAL_EFFECT) if half >= least else None
    if smallest is None:
        return _(
            "If half of %(number)d %(side)s answer, that is too few for a change since another round to show.",
            number=number,
            side=side,
        )
    return _(
        "If %(half)d of %(number)d %(side)s answer, now and next time, a principle must change by about %(smallest)s "
        "of a level for us to say that it clearly did.",
        half=half,
        number=number,
        side=side,
        smallest=f"{smallest:.1f}",
    )
