"""flask organisation sign-in: let an organisation's people sign in with its own OpenID Connect provider."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app

from assessment.commands.addresses import address
from assessment.commands.organisation import named, organisation, refusals
from assessment.workflows.oidc import is_allowed
from assessment.workflows.organisations import Meant
from assessment.workflows.providers import IssuerTaken, set_provider, unset_provider

__all__ = ["organisation"]


@organisation.command("sign-in")
@named
@click.option("--issuer", help="The provider's issuer, an https:// address.")
@click.option("--client-id", help="How the provider knows this installation.")
@click.option(
    "--client-secret-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Holds its secret."
)
@click.option("--domain", "domains", multiple=True, help="It speaks for addresses here; may be given several times.")
@click.option("--off", is_flag=True, help="Take it away.")
def sign_in_command(
    name: str,
    kind: str,
    region: str,
    issuer: str | None,
    client_id: str | None,
    client_secret_file: Path | None,
    domains: tuple[str, ...],
    off: bool,
) -> None:
    """Let people of the confirmed organisation NAME sign in with its own provider. It never gives anybody a role."""
    meant = Meant(name, kind, region)
    with refusals():
        if off:
            click.echo(f"{unset_provider(meant, datetime.now(UTC))} has no sign-in of its own any more.")
            return
        if not (issuer and client_id and client_secret_file and domains):
            raise click.UsageError("Give --issuer, --client-id, --client-secret-file and --domain, or --off.")
        try:
            _set(meant, issuer, (client_id, client_secret_file.read_text().strip()), domains)
        except IssuerTaken:
            raise click.ClickException(f"Another organisation signs in with {issuer} already.") from None


def _set(meant: Meant, issuer: str, client: tuple[str, str], domains: tuple[str, ...]) -> None:
    settings = current_app.config["SETTINGS"]
    if not is_allowed(issuer, settings.is_local):
        raise click.UsageError("The issuer has to be an https:// address.")
    known_as = set_provider(meant, issuer, client, domains, current_app.config["SEAL"], datetime.now(UTC))
    back = address(settings.public_address, "account.provider_back")
    click.echo(f"People of {known_as} can sign in with {issuer}.")
    click.echo(f"Register this address there as its redirect URI: {back}")
