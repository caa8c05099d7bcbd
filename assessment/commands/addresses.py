"""Addresses of pages, as commands print them."""

from __future__ import annotations

from typing import Any, Final

import click
from flask import current_app

AT: Final = click.option(
    "--at", default="http://127.0.0.1:8000", show_default=True, help="Where people reach this installation."
)


def address(at: str, endpoint: str, **values: Any) -> str:
    """The full address of a page."""
    return at.rstrip("/") + current_app.url_map.bind("").build(endpoint, values)


def link_address(at: str, secret: str) -> str:
    """The full address of a private link."""
    return address(at, "links.open", secret=secret)
