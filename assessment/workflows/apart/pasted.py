"""Addresses as people paste or upload them: with names, in columns, one a line or many, with whatever between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assessment.store.addresses import email_key, is_address

MOST: Final = 1000
LONGEST_SHOWN: Final = 80
_QUOTED: Final = re.compile(r'"[^"]*"')
_BETWEEN: Final = re.compile(r"[,;\t|]")
_IN_BRACKETS: Final = re.compile(r"<([^<>]*)>")
_HEADINGS: Final = re.compile(r"\b(e-?mail|address|name)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line in which no address, or none that is one, was found. ``text`` is the whole line."""

    number: int
    text: str

    @property
    def shown(self) -> str:
        return self.text if len(self.text) <= LONGEST_SHOWN else f"{self.text[:LONGEST_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was found: each address once, how many stood there again, and the lines that are left to mend."""

    addresses: tuple[str, ...]
    doubles: int
    faults: tuple[FaultyLine, ...]


def read_addresses(text: str) -> Pasted:
    found: dict[str, str] = {}
    faults, doubles = [], 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or (number == 1 and _is_heading(line)):
            continue
        addresses, is_whole = _addresses(line)
        for address in addresses:
            doubles += email_key(address) in found
            found.setdefault(email_key(address), address)
        if not is_whole:
            faults.append(FaultyLine(number, line.strip()))
    return Pasted(tuple(found.values()), doubles, tuple(faults))


def _is_heading(line: str) -> bool:
    return "@" not in line and bool(_HEADINGS.search(line))


def _addresses(line: str) -> tuple[list[str], bool]:
    """The addresses of a line, and whether everything in it that looks like one is one."""
    tokens = list(_tokens(line))
    good = [token for token in tokens if token.isprintable() and is_address(token)]
    return good, bool(tokens) and len(good) == len(tokens)


def _tokens(line: str) -> Iterator[str]:
    """Everything with an @ in it. Names, in quotes or not, are passed over."""
    bare = _QUOTED.sub(lambda quoted: quoted[0].strip('"') if "@" in quoted[0] else " ", line)
    for cell in _BETWEEN.split(bare):
        inside = [one.strip() for one in _IN_BRACKETS.findall(cell) if "@" in one]
        yield from inside or [word.removeprefix("mailto:").strip("<>()'.") for word in cell.split() if "@" in word]
