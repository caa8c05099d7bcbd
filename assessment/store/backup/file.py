"""The file of a backup: a zip of one file of JSON lines a table, with a manifest, and a hash of all of it at its end.

Any zip program opens it. The hash is the archive's comment: it finds damage, whether by chance or by hand, but whoever
can write a new file can write a new hash.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from assessment.store.backup.lock import locking, recipients, unlocked
from assessment.store.backup.rows import KINDS, Damaged, Row, Shape

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DIGEST: Final = 64
PIECE: Final = 1 << 20
OWNER_ONLY: Final = 0o600


class FormatTooNew(ValueError):
    """It was written by a newer version."""


@dataclass(frozen=True, slots=True)
class Content:
    """One table of a backup: its shape, how many rows it has, and the hash of their lines."""

    shape: Shape
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and of which database it was made."""

    made_at: datetime
    database: str
    revision: str
    tables: tuple[Content, ...]


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner only, which is there under its name once it is whole, or not at all.

    Raises FileExistsError, before any work is done, where another has the name.
    """
    if path.exists():
        raise FileExistsError
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(handle, "r+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)


class Writing:
    """A backup being written."""

    def __init__(self, file: IO[bytes], archive: zipfile.ZipFile, made_at: datetime) -> None:
        self._file, self._zip, self._made_at = file, archive, made_at
        self._tables: list[Content] = []

    def add(self, shape: Shape, rows: Iterable[Row]) -> None:
        counting = Counting()
        with self._zip.open(self._entry(f"{shape.name}.jsonl"), "w", force_zip64=True) as out:
            for line in counting.lines(rows):
                out.write(line)
        self._tables.append(Content(shape, counting.rows, counting.digest))

    def end(self, database: str, revision: str) -> Manifest:
        manifest = Manifest(self._made_at, database, revision, tuple(self._tables))
        written = {"same table backup": FORMAT, **asdict(manifest), "made_at": self._made_at.isoformat()}
        self._zip.writestr(self._entry(MANIFEST), json.dumps(written, indent=1))
        self._zip.comment = b"0" * DIGEST
        self._zip.close()
        digest = _digest(self._file)
        self._file.seek(-DIGEST, os.SEEK_END)
        self._file.write(digest.encode())
        return manifest

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._made_at.timetuple()[:6])
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, OWNER_ONLY << 16
        return entry


@contextmanager
def writing_file(path: Path, made_at: datetime, keys: Path | None = None) -> Iterator[Writing]:
    """With a file of public ``keys``, under lock. Raises NoKey, FileExistsError or another OSError."""
    for_whom = recipients(keys) if keys else ()
    with new_file(path) as out, ExitStack() as stack:
        file = stack.enter_context(locking(out, path.parent, for_whom)) if for_whom else out
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            yield Writing(file, archive, made_at)


class Counting:
    """Rows as lines, counted and hashed while they go by."""

    def __init__(self) -> None:
        self.rows = 0
        self._sha256 = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._sha256.hexdigest()

    def add(self, row: Row) -> bytes:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._sha256.update(line)
        self.rows += 1
        return line

    def lines(self, rows: Iterable[Row]) -> Iterator[bytes]:
        return map(self.add, rows)


class Reading:
    """A backup that is whole."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip, self.manifest = archive, manifest

    def rows(self, shape: Shape) -> Iterator[Row]:
        with _no_nonsense(), self._zip.open(f"{shape.name}.jsonl") as lines:
            for line in lines:
                yield json.loads(line)


@contextmanager
def reading_file(path: Path, key: Path | None = None) -> Iterator[Reading]:
    """Look through the whole file before anything is taken from it. ``key`` opens one that is under lock.

    Raises Locked, NoKey, Damaged, FormatTooNew or OSError.
    """
    with unlocked(path, key) as file:
        _look_through(file)
        with _no_nonsense():
            archive = zipfile.ZipFile(file)
        with archive:
            yield Reading(archive, _manifest(archive))


@contextmanager
def _no_nonsense() -> Iterator[None]:
    """A file whose hash is right and that makes no sense was made by hand."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, json.JSONDecodeError, UnicodeDecodeError):
        raise Damaged from None


def _look_through(file: IO[bytes]) -> None:
    file.seek(0, os.SEEK_END)
    if file.tell() <= DIGEST:
        raise Damaged
    digest = _digest(file)
    if file.read(DIGEST) != digest.encode():
        raise Damaged


def _digest(file: IO[bytes]) -> str:
    """The hash of all but the file's last characters, before which it is left standing."""
    left = file.seek(0, os.SEEK_END) - DIGEST
    file.seek(0)
    sha256 = hashlib.sha256()
    while left:
        piece = file.read(min(left, PIECE))
        sha256.update(piece)
        left -= len(piece)
    return sha256.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    with _no_nonsense():
        written = json.loads(archive.read(MANIFEST))
        if written["same table backup"] > FORMAT:
            raise FormatTooNew
        tables = tuple(_content(one) for one in written["tables"])
        if {f"{one.shape.name}.jsonl" for one in tables} | {MANIFEST} != set(archive.namelist()):
            raise Damaged
        return Manifest(datetime.fromisoformat(written["made_at"]), written["database"], written["revision"], tables)


def _content(written: dict[str, Any]) -> Content:
    shape = written["shape"]
    columns = dict(shape["columns"])
    if not set(columns.values()) <= set(KINDS):
        raise Damaged
    return Content(Shape(shape["name"], columns, tuple(shape["key"])), written["rows"], written["sha256"])
