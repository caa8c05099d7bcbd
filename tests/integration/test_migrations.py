"""Models and migrations say the same, on both databases, up and down."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

import assessment
from assessment.store.db import Base, db
from tests.integration.conftest import made_app

IDS: Final = {name: uuid4().hex for name in ("organisation", "service", "round", "draft", "response", "release")}
FIRST_ROWS: Final = (
    "INSERT INTO definition VALUES ('q', '1.0', 'en', 'hash', '{}')",
    "INSERT INTO organisation (id, name, name_key, kind, nation, region, size)"
    " VALUES (:organisation, 'A', 'a', 'council', 'wales', 'wales', '')",
    "INSERT INTO service (id, organisation_id, name, sector) VALUES (:service, :organisation, 'S', 'housing')",
    "INSERT INTO round (id, service_id, questionnaire, questionnaire_version, language, mode, form, state, k, k10,"
    " opened_on, staff_present, people_present, shows_previous)"
    " VALUES (:round, :service, 'q', '1.0', 'en', 'together', 'short', 'released', 5, 10, '2026-11-22', 1, 2, false)",
    "INSERT INTO draft (id, round_id, voice) VALUES (:draft, :round, 'together')",
    "INSERT INTO draft_answer (draft_id, question, value, reason, evidence, dissent, version)"
    " VALUES (:draft, 'A1', '2', '', '', '', 1)",
    "INSERT INTO response (id, round_id, voice, form, language, answers)"
    " VALUES (:response, :round, 'together', 'short', 'en', '{}')",
    "INSERT INTO response_text (response_id, question, kind, text) VALUES (:response, 'A1', 'evidence', 'Minutes')",
    "INSERT INTO link (hash, purpose, of, made_on) VALUES ('h', 'owner', :round, '2026-11-22')",
    "INSERT INTO release (id, round_id, version, released_on, service_id, organisation_id, questionnaire,"
    " questionnaire_version, mode, form, sector, kind, nation, region, size, k, k10, staff_present, people_present)"
    " VALUES (:release, :round, 1, '2026-11-22', :service, :organisation, 'q', '1.0', 'together', 'short',"
    " 'housing', 'council', 'wales', 'wales', '', 5, 10, 1, 2)",
    "INSERT INTO release_cell (release_id, voice, measure, value_x10, n, statements, said, reason)"
    " VALUES (:release, 'together', 'principle/assets', 20, 1, 2, '', '')",
)
SCRIPTS: Final = ScriptDirectory(str(Path(assessment.__file__).parent / "store/migrations"))
# The first two came before anybody depended on it.
SERVED_ON: Final = tuple(one for one in SCRIPTS.walk_revisions() if one.revision > "0002")
TABLES: Final = tuple(statement.split()[2] for statement in FIRST_ROWS)


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
        assert migrated.keys() == set(Base.metadata.tables)
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


def test_a_migration_loses_no_row(empty_database: str, tmp_path: Path) -> None:
    """To change a table SQLite makes it anew; dropping the old one must not take along what refers to it."""
    app = made_app(empty_database, tmp_path)
    run = app.test_cli_runner().invoke
    assert run(args=["db", "upgrade", "0001"]).exit_code == 0
    with app.app_context(), db.engine.begin() as connection:
        for statement in FIRST_ROWS:
            connection.execute(text(statement), {name: value for name, value in IDS.items() if f":{name}" in statement})
    assert run(args=["db", "upgrade"]).exit_code == 0
    with app.app_context(), db.engine.connect() as connection:
        counts = {table: connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES}  # noqa: S608
        assert counts == dict.fromkeys(TABLES, 1)
        assert connection.scalar(text("SELECT told FROM round")) == ""
        # What is held together needs no dates, and what is held apart does.
        with pytest.raises(IntegrityError):
            connection.execute(text("UPDATE round SET mode = 'apart'"))


@pytest.mark.parametrize("revision", SERVED_ON)
def test_the_version_before_can_go_on_while_a_migration_runs(
    empty_database: str, tmp_path: Path, revision: Script
) -> None:
    """It adds, and lets nothing that was possible before become impossible; the version after may take away."""
    app = made_app(empty_database, tmp_path)
    run = app.test_cli_runner().invoke
    assert run(args=["db", "upgrade", str(revision.down_revision)]).exit_code == 0
    with app.app_context():
        before = _schema()
    assert run(args=["db", "upgrade", revision.revision]).exit_code == 0
    with app.app_context():
        after = _schema()
    for name, table in before.items():
        added = [column for column in after[name]["columns"] if column not in table["columns"]]
        assert [name for name, _type, may_be_left_out in added if not may_be_left_out] == []
        assert after[name] | {"columns": table["columns"], "indexes": table["indexes"]} == table
        assert all(column in after[name]["columns"] for column in table["columns"])


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


def _schema() -> dict[str, dict[str, Any]]:
    """Every table with its columns, keys and checks, as the database itself tells it."""
    found = inspect(db.engine)
    # All tables at once: one by one it would ask hundreds of times.
    columns, keys, foreign = found.get_multi_columns(), found.get_multi_pk_constraint(), found.get_multi_foreign_keys()
    unique, checks = found.get_multi_unique_constraints(), found.get_multi_check_constraints()
    indexes = found.get_multi_indexes()
    return {
        at[1]: {
            "columns": sorted((c["name"], str(c["type"]), _may_be_left_out(c)) for c in columns[at]),
            "key": keys[at],
            "foreign": sorted(str(sorted(key.items())) for key in foreign[at]),
            "unique": sorted(str(sorted(one.items(), key=str)) for one in unique[at]),
            "checks": sorted(str(one["name"]) for one in checks[at]),
            "indexes": sorted(str(one["name"]) for one in indexes[at]),
        }
        for at in columns
        if at[1] != "alembic_version"
    }


def _may_be_left_out(column: Mapping[str, Any]) -> bool:
    return bool(column["nullable"]) or column["default"] is not None
