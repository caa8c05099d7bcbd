"""What every template can say: messages in the visitor's language, dates, addresses of built files."""

from __future__ import annotations

import json
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g
from flask.templating import Environment
from flask_babel import format_date, format_datetime, get_domain, get_locale
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from jinja2.runtime import Macro
from markupsafe import Markup

from assessment.charts.mark import Seat, mark
from assessment.charts.spoke import FEWEST, MOST
from assessment.config import ROOT
from assessment.questionnaire.message import Message
from assessment.store.db import reading
from assessment.store.faults import Unreachable
from assessment.store.queries.places import network_kind

BUILT = ROOT / "static" / "dist"
HERE: Final = ZoneInfo("Europe/London")


def register(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader(
        [
            app.jinja_loader,  # type: ignore[list-item]
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    WTFormsHelpers(app)
    app.jinja_env.install_gettext_callables(words, numbered_words, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(_=sentence, kept=kept, asset=asset, say=say, mark=seats_as_mark)
    app.jinja_env.globals.update(day=day, moment=moment)
    app.jinja_env.filters.update(say=say)
    app.context_processor(lambda: {"demo": is_demo()})


class Templates(Environment):
    """Flask's templates, their globals in one plain dict: a page looks them up hundreds of times."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def sentence(text: str, **values: Any) -> Markup:
    """``_`` in templates, as Jinja defines it and without its detours: the values are escaped, ``%%`` is ``%``."""
    said = words(text)
    return Markup(said) % values if values else _as_it_is(said)  # noqa: S704  # our own sentence


@lru_cache(maxsize=4096)
def _as_it_is(said: str) -> Markup:
    return Markup(said) % {}  # noqa: S704  # our own sentence


def words(text: str) -> str:
    """A sentence of a template in the visitor's language."""
    return str(_translations().ugettext(text))


def numbered_words(one: str, many: str, count: int) -> str:
    return str(_translations().ungettext(one, many, count))


def _translations() -> Any:
    """The visitor's translations, looked up once a request: a page asks for dozens of sentences."""
    try:
        return g.translations
    except AttributeError:
        g.translations = get_domain().get_translations()
        return g.translations


def _language() -> str:
    """The visitor's language, looked up once a request too."""
    if "language" not in g:
        g.language = str(get_locale())
    return str(g.language)


def say(message: Message | str) -> str:
    """A message in the visitor's language, its own messages inside it too."""
    if isinstance(message, str):
        return message
    values = {name: say(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return words(message.text).format(**values)


def kept(macro: Macro) -> Callable[..., Markup]:
    """This macro, for what shows the same whenever it is given the same: rendered once a language, then remembered.

    Never for what someone typed: it would stay in memory. Nor for a page's own macro, which is another each time.
    """
    return partial(_shown, macro, _language())


@lru_cache(maxsize=1024)
def _shown(macro: Macro, _language: str, *args: Any, **named: Any) -> Markup:
    return Markup(macro(*args, **named))  # noqa: S704  # rendered by Jinja, which escapes


def day(when: date) -> str:
    """A date in words: 3 March 2027."""
    return format_date(when, "d MMMM y")


def month(when: date) -> str:
    """A date in short, where there is little room: Mar 2027."""
    return format_date(when, "MMM y")


def moment(when: datetime) -> str:
    """A moment in words, by the clock on the wall: 3 March 2027 at 14:05."""
    return format_datetime(when.astimezone(HERE), "d MMMM y 'at' HH:mm", rebase=False)


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a built file, under the name that changes with its content."""
    return f"/static/{_manifest(BUILT / 'manifest.json')[name]}"


def is_demo() -> bool:
    """Whether this installation holds the demo network; it never changes once it is known."""
    known: bool | None = current_app.extensions.get("same_table_demo")
    if known is None:
        kind = None
        # A page that needs no database, an error's for one, must show without it.
        with suppress(Unreachable), reading() as session:
            kind = network_kind(session)
        known = kind == "demo"
        if kind:
            current_app.extensions["same_table_demo"] = known
    return known


def seats_as_mark(seats: Sequence[Seat], size: int = 38) -> Markup:
    """The mark as progress; nothing where a form asks fewer principles than a table has seats."""
    if not FEWEST <= len(seats) <= MOST:
        return Markup()
    return Markup(mark(tuple(seats), size=size))  # noqa: S704  # drawn by the charts room, which escapes


@lru_cache(maxsize=2)
def _manifest(path: Path) -> dict[str, str]:
    names: dict[str, str] = json.loads(path.read_text())
    return names
