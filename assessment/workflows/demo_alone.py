"""Demo rounds in which people answered alone: their rows, released by the code that releases real ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from assessment.disclosure.thresholds import K10, K
from assessment.questionnaire.definition import Definition, Form
from assessment.store.alone import AloneVoice
from assessment.store.models import Organisation, Reply, Round, Service
from assessment.store.queries.replies import Said
from assessment.store.records import Answered
from assessment.workflows.release import packed
from assessment.workflows.release_rows import Figures, apart_figures, release_row

Tallies = Mapping[str, int]
HEAR_AFTER: Final = timedelta(28)


@dataclass(frozen=True, slots=True)
class DemoSide:
    """What one side sent: the form, one row of answers a person, and what they told of themselves, counted."""

    voice: AloneVoice
    form: Form
    responses: Sequence[Sequence[Answered]]
    perspectives: Tallies
    minutes: Tallies


@dataclass(frozen=True, slots=True)
class DemoWords:
    """What those who were asked read of a round: who asks, what happens with it, who helps, and what came of it."""

    asked_by: str
    told: str
    support: str
    said: Said


@dataclass(frozen=True, slots=True)
class DemoAlone:
    """A round held apart that is over."""

    id: UUID
    opened_on: date
    closes_on: date
    form: Form
    words: DemoWords
    sides: Sequence[DemoSide]

    @property
    def released_on(self) -> date:
        return self.closes_on + timedelta(1)


def alone_row(asked: Definition, service: Service, held: DemoAlone) -> Round:
    expected = {side.voice: len(side.responses) * 2 for side in held.sides}
    return Round(
        id=held.id,
        service_id=service.id,
        questionnaire=asked.id,
        questionnaire_version=asked.version,
        language=asked.language,
        mode="apart",
        form=held.form,
        state="released",
        k=K,
        k10=K10,
        opened_on=held.opened_on,
        staff_present=0,
        people_present=0,
        closes_on=held.closes_on,
        hear_by=held.closes_on + HEAR_AFTER,
        staff_expected=expected.get("staff", 0),
        people_expected=expected.get("people", 0),
        asked_by=held.words.asked_by,
        told=held.words.told,
        support=held.words.support,
        agreed_on=held.released_on,
    )


def reply_row(held: DemoAlone) -> Reply:
    said = held.words.said
    return Reply(
        round_id=held.id,
        well=said.well,
        to_work_on=said.to_work_on,
        will_do=said.will_do,
        by_when=said.by_when,
        published_on=held.released_on + timedelta(7),
    )


def response_rows(round_id: UUID, language: str, side: DemoSide) -> Iterator[dict[str, Any]]:
    for answers in side.responses:
        yield {
            "id": uuid4(),
            "round_id": round_id,
            "voice": side.voice,
            "form": side.form,
            "language": language,
            "answers": packed(answers),
            "may_be_seen": False,
        }


def tally_rows(round_id: UUID, side: DemoSide) -> Iterator[dict[str, Any]]:
    for kind, tallies in (("perspective", side.perspectives), ("minutes", side.minutes)):
        for value, times in tallies.items():
            if times:
                yield {"round_id": round_id, "voice": side.voice, "kind": kind, "value": value, "times": times}


def so_far_rows(held: DemoAlone) -> Iterator[dict[str, Any]]:
    for side in held.sides:
        count = len(side.responses)
        shown = count if count >= K else 0
        yield {"round_id": held.id, "voice": side.voice, "responses": shown, "as_of": held.released_on}


def alone_release(
    asked: Definition, organisation: Organisation, service: Service, sitting: Round, held: DemoAlone
) -> tuple[dict[str, Any], Figures]:
    """The release's own row and its figures."""
    row = release_row(sitting, service, organisation, 1, held.released_on)
    sent = [
        (side.voice, {one.question: one.value for one in answers}) for side in held.sides for answers in side.responses
    ]
    return row, apart_figures(row["id"], asked, sitting, sent)


def told_of_perspectives(held: DemoAlone) -> Sequence[DemoSide]:
    """The sides as their tallies are kept after closing: what fewer than 10 said of themselves is not (rule P2)."""
    return [side if len(side.responses) >= K10 else replace(side, perspectives={}) for side in held.sides]
