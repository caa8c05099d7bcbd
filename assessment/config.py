"""Typed settings from the environment; a bad one stops the start with a sentence saying what to do."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from werkzeug.sansio.utils import host_is_trusted

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
NO_MAIL: Final = "none"
TLS_PORT: Final = 465


class SettingsError(RuntimeError):
    """The settings do not allow a start; the text says what to change."""


class Settings(BaseSettings):
    """Everything an operator may set. Thresholds of what may be shown are in code, never here."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    environment: Literal["local", "production"] = Field(
        default="local",
        description="`production` on a server. Anything that is missing or unwise there stops the start.",
    )
    secret_key: str = Field(
        default="",
        repr=False,
        description="Needed in production: 32 random characters or more. It is in no backup: keep it apart.",
    )
    trusted_hosts: Annotated[list[str], NoDecode] = Field(
        default_factory=list, description="Needed in production: the names people reach it by, with commas."
    )
    public_address: str = Field(
        default="http://127.0.0.1:8000",
        description="Needed in production: what links in messages begin with, `https://` and one of those names.",
    )
    proxies: int = Field(default=0, ge=0, le=5, description="How many proxies stand in front.")
    database_url: str = Field(
        default="",
        repr=False,
        description="`postgresql://…`. Left out, an embedded database in `INSTANCE`, which needs a local disk.",
    )
    answers_role: str = Field(
        default="",
        pattern=r"^([a-z_][a-z0-9_]{0,62})?$",
        description="The role that alone reaches single answers, as `flask data protect` said.",
    )
    slow_query_ms: int = Field(
        default=500, ge=0, le=60_000, description="Statements that take this long are written down; 0 for never."
    )
    instance: Path = Field(
        default=ROOT / "instance", description="The folder of the embedded database, and of what a local run keeps."
    )
    questionnaires: Path = Field(default=ROOT / "questionnaires", description="The folder of the questionnaires.")
    backup_folder: Path | None = Field(default=None, description="Where `flask backup` puts backups.")
    backup_keys: Path | None = Field(
        default=None, description="A file of public keys of `age`, one a line: backups are then under lock."
    )
    backup_daily: int = Field(default=7, ge=1, le=366, description="Of how many days the newest backup stays.")
    backup_weekly: int = Field(default=4, ge=0, le=53, description="Of how many weeks.")
    backup_monthly: int = Field(
        default=0, ge=0, le=24, description="Of how many months. People are told that what they erase is gone in weeks."
    )
    mail_server: str = Field(
        default="", description="Needed in production: the name of your mail server, or `none` to do without."
    )
    mail_port: int = Field(default=587, ge=1, le=65535, description="465 with `tls`.")
    mail_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="`none` only for a mail server on the same machine."
    )
    mail_from: str = Field(
        default="", description="With a mail server: whom messages come from, as `Same table <same-table@example.org>`."
    )
    mail_user: str = Field(default="", description="If your mail server asks for one.")
    mail_password: SecretStr = Field(default=SecretStr(""), description="With `MAIL_USER`.")
    session_days: int = Field(
        default=30, ge=1, le=90, description="How long a browser keeps the private links that it opened."
    )
    sign_in_hours: int = Field(default=12, ge=1, le=7 * 24, description="A sign-in ends after so long.")
    sign_in_idle_minutes: int = Field(
        default=120, ge=5, le=24 * 60, description="And when it was not used for so long."
    )
    log_format: Literal["", "text", "json"] = Field(
        default="", description="Left out: `json` in production, `text` in a local run."
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="32 random characters or more, for Prometheus. Without it there is no `/metrics`.",
    )

    @field_validator("backup_folder", "backup_keys", mode="before")
    @classmethod
    def named(cls, path: Any) -> Any:
        return path or None

    @field_validator("instance", "questionnaires", "backup_folder", "backup_keys")
    @classmethod
    def absolute(cls, path: Path | None) -> Path | None:
        return path if path is None or path.is_absolute() else Path.cwd() / path

    @field_validator("trusted_hosts", mode="before")
    @classmethod
    def listed(cls, hosts: Any) -> Any:
        return [host.strip() for host in hosts.split(",") if host.strip()] if isinstance(hosts, str) else hosts

    @field_validator("database_url")
    @classmethod
    def known_database(cls, url: str) -> str:
        if url and not url.startswith(DATABASES):
            raise ValueError("give an address that starts with sqlite:/// or postgresql://")
        return url

    @field_validator("public_address")
    @classmethod
    def an_address(cls, address: str) -> str:
        parts = _split(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("give the address people reach this by and nothing behind it, as https://example.org")
        return address.rstrip("/")

    @field_validator("mail_from")
    @classmethod
    def a_sender(cls, sender: str) -> str:
        name, _, domain = parseaddr(sender)[1].rpartition("@")
        if sender and not (name and domain and sender.isprintable()):
            raise ValueError("give the address that messages come from, as Same table <same-table@example.org>")
        return sender

    @model_validator(mode="after")
    def is_complete(self) -> Settings:
        faults = [*_faults_of_the_key(self), *_faults_of_mail(self)]
        faults += [] if self.is_local else _faults_in_production(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def is_local(self) -> bool:
        return self.environment == "local"

    @property
    def logs_as(self) -> Literal["text", "json"]:
        """For people in a local run, for machines in production, unless it is said."""
        return self.log_format or ("text" if self.is_local else "json")

    @property
    def sends_mail(self) -> bool:
        """Whether there is a mail server; none is needed for a local run, and an installation may do without."""
        return self.mail_server not in ("", NO_MAIL)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'same-table.db'}"


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _faults_of_the_key(settings: Settings) -> Iterator[str]:
    if 0 < len(settings.metrics_token.get_secret_value()) < SHORTEST_KEY:
        yield f"METRICS_TOKEN is too short: give at least {SHORTEST_KEY} random characters"
    if settings.secret_key and len(settings.secret_key) < SHORTEST_KEY:
        yield f"SECRET_KEY is too short: give at least {SHORTEST_KEY} random characters"


def _faults_of_mail(settings: Settings) -> Iterator[str]:
    if not settings.sends_mail:
        return
    if not settings.mail_from:
        yield "MAIL_FROM is missing: give the address that messages come from, as Same table <same-table@example.org>"
    if bool(settings.mail_user) != bool(settings.mail_password.get_secret_value()):
        yield "MAIL_USER and MAIL_PASSWORD belong together: give both or neither"
    if settings.mail_security == "none" and not _is_this_machine(settings.mail_server):
        yield "MAIL_SECURITY=none is for a mail server on this machine only: any other needs starttls or tls"
    if (settings.mail_port == TLS_PORT) != (settings.mail_security == "tls") and settings.mail_port in (465, 587):
        yield "MAIL_PORT and MAIL_SECURITY do not go together: port 465 speaks tls, port 587 starttls"


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _faults_in_production(settings: Settings) -> Iterator[str]:
    if not settings.secret_key:
        yield "SECRET_KEY is missing: give at least 32 random characters"
    if not settings.trusted_hosts:
        yield "TRUSTED_HOSTS is missing: give the names people reach this by, as example.org,example.net"
    elif "public_address" not in settings.model_fields_set:
        yield "PUBLIC_ADDRESS is missing: give the address that links in messages begin with, as https://example.org"
    elif not settings.public_address.startswith("https://"):
        yield "PUBLIC_ADDRESS must begin with https://"
    elif not host_is_trusted(_split(settings.public_address).hostname, settings.trusted_hosts):
        yield "PUBLIC_ADDRESS has a name that is not among TRUSTED_HOSTS"
    if not settings.mail_server:
        yield (
            "MAIL_SERVER is missing: give the name of your mail server, or none; "
            "without one nobody can sign in by e-mail or be invited"
        )


def load_settings(**given: Any) -> Settings:
    """Settings from the environment, or SettingsError with one sentence a fault."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(dict(fault)) for fault in error.errors())) from None


def _sentence(fault: dict[str, Any]) -> str:
    name = "_".join(str(part) for part in fault["loc"]).upper()
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message


def local_secret_key(instance: Path) -> str:
    """The key of a local run: made once, readable by its owner only."""
    path = instance / "secret_key"
    try:
        return _existing_key(path) or _new_key(path)
    except OSError as error:
        raise SettingsError(f"The folder {instance} cannot be written to ({error.strerror})") from None


def _existing_key(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


def _new_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
