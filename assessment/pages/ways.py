"""Addresses of pages that may or may not be there, and the pages at which a deed ends."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for


def way(endpoint: str, **values: Any) -> str:
    """The address of a page; empty where this installation has no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def home() -> str:
    """Where somebody who is signed in starts from."""
    return way("account.home") or url_for("start.index")


def page_number(text: str) -> int:
    """Which page of a list is asked for, from 0; anything odd is the first."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return max(0, number - 1)
