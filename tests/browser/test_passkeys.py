"""Passkeys with Chromium's own authenticator, and an organisation's sign-in as a browser's rules allow it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.browser.conftest import WIDE, Installation, served
from tests.house.browser import Person, look_closely
from tests.house.oidc import CLIENT, SECRET, running_provider

ANN: Final = "ann@larkshire.example"
LINK: Final = re.compile(r"/sign-in/[\w-]{43}")
AUTHENTICATOR: Final[dict[str, Any]] = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    commands = (("prepare", "--real"), ("user", "add", ANN, "--role", "network-admin"))
    with served(tmp_path_factory.mktemp("accounts"), *commands) as made:
        yield made


@pytest.fixture
def by_name(demo: Installation) -> str:
    """The installation under a name: browsers keep passkeys for names only."""
    return demo.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def context(browser: Browser, by_name: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=by_name, viewport=WIDE, locale="en-GB")  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def authenticator(page: Page) -> CDPSession:
    """A device that holds passkeys, as this page's browser sees it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session


def sign_in_by_link(person: Person, demo: Installation) -> None:
    person.open("/sign-in")
    person.type("Your e-mail address", ANN)
    person.press("Send me a link")
    person.open(newest_link(demo))
    person.press("Continue")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Your places")


def newest_link(demo: Installation) -> str:
    demo.flask("jobs", "run", "--once")
    mails = sorted((demo.folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime)
    text = mails[-1].read_text().replace("=\n", "")
    found = LINK.search(text)
    assert found, text
    return found.group()


def test_a_passkey_is_added_used_named_and_removed(page: Page, demo: Installation, authenticator: CDPSession) -> None:
    person = Person(page)
    sign_in_by_link(person, demo)
    person.press("Your account")
    person.press("Add or remove passkeys")
    with page.expect_navigation():
        page.get_by_role("button", name="Add a passkey on this device").click()
    expect(page.get_by_label("Name of passkey 1")).to_have_value("Chrome on Linux")
    look_closely(page)
    person.type("Name of passkey 1", "=cmd() <my laptop>")
    person.press("Save name")
    expect(page.get_by_label("Name of passkey 1")).to_have_value("=cmd() <my laptop>")

    person.open("/account/you")
    person.press("Sign out")
    person.open("/account/passkeys")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your passkeys")
    expect(page.get_by_text("Last used on")).to_be_visible()

    person.open("/account/sign-ins")
    expect(page.get_by_text("Signed in with a passkey")).to_be_visible()
    person.open("/account/passkeys")
    person.press("Remove =cmd()")
    expect(page.get_by_text("You have none yet")).to_be_visible()
    person.open("/account/you")
    person.press("Sign out")
    person.open("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work")).to_be_visible()


def test_what_was_typed_is_sent_after_signing_in_right_there(
    page: Page, demo: Installation, authenticator: CDPSession
) -> None:
    person = Person(page)
    sign_in_by_link(person, demo)
    person.open("/account/passkeys")
    with page.expect_navigation():
        page.get_by_role("button", name="Add a passkey on this device").click()
    person.open("/account/name")
    other = page.context.new_page()
    other.goto("/account/sign-ins")
    other.get_by_role("button", name="Sign out everywhere").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("You are signed out")
    person.type("Your name", "Ann of Larkshire")
    person.press("Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to send what you typed")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/you")
    expect(page.get_by_text("Ann of Larkshire")).to_be_visible()


def test_an_answer_sent_again_signs_nobody_in(page: Page, demo: Installation, authenticator: CDPSession) -> None:
    person = Person(page)
    sign_in_by_link(person, demo)
    person.open("/account/passkeys")
    with page.expect_navigation():
        page.get_by_role("button", name="Add a passkey on this device").click()
    person.open("/account/you")
    person.press("Sign out")
    person.open("/sign-in")
    # The cookie that holds the challenge as it was before its one use.
    with page.expect_request("**/sign-in/passkey/answer") as sent, page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    said, headers = sent.value.post_data, sent.value.all_headers()
    context = page.context.browser.new_context()  # type: ignore[union-attr]
    again = context.request.post(
        sent.value.url,
        data=said,
        headers={name: headers[name] for name in ("cookie", "x-csrftoken", "content-type")},
    )
    assert again.status == 403 and "That did not work" in again.text()
    context.close()


def test_without_a_script_there_is_no_passkey_button(browser: Browser, by_name: str) -> None:
    context = browser.new_context(base_url=by_name, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in")
    expect(page.get_by_role("button", name="Send me a link")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    context.close()


def test_chromium_lets_a_link_go_to_the_provider_and_come_back(
    context: BrowserContext, demo: Installation, by_name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A form that led there would be stopped by our own policy. What the provider's pages ask for is its own affair."""
    page, stopped = context.new_page(), list[str]()
    page.on("console", lambda message: stopped.append(message.text) if "Security Policy" in message.text else None)
    secret = tmp_path_factory.mktemp("secret") / "secret"
    secret.write_text(SECRET)
    accounts = {"ann": {"email": "new@larkshire.example", "email_verified": True, "name": "New here"}}
    with running_provider(f"{by_name}/sign-in/with/back", accounts) as provider:
        confirm(demo)
        given = ("--issuer", provider.issuer, "--client-id", CLIENT, "--client-secret-file", str(secret))
        demo.flask("organisation", "sign-in", "Larkshire Council", *given, "--domain", "larkshire.example")
        person = Person(page)
        person.open("/sign-in")
        person.type("Your e-mail address", "new@larkshire.example")
        person.press("Send me a link")
        page.get_by_role("link", name="Sign in with Larkshire Council").click()
        page.wait_for_url(f"{provider.issuer}/interaction/**")
        page.locator("input[name=login]").fill("ann")
        page.locator("input[name=password]").fill("any")
        page.locator("button[type=submit]").click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/account/")
    assert urlsplit(page.url).hostname == "localhost" and not stopped
    expect(page.get_by_role("heading", level=1)).to_have_text("Your places")


def confirm(demo: Installation) -> None:
    """An organisation that is confirmed, as the database holds it."""
    with sqlite3.connect(demo.folder / "same-table.db") as connection:
        connection.execute(
            "INSERT INTO organisation (id, name, name_key, kind, nation, region, size, confirmed_on, passkeys)"
            " VALUES (?, 'Larkshire Council', 'larkshire council', 'council', 'england', 'london', '', ?, 0)",
            (uuid4().hex, "2026-01-01"),
        )
