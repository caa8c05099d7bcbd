"""What every job is given: the moment, the seal, and how to write an address of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from assessment.store.seal import Seal


@dataclass(frozen=True, slots=True)
class Context:
    now: datetime
    seal: Seal

    def address(self, endpoint: str, **values: Any) -> str:
        """The full address of a page, as people reach it."""
        at: str = current_app.config["SETTINGS"].public_address.rstrip("/")
        path: str = current_app.url_map.bind("").build(endpoint, values)
        return at + path
