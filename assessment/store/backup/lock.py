"""A backup under lock, as the program age makes and opens it: encrypted piece by piece, each piece authenticated.

The machine that makes it holds public keys only, and cannot read its own backups. The format is age's (X25519,
ChaCha20-Poly1305), so that any age opens it, without us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io
from pyrage.x25519 import Identity, Recipient

FIRST: Final = b"age-encryption.org/v1"


class NoKey(ValueError):
    """A file of keys has none, or one that is none."""


class Locked(RuntimeError):
    """It opens with a key that was not given."""


def recipients(file: Path) -> Sequence[Recipient]:
    """The public keys in a file, one a line, as age-keygen prints them. Raises NoKey or OSError."""
    return _keys(file, Recipient.from_str)


def _keys(file: Path, read: Callable[[str], Any]) -> list[Any]:
    lines = [line.strip() for line in file.read_text().splitlines()]
    try:
        found = [read(line) for line in lines if line and not line.startswith("#")]
    except (RecipientError, IdentityError):
        raise NoKey(str(file)) from None
    if not found:
        raise NoKey(str(file))
    return found


@contextmanager
def locking(out: IO[bytes], folder: Path, keys: Sequence[Recipient]) -> Iterator[IO[bytes]]:
    """A file to write into, which goes under lock into ``out`` at the end; meanwhile it has no name on the disk."""
    with TemporaryFile(dir=folder) as file:
        yield file
        file.seek(0)
        encrypt_io(file, out, keys)


@contextmanager
def unlocked(path: Path, key_file: Path | None) -> Iterator[IO[bytes]]:
    """The backup inside a file, whether it is under lock or not. Raises Locked, NoKey or OSError."""
    with path.open("rb") as file:
        if file.read(len(FIRST)) != FIRST:
            file.seek(0)
            yield file
            return
        if key_file is None:
            raise Locked
        file.seek(0)
        with TemporaryFile(dir=path.parent) as opened:
            _open(file, opened, _keys(key_file, Identity.from_str))
            yield opened


def _open(file: IO[bytes], opened: IO[bytes], keys: Sequence[Identity]) -> None:
    try:
        decrypt_io(file, opened, keys)
    except (DecryptError, OSError):
        # It tells a wrong key, a cut file and an altered one apart as little as we do.
        raise Locked from None
