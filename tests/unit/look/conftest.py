"""A Jinja environment like the app's, but strict: a part that reaches for something nobody gave it fails here."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

ROOT = Path(__file__).resolve().parents[3]


def _mark(seats: list[str], size: int = 38) -> Markup:
    return Markup('<svg class="mark" width="{}" aria-hidden="true"></svg>').format(size)


def _bare() -> Environment:
    """No globals at all, as when everything but the templates is broken."""
    packages = PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")})
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(ROOT / "templates"), packages]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )


@pytest.fixture(scope="session")
def bare() -> Environment:
    return _bare()


@pytest.fixture(scope="session")
def env() -> Environment:
    env = _bare()
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        asset=lambda name: f"/static/{name}",
        kept=lambda macro: macro,
        demo=False,
        is_signed_in=lambda: False,
        mark=_mark,
        say=str,
        ways_on=list,
        url_for=lambda endpoint, **_values: "/" + endpoint.replace(".", "/"),
    )
    return env
