"""From words and chance to a filled database, a few organisations at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import click

from assessment.commands.demo.answers import Model
from assessment.commands.demo.apart import hold_rounds_apart
from assessment.commands.demo.rounds import Calendar, Story
from assessment.commands.demo.shape import PlannedOrganisation, plan
from assessment.store.db import reading
from assessment.store.queries.definitions import Key, definition, known_definitions
from assessment.store.seal import Seal
from assessment.workflows.demo import DemoOrganisation, fill
from assessment.workflows.open_data import publish_open_data
from assessment.workflows.snapshots import Published

MAIN: Final = "co-production"


class NoQuestionnaire(Exception):
    """There is nothing that a demo team could answer."""


def fill_demo(services: int, seed: int, calendar: Calendar, seal: Seal) -> Sequence[Published]:
    """Fill an empty database, showing how far it is. Raises NoQuestionnaire, NotEmpty, NetworkTaken."""
    with reading() as session:
        key = _main_questionnaire(known_definitions(session))
        story = Story(Model(definition(session, key), seed), calendar)
    published = fill(key, _told(story, plan(services, seed), services), calendar.snapshots())
    publish_open_data(calendar.today)
    hold_rounds_apart(story.model, calendar.today, seal)
    return published


def _main_questionnaire(known: Sequence[Key]) -> Key:
    """The newest version of the main questionnaire, in English if there is that; else of whatever is loaded."""
    if not known:
        raise NoQuestionnaire
    return max(known, key=lambda key: (key[0] == MAIN, key[2] == "en", known.index(key)))


def _told(story: Story, planned: Iterable[PlannedOrganisation], services: int) -> Iterator[DemoOrganisation]:
    """The organisations with their stories. The bar appears with the first, once the database is known to be empty."""
    with click.progressbar(length=services, label="Filling the demo network") as bar:
        for organisation in planned:
            yield story.organisation(organisation)
            bar.update(sum(service.standing != "begun" for service in organisation.services))
