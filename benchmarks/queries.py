"""How many questions each page puts to the database, once the app is warm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Flask

from benchmarks.browser import UnexpectedAnswer
from benchmarks.scene import Scene, answers
from tests.house.journey import CONTINUE, SAVE
from tests.house.queries import counted
from tests.house.visitor import Page, Visitor


def queries(app: Flask, scene: Scene) -> Mapping[str, int]:
    """By page, the most that any one request took."""
    team, reader = Visitor(app), Visitor(app)
    own = scene.rounds[0]
    team.get(f"/link/{own.secret}").press(CONTINUE)
    reader.get(f"/link/{scene.result.secret}").press(CONTINUE)
    reader.get(f"/link/{scene.organisation.secret}").press(CONTINUE)
    statements = [scene.statement_page(own.id, statement) for statement in scene.statements]
    return {
        f"Statement page, GET (most of {len(statements)})": max(_asked(app, team, page) for page in statements),
        f"Statement page, POST (most of {len(statements)})": max(_saving(app, team, page) for page in statements),
        "Task list": _asked(app, team, answers(own.id)),
        "Check your answers": _asked(app, team, f"{answers(own.id)}check"),
        "Result page": _asked(app, reader, scene.result_page),
        "Organisation page": _asked(app, reader, f"/organisation/{scene.organisation.id}/"),
        "The field": _asked(app, reader, "/field/"),
    }


def _asked(app: Flask, visitor: Visitor, page: str) -> int:
    visitor.get(page)
    with counted(app) as asked:
        found = visitor.send("GET", page)
    return _answered(found, 200, asked)


def _saving(app: Flask, visitor: Visitor, page: str) -> int:
    """The save itself; the page that it leads to is another request."""
    method, address, holds = visitor.get(page).form(SAVE)
    with counted(app) as asked:
        found = visitor.send(method, address, holds | {"answer": "3"})
    return _answered(found, 302, asked)


def _answered(page: Page, status: int, asked: Sequence[str]) -> int:
    if page.status != status:
        raise UnexpectedAnswer(f"{page.path}: status {page.status} instead of {status}")
    return len(asked)
