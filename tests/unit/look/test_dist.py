"""What `npm run build` left in static/dist."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

DIST = Path(__file__).resolve().parents[3] / "static" / "dist"
NAMES = ("main.css", "main.js", "alone.js", "passkey.js", "mark.svg", "plotly.js", "plotly.css", "draw.js")


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    path = DIST / "manifest.json"
    assert path.exists(), "the assets are not built: npm ci && npm run build"
    return dict(json.loads(path.read_text()))


def test_the_manifest_names_every_asset(manifest: dict[str, str]) -> None:
    assert set(manifest) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_served_name_carries_the_hash_of_its_content(manifest: dict[str, str], name: str) -> None:
    content = (DIST / manifest[name]).read_bytes()
    stem, ext = name.split(".")
    assert manifest[name] == f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{ext}"


@pytest.mark.parametrize("name", NAMES)
def test_a_served_file_is_compressed_beforehand(manifest: dict[str, str], name: str) -> None:
    served = DIST / manifest[name]
    content = served.read_bytes()
    assert brotli.decompress(Path(f"{served}.br").read_bytes()) == content
    assert gzip.decompress(Path(f"{served}.gz").read_bytes()) == content


def test_the_stylesheet_carries_nothing_of_govuk_s_identity_and_asks_nobody_for_anything() -> None:
    css = (DIST / "main.css").read_text()
    assert not re.search(r"GDS|crown|@font-face|@import|url\(", css)


def test_the_first_page_s_assets_are_light(manifest: dict[str, str]) -> None:
    """The statement page's budget is 60 kB cold; its own markup and the icon come to some 4 kB."""
    on_the_wire = sum((DIST / f"{manifest[name]}.br").stat().st_size for name in ("main.css", "main.js", "mark.svg"))
    assert on_the_wire < 20_000
