"""What the operator reads is what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from assessment.commands.settings import PAGE, table, with_table
from assessment.config import Settings

ROOT: Final = Path(__file__).parents[2]
OF_GUNICORN: Final = {"WORKERS", "PORT", "BIND", "LOG_LEVEL", "ACCESS_LOG"}


def test_the_table_of_settings_is_current() -> None:
    """If not: flask settings --write."""
    page = PAGE.read_text()
    assert with_table(page) == page and len(list(table())) == len(Settings.model_fields) + 2


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_sets_what_there_is_and_no_secret() -> None:
    lines = (ROOT / "deploy" / "same-table.env").read_text().splitlines()
    given = dict(
        re.fullmatch(r"#? ?([A-Z_]+)=(.*)", line).groups() for line in lines if re.match(r"#? ?[A-Z_]+=", line)
    )  # type: ignore[union-attr]
    assert {name.lower() for name in given.keys() - OF_GUNICORN} <= set(Settings.model_fields)
    assert given["SECRET_KEY"] == ""


def test_everything_that_is_run_by_systemd_is_as_shut_in_as_the_rest() -> None:
    units = [path.read_text() for path in (ROOT / "deploy").glob("*.service")]
    shut = [text[text.index("ProtectSystem=") :].split("\n\n")[0].strip() for text in units]
    assert len(units) == 3 and len(set(shut)) == 1
