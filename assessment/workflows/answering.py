"""Save one question of a draft at a time; two browsers never overwrite each other unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.queries.answers import insert_answer, replace_answer, stored_answer
from assessment.store.records import Answered


def save_answer(draft_id: UUID, answer: Answered) -> Answered | None:
    """Save what was typed over version ``answer.version``; return None when it is on disk.

    If someone else saved this question since, nothing is changed and theirs is returned, for the
    person at the screen to choose. Saving again what already stands is no disagreement.
    """
    with transaction() as session:
        return _save(session, draft_id, answer)


def save_answers(draft_id: UUID, answers: Iterable[Answered]) -> Mapping[str, Answered]:
    """Save several questions of one page at once; return others' answers to those saved meanwhile."""
    with transaction() as session:
        theirs = {answer.question: _save(session, draft_id, answer) for answer in answers}
    return {question: answer for question, answer in theirs.items() if answer}


def _save(session: Session, draft_id: UUID, answer: Answered) -> Answered | None:
    if _same(answer, Answered(answer.question)) and not answer.version:
        return None  # nothing was said, and nothing needs to stand in anybody's way
    write = replace_answer if answer.version else insert_answer
    if write(session, draft_id, answer):
        return None
    theirs = stored_answer(session, draft_id, answer.question)
    return None if theirs is None or _same(theirs, answer) else theirs


def _same(one: Answered, other: Answered) -> bool:
    return replace(one, version=0) == replace(other, version=0)
