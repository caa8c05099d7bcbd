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
SERVICE_LEAD: Final = held_by("service lead")
SERVICE_LEADS: Final = held_by("service lead", "organisation lead")
SERVICE_PEOPLE: Final = held_by("service member", "service lead", "organisation lead")
SERVICE_TEAM: Final = held_by("service member", "service lead")
ORGANISATION_LEAD: Final = held_by("organisation lead")
ORGANISATION_CARERS: Final = held_by("organisation lead", "network admin")
NETWORK_ADMIN: Final = held_by("network admin")
NETWORK_PEOPLE: Final = held_by("network admin", "network analyst")

# An endpoint that is missing here stops the start.
ACCESS: Final[Mapping[str, Entry]] = {
    "health.healthz": ANYONE,
    "health.readyz": ANYONE,
    # Who holds the token that the operator set.
    "metrics.show": ANYONE,
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
    "field.principle": ANYONE,
    "field.years": ANYONE,
    "field.taking_part": ANYONE,
    "field.instrument": ANYONE,
    "field.file": ANYONE,
    "field.picture": ANYONE,
    "open_data.index": ANYONE,
    "open_data.file": ANYONE,
    "open_data.csv_metadata": ANYONE,
    "answer.tasks": TABLE,
    "answer.links": TABLE,
    "answer.statement": TABLE,
    "answer.safeguards": TABLE,
    "answer.reflection": TABLE,
    "answer.check": TABLE,
    "answer.copy": TABLE,
    "answer.copy_json": TABLE,
    "answer.again": TABLE,
    "answer.claim": TABLE,
    "result.show": RESULT,
    "result.picture": RESULT,
    "result.file": RESULT,
    "result.targets": TABLE,
    "organisation.show": ORGANISATION,
    "organisation.department": ORGANISATION,
    "organisation.picture": ORGANISATION,
    "organisation.departments_picture": ORGANISATION,
    "organisation.services": ORGANISATION,
    "organisation.figures": ORGANISATION,
    "organisation.peers_file": ORGANISATION,
    "organisation.progress": ORGANISATION_LEAD,
    "organisation.progress_file": ORGANISATION_LEAD,
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
    "rounds.plan": SERVICE_LEADS,
    "rounds.plan_many": ORGANISATION_LEAD,
    "rounds.show": SERVICE_PEOPLE,
    "rounds.open_now": SERVICE_LEADS,
    "rounds.ways_in": SERVICE_LEADS,
    "rounds.make_new": SERVICE_LEADS,
    "rounds.poster": SERVICE_LEADS,
    "rounds.people": SERVICE_LEADS,
    "rounds.remind": SERVICE_LEADS,
    "rounds.remove": SERVICE_LEADS,
    "rounds.extend": SERVICE_LEADS,
    "rounds.close": SERVICE_LEADS,
    "rounds.cancel": SERVICE_LEADS,
    "rounds.results": SERVICE_PEOPLE,
    "rounds.answers": SERVICE_PEOPLE,
    "rounds.words": SERVICE_TEAM,
    "rounds.picture": SERVICE_PEOPLE,
    "rounds.results_file": SERVICE_PEOPLE,
    "rounds.agree": SERVICE_LEAD,
    "rounds.reply": SERVICE_LEAD,
    "manage.show": ORGANISATION_CARERS,
    "manage.services": ORGANISATION_CARERS,
    "manage.new_department": ORGANISATION_LEAD,
    "manage.department": ORGANISATION_LEAD,
    "manage.new_service": ORGANISATION_LEAD,
    "manage.people": ORGANISATION_CARERS,
    "manage.offer": ORGANISATION_CARERS,
    "manage.role": ORGANISATION_CARERS,
    "manage.sharing": ORGANISATION_LEAD,
    "manage.passkeys": ORGANISATION_LEAD,
    "manage.import_list": ORGANISATION_LEAD,
    "manage.export": ORGANISATION_LEAD,
    "manage.leave": ORGANISATION_LEAD,
    "manage.trail": ORGANISATION_CARERS,
    "service.show": SERVICE_PEOPLE,
    "service.picture": SERVICE_PEOPLE,
    "service.start": SERVICE_LEAD,
    "service.edit": SERVICE_LEADS,
    "service.people": SERVICE_LEADS,
    "service.offer": SERVICE_LEADS,
    "service.role": SERVICE_PEOPLE,
    "service.confirm": ORGANISATION_LEAD,
    "network.show": NETWORK_ADMIN,
    "network.organisation": NETWORK_ADMIN,
    "network.edit": NETWORK_ADMIN,
    "network.merge": NETWORK_ADMIN,
    "network.merge_with": NETWORK_ADMIN,
    "network.people": NETWORK_ADMIN,
    "network.offer": NETWORK_ADMIN,
    "network.role": NETWORK_PEOPLE,
    "network.trail": NETWORK_ADMIN,
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
