"""Send a round held together: its answers become the response, and the response is released."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast
from uuid import UUID, uuid4

from assessment.questionnaire.definition import Definition, Form
from assessment.store.db import Session, transaction
from assessment.store.models import Organisation, Round, Service, StoredResponse
from assessment.store.queries.definitions import definition
from assessment.store.queries.drafts import draft_row
from assessment.store.queries.releases import Written, last_version, newest_snapshot, write_releases
from assessment.store.queries.responses import Texts, replace_texts, response_row, texts_of
from assessment.store.queries.rounds import answers_of
from assessment.store.records import Answered
from assessment.workflows.release_rows import release_row, together_figures

KINDS = ("reason", "evidence", "dissent")


def send(round_id: UUID, today: date) -> int:
    """Release what the draft says now; return the release's version.

    Sending again what is released already changes nothing, so a double click makes one release.
    A correction is a new release beside the old one.
    """
    with transaction(answers=True) as session:
        # The lock holds a second click back until the first is done.
        found = session.get_one(Round, round_id, with_for_update=True)
        asked = definition(session, (found.questionnaire, found.questionnaire_version, found.language))
        said = answers_of(session, draft_row(session, round_id).id)
        changed = _keep_response(session, found, asked, said)
        version = last_version(session, round_id)
        if changed or not version:
            version += 1
            _release(session, found, asked, said, version, today)
        return version


def _keep_response(session: Session, found: Round, asked: Definition, said: Mapping[str, Answered]) -> bool:
    """Write the response as it is now said; False if it was so before."""
    answers, texts = packed(said.values()), _texts(said)
    kept = response_row(session, found.id)
    if kept and kept.answers == answers and texts_of(session, kept.id) == texts:
        return False
    if kept is None:
        kept = StoredResponse(
            id=uuid4(), round_id=found.id, voice="together", form=found.form, language=found.language, answers=answers
        )
        session.add(kept)
    kept.answers = answers
    session.flush()
    replace_texts(session, kept.id, texts)
    return True


def packed(answers: Iterable[Answered]) -> str:
    """Every answer in one text; sorted, so that equal answers are equal texts."""
    return json.dumps({one.question: one.value for one in answers if one.value}, sort_keys=True)


def _texts(said: Mapping[str, Answered]) -> Texts:
    return {(question, kind): text for question, one in said.items() for kind in KINDS if (text := getattr(one, kind))}


def _release(
    session: Session, found: Round, asked: Definition, said: Mapping[str, Answered], version: int, today: date
) -> None:
    service = session.get_one(Service, found.service_id)
    organisation = session.get_one(Organisation, service.organisation_id)
    release = release_row(found, service, organisation, version, today) | {"snapshot_id": newest_snapshot(session)}
    values = {question: one.value for question, one in said.items() if one.value}
    figures = together_figures(release["id"], asked, cast("Form", found.form), values)
    write_releases(session, Written([release], figures.cells, figures.moments))
    found.state = "released"
