"""How many services stand behind a page's figures, and in words what stands behind none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import ngettext

from assessment.pages.organisation.released import Standing
from assessment.pages.organisation.voices import SAID
from assessment.pages.words import say
from assessment.scoring.response import VoiceName


@dataclass(frozen=True, slots=True)
class Tally:
    """``scored``, ``words`` and ``hidden`` are services with a result, by what of it may be shown; ``waits`` those
    whose newest result its lead has not opened yet.
    """

    voice: VoiceName
    services: int
    scored: int
    words: int = 0
    hidden: int = 0
    waits: int = 0
    up_to: date | None = None

    @property
    def with_result(self) -> int:
        return self.scored + self.words + self.hidden

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the services of this page have, in plain sentences; what adds nothing to a figure is said."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.voice == "together":
            counted = of_services(self.scored, self.services)
            yield ngettext("%(counted)s has a result.", "%(counted)s have a result.", self.scored, counted=counted)
            return
        yield ngettext(
            "%(counted)s has a result %(voice)s.",
            "%(counted)s have a result %(voice)s.",
            self.with_result,
            counted=of_services(self.with_result, self.services),
            voice=say(SAID[self.voice]),
        )
        yield from self._without_figures()
        if self.waits:
            yield ngettext(
                "A round of %(num)d service is closed, and its lead has not opened the result yet: it adds nothing.",
                "Rounds of %(num)d services are closed, and their leads have not opened the results yet: "
                "they add nothing.",
                self.waits,
            )

    def _without_figures(self) -> Iterator[str]:
        if self.words:
            yield ngettext(
                "The result of %(num)d is shown as low, middle or high only, and adds nothing to a mean.",
                "The results of %(num)d are shown as low, middle or high only, and add nothing to a mean.",
                self.words,
            )
        if self.hidden:
            yield ngettext(
                "The result of %(num)d is hidden to protect people, and adds nothing to a mean.",
                "The results of %(num)d are hidden to protect people, and add nothing to a mean.",
                self.hidden,
            )


def tally(standings: Sequence[Standing], voice: VoiceName) -> Tally:
    by_state = Counter(standing.state for standing in standings)
    days = [standing.released_on for standing in standings if standing.released_on]
    waits = 0 if voice == "together" else sum(standing.service.waits for standing in standings)
    return Tally(
        voice,
        len(standings),
        by_state["scored"],
        by_state["words"],
        by_state["hidden"],
        waits,
        max(days, default=None),
    )


def of_services(some: int, services: int) -> str:
    return ngettext("%(some)d of %(num)d service", "%(some)d of %(num)d services", services, some=some)
