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
RUN_ROUND: Final = held_by("service lead", "organisation lead")
SEE_ROUND: Final = held_by("service lead", "service member", "organisation lead")
LEADS: Final = held_by("organisation lead")
CARERS: Final = held_by("organisation lead", "network admin")
SERVICE_LEADS: Final = held_by("service lead", "organisation lead")
NETWORK: Final = held_by("network admin")

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
    "account.sign_in": ANYONE,
    "account.use_link": ANYONE,
    "account.provider": ANYONE,
    "account.provider_back": ANYONE,
    "account.sign_in_options": ANYONE,
    "account.sign_in_with_passkey": ANYONE,
    "account.signed_out": ANYONE,
    "account.erased": ANYONE,
    "account.home": SIGNED_IN,
    "account.you": SIGNED_IN,
    "account.name": SIGNED_IN,
    "account.data": SIGNED_IN,
    "account.sign_out": SIGNED_IN,
    "account.sign_ins": SIGNED_IN,
    "account.end_one": SIGNED_IN,
    "account.end_all": SIGNED_IN,
    "account.passkeys": SIGNED_IN,
    "account.new_passkey_options": SIGNED_IN,
    "account.add": SIGNED_IN,
    "account.name_one": SIGNED_IN,
    "account.remove": SIGNED_IN,
    "account.ask_to_erase": SIGNED_IN,
    "account.erase_account": SIGNED_IN,
    # Open to anyone at the machine itself, and there only: pages/demo.py.
    "demo.sign_in": ANYONE,
    "demo.mail": ANYONE,
    "rounds.plan": RUN_ROUND,
    "rounds.plan_many": held_by("organisation lead"),
    "rounds.show": SEE_ROUND,
    "rounds.open_now": RUN_ROUND,
    "rounds.ways_in": RUN_ROUND,
    "rounds.make_new": RUN_ROUND,
    "rounds.poster": RUN_ROUND,
    "rounds.people": RUN_ROUND,
    "rounds.remind": RUN_ROUND,
    "rounds.remove": RUN_ROUND,
    "rounds.extend": RUN_ROUND,
    "rounds.close": RUN_ROUND,
    "rounds.cancel": RUN_ROUND,
    "rounds.results": SEE_ROUND,
    "rounds.answers": SEE_ROUND,
    "rounds.words": held_by("service lead", "service member"),
    "rounds.results_csv": SEE_ROUND,
    "rounds.results_json": SEE_ROUND,
    "rounds.agree": held_by("service lead"),
    "rounds.reply": held_by("service lead"),
    "answer.claim": TABLE,
    "manage.show": CARERS,
    "manage.services": CARERS,
    "manage.new_department": LEADS,
    "manage.department": LEADS,
    "manage.new_service": LEADS,
    "manage.people": CARERS,
    "manage.offer": CARERS,
    "manage.role": CARERS,
    "manage.sharing": LEADS,
    "manage.passkeys": LEADS,
    "manage.import_list": LEADS,
    "manage.export": LEADS,
    "manage.leave": LEADS,
    "manage.trail": CARERS,
    "service.show": held_by("service member", "service lead", "organisation lead"),
    "service.start": held_by("service lead"),
    "service.edit": SERVICE_LEADS,
    "service.people": SERVICE_LEADS,
    "service.offer": SERVICE_LEADS,
    "service.role": held_by("service member", "service lead", "organisation lead"),
    "service.confirm": LEADS,
    "network.show": NETWORK,
    "network.organisation": NETWORK,
    "network.edit": NETWORK,
    "network.merge": NETWORK,
    "network.merge_with": NETWORK,
    "network.people": NETWORK,
    "network.offer": NETWORK,
    "network.role": held_by("network admin", "network analyst"),
    "network.trail": NETWORK,
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
