"""OpenID Connect with one provider: authorization code, PKCE, state and nonce. What comes back is checked here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assessment.store.secrets import new_secret

WAIT: Final = 5  # seconds, for each answer of the provider
ASKED_EVERY: Final = timedelta(seconds=30)
LARGEST: Final = 1_000_000
LONGEST_SUBJECT: Final = 255
LEEWAY: Final = 120  # seconds that two clocks may differ
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
SCOPE: Final = "openid email profile"


_known: dict[str, tuple[datetime | None, dict[str, Any]]] = {}
"""What each provider said of itself, and when; nothing where it did not answer."""


class ProviderFault(Exception):
    """The provider does not answer as it should, or its answer proves nothing."""


@dataclass(frozen=True, slots=True)
class Client:
    """How this installation is known to a provider. ``local``: one on this machine may speak plain HTTP."""

    issuer: str
    id: str
    secret: str
    back: str
    local: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """What a browser takes along to the provider and has to bring back."""

    state: str
    nonce: str
    verifier: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider says of somebody. ``email`` only where it does not say that it is not theirs."""

    subject: str
    email: str
    name: str


def begin(client: Client, now: datetime) -> tuple[str, Begun]:
    """The address to go to, and what to bring back. Raises ProviderFault."""
    begun = Begun(new_secret(), new_secret(), new_secret())
    found = _metadata(client, now)
    session = _session(client, found)
    address, _state = session.create_authorization_url(
        found["authorization_endpoint"], state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier
    )
    return address, begun


def finish(client: Client, begun: Begun, answer: Mapping[str, str], now: datetime) -> Claims:
    """Who the provider says this is. Raises ProviderFault."""
    asked_for = answer.get("state") == begun.state and answer.get("iss", client.issuer) == client.issuer
    if not asked_for or not answer.get("code"):
        raise ProviderFault("not the answer that was asked for")
    found = _metadata(client, now)
    try:
        with _session(client, found) as session:
            token = session.fetch_token(
                found["token_endpoint"],
                code=answer["code"],
                code_verifier=begun.verifier,
                timeout=WAIT,
                allow_redirects=False,
            )
        claims = _verified(client, found, str(token.get("id_token", "")), begun.nonce, now)
        return _claims(claims | _more(client, found, claims, str(token.get("access_token", ""))))
    except (OAuthError, JoseError, requests.RequestException, ValueError, KeyError) as fault:
        raise ProviderFault(type(fault).__name__) from None


def _session(client: Client, found: Mapping[str, Any]) -> OAuth2Session:
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return OAuth2Session(
        client.id,
        client.secret,
        token_endpoint_auth_method="client_secret_basic" if "client_secret_basic" in methods else "client_secret_post",
        scope=SCOPE,
        redirect_uri=client.back,
        code_challenge_method="S256",
    )


def _metadata(client: Client, now: datetime) -> dict[str, Any]:
    """The provider's own description of itself; asked for once in a while, and so is one that does not answer.

    Else everybody who opens the way there would keep a worker of ours waiting.
    """
    asked_at, found = _known.get(client.issuer, (None, {}))
    if asked_at is None or not asked_at <= now < asked_at + ASKED_EVERY:
        try:
            found = _described(client)
        except ProviderFault:
            _known[client.issuer] = (now, {})
            raise
        _known[client.issuer] = (now, found)
    if not found:
        raise ProviderFault("did not answer just now")
    return found


def _described(client: Client) -> dict[str, Any]:
    """What it says of itself, if it is the one that the operator named and all its addresses are safe."""
    found = _asked(client, client.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != client.issuer:
        raise ProviderFault("another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _allowed(client, str(found.get(name, "")))
    return found


def _verified(client: Client, found: Mapping[str, Any], id_token: str, nonce: str, now: datetime) -> dict[str, Any]:
    keys = KeySet.import_key_set(_asked(client, found["jwks_uri"]))  # type: ignore[arg-type]
    token = jwt.decode(id_token, keys, algorithms=list(ALGORITHMS))
    needed = jwt.JWTClaimsRegistry(
        int(now.timestamp()),
        LEEWAY,
        iss={"essential": True, "value": client.issuer},
        aud={"essential": True, "value": client.id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    needed.validate(token.claims)
    several = isinstance(token.claims["aud"], list) and len(token.claims["aud"]) > 1
    if token.claims.get("azp", None if several else client.id) != client.id:
        raise ProviderFault("made for another")
    return dict(token.claims)


def _more(client: Client, found: Mapping[str, Any], claims: Mapping[str, Any], access: str) -> dict[str, Any]:
    """What the provider keeps out of its token and tells when asked."""
    if "email" in claims or not found.get("userinfo_endpoint") or not access:
        return {}
    said = _asked(client, found["userinfo_endpoint"], {"Authorization": f"Bearer {access}"})
    if said.get("sub") != claims["sub"]:
        raise ProviderFault("speaks of somebody else")
    return said


def _claims(said: Mapping[str, Any]) -> Claims:
    subject, email, name = (_text(said, key) for key in ("sub", "email", "name"))
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ProviderFault("no subject")
    denied = said.get("email_verified") in (False, "false")
    return Claims(subject, "" if denied else email, name)


def _text(said: Mapping[str, Any], key: str) -> str:
    found = said.get(key)
    return found if isinstance(found, str) else ""


def _asked(client: Client, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What is there, as JSON. Where it points elsewhere nobody follows."""
    _allowed(client, address)
    sent = {"Accept": "application/json", **(headers or {})}
    try:
        with requests.get(address, headers=sent, timeout=WAIT, allow_redirects=False, stream=True) as answer:
            body = answer.raw.read(LARGEST + 1, decode_content=True)
            if answer.status_code != 200 or len(body) > LARGEST:
                raise ProviderFault(f"answered {answer.status_code}")
        said = json.loads(body)
    except (requests.RequestException, OSError, ValueError) as fault:
        raise ProviderFault(type(fault).__name__) from None
    if not isinstance(said, dict):
        raise ProviderFault("not an object")
    return said


def is_allowed(address: str, local: bool) -> bool:
    """HTTPS; on a local run also plain HTTP on this machine."""
    parts = urlsplit(address)
    on_this_machine = local and parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or on_this_machine)


def _allowed(client: Client, address: str) -> None:
    if not is_allowed(address, client.local):
        raise ProviderFault("not a safe address")
