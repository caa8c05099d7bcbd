"""For the machines that watch."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from assessment.store.db import db
from assessment.store.health import revision_now
from tests.house.visitor import Visitor
from tests.integration.conftest import made_app


def test_a_prepared_installation_is_ready(visitor: Visitor) -> None:
    assert visitor.get("/healthz").json == {"status": "ok"}
    assert visitor.get("/readyz").json == {"status": "ready"}


def test_without_tables_the_process_lives_and_is_not_ready(empty_database: str, tmp_path: Path) -> None:
    visitor = Visitor(made_app(empty_database, tmp_path / "instance"))
    assert visitor.get("/healthz").status == 200
    page = visitor.get("/readyz")
    assert page.status == 503 and page.json == {"status": "not ready", "missing": ["migrations"]}


def test_without_questionnaires_it_is_not_ready(empty_database: str, tmp_path: Path) -> None:
    app = made_app(empty_database, tmp_path / "instance")
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    page = Visitor(app).get("/readyz")
    assert page.status == 503 and page.json["missing"] == ["questionnaires"]


@pytest.mark.parametrize(("revision", "missing"), [("0001", ["migrations"]), ("9999", None)])
def test_it_serves_on_while_a_newer_version_takes_over_and_not_before_its_own_tables_are_there(
    app: Flask, owner: Flask, visitor: Visitor, revision: str, missing: list[str] | None
) -> None:
    with app.app_context():
        newest = str(revision_now())
    _stand_at(owner, revision)
    try:
        assert visitor.get("/readyz").json.get("missing") == missing
    finally:
        _stand_at(owner, newest)


def test_without_a_database_it_is_not_ready(tmp_path: Path) -> None:
    for gone in (f"sqlite:///{tmp_path}/no/such/folder/x.db", "postgresql://nobody@127.0.0.1:1/x"):
        page = Visitor(made_app(gone, tmp_path / "instance")).get("/readyz")
        assert page.status == 503 and page.json["missing"] == ["database"]


def _stand_at(app: Flask, revision: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
