"""One message to one person: what is in it, and what can never be."""

from __future__ import annotations

import email
from email.policy import default
from pathlib import Path

import pytest

from assessment.config import Settings
from assessment.jobs.message import Message, NotAnAddress, as_mail, message_id
from assessment.jobs.post import Folder, NoPost, Refused
from assessment.jobs.smtp import Smtp, post_of

SENDER = "Same table <same-table@example.org>"


def test_it_says_who_it_is_from_and_that_a_machine_sent_it() -> None:
    mail = as_mail(Message("ann@example.org", "Hello", "Dear Ann,\n", stop="https://example.org/stop"), "k", SENDER)
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, "ann@example.org", "Hello")
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Date"].endswith("-0000")
    assert mail["List-Unsubscribe"] == "<https://example.org/stop>"
    assert "List-Unsubscribe" not in as_mail(Message("ann@example.org", "Hello", "Dear Ann,\n"), "k", SENDER)


def test_sent_twice_it_has_one_id_that_tells_nothing() -> None:
    first, second = (as_mail(Message("a@example.org", "A", str(n)), "invite:1", SENDER) for n in range(2))
    assert first["Message-ID"] == second["Message-ID"] == message_id("invite:1", SENDER)
    assert first["Message-ID"].endswith("@example.org>") and "invite" not in first["Message-ID"]
    assert message_id("invite:1", SENDER) != message_id("invite:2", SENDER)


def test_a_long_link_and_words_of_any_alphabet_arrive_whole() -> None:
    text = f"Zoë’s café, 日本語 🎉\n\nhttps://example.org/link/{'a' * 43}/{'b' * 1000}\n.\n"
    sent = as_mail(Message("a@example.org", "Zoë’s round – 日本語", text), "k", SENDER).as_bytes()
    sent.decode("ascii")
    assert max(map(len, sent.splitlines())) < 998
    arrived = email.message_from_bytes(sent, policy=default)
    assert arrived.get_content().splitlines() == text.splitlines() and arrived["Subject"] == "Zoë’s round – 日本語"


def test_a_name_that_somebody_typed_begins_no_header() -> None:
    mail = as_mail(Message("a@example.org", "A round of X\r\nBcc: z@example.org\n", "x"), "k", SENDER)
    assert mail["Bcc"] is None and mail["Subject"] == "A round of X Bcc: z@example.org"


@pytest.mark.parametrize(
    ("to", "as_sent"),
    [
        ("o'neil+x@example.org", "o'neil+x@example.org"),
        ("ann@münchen.example", "ann@xn--mnchen-3ya.example"),
        ('"ann b"@example.org', '"ann b"@example.org'),
    ],
)
def test_an_address_as_servers_know_it(to: str, as_sent: str) -> None:
    assert as_mail(Message(to, "A", "x"), "k", SENDER)["To"] == as_sent


@pytest.mark.parametrize(
    "to",
    [
        *("", "@", "ann", "ann@", "@x.org", "a@b@x.org", "x@y.org, z@w.org", "x@y.org\r\nBcc: z@w.org", "jö@x.org"),
        *("Ann <ann@x.org>", "a b@x.org", "a@x..org", "a@" + "x" * 70 + ".org", "ann@x.org;", "\0@x.org"),
    ],
)
def test_what_is_not_one_address_gets_nothing(to: str, tmp_path: Path) -> None:
    with pytest.raises(NotAnAddress) as caught:
        as_mail(Message(to, "A", "x"), "k", SENDER)
    assert str(caught.value) == ""
    with pytest.raises(Refused):
        Folder(tmp_path).send(Message(to, "A", "x"), "k")
    assert list(tmp_path.iterdir()) == []


def test_without_a_server_it_lands_in_a_folder_once(tmp_path: Path) -> None:
    post, link = post_of(Settings(instance=tmp_path)), "https://example.org/link/" + "a" * 90
    for _time in range(2):
        post.send(Message("ann@example.org", "Hello", f"Zoë’s link:\n\n{link}\n"), "offer:1")
    (path,) = (tmp_path / "mail").iterdir()
    assert path.suffix == ".eml" and f"\n\n{link}\n" in path.read_text()  # to be read and clicked as it stands
    assert email.message_from_bytes(path.read_bytes(), policy=default)["To"] == "ann@example.org"


def test_an_installation_that_does_without_mail_sends_none(tmp_path: Path) -> None:
    post = post_of(Settings(instance=tmp_path, mail_server="none"))
    assert isinstance(post, NoPost)
    with pytest.raises(Refused):
        post.send(Message("ann@example.org", "Hello", "x"), "k")


def test_a_server_is_spoken_to_where_there_is_one() -> None:
    assert isinstance(post_of(Settings(mail_server="mail.example.org", mail_from=SENDER)), Smtp)
