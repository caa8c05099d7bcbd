"""flask settings: every setting with its default and its limits, as the table of docs/operate.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

import click
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from assessment.config import ROOT, Settings

PAGE: Final = ROOT / "docs" / "operate.md"
BEGIN: Final = "<!-- settings: written by flask settings --write -->\n"
END: Final = "<!-- end of settings -->\n"


@click.command("settings")
@click.option("--write", is_flag=True, help="Bring the table in docs/operate.md up to date.")
def settings(write: bool) -> None:
    """Every setting, with its default and its limits. All are environment variables."""
    if not write:
        click.echo("\n".join(table()))
        return
    PAGE.write_text(with_table(PAGE.read_text()))


def table() -> Iterator[str]:
    yield "| Setting | Default | Limits | |"
    yield "|---|---|---|---|"
    for name, field in Settings.model_fields.items():
        yield f"| `{name.upper()}` | {_default(field)} | {_limits(field)} | {field.description} |"


def with_table(page: str) -> str:
    """The page with the table as it is now between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _old, _, after = rest.partition(END)
    return before + BEGIN + "\n".join(table()) + "\n" + END + after


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, Path):
        value = f"{value.relative_to(ROOT)}/"
    return "" if field.default_factory or value in ("", None) else f"`{value}`"


def _limits(field: FieldInfo) -> str:
    limits = {name: getattr(one, name) for one in field.metadata for name in ("ge", "le") if hasattr(one, name)}
    if limits:
        return f"{limits['ge']} to {limits['le']}"
    choices = [one for one in get_args(field.annotation) if isinstance(one, str) and one]
    return ", ".join(f"`{one}`" for one in choices)
