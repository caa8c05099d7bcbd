"""The pages that are measured, and the visitors who may open them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from flask import Flask

from benchmarks.browser import Browser
from benchmarks.installation import FORM, Door, half_filled_round, largest_of_the_network, questionnaire
from benchmarks.journeys import Visit

VISITORS = 4


@dataclass(frozen=True, slots=True)
class Scene:
    """A round of its own for each visitor, the newest result of the largest organisation, and that organisation."""

    statements: tuple[str, ...]
    rounds: tuple[Door, ...]
    organisation: Door
    result: Door

    def statement_page(self, round_id: UUID, statement: str = "") -> str:
        return f"{answers(round_id)}statement/{statement or self.statements[1]}"

    @property
    def result_page(self) -> str:
        return f"/result/{self.result.id}/"

    @property
    def pages(self) -> dict[str, str]:
        """What a reader looks at."""
        organisation = f"/organisation/{self.organisation.id}/"
        return {"Result page": self.result_page, "Organisation page": organisation, "The field": "/field/"}


def answers(round_id: UUID) -> str:
    return f"/answer/{round_id}/"


def staged(app: Flask) -> Scene:
    """Write what is to be measured into the app's database."""
    with app.app_context():
        asked = questionnaire()
        organisation, result = largest_of_the_network()
        rounds = tuple(half_filled_round(asked) for _ in range(VISITORS))
    return Scene(tuple(s.id for s in asked.on_form(FORM)), rounds, organisation, result)


@dataclass(frozen=True, slots=True)
class Visitors:
    """Browsers at one server: one for each round, and one that reads the result."""

    scene: Scene
    teams: tuple[Browser, ...]
    reader: Browser

    @classmethod
    def at(cls, port: int, scene: Scene) -> Visitors:
        visitors = cls(scene, tuple(Browser(port) for _ in scene.rounds), Browser(port))
        for team, door in zip(visitors.teams, scene.rounds, strict=True):
            team.open_link(door.secret)
        visitors.reader.open_link(scene.result.secret)
        visitors.reader.open_link(scene.organisation.secret)
        return visitors

    def statement_gets(self) -> list[Visit]:
        return [replace(visit, method="GET") for visit in self.statement_posts()]

    def statement_posts(self) -> list[Visit]:
        """One save a visitor, on top of the version that stands now."""
        return [self._save(team, door) for team, door in zip(self.teams, self.scene.rounds, strict=True)]

    def gets(self, path: str) -> list[Visit]:
        """Of a page that the reader may open."""
        return [Visit("GET", path, self.reader.cookie)]

    def result_gets(self) -> list[Visit]:
        return self.gets(self.scene.result_page)

    def statement_size(self) -> int:
        return len(self.teams[0].get(self.scene.statement_page(self.scene.rounds[0].id)).body)

    def size(self, path: str) -> int:
        return len(self.reader.get(path).body)

    def _save(self, team: Browser, door: Door) -> Visit:
        path = self.scene.statement_page(door.id)
        page = team.get(path)
        return Visit("POST", path, team.cookie, page.hidden("csrf_token"), int(page.hidden("version")))
