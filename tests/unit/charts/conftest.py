from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare with a file of ``golden/``; ``GOLDEN=write pytest …`` writes it anew, to be looked at before a commit."""

    def compare(name: str, text: str) -> None:
        file = FOLDER / name
        if os.environ.get("GOLDEN") == "write":
            file.write_text(text + "\n", encoding="utf-8")
        assert text + "\n" == file.read_text(encoding="utf-8")

    return compare
