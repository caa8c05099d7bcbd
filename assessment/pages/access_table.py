"""The one table of who may open what. The access check enforces it, and the tests read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assessment.store.records import Purpose, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """Who opens one address: anyone, whoever holds one of these links to its round or organisation, anyone signed
    in, or whoever holds one of these roles in the place of the address (or anywhere, where it names no place).
    ``alone``: whoever was asked to answer its round alone, and nobody else.
    """

    anyone: bool = False
    links: frozenset[Purpose] = frozenset()
    signed_in: bool = False
    roles: frozenset[Role] = frozenset()
    alone: bool = False


def opened_by(*links: Purpose, roles: tuple[Role, ...] = ()) -> Entry:
    return Entry(links=frozenset(links), roles=frozenset(roles))


def held_by(*roles: Role) -> Entry:
    return Entry(roles=frozenset(roles))


ANYONE: Final = Entry(anyone=True)
SIGNED_IN: Final = Entry(signed_in=True)
ALONE: Final = Entry(alone=True)
TABLE: Final = opened_by("owner", roles=("service lead",))
RESULT: Final = opened_by("owner", "reader", roles=("service lead", "service member", "organisation lead"))
ORGANISATION: Final = opened_by("organisation", roles=("organisation lead",))

# An endpoint that is missing here stops the start.
ACCESS: Final[Mapping[str, Entry]] = {
    "health.healthz": ANYONE,
    "health.readyz": ANYONE,
    "start.index": ANYONE,
    "start.example": ANYONE,
    "start.blank": ANYONE,
    "start.help": ANYONE,
    "start.privacy": ANYONE,
    "start.accessibility": ANYONE,
    "setup.service": ANYONE,
    "setup.organisations": ANYONE,
    "setup.organisation": ANYONE,
    "setup.sitting": ANYONE,
    "links.open": ANYONE,
    "links.back": ANYONE,
    "links.come_back": ANYONE,
    "field.index": ANYONE,
    "answer.tasks": TABLE,
    "answer.links": TABLE,
    "answer.statement": TABLE,
    "answer.safeguards": TABLE,
    "answer.reflection": TABLE,
    "answer.check": TABLE,
    "answer.copy": TABLE,
    "answer.copy_json": TABLE,
    "answer.again": TABLE,
    "result.show": RESULT,
    "result.targets": TABLE,
    "organisation.show": ORGANISATION,
    "organisation.department": ORGANISATION,
    "organisation.services": ORGANISATION,
    "alone.before": ALONE,
    "alone.privacy": ALONE,
    "alone.helped": ALONE,
    "alone.declined": ALONE,
    "alone.statement": ALONE,
    "alone.safeguards": ALONE,
    "alone.reflection": ALONE,
    "alone.check": ALONE,
    "alone.come_back": ALONE,
    "alone.delete": ALONE,
    "alone.heard": ALONE,
    "alone.code": ANYONE,
    "alone.stop": ANYONE,
    "alone.leave": ANYONE,
    "alone.another": ANYONE,
}
