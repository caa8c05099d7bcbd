"""flask user: the first accounts of an installation, which nobody else can give a role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import click
from flask.cli import AppGroup

from assessment.commands.organisation import refusals
from assessment.store.addresses import is_address
from assessment.store.db import reading
from assessment.store.queries.accounts import HeldPlace, persons
from assessment.store.records import Role
from assessment.workflows.accounts import LastLead, NoSuchPerson, add_person, erase_by_email, sign_out_by_email
from assessment.workflows.organisations import Meant

ROLES: Final = ("network-admin", "network-analyst", "organisation-lead")
NAMES: Final[dict[str, Role]] = {
    "network-admin": "network admin",
    "network-analyst": "network analyst",
    "organisation-lead": "organisation lead",
}

user = AppGroup("user", help="Give the first accounts their roles, list, sign out and erase accounts.")


@user.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--organisation", default="", help="The confirmed organisation they lead: its name or id.")
def add_command(email: str, role: str, organisation: str) -> None:
    """Give a role to the person with the address EMAIL, who may be new here. They sign in by a link to it."""
    if not is_address(email):
        raise click.UsageError(f"{email} is not an e-mail address.")
    if (role == "organisation-lead") != bool(organisation):
        raise click.UsageError("An organisation-lead needs --organisation, and no other role takes it.")
    with refusals():
        meant = Meant(organisation) if organisation else None
        new = add_person(email, NAMES[role], meant, datetime.now(UTC))
    at = f" of {organisation}" if organisation else ""
    click.echo(f"{email} is now {NAMES[role]}{at}." if new else f"{email} was {NAMES[role]}{at} before.")


@user.command("list")
def list_command() -> None:
    """One line a person: address, name and roles."""
    with reading() as session:
        found = persons(session)
    for email, name, held in found:
        roles = "; ".join(map(_role, held)) or "no role"
        click.echo(f"{email or 'no address'}  {name or 'no name yet'}  {roles}")
    if not found:
        click.echo("Nobody has an account yet.")


def _role(held: HeldPlace) -> str:
    place = ", ".join(name for name in (held.service_name, held.organisation_name) if name)
    return f"{held.role} of {place}" if place else held.role


@user.command("remove")
@click.argument("email")
def remove_command(email: str) -> None:
    """Erase the account with the address EMAIL. What was done with it stays, without a name."""
    try:
        with somebody(email):
            erase_by_email(email, datetime.now(UTC))
    except LastLead as last:
        places = "; ".join(_role(place) for place in last.places)
        raise click.ClickException(f"They are the last to lead: {places}. Name another lead first.") from None
    click.echo(f"Erased the account of {email}.")


@user.command("sign-out")
@click.argument("email")
def sign_out_command(email: str) -> None:
    """End every sign-in of the person with the address EMAIL, and links sent to them. Roles and passkeys stay."""
    with somebody(email):
        sign_out_by_email(email, datetime.now(UTC))
    click.echo(f"{email} is signed out everywhere.")


@contextmanager
def somebody(email: str) -> Iterator[None]:
    try:
        yield
    except NoSuchPerson:
        raise click.ClickException(f"Nobody has the address {email}.") from None
