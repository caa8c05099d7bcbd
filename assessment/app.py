"""create_app: all the wiring, in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from babel import Locale
from flask import Flask, request
from jinja2 import ChainableUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from assessment import commands, extensions, pages
from assessment.config import LOCAL_HOSTS, ROOT, Settings, SettingsError, load_settings, local_secret_key
from assessment.pages.headers import of_files
from assessment.pages.sessions import Sessions
from assessment.store.db import ANSWERS_ROLE, SLOW, db, reading
from assessment.store.faults import Unprepared, Unreachable
from assessment.store.queries.places import network_kind
from assessment.store.seal import Seal

# Made once: Flask-Babel would read its name anew for each request.
ENGLISH = Locale("en", "GB")
REQUEST_BYTES = 3 * 1024 * 1024


class SameTable(Flask):
    jinja_environment = pages.words.Templates
    session_interface = Sessions()
    # govuk-frontend's own templates reach through undefined parameters. All our templates are kept: a page is made of a
    # dozen, and a cache with an end would put them in the order of their use each time.
    jinja_options = {  # noqa: RUF012
        "undefined": ChainableUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": -1,
    }

    def log_exception(self, exc_info: Any) -> None:
        # Not the path, as Flask would: that of a private link is its secret.
        self.logger.error("Exception at %s [%s]", request.endpoint, request.method, exc_info=exc_info)


def create_app(settings: Settings | None = None, **extra: Any) -> SameTable:
    """The app for these settings (default: the environment's). Raises SettingsError on a bad one."""
    settings = settings or load_settings()
    app = SameTable(
        __name__,
        instance_path=str(settings.instance),
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    configure(app, settings)
    app.config.update(extra)
    extend(app)
    pages.register(app)
    # What is registered last looks at an answer first, while it has few headers to look through.
    extensions.compress.init_app(app)
    commands.register(app)
    serve(app, settings)
    return app


def refuse_demo_in_production(app: Flask) -> None:
    """Raise SettingsError where people would answer for real in a database of made-up services."""
    if app.config["SETTINGS"].is_local:
        return
    kind = None
    with app.app_context():
        with suppress(Unprepared, Unreachable), reading() as session:
            kind = network_kind(session)
        # Workers are forked from here, and a connection must not be shared by two of them.
        db.engine.dispose()
    if kind == "demo":
        raise SettingsError("This database holds the demo network; real use needs one of its own, DATABASE_URL")


def configure(app: Flask, settings: Settings) -> None:
    key = settings.secret_key or local_secret_key(settings.instance)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=key,
        SEAL=Seal(key),
        SQLALCHEMY_DATABASE_URI=settings.database,
        # An error in the log must not repeat what people typed.
        SQLALCHEMY_ENGINE_OPTIONS={
            "hide_parameters": True,
            "execution_options": {ANSWERS_ROLE: settings.answers_role, SLOW: settings.slow_query_ms},
        },
        QUESTIONNAIRES=settings.questionnaires,
        TRUSTED_HOSTS=LOCAL_HOSTS if settings.is_local and not settings.trusted_hosts else settings.trusted_hosts,
        MAX_CONTENT_LENGTH=REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=REQUEST_BYTES,
        SESSION_COOKIE_NAME="same_table" if settings.is_local else "__Host-same_table",
        SESSION_COOKIE_SECURE=not settings.is_local,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=settings.session_days * 24 * 60 * 60,
        SESSION_REFRESH_EACH_REQUEST=False,
        # The session's own end is the token's end: a shorter one would only throw away what was typed.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        # Level 4 would make a statement page 0.4 kB smaller, for a tenth more of the time it takes altogether.
        COMPRESS_BR_LEVEL=1,
        # The files that browsers ask for by their tag answer that themselves.
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
    )


def extend(app: Flask) -> None:
    db.init_app(app)
    extensions.migrate.init_app(app, db, directory=str(ROOT / "assessment/store/migrations"), render_as_batch=True)
    extensions.csrf.init_app(app)
    extensions.babel.init_app(app, locale_selector=lambda: ENGLISH)


def serve(app: Flask, settings: Settings) -> None:
    """Static files with names that change with their content, and the proxies in front."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=ROOT / "static" / "dist",
        prefix="static/",
        immutable_file_test=hashed_name,
        allow_all_origins=False,
        add_headers_function=partial(guard_file, of_files(settings.is_local)),
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def guard_file(guards: Mapping[str, str], headers: Any, _path: str, _url: str) -> None:
    for name, value in guards.items():
        headers[name] = value


def hashed_name(_path: str, url: str) -> bool:
    """Whether a static file's name carries its hash (main.0a1b2c3d.css), so that browsers may keep it."""
    parts = url.rsplit("/", 1)[-1].split(".")
    return len(parts) == 3 and len(parts[1]) == 8
