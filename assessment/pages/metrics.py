"""Numbers for whoever watches over the service, for Prometheus to fetch. They are of all of it, never of one round.

Each worker counts into files that all share (gunicorn.conf.py says where); what is true of the whole installation is
asked of the database when somebody fetches it.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from assessment.logs import Asked
from assessment.store.db import reading
from assessment.store.queries.numbers import rounds_by_state
from assessment.store.queries.outbox_view import waiting

blueprint = Blueprint("metrics", __name__)

SAVES: Final = frozenset(
    {"answer.statement", "answer.safeguards", "answer.reflection"}
    | {"alone.statement", "alone.safeguards", "alone.reflection"}
)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

REQUESTS: Final = Counter("same_table_requests", "Requests answered", ("endpoint", "method", "status"))
DURATION: Final = Histogram("same_table_request_seconds", "Time a request took", ("endpoint",), buckets=SECONDS)
QUERIES: Final = Counter("same_table_queries", "Statements sent to the database")
IN_DATABASE: Final = Counter("same_table_query_seconds", "Time the database took over them")
SAVED: Final = Counter("same_table_saves", "Pages of answers that were saved")

EVENTS: Final = Counter("same_table_events", "Sign-ins, and what was refused", ("event",))


def count_event(event: str) -> None:
    EVENTS.labels(event).inc()


def note_request(endpoint: str | None, method: str, status: int, seconds: float, asked: Asked | None) -> None:
    name = endpoint or "none"
    REQUESTS.labels(name, method if method in METHODS else "other", str(status)).inc()
    DURATION.labels(name).observe(seconds)
    if asked:
        QUERIES.inc(asked.queries)
        IN_DATABASE.inc(asked.seconds)
    if method == "POST" and status < 400 and name in SAVES:
        SAVED.inc()


@blueprint.get("/metrics")
def show() -> Response:
    """404 to whoever does not hold the token, as if there were nothing here."""
    token = current_app.config["SETTINGS"].metrics_token.get_secret_value()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        abort(404)
    return Response(generate_latest(_all()), content_type=CONTENT_TYPE_LATEST)


def _all() -> CollectorRegistry:
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Process())
    registry.register(_Installation())
    return registry


class _Process:
    """What this process has counted, where there is only one."""

    def collect(self) -> Iterator[Metric]:
        yield from (one for one in REGISTRY.collect() if one.name.startswith("same_table_"))


class _Installation:
    """What the database says of the whole installation."""

    def collect(self) -> Iterator[Metric]:
        with reading() as session:
            rounds, jobs = rounds_by_state(session), waiting(session, datetime.now(UTC))
        yield _gauge("rounds", "Rounds in each state", "state", rounds)
        for state in ("waiting", "late", "failed"):
            counts = {one.kind: getattr(one, state) for one in jobs}
            yield _gauge(f"jobs_{state}", f"Jobs that are {state}", "kind", counts)


def _gauge(name: str, says: str, label: str, counts: dict[str, int]) -> Metric:
    gauge = GaugeMetricFamily(f"same_table_{name}", says, labels=[label])
    for value, count in sorted(counts.items()):
        gauge.add_metric([value], count)
    return gauge
