"""What people do: every blueprint, and what all pages share."""

from __future__ import annotations

from flask import Flask

from assessment.pages import (
    access,
    account,
    answer,
    demo,
    errors,
    field,
    floods,
    headers,
    health,
    links,
    organisation,
    result,
    rounds,
    setup,
    stale,
    start,
    words,
)


def register(app: Flask) -> None:
    for page in (start, setup, links, answer, result, organisation, field, rounds, account, demo, health):
        app.register_blueprint(page.blueprint)
    words.register(app)
    headers.register(app)
    floods.register(app)
    access.register(app)
    stale.register(app)
    errors.register(app)
