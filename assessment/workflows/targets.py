"""Say where a service wants to be, and why."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from assessment.store.db import transaction
from assessment.store.queries.targets import replace_targets
from assessment.store.records import Goal


def set_targets(service_id: UUID, statements: Iterable[str], goals: Iterable[Goal]) -> None:
    """Keep these goals for these statements; a statement without one has no target any more."""
    with transaction() as session:
        replace_targets(session, service_id, statements, goals)
