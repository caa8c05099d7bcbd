"""flask organisation: list, confirm, share and open organisations; an operator's word stands for theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import click
from flask.cli import AppGroup

from assessment.commands.addresses import AT, link_address
from assessment.store.db import reading
from assessment.store.queries.organisations import Standing, organisations
from assessment.workflows.network import NetworkTaken
from assessment.workflows.organisations import (
    Meant,
    NotConfirmed,
    SeveralOrganisations,
    UnknownOrganisation,
    UnnamedServices,
    confirm,
    make_organisation_link,
    share,
)

DEMO: Final = "This is a demo installation: its organisations are made up, and nothing real belongs in it."

organisation = AppGroup("organisation", help="List, confirm, share and open organisations.")


def named(command: Callable[..., None]) -> Callable[..., None]:
    """NAME, which may be an id, with the kind and region that tell two of one name apart."""
    for add in (
        click.option("--region", default="", help="Where it is, if several have this name, as in north-west."),
        click.option("--kind", default="", help="What kind it is, if several have this name, as in council."),
        click.argument("name"),
    ):
        command = add(command)
    return command


@organisation.command("list")
def list_command() -> None:
    """One line an organisation: name, kind, region, services, and whether it is confirmed and shares."""
    with reading() as session:
        found = organisations(session)
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo("There is no organisation yet.")


def _line(one: Standing) -> str:
    services = "1 service" if one.services == 1 else f"{one.services} services"
    confirmed = f"confirmed on {one.confirmed_on}" if one.confirmed_on else "not confirmed"
    shares = f"shares since {one.shares_on}" if one.shares_on else "does not share"
    return f"{one.name}  ({one.kind}, {one.region})  {services}, {confirmed}, {shares}"


@organisation.command("confirm")
@named
@click.option("--service", "services", multiple=True, help="Only this service of it; may be given several times.")
@click.option("--not-sharing", is_flag=True, help="Leave it out of snapshots: it has not agreed to share.")
def confirm_command(name: str, kind: str, region: str, services: tuple[str, ...], not_sharing: bool) -> None:
    """Confirm the organisation NAME and the services it has now.

    Services that come later are confirmed one by one with --service, since anybody can start one.
    """
    with refusals():
        done = confirm(Meant(name, kind, region), not not_sharing, datetime.now(UTC), services)
    click.echo(f"Confirmed {done.organisation}.")
    for service in done.new:
        click.echo(f"Confirmed its service {service}.")
    if not done.new:
        click.echo("It has no service yet." if not done.services else "All its services were confirmed before.")
    if done.shares:
        click.echo("It shares: its results count in snapshots from now on.")
    else:
        click.echo(f'It does not share. When it agrees to: flask organisation share "{done.organisation}"')


@organisation.command("share")
@named
def share_command(name: str, kind: str, region: str) -> None:
    """Note that the organisation NAME agreed to be counted in snapshots."""
    with refusals():
        known_as = share(Meant(name, kind, region), True, datetime.now(UTC))
    click.echo(f"{known_as} shares: the results of its confirmed services count in snapshots from now on.")


@organisation.command("unshare")
@named
def unshare_command(name: str, kind: str, region: str) -> None:
    """Note that the organisation NAME no longer wants to be counted in snapshots."""
    with refusals():
        known_as = share(Meant(name, kind, region), False, datetime.now(UTC))
    click.echo(f"{known_as} does not share: no later snapshot counts it. Those already published stay as they are.")


@organisation.command("link")
@named
@AT
def link_command(name: str, kind: str, region: str, at: str) -> None:
    """Print a new private, read-only address of the page of the organisation NAME."""
    with refusals():
        secret = make_organisation_link(Meant(name, kind, region), datetime.now(UTC))
    click.echo(link_address(at, secret))


@contextmanager
def refusals() -> Iterator[None]:
    """What the operator is told when a workflow refuses: one sentence, exit code 1."""
    try:
        yield
    except NetworkTaken:
        raise click.ClickException(DEMO) from None
    except UnnamedServices as unnamed:
        raise click.ClickException(
            "Services were added since it was confirmed, and anybody can add one. Say which are its own: "
            + " ".join(f'--service "{name}"' for name in unnamed.names)
        ) from None
    except SeveralOrganisations as several:
        raise click.ClickException(
            f"{len(several.found)} organisations are called {several.name}. Say which, by kind and region or by id: "
            + "; ".join(f"--kind {kind} --region {region} ({id})" for id, kind, region in several.found)
        ) from None
    except NotConfirmed as unconfirmed:
        raise click.ClickException(
            f'{unconfirmed} is not confirmed yet. First: flask organisation confirm "{unconfirmed}"'
        ) from None
    except UnknownOrganisation as unknown:
        near = f" Did you mean {', or '.join(unknown.near)}?" if unknown.near else ""
        raise click.ClickException(f"There is no organisation called {unknown.name}.{near}") from None
