"""Settings: a bad one stops the start, with a sentence saying what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from assessment.config import Settings, SettingsError, load_settings, local_secret_key

KEY = "k" * 40
IN_PRODUCTION: dict[str, Any] = {
    "environment": "production",
    "secret_key": KEY,
    "trusted_hosts": ["example.org"],
    "public_address": "https://example.org",
    "mail_server": "mail.example.org",
    "mail_from": "Same table <same-table@example.org>",
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_a_local_run_needs_nothing() -> None:
    settings = load_settings()
    assert settings.is_local and settings.database.startswith("sqlite:///")


def test_any_other_environment_needs_a_key_and_its_names() -> None:
    with pytest.raises(SettingsError, match=re.escape("SECRET_KEY is missing: give at least 32 random characters")):
        load_settings(environment="production")
    with pytest.raises(SettingsError, match="TRUSTED_HOSTS is missing"):
        load_settings(environment="production", secret_key=KEY)
    assert not load_settings(**IN_PRODUCTION).is_local


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"public_address": "http://example.org"}, "PUBLIC_ADDRESS must begin with https://"),
        ({"public_address": "https://example.com"}, "PUBLIC_ADDRESS has a name that is not among TRUSTED_HOSTS"),
        ({"public_address": "example.org"}, "PUBLIC_ADDRESS: give the address people reach this by"),
        ({"public_address": "https://example.org/same-table"}, "PUBLIC_ADDRESS: give the address people reach this by"),
        ({"public_address": "https://[example.org"}, "PUBLIC_ADDRESS: give the address people reach this by"),
        ({"mail_server": ""}, "MAIL_SERVER is missing: give the name of your mail server, or none"),
        ({"mail_from": ""}, "MAIL_FROM is missing"),
        ({"mail_from": "Same table"}, "MAIL_FROM: give the address that messages come from"),
        ({"mail_from": "a@example.org\nBcc: b@example.org"}, "MAIL_FROM: give the address that messages come from"),
        ({"mail_user": "ann"}, "MAIL_USER and MAIL_PASSWORD belong together"),
        ({"mail_password": "hunter2"}, "MAIL_USER and MAIL_PASSWORD belong together"),
        ({"mail_security": "none"}, "MAIL_SECURITY=none is for a mail server on this machine only"),
        ({"mail_port": 465}, "MAIL_PORT and MAIL_SECURITY do not go together"),
        ({"mail_security": "tls"}, "MAIL_PORT and MAIL_SECURITY do not go together"),
    ],
)
def test_production_says_what_is_wrong_with_its_mail_and_its_address(over: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**{**IN_PRODUCTION, **over})
    assert says in str(caught.value) and "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "over",
    [
        {"public_address": "https://www.example.net/", "trusted_hosts": ["example.org", ".example.net"]},
        {"public_address": "https://example.org:8443"},
        {"mail_security": "tls", "mail_port": 465},
        {"mail_server": "127.0.0.1", "mail_security": "none", "mail_port": 25},
        {"mail_server": "::1", "mail_security": "none", "mail_port": 2525},
        {"mail_server": "localhost", "mail_security": "none", "mail_port": 587},
        {"mail_server": "none", "mail_from": ""},
        {"mail_user": "ann", "mail_password": "hunter2"},
    ],
)
def test_production_takes_what_is_right(over: dict[str, Any]) -> None:
    settings = load_settings(**{**IN_PRODUCTION, **over})
    assert settings.sends_mail == (settings.mail_server != "none") and not settings.public_address.endswith("/")


def test_public_address_must_be_said_in_production() -> None:
    given = {name: value for name, value in IN_PRODUCTION.items() if name != "public_address"}
    with pytest.raises(SettingsError, match="PUBLIC_ADDRESS is missing"):
        load_settings(**given)


def test_what_is_secret_is_never_in_words() -> None:
    settings = load_settings(
        secret_key=KEY,
        database_url="postgresql://ann:hunter2@db/x",
        mail_server="mail.example.org",
        mail_from="same-table@example.org",
        mail_user="ann",
        mail_password="hunter2",
    )
    assert not {"hunter2", KEY} & set(re.split(r"['@:]", f"{settings!r} {settings}"))
    assert settings.mail_password.get_secret_value() == "hunter2"


def test_hosts_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_HOSTS", "example.org, www.example.org,")
    assert load_settings().trusted_hosts == ["example.org", "www.example.org"]


@pytest.mark.parametrize("url", ["mysql://x", "sqlite:x.db", "/var/lib/x.db", "POSTGRESQL://x"])
def test_an_unknown_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(
        SettingsError, match="DATABASE_URL: give an address that starts with sqlite:/// or postgresql://"
    ):
        load_settings(database_url=url)


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(proxies=9, session_days=0)
    assert "PROXIES" in str(caught.value) and "SESSION_DAYS" in str(caught.value)


def test_a_fault_never_repeats_the_key() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(secret_key="hunter2")
    assert "hunter2" not in str(caught.value)


def test_a_relative_folder_is_meant_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSTANCE", "elsewhere")
    assert load_settings().instance == tmp_path / "elsewhere"


def test_the_local_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    key = local_secret_key(tmp_path / "instance")
    assert len(key) >= 32 and local_secret_key(tmp_path / "instance") == key
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")
    assert len(local_secret_key(tmp_path)) >= 32


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("a file")
    with pytest.raises(SettingsError, match="cannot be written to"):
        local_secret_key(tmp_path / "instance")
