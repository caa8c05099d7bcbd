"""Send what one person answered alone: it becomes a response that nothing joins to the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast
from uuid import UUID, uuid4

from assessment.store.alone import Alone, AloneVoice, Left, form_for
from assessment.store.db import Session, transaction
from assessment.store.models import Draft, Round, StoredResponse
from assessment.store.queries.alone import forget_response, held_draft, response_by_code, sent_so_far
from assessment.store.queries.definitions import definition
from assessment.store.queries.responses import add_texts
from assessment.store.queries.rounds import answers_of
from assessment.store.records import Answered
from assessment.store.seal import Seal
from assessment.store.secrets import hash_of
from assessment.workflows.apart.marks import leave_mark, was_answered
from assessment.workflows.release import packed

KINDS = ("reason", "evidence", "dissent")
Outcome = Literal["sent", "sent before", "answered", "over", "full", "nothing"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a person sends. ``code`` was made before the button was pressed; ``replaces`` is the code of before.

    ``counted``: they came by a shared link, of whose answers a round takes only so many, or by an invitation
    with which answers were sent before. ``again``: they say that they took those back, which nobody can check.
    """

    secret: str
    code: str
    may_be_seen: bool
    replaces: str = ""
    counted: bool = True
    again: bool = False
    invitation: UUID | None = None
    perspective: str = ""
    minutes: int = 0


def send(found: Alone, parcel: Parcel, seal: Seal, today: date) -> Outcome:
    """Write the response and delete the draft, both or neither; then, apart, leave the mark to be counted."""
    with transaction(answers=True) as session:
        outcome, voice = _send(session, found, parcel, seal, today)
    # Never in one transaction with the response: on PostgreSQL its number would join the two.
    if outcome == "sent" and voice and not parcel.replaces:
        with transaction() as session:
            leave_mark(session, found.id, Left(parcel.invitation, voice, parcel.perspective, parcel.minutes), seal)
    return outcome


def _send(session: Session, found: Alone, parcel: Parcel, seal: Seal, today: date) -> tuple[Outcome, AloneVoice | None]:
    # Closing waits for whoever is sending, and whoever comes after it is told that the round is over.
    round_row = session.get_one(Round, found.id, with_for_update={"read": True})
    if round_row.state != "open" or not found.takes_answers(today):
        return "over", None
    draft = held_draft(session, hash_of(parcel.secret))
    if draft is None or draft.round_id != found.id:
        return ("sent before" if response_by_code(session, hash_of(parcel.code)) else "nothing"), None
    # Who had two messages may have begun from both; only what is sent first counts.
    if parcel.invitation and not parcel.again and was_answered(session, found.id, parcel.invitation, seal):
        return "answered", None
    voice = cast("AloneVoice", draft.voice)
    replaced = bool(parcel.replaces) and forget_response(session, hash_of(parcel.replaces))
    if parcel.counted and not replaced and sent_so_far(session, found.id, voice) >= found.places(voice):
        return "full", None
    _write(session, round_row, draft, voice, parcel)
    return "sent", voice


def _write(session: Session, round_row: Round, draft: Draft, voice: AloneVoice, parcel: Parcel) -> None:
    said = answers_of(session, draft.id)
    asked = definition(session, (round_row.questionnaire, round_row.questionnaire_version, round_row.language))
    response = StoredResponse(
        id=uuid4(),
        round_id=round_row.id,
        voice=voice,
        form=form_for(asked, voice, cast("Any", round_row.form)),
        language=round_row.language,
        answers=packed(said.values()),
        code_hash=hash_of(parcel.code),
        may_be_seen=parcel.may_be_seen,
    )
    session.add(response)
    session.flush()
    add_texts(session, response.id, _texts(said))
    session.delete(draft)


def _texts(said: Mapping[str, Answered]) -> Iterator[dict[str, Any]]:
    for question, one in sorted(said.items()):
        for kind in KINDS:
            if text := getattr(one, kind):
                yield {"question": question, "kind": kind, "text": text, "private": one.private}
