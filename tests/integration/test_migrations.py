"""Models and migrations say the same, on both databases, up and down."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from assessment.store.db import Base, db
from tests.integration.conftest import made_app


def prepared(database: str, folder: Path) -> Flask:
    app = made_app(database, folder)
    result = app.test_cli_runner().invoke(args=["prepare"])
    assert result.exit_code == 0, result.output
    return app


def test_models_and_migrations_agree(empty_database: str, tmp_path: Path) -> None:
    app = prepared(empty_database, tmp_path)
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_made_schema_and_a_migrated_one_are_the_same(empty_database: str, tmp_path: Path) -> None:
    """Autogenerate does not look at checks and cascades; this does."""
    app = prepared(empty_database, tmp_path)
    with app.app_context():
        migrated = _schema()
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE alembic_version"))
        Base.metadata.drop_all(db.engine)
        Base.metadata.create_all(db.engine)
        assert _schema() == migrated


def test_a_migration_leads_back(empty_database: str, tmp_path: Path) -> None:
    app = prepared(empty_database, tmp_path)
    result = app.test_cli_runner().invoke(args=["db", "downgrade", "base"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        assert inspect(db.engine).get_table_names() == ["alembic_version"]


def test_preparing_twice_changes_nothing(empty_database: str, tmp_path: Path) -> None:
    app = prepared(empty_database, tmp_path)
    result = app.test_cli_runner().invoke(args=["prepare"])
    assert (result.exit_code, result.output) == (0, "")


def test_a_database_of_a_newer_version_is_refused_in_one_sentence(empty_database: str, tmp_path: Path) -> None:
    app = prepared(empty_database, tmp_path)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    result = app.test_cli_runner().invoke(args=["prepare"])
    assert result.exit_code == 1
    assert "made by a newer version of Same table (migration 9999)" in result.output


def test_answers_on_sqlite_keep_no_order_of_writing(tmp_path: Path) -> None:
    app = prepared(f"sqlite:///{tmp_path / 'x.db'}", tmp_path)
    with app.app_context(), db.engine.connect() as connection:
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        made = {row.name: row.sql for row in connection.execute(query)}
    for table in ("draft_answer", "response", "response_text", "release_cell"):
        assert "WITHOUT ROWID" in made[table], table


def _schema() -> dict[str, object]:
    """Every table with its columns, keys and checks, as the database itself tells it."""
    found = inspect(db.engine)
    return {
        name: {
            "columns": sorted((c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)),
            "key": found.get_pk_constraint(name),
            "foreign": sorted(str(sorted(key.items())) for key in found.get_foreign_keys(name)),
            "unique": sorted(str(sorted(one.items(), key=str)) for one in found.get_unique_constraints(name)),
            "checks": sorted(str(one["name"]) for one in found.get_check_constraints(name)),
            "indexes": sorted(str(one["name"]) for one in found.get_indexes(name)),
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }
