"""What people do: every blueprint, and what all pages share."""

from __future__ import annotations

from flask import Flask

from assessment.pages import (
    access,
    answer,
    errors,
    field,
    floods,
    headers,
    health,
    links,
    manage,
    network,
    organisation,
    result,
    service,
    setup,
    stale,
    start,
    words,
)


def register(app: Flask) -> None:
    for page in (start, setup, links, answer, result, organisation, manage, service, network, field, health):
        app.register_blueprint(page.blueprint)
    words.register(app)
    headers.register(app)
    floods.register(app)
    access.register(app)
    stale.register(app)
    errors.register(app)
