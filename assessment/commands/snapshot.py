"""flask snapshot: publish the monthly benchmark, list those there are, and attack all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

import click
from flask.cli import AppGroup

from assessment.disclosure.benchmark import DIMENSIONS, Id
from assessment.store.db import reading
from assessment.store.queries.publishing import Measure, snapshots
from assessment.workflows.open_data import publish_open_data
from assessment.workflows.peer_groups import to_name
from assessment.workflows.snapshot_audit import Fault, audit_snapshots
from assessment.workflows.snapshots import Outcome, Published, SnapshotError, publish

PUBLISHED: Final = "published"
EARLIEST: Final = 2020
CARRIED: Final = "carried over as last published"
VOICES: Final = {
    "together": "Agreed together:",
    "staff": "Staff and partners, each alone:",
    "people": "People who use the service, families and community, each alone:",
}

snapshot = AppGroup("snapshot", help="Publish the monthly benchmark, list those there are, and attack all of them.")


@snapshot.command("publish")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Count results up to this day (YYYY-MM-DD). [default: the first of this month]",
)
def publish_command(as_of: datetime | None) -> None:
    """Publish this month's snapshot, if there is none yet, and the open data of years that are over."""
    today = datetime.now(UTC).date()
    if as_of and as_of.year < EARLIEST:
        raise click.ClickException(f"Nothing was answered before {EARLIEST}. Give a later day.")
    try:
        published = publish(as_of.date() if as_of else today.replace(day=1), today)
    except SnapshotError as error:
        raise click.ClickException(str(error)) from None
    for line in report(published):
        click.echo(line)
    for year in publish_open_data(today):
        click.echo(f"Open data of {year}: published.")


@snapshot.command("list")
def list_command() -> None:
    """The day that each snapshot counts up to, oldest first."""
    with reading() as session:
        found = snapshots(session)
    for one in found:
        click.echo(str(one.as_of))
    if not found:
        click.echo("No snapshot is published yet.")


@snapshot.command("audit")
def audit_command() -> None:
    """Attack everything published so far, and reckon each figure again; exit code 1 if anything is found."""
    seen = Counter[str]()
    organisations: set[Id] = set()
    for examined in audit_snapshots():
        seen.update(measures=1, own=examined.own, carried=examined.carried, refused=examined.refused)
        seen.update(faults=len(examined.faults))
        organisations |= examined.organisations
        for fault in examined.faults:
            click.echo(fault_line(examined.measure, fault))
    click.echo(examined_line(seen, len(organisations)))
    if seen["faults"]:
        raise click.exceptions.Exit(1)


def fault_line(measure: Measure, fault: Fault) -> str:
    """Where it is, and what is wrong."""
    of = f"{measure.questionnaire} {measure.version}, {measure.voice}, {measure.form}, {measure.principle}"
    return ", ".join(filter(None, (str(fault.as_of or ""), fault.cell, of))) + f": {fault.what}."


def examined_line(seen: Counter[str], organisations: int) -> str:
    """How much was examined, and how many faults there are."""
    figures = seen["own"] + seen["carried"]
    return (
        f"Examined {figures} published figures of {seen['measures']} measures, {seen['carried']} of them carried over, "
        f"and {seen['refused']} refusals: {seen['own']} totals, as seen by anyone and by each of {organisations} "
        f"organisations. Faults found: {seen['faults']}."
    )


def report(published: Published) -> Iterator[str]:
    """What a snapshot holds, in plain words: by voice, a line for each peer group and each thing that became of it."""
    if published.already:
        yield f"The snapshot as of {published.as_of} is published already. Nothing was changed."
        return
    yield headline(published)
    for voice, title in VOICES.items():
        outcomes = [outcome for outcome in published.outcomes if outcome.voice == voice]
        if outcomes:
            yield title
            yield from _groups(outcomes)


def _groups(outcomes: Sequence[Outcome]) -> Iterator[str]:
    by_group: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in sorted(outcomes, key=_in_order):
        by_group[to_name(outcome.group)].append(outcome)
    for name, found in by_group.items():
        for words, figures in _fates(found).items():
            part = "" if figures == len(found) else f" ({figures} of its {len(found)} figures)"
            yield f"  {name}: {words}{part}"


def headline(published: Published) -> str:
    """One line for a whole snapshot."""
    counts = _fates(published.outcomes)
    refused = sum(count for words, count in counts.items() if words not in (PUBLISHED, CARRIED))
    return (
        f"Snapshot as of {published.as_of}: {published.services} services of {published.organisations} organisations. "
        f"{counts.get(PUBLISHED, 0)} figures published, {counts.get(CARRIED, 0)} carried over, {refused} not shown."
    )


def _in_order(outcome: Outcome) -> tuple[int, tuple[str, ...]]:
    return DIMENSIONS.index(outcome.group.dimension), outcome.group.values


def _fates(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many figures met which fate, in words."""
    counts: dict[str, int] = defaultdict(int)
    for outcome in outcomes:
        counts[str(outcome.reason) if outcome.reason else CARRIED if outcome.carried else PUBLISHED] += 1
    return counts
