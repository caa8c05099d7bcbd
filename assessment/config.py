"""Typed settings from the environment; a bad one stops the start with a sentence saying what to do."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


class SettingsError(RuntimeError):
    """The settings do not allow a start; the text says what to change."""


class Settings(BaseSettings):
    """Everything an operator may set. Thresholds of what may be shown are in code, never here."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    environment: Literal["local", "production"] = "local"
    secret_key: str = ""
    database_url: str = ""
    instance: Path = ROOT / "instance"
    questionnaires: Path = ROOT / "questionnaires"
    trusted_hosts: Annotated[list[str], NoDecode] = Field(default_factory=list)
    proxies: int = Field(default=0, ge=0, le=5)
    session_days: int = Field(default=30, ge=1, le=90)
    sign_in_idle_minutes: int = Field(default=120, ge=5, le=24 * 60)
    sign_in_hours: int = Field(default=12, ge=1, le=7 * 24)
    mail_server: str = ""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_user: str = ""
    mail_password: str = ""
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = ""
    public_address: str = "http://127.0.0.1:8000"

    @field_validator("instance", "questionnaires")
    @classmethod
    def absolute(cls, path: Path) -> Path:
        return path if path.is_absolute() else Path.cwd() / path

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

    @model_validator(mode="after")
    def production_is_complete(self) -> Settings:
        if self.secret_key and len(self.secret_key) < SHORTEST_KEY:
            raise ValueError(f"SECRET_KEY is too short: give at least {SHORTEST_KEY} random characters")
        if self.environment == "production":
            if not self.secret_key:
                raise ValueError("SECRET_KEY is missing: give at least 32 random characters")
            if not self.trusted_hosts:
                raise ValueError(
                    "TRUSTED_HOSTS is missing: give the names people reach this by, as example.org,example.net"
                )
        return self

    @property
    def is_local(self) -> bool:
        return self.environment == "local"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'same-table.db'}"


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
