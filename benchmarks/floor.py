"""The floors: what Flask and a database cost before the app does anything.

A page of as many bytes as the app's, as a constant; and one insert of the same size, which leads back to that page.
FLOOR_DATABASE is a file for SQLite, or the address of a PostgreSQL.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import cache, partial

import psycopg
from flask import Flask, redirect, request
from werkzeug import Response

PRAGMAS = ("journal_mode=WAL", "busy_timeout=10000", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
TABLE = """CREATE TABLE IF NOT EXISTS saved (
    draft TEXT, version INTEGER, question TEXT, value TEXT, reason TEXT, evidence TEXT, dissent TEXT,
    PRIMARY KEY (draft, version))"""
INSERT = "INSERT INTO saved VALUES (?, ?, 'A1', ?, '', ?, '')"

Row = tuple[str, ...]
app = Flask(__name__, static_folder=None)


@cache
def page(size: int) -> str:
    return "x" * size


@app.get("/<int:size>")
def bare(size: int) -> str:
    return page(size)


@app.post("/<int:size>/<draft>")
def bare_insert(size: int, draft: str) -> Response:
    insert()((draft, *(request.form[name] for name in ("version", "answer", "evidence"))))
    return redirect(f"/{size}")


@cache
def insert() -> Callable[[Row], None]:
    """One connection a worker."""
    database = os.environ["FLOOR_DATABASE"]
    if database.startswith("postgresql"):
        return partial(_insert_served, psycopg.connect(database, autocommit=True))
    return partial(_insert_embedded, _embedded(database))


def _embedded(file: str) -> sqlite3.Connection:
    """With the pragmas of the app's own."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"{TABLE} WITHOUT ROWID")
    return connection


def _insert_embedded(connection: sqlite3.Connection, row: Row) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(INSERT, row)
    connection.execute("COMMIT")


def _insert_served(connection: psycopg.Connection, row: Row) -> None:
    connection.execute(INSERT.replace("?", "%s").encode(), row)


def prepare(database: str) -> None:
    """Make the table before the workers start, who would be in each other's way."""
    if not database.startswith("postgresql"):
        _embedded(database).close()
        return
    with psycopg.connect(database) as connection:
        connection.execute(TABLE.encode())
