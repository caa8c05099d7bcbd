"""Settings of an installation that people use for real."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from assessment.config import Settings

ADDRESS: Final = "https://same-table.example"


def in_production(database: str, instance: Path, **over: Any) -> Settings:
    given: dict[str, Any] = {
        "environment": "production",
        "database_url": database,
        "instance": instance,
        "secret_key": "k" * 40,
        "trusted_hosts": ["same-table.example"],
        "public_address": ADDRESS,
        "mail_server": "none",
    }
    return Settings(**given | over)
