"""After the storm: everything that was acknowledged is there exactly once, and nothing is half-written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, text

from assessment.store.db import Session, db, reading
from assessment.store.models import Draft, DraftAnswer, ResponseText, StoredResponse
from assessment.store.secrets import hash_of
from tests.faults.people import Person


@dataclass(slots=True)
class Verdict:
    """How many acknowledged saves and sendings were looked for, and what was wrong, in words."""

    saves: int = 0
    sendings: int = 0
    faults: list[str] = field(default_factory=list)


def judge(app: Flask, people: Iterable[Person]) -> Verdict:
    verdict = Verdict()
    with app.app_context():
        with reading() as session:
            for person in people:
                verdict.faults += [f"person {person.number}: {said}" for said in _look(session, person, verdict)]
            verdict.faults += _whole(session)
        db.engine.dispose()
    return verdict


def _look(session: Session, person: Person, verdict: Verdict) -> Iterator[str]:
    yield from map(repr, person.faults)
    verdict.saves += sum(person.ledger.acknowledged.values())
    if person.is_sent:
        verdict.sendings += 1
        yield from _sent(session, person)
    else:
        yield from _saved(session, person)


def _saved(session: Session, person: Person) -> Iterator[str]:
    """What stands in the draft, and how often it was saved."""
    draft = _draft_of(session, person)
    kept = {row.question: row for row in session.scalars(select(DraftAnswer).where(DraftAnswer.draft_id == draft))}
    for statement in person.statements:
        row = kept.get(statement)
        note, version = (row.evidence, row.version) if row else ("", 0)
        least, most = person.ledger.versions(statement)
        if note not in person.ledger.may_be(statement):
            yield f"{statement} holds {note!r}, not one of {person.ledger.may_be(statement)}"
        if not least <= version <= most:
            yield f"{statement} was saved {version} times, not {least} to {most}"


def _draft_of(session: Session, person: Person) -> UUID | None:
    if person.secret:
        return session.scalar(select(Draft.id).where(Draft.secret_hash == hash_of(person.secret)))
    return session.scalar(select(Draft.id).where(Draft.round_id == UUID(person.place.split("/")[2])))


def _sent(session: Session, person: Person) -> Iterator[str]:
    if _draft_of(session, person) is not None and person.secret:
        yield "both the draft and the response are there"
    found = session.scalars(select(StoredResponse).where(StoredResponse.code_hash == hash_of(person.code))).all()
    if len(found) != 1:
        yield f"{len(found)} responses under one code"
        return
    if set(json.loads(found[0].answers)) < set(person.statements):
        yield "answers are missing in what was sent"
    texts = select(ResponseText.text).where(ResponseText.response_id == found[0].id, ResponseText.kind == "evidence")
    allowed = set().union(*(person.ledger.may_be(statement) for statement in person.statements))
    if strange := set(session.scalars(texts)) - allowed:
        yield f"notes nobody was told are kept: {strange}"


def _whole(session: Session) -> Iterator[str]:
    """Nothing that refers to nothing, and a database that is sound."""
    if session.get_bind().dialect.name == "sqlite":
        for check in ("integrity_check", "foreign_key_check"):
            rows = [tuple(row) for row in session.execute(text(f"PRAGMA {check}"))]
            if rows not in ([], [("ok",)]):
                yield f"{check}: {rows}"
    twice = select(StoredResponse.code_hash).group_by(StoredResponse.code_hash).having(func.count() > 1)
    yield from (f"two responses under the code {code}" for code in session.scalars(twice))


def responses_in(app: Flask, round_id: UUID) -> int:
    with app.app_context():
        with reading() as session:
            found = session.scalar(select(func.count()).where(StoredResponse.round_id == round_id))
        db.engine.dispose()
    return found or 0
