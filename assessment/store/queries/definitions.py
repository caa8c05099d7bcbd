"""Stored definitions, read once a process: a version never changes once it is used."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from assessment.questionnaire.definition import Definition
from assessment.questionnaire.loader import from_body
from assessment.store.db import db
from assessment.store.models import StoredDefinition

Key = tuple[str, str, str]
_read: WeakKeyDictionary[Engine | Connection, dict[Key, Definition]] = WeakKeyDictionary()


def definition(session: Session, key: Key) -> Definition:
    """The stored definition of this (id, version, language). Raises LookupError if there is none."""
    read = _read.setdefault(session.get_bind(), {})
    if key not in read:
        row = session.get(StoredDefinition, key)
        if row is None:
            raise LookupError(key)
        read[key] = from_body(row.body)
    return read[key]


def definition_read(key: Key) -> Definition | None:
    """The definition, if this process has read it already; it takes no session to say so."""
    return _read.get(db.engine, {}).get(key)


def version_keys(session: Session) -> Mapping[tuple[str, str], Key]:
    """By questionnaire and version the first language that is stored: ids are the same in all."""
    return {key[:2]: key for key in reversed(known_definitions(session))}


def known_definitions(session: Session) -> tuple[Key, ...]:
    """The keys of every stored definition, oldest version first."""
    columns = (StoredDefinition.id, StoredDefinition.version, StoredDefinition.language)
    return tuple((row[0], row[1], row[2]) for row in session.execute(select(*columns).order_by(*columns)))
