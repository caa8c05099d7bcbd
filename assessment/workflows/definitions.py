"""Take the definitions of a folder into the store; a used version never changes."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.questionnaire.definition import Definition
from assessment.questionnaire.loader import to_body
from assessment.store.db import transaction
from assessment.store.models import StoredDefinition


def keep_definitions(definitions: Iterable[Definition]) -> tuple[str, ...]:
    """Store each new definition; return, as sentences, which files changed under a stored version.

    The service goes on with the stored one: what was asked must stay what was answered.
    """
    refused = []
    with transaction() as session:
        for found in definitions:
            kept = session.get(StoredDefinition, (found.id, found.version, found.language))
            if kept is None:
                session.add(_row(found))
            elif kept.hash != found.hash:
                refused.append(
                    f"{found.id} {found.version} ({found.language}) was changed after it was stored. "
                    "The stored one stays in use. Give the changed file a new version."
                )
    return tuple(refused)


def _row(found: Definition) -> StoredDefinition:
    return StoredDefinition(
        id=found.id, version=found.version, language=found.language, hash=found.hash, body=to_body(found)
    )
