"""What people do: every blueprint, and what all pages share."""

from __future__ import annotations

from flask import Flask

from assessment.pages import (
    access,
    account,
    alone,
    answer,
    demo,
    errors,
    field,
    floods,
    headers,
    health,
    links,
    malformed,
    manage,
    metrics,
    network,
    open_data,
    organisation,
    result,
    rounds,
    service,
    setup,
    stale,
    start,
    top,
    watch,
    words,
)


def register(app: Flask) -> None:
    people = (start, setup, links, answer, alone, result, organisation, field, open_data, account)
    for page in (*people, manage, service, network, rounds, demo, health, metrics):
        app.register_blueprint(page.blueprint)
    watch.register(app)
    words.register(app)
    top.register(app)
    headers.register(app)
    malformed.register(app)
    floods.register(app)
    access.register(app)
    stale.register(app)
    errors.register(app)
