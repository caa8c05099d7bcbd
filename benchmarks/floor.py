"""The floors: what Flask and SQLite cost before the app does anything.

A page of as many bytes as the app's, as a constant; and the same page after one insert of the same size.
"""

from __future__ import annotations

import os
import sqlite3
from functools import cache

from flask import Flask, request

PRAGMAS = ("journal_mode=WAL", "busy_timeout=10000", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
TABLE = """CREATE TABLE IF NOT EXISTS saved (
    draft TEXT, version INTEGER, question TEXT, value TEXT, reason TEXT, evidence TEXT, dissent TEXT,
    PRIMARY KEY (draft, version)) WITHOUT ROWID"""
INSERT = "INSERT INTO saved VALUES (?, ?, 'A1', ?, '', ?, '')"

app = Flask(__name__, static_folder=None)


@cache
def page(size: int) -> str:
    return "x" * size


@app.get("/<int:size>")
def bare(size: int) -> str:
    return page(size)


@app.post("/<int:size>/<draft>")
def bare_and_insert(size: int, draft: str) -> str:
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(INSERT, (draft, *(request.form[name] for name in ("version", "answer", "evidence"))))
    connection.execute("COMMIT")
    return page(size)


@cache
def database() -> sqlite3.Connection:
    """One connection a worker, with the pragmas of the app's own."""
    connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(TABLE)
    return connection
