"""Settings: a bad one stops the start, with a sentence saying what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assessment.config import Settings, SettingsError, load_settings, local_secret_key

KEY = "k" * 40


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
    assert not load_settings(environment="production", secret_key=KEY, trusted_hosts=["example.org"]).is_local


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
