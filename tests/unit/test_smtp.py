"""Speaking to a real mail server on this machine: protected, known by name and password, or not at all."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assessment.jobs.message import Message
from assessment.jobs.post import Down, Refused, Unavailable
from assessment.jobs.smtp import GOES_STALE, Smtp
from tests.house.mail_server import TAKEN, MailServer, running_mail_server

LETTER: Final = Message("ann@example.org", "Hello", "Dear Ann,\n")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of this machine, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(encoding)
    )
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


def knows(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: Any) -> AuthResult:
    return AuthResult(success=data == LoginPassword(b"same-table", b"hunter2"))


def send(server: MailServer, **settings: Any) -> None:
    post = Smtp(server.settings(**settings), connecting=2, sending=2)
    try:
        post.send(LETTER, "k")
    finally:
        post.rest()


def protected(tls: ssl.SSLContext, password: str) -> None:
    options = {"tls_context": tls, "require_starttls": True, "auth_required": True, "authenticator": knows}
    with running_mail_server(**options) as server:
        send(server, mail_security="starttls", mail_user="same-table", mail_password=password)
        assert server.addresses == ["ann@example.org"]


@pytest.mark.usefixtures("trusted")
def test_it_protects_the_connection_before_it_says_who_it_is(tls: ssl.SSLContext) -> None:
    protected(tls, "hunter2")


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_no_fault_of_a_message(tls: ssl.SSLContext) -> None:
    with pytest.raises(Down, match="SMTP"):
        protected(tls, "hunter3")


def test_a_server_that_cannot_prove_its_name_gets_nothing(tls: ssl.SSLContext) -> None:
    with pytest.raises(Down, match="SSLCertVerificationError"):
        protected(tls, "hunter2")


def test_a_server_that_does_not_protect_gets_nothing(server: MailServer) -> None:
    with pytest.raises(Down, match="SMTPNotSupportedError"):
        send(server, mail_security="starttls")
    assert server.taken == []


@pytest.mark.usefixtures("trusted")
def test_it_speaks_tls_from_the_start_where_asked(tls: ssl.SSLContext) -> None:
    # aiosmtpd asks for itself once at its start, which needs a context that trusts nobody in particular.
    with running_mail_server(ssl_context=tls) as server:
        send(server, mail_security="tls")
        assert server.addresses == ["ann@example.org"]


def test_it_does_not_tell_the_name_of_this_machine(server: MailServer) -> None:
    names: list[str] = []

    async def hello(_server: SMTP, session: Session, _envelope: Envelope, name: str, said: list[str]) -> list[str]:
        session.host_name = name
        names.append(name)
        return said

    server.handle_EHLO = hello  # type: ignore[method-assign]
    send(server)
    assert names == ["example.org"]


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("550 5.1.1 No such user", Refused),
        ("550 No such user", Refused),
        ("553 No such name", Refused),
        ("450 4.2.1 Later", Unavailable),
        ("503 Out of order", Unavailable),
        ("550 5.7.1 Relay access denied", Unavailable),
        ("554 5.7.1 Client host blocked", Unavailable),
    ],
)
@pytest.mark.parametrize("at", ["rcpt", "data"])
def test_what_a_refusal_means(server: MailServer, at: str, said: str, means: type[Exception]) -> None:
    setattr(server, f"at_{at}", lambda _to: said)
    with pytest.raises(means) as caught:
        send(server)
    assert not isinstance(caught.value, Down) and "user" not in str(caught.value)


def test_after_a_refusal_the_connection_goes_on(server: MailServer) -> None:
    post = Smtp(server.settings(), connecting=2, sending=2)
    server.at_rcpt = lambda to: "550 No" if to.startswith("ann") else TAKEN
    with pytest.raises(Refused):
        post.send(LETTER, "k")
    post.send(Message("ben@example.org", "Hello", "Dear Ben,\n"), "l")
    post.rest()
    assert server.addresses == ["ben@example.org"] and server.connections == 1


def test_a_connection_that_was_left_alone_is_made_anew(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Smtp(server.settings(), connecting=2, sending=2)
    post.send(LETTER, "k")
    monkeypatch.setattr(post, "_used", post._used - GOES_STALE - 1)
    post.send(LETTER, "l")
    post.rest()
    assert len(server.taken) == 2 and server.connections == 2


def test_a_connection_that_the_server_closed_is_made_anew(server: MailServer) -> None:
    """Between two messages: the second is not lost, nor tried in vain."""
    post = Smtp(server.settings(), connecting=2, sending=2)
    post.send(LETTER, "k")
    assert post._server and post._server.sock
    post._server.sock.shutdown(socket.SHUT_RDWR)
    post.send(LETTER, "l")
    post.rest()
    assert len(server.taken) == 2 and server.connections == 2
