"""What somebody has who took everything: the tables, the files beneath them, and the logs.

On SQLite the write-ahead log is read commit by commit, on PostgreSQL every tuple with the transactions that wrote
and deleted it, the dead ones too. Both give the same: what appeared when, and what went when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, text

TABLES: Final = ("invitation", "link", "draft", "draft_answer", "response", "response_text", "mark", "tally", "so_far")
WAL_HEAD, FRAME_HEAD = 32, 24
HEX: Final = rb"([0-9a-f]{32})"


@dataclass
class Trail:
    """When things were written, and when they were deleted: a number that only grows, of commits or transactions."""

    responses: dict[UUID, int] = field(default_factory=dict)
    drafts: dict[UUID, int] = field(default_factory=dict)
    drafts_gone: dict[UUID, int] = field(default_factory=dict)
    draft_hashes: dict[UUID, str] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)  # by what is written in them


@dataclass(frozen=True)
class Copy:
    """One backup: every row as the database gives it when no order is asked for, and the bytes of its files."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    raw: bytes


@dataclass(frozen=True)
class Evidence:
    copies: Sequence[Copy]
    trail: Trail
    log: Sequence[str]

    @property
    def live(self) -> Copy:
        return self.copies[-1]


def copy_of(engine: Engine, folder: Path) -> Copy:
    hidden = ", xmin::text::bigint AS xmin, ctid::text AS ctid" if engine.dialect.name == "postgresql" else ""
    with engine.connect() as connection:
        rows = {
            name: [dict(row) for row in connection.execute(text(f"SELECT *{hidden} FROM {name}")).mappings()]  # noqa: S608
            for name in TABLES
        }
    raw = b"".join(path.read_bytes() for path in sorted(folder.glob("x.db*")))
    return Copy(rows, raw or repr(rows).encode())


def trail_of_commits(trail: Trail, wal: bytes, round_id: UUID) -> None:
    """Follow the log of SQLite: each commit is some pages as they are from then on."""
    standing = dict[int, frozenset[UUID]]()
    of_round = HEX + round_id.hex.encode()
    draft = re.compile(of_round + rb"(?:staff|people)([0-9a-f]{64})")
    response = re.compile(of_round + rb"(?:staff|people)(?:full|short)")
    mark = re.compile(of_round + rb"([ -~]{60,})")
    for number, pages in enumerate(_commits(wal)):
        before = frozenset[UUID]().union(*standing.values())
        for page, content in pages:
            for found in response.finditer(content):
                trail.responses.setdefault(UUID(found[1].decode()), number)
            for found in mark.finditer(content):
                if not found[2].startswith((b"staff", b"people")) and b"@" not in found[2]:
                    trail.marks.setdefault(found[2].decode(), number)
            drafts = {UUID(found[1].decode()): found[2].decode() for found in draft.finditer(content)}
            trail.draft_hashes |= drafts
            standing[page] = frozenset(drafts)
        now = frozenset[UUID]().union(*standing.values())
        trail.drafts |= {id: number for id in now - before if id not in trail.drafts}
        trail.drafts_gone |= dict.fromkeys(before - now, number)


def _commits(wal: bytes) -> Iterator[list[tuple[int, bytes]]]:
    size = int.from_bytes(wal[8:12], "big")
    pages: list[tuple[int, bytes]] = []
    for start in range(WAL_HEAD, len(wal) - size, FRAME_HEAD + size):
        page, commits = (int.from_bytes(wal[start + at : start + at + 4], "big") for at in (0, 4))
        pages.append((page, wal[start + FRAME_HEAD : start + FRAME_HEAD + size]))
        if commits:
            yield pages
            pages = []


def trail_of_tuples(trail: Trail, engine: Engine) -> None:
    """Every tuple of PostgreSQL that still lies in its pages, living or dead.

    Dead ones are swept out now and then. Looking again and again finds what its own log of writes would hold.
    """
    with engine.begin() as connection:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS pageinspect"))
        for name in ("response", "draft", "mark"):
            for written, deleted, columns in _tuples(connection, name):
                id = UUID(bytes=columns[0])
                if name == "response":
                    trail.responses[id] = written
                elif name == "mark":
                    trail.marks[re.search(rb"[ -~]{60,}", columns[2])[0].decode()] = written  # type: ignore[index]
                else:
                    trail.drafts[id] = written
                    trail.draft_hashes[id] = re.search(rb"[0-9a-f]{64}", columns[3])[0].decode()  # type: ignore[index]
                    if deleted:
                        trail.drafts_gone[id] = deleted


def _tuples(connection: Any, name: str) -> Iterator[tuple[int, int, list[bytes]]]:
    pages = connection.execute(text(f"SELECT pg_relation_size('{name}') / current_setting('block_size')::int")).scalar()
    query = text(
        "SELECT t_xmin::text::bigint, t_xmax::text::bigint, t_attrs"
        " FROM heap_page_item_attrs(get_raw_page(:name, :page), CAST(:name AS regclass)) WHERE t_attrs IS NOT NULL"
    )
    for page in range(pages):
        for written, deleted, columns in connection.execute(query, {"name": name, "page": page}):
            yield written, deleted, [bytes(column or b"") for column in columns]
