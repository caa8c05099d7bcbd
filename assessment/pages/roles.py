"""The roles in words: what each is called, and one plain sentence of what it sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l

from assessment.store.records import Role


@dataclass(frozen=True, slots=True)
class Words:
    """``name`` within a sentence ("a service lead"); ``sees`` is said to whoever holds, or is offered, the role."""

    name: str
    sees: str


ROLE_WORDS: Final[Mapping[Role, Words]] = {
    "service member": Words(
        _l("service member"),
        _l("You see the results of this service once they are out. You cannot change anything."),
    ),
    "service lead": Words(
        _l("service lead"),
        _l("You run this service’s rounds, see its results, and say who else takes part in running it."),
    ),
    "organisation lead": Words(
        _l("organisation lead"),
        _l("You see the results of all its services side by side, and say which services and people belong to it."),
    ),
    "network analyst": Words(
        _l("network analyst"),
        _l("You see the figures of groups of ten services or more that everyone can see, never those of one service."),
    ),
    "network admin": Words(
        _l("network admin"),
        _l("You confirm organisations and name their first leads. You do not see any service’s results."),
    ),
}
"""In the order in which pages list them."""
