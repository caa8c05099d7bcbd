"""What a ZIP has written so far and nobody has fetched, so that it can be sent while it is made."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Pipe(io.RawIOBase):
    waiting: list[bytes] = field(default_factory=list)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def fetched(self) -> bytes:
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data
