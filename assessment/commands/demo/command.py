"""flask demo: a made-up network to look at, and private links into it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

import click
from flask import current_app
from flask.cli import with_appcontext

from assessment.commands.addresses import AT, address, link_address
from assessment.commands.demo.fill import NoQuestionnaire, fill_demo
from assessment.commands.demo.rounds import Calendar
from assessment.commands.snapshot import headline
from assessment.workflows.demo import NotEmpty
from assessment.workflows.demo_links import NoDemo, renew_demo_links
from assessment.workflows.network import NetworkTaken

REAL: Final = "This is a real installation: the demo network stays out of it."
PRODUCTION: Final = "The demo network is for local runs, and this installation runs in production."
FILLED: Final = "The demo network is there already."
NO_QUESTIONNAIRE: Final = "No questionnaire is loaded yet. Run: flask prepare"
NO_DEMO: Final = "There is no demo network here. Make one with: flask demo"


@click.group("demo", invoke_without_command=True, help="Fill an empty installation with a made-up network.")
@click.option("--services", type=click.IntRange(1, 100_000), default=300, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 10), default=4, show_default=True, help="The most a service held.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another network.")
@click.option("--if-empty", is_flag=True, help="Be content if anything is there already.")
@AT
@click.pass_context
@with_appcontext
def demo(context: click.Context, services: int, rounds: int, seed: int, if_empty: bool, at: str) -> None:
    if current_app.config["SETTINGS"].environment == "production":
        raise click.ClickException(PRODUCTION)
    if context.invoked_subcommand is None and _fill(services, seed, Calendar(_today(), rounds), if_empty):
        _say_links(at)


@demo.command("links", help="Print fresh private links into the demo network; those printed before stop working.")
@AT
@with_appcontext
def links(at: str) -> None:
    _say_links(at)


def _fill(services: int, seed: int, calendar: Calendar, if_empty: bool) -> bool:
    """Whether there is a demo network now. With ``if_empty`` it is no fault that something is there already."""
    try:
        for published in fill_demo(services, seed, calendar, current_app.config["SEAL"]):
            click.echo(headline(published))
    except NoQuestionnaire:
        raise click.ClickException(NO_QUESTIONNAIRE) from None
    except (NotEmpty, NetworkTaken) as taken:
        is_demo = isinstance(taken, NotEmpty)
        if not if_empty:
            raise click.ClickException(FILLED if is_demo else REAL) from None
        click.echo(FILLED if is_demo else REAL)
        return is_demo
    return True


def _say_links(at: str) -> None:
    """What there is to see, and where."""
    try:
        sights = renew_demo_links(_today(), current_app.config["SEAL"])
    except NoDemo:
        raise click.ClickException(NO_DEMO) from None
    said = [
        ("The start page", address(at, "start.index")),
        ("The field", address(at, "field.index")),
        ("Sign in as a person of any role", address(at, "demo.sign_in")),
        ("The mail that was sent", address(at, "demo.mail")),
        (f"The page of {sights.organisation.name}", link_address(at, sights.organisation.secret)),
        (f"The result of {sights.result.name}", link_address(at, sights.result.secret)),
        (f"An unfinished round of {sights.unfinished.name}", link_address(at, sights.unfinished.secret)),
    ]
    if alone := sights.alone:
        said.append((f"Answering alone, as someone who uses {alone.name}", link_address(at, alone.secret)))
    for words, where in said:
        click.echo(f"{words}: {where}")


def _today() -> date:
    return datetime.now(UTC).date()
