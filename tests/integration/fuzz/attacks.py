"""Every way to ask for an address, or to send a form, that nobody means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final
from urllib.parse import quote, quote_from_bytes

from tests.integration.fuzz.found import TOKEN, Field, Form
from tests.integration.fuzz.judge import ELSEWHERE
from tests.integration.fuzz.wire import FORM, Sent
from tests.integration.fuzz.words import MARK, NOT_UTF8, NUMBERS, OURS, WORDS

Pairs = Sequence[tuple[bytes, bytes]]
TEN_MEGABYTES: Final = b"a=" + b"x" * 10 * 1024 * 1024
BOUNDARY: Final = "zq9boundary"
JSON: Final = "application/json"
# Short enough to stand in an address.
SHORT: Final = tuple(word for word in WORDS if len(word) <= 6_000)
QUERIES: Final = (
    b"=",
    b"&&&",
    b"?",
    b"%",
    b"%zz",
    b"%00",
    b"a=%ff&%ff=a",
    b"[]=1&[][]=2",
    b"=%s" % quote(MARK).encode(),
)
PATHS: Final = (
    b"//", b"/%2e%2e/", b"/../", b"/./", b"/%2f", b"/%5c", b"/%00", b"/%0d%0aX-Odd:%20" + MARK.encode(), b";a=b",
    b"/%ff", b"/%c0%ae%c0%ae/", b"/%ed%a0%80", b"/" + b"a" * 6_000, b"%20", b".json", b"~", b"/%u0041",
)  # fmt: skip
HEADERS: Final[tuple[dict[str, str], ...]] = (
    {"X-Forwarded-Host": ELSEWHERE, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1, " + ELSEWHERE},
    {"X-Forwarded-Prefix": f"//{ELSEWHERE}", "X-Script-Name": f"//{ELSEWHERE}"},
    {"Forwarded": f"for=127.0.0.1;host={ELSEWHERE};proto=https"},
    {"X-Original-URL": "/network/", "X-Rewrite-URL": "/network/", "X-HTTP-Method-Override": "DELETE"},
    {"X-Host": ELSEWHERE, "X-HTTP-Host-Override": ELSEWHERE, "X-Real-IP": ELSEWHERE},
    {"Host": ELSEWHERE},
    {"Host": f"localhost@{ELSEWHERE}"},
    {"Host": f"localhost:80@{ELSEWHERE}"},
    {"Host": f"{ELSEWHERE}:80"},
    {"Host": f"localhost.{ELSEWHERE}"},
    {"Host": f"localhost/{ELSEWHERE}"},
    {"Host": f"localhost {ELSEWHERE}"},
    {"Host": "[::1"},
    {"Host": "localhost:99999999"},
    {"Host": "localhost:a"},
    {"Host": ""},
    {"Host": "\xff\xfe"},
    {"Host": "a" * 5_000},
    {"Origin": f"https://{ELSEWHERE}", "Referer": f"https://{ELSEWHERE}/"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "\xff"},
    {"Accept-Language": "x" * 4_000},
    {"Accept-Language": "*;q=\x00, en;q=9999999999999999999999, ../../etc;q=0.1"},
    {"Accept-Encoding": "gzip;q=nan, x;q=-1, \xff;q=1"},
    {"Accept": "text/html;q=" + "9" * 500},
    {"Range": "bytes=0-,-1,5-3,99999999999999999999-"},
    {"If-None-Match": '"' + "a" * 3_000, "If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 XXX"},
    {"User-Agent": f"<{MARK}> Firefox Windows \xff"},
    {"Authorization": "Basic \xff\xfe", "Content-Type": "text/html; charset=\xff"},
    {"Content-Length": "-1"},
    {"Content-Length": "9" * 400},
    {"Content-Length": "abc"},
    {"Content-Length": "5"},
    {"Transfer-Encoding": "chunked, identity"},
    {"Expect": "\xff"},
    {"Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings"},
)
COOKIES: Final = (
    "same_table=",
    "same_table=a.b.c",
    "same_table=.eJ" + "A" * 3_000,
    "same_table=\xff\xfe; same_table=%00",
    "same_table=eyJzaWduX2luIjoieCJ9.aaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAA; a=" + "b" * 3_000,
    "; ".join(f"c{number}=d" for number in range(300)),
    "same_table=\"; $Path=/; same_table='",
    "=; ;; =x; same_table",
)  # fmt: skip
CONTENT_TYPES: Final = (
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "b" * 3_000,
    "multipart/mixed; boundary=a",
    FORM + "; charset=utf-7",
    FORM + "; charset=utf-16",
    FORM + "; charset=nothing-like-it",
    JSON,
    "a/" + "b" * 3_000,
    "\xff/\xff",
)  # fmt: skip
XML: Final = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
ODD_JSON: Final = (
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"null",
    b"[]",
    b'"a"',
    b"1e999",
    b"NaN",
    b"-" * 100,
    b'{"id": ["a"], "response": 1, "rawId": {"a": 1}, "type": null}',
    b'{"id": "\\ud800", "rawId": "\\u0000", "response": {"clientDataJSON": "e30", "attestationObject": 5}}',
    b'{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "////", "signature": "="}}',
    b"\xff\xfe{\x00}\x00",
    b"9" * 10_000,
    json.dumps({word.decode("utf-8", "replace"): OURS for word in SHORT[:60]}).encode(),
)


@dataclass(frozen=True)
class Attack:
    """On one form; ``chance`` decides what is not tried by each."""

    form: Form
    chance: Random
    other_names: Sequence[str]

    def word(self) -> bytes:
        """One of ours as often as one of the long list."""
        return self.chance.choice(OURS).encode() if self.chance.random() < 0.5 else self.chance.choice(WORDS)

    def written(self) -> tuple[Field, ...]:
        """Nearly always what people write in; now and then what is ours."""
        shown = tuple(field for field in self.form.fields if field.is_written)
        every = tuple(field for field in self.form.fields if field.name != TOKEN)
        return (shown if shown and self.chance.random() < 0.7 else every) or self.form.fields

    def holds(self, **over: bytes) -> list[tuple[bytes, bytes]]:
        """What the form holds, with some of it typed over."""
        typed = [(one.name, over.get(one.name, one.value.encode())) for one in self.form.fields if one.kind != "file"]
        return [(name.encode(), value) for name, value in typed]

    def sent(self, kind: str, body: bytes, content_type: str = FORM, **headers: str) -> Sent:
        """By the form's own way; where that is the address, as much of it as an address may hold."""
        path, query = quote(self.form.path).encode(), self.form.query.encode()
        if self.form.method == "GET":
            return Sent(kind, "GET", path, body[:7_000])
        return Sent(kind, "POST", path, query, body, content_type, headers)

    def token(self) -> bytes:
        return next((field.value.encode() for field in self.form.fields if field.name == TOKEN), b"")


def encoded(pairs: Pairs) -> bytes:
    return b"&".join(b"=".join(quote_from_bytes(half).encode() for half in pair) for pair in pairs)


def one_field(attack: Attack) -> Sent:
    field = attack.chance.choice(attack.written())
    return attack.sent("one field", encoded(attack.holds(**{field.name: attack.word()})))


def each_number(attack: Attack) -> Sent:
    number = attack.chance.choice(NUMBERS).encode()
    return attack.sent("numbers", encoded(attack.holds(**{one.name: number for one in attack.written()})))


def every_field(attack: Attack) -> Sent:
    over = {field.name: attack.word() for field in attack.form.fields if field.name != TOKEN}
    return attack.sent("every field", encoded(attack.holds(**over)))


def twice(attack: Attack) -> Sent:
    field = attack.chance.choice(attack.written())
    more = [(field.name.encode(), attack.word()) for _time in range(3)]
    return attack.sent(
        "twice", encoded([*attack.holds(), *more] if attack.chance.random() < 0.5 else more + attack.holds())
    )


def left_out(attack: Attack) -> Sent:
    gone = attack.chance.choice(attack.written()).name.encode()
    return attack.sent("left out", encoded([pair for pair in attack.holds() if pair[0] != gone]))


def token_alone(attack: Attack) -> Sent:
    return attack.sent("token alone", encoded([(TOKEN.encode(), attack.token())]))


def unknown_fields(attack: Attack) -> Sent:
    names = [name.encode() for name in attack.chance.sample(attack.other_names, 12)] + [
        attack.word() for _name in range(4)
    ]
    return attack.sent("unknown fields", encoded([*attack.holds(), *((name, attack.word()) for name in names)]))


def as_lists(attack: Attack) -> Sent:
    name = attack.chance.choice(attack.written()).name
    odd = [(f"{name}{end}".encode(), attack.word()) for end in ("[]", "[0]", "[a][b]", ".a", "[$ne]", "__proto__")]
    return attack.sent("as lists", encoded([*attack.holds(), *odd]))


def flood(attack: Attack) -> Sent:
    return attack.sent("flood", encoded(attack.holds()) + b"&" + b"&".join(b"%d=" % number for number in range(400)))


def broken_percent(attack: Attack) -> Sent:
    field = attack.chance.choice(attack.written()).name.encode()
    raw = attack.chance.choice((b"%", b"%z", b"%u0000", b"%%%", b"\xff", b"\x00", b"+%+", *NOT_UTF8))
    return attack.sent("broken percent", encoded(attack.holds()) + b"&" + field + b"=" + raw + b"&" + raw + b"=1")


def in_parts(attack: Attack) -> Sent:
    """As files are sent, with names that are none."""
    names = ('a"b', "../../a.csv", "a\\b", f"<{MARK}>.csv", "\u202etxt.exe", "", "x" * 3_000)
    parts = [part(name, attack.word() if name != TOKEN.encode() else value) for name, value in attack.holds()]
    parts.append(part(attack.word()[:200], b"1"))
    for name in (attack.chance.choice(attack.form.fields).name, "file", "text"):
        filename = attack.chance.choice(names)
        if name != TOKEN:
            parts.append(part(name.encode(), attack.word(), f'; filename="{filename}"'))
    return attack.sent("in parts", joined(parts), f"multipart/form-data; boundary={BOUNDARY}")


def in_broken_parts(attack: Attack) -> Sent:
    whole = joined([part(name, value) for name, value in attack.holds()])
    cut = attack.chance.randrange(len(whole))
    odd = attack.chance.choice((b"", b"\r\n\r\n", b"\0", b"--", b"Content-Disposition: form-data; name*=x'y'%ff\r\n"))
    return attack.sent(
        "in broken parts", whole[:cut] + odd + whole[cut + 20 :], f"multipart/form-data; boundary={BOUNDARY}"
    )


def many_parts(attack: Attack) -> Sent:
    parts = [part(b"n%d" % number, b"") for number in range(1_200)]
    return attack.sent("many parts", joined(parts), f"multipart/form-data; boundary={BOUNDARY}")


def as_json(attack: Attack) -> Sent:
    return attack.sent("json", attack.chance.choice(ODD_JSON), JSON, **{"X-CSRFToken": attack.token().decode()})


def as_odd_type(attack: Attack) -> Sent:
    body = XML if attack.chance.random() < 0.3 else encoded(attack.holds())
    token = {"X-CSRFToken": attack.token().decode()}
    return attack.sent("odd type", body, attack.chance.choice(CONTENT_TYPES), **token)


def ten_megabytes(attack: Attack) -> Sent:
    return attack.sent("ten megabytes", TEN_MEGABYTES)


def two_megabytes(attack: Attack) -> Sent:
    field = attack.chance.choice(attack.written())
    return attack.sent("two megabytes", encoded(attack.holds(**{field.name: b"word " * 400_000})))


def odd_headers(attack: Attack) -> Sent:
    return attack.sent("odd headers", encoded(attack.holds()), FORM, **attack.chance.choice(HEADERS))


def odd_cookie(attack: Attack) -> Sent:
    over = {field.name: attack.word() for field in attack.written()}
    return attack.sent("odd cookie", encoded(attack.holds(**over)), FORM, Cookie=attack.chance.choice(COOKIES))


def without_token(attack: Attack) -> Sent:
    over = {field.name: attack.word() for field in attack.form.fields}
    return attack.sent("without token", encoded(attack.holds(**over)))


ON_A_FORM: Final[tuple[Callable[[Attack], Sent], ...]] = (
    one_field, every_field, each_number, twice, left_out, token_alone, unknown_fields, as_lists, flood, broken_percent,
    in_parts, in_broken_parts, many_parts, as_json, as_odd_type, ten_megabytes, two_megabytes, odd_headers, odd_cookie,
    without_token,
)  # fmt: skip


def on_an_address(path: str, chance: Random, names: Sequence[str], times: int) -> Iterator[Sent]:
    """GETs of one address: its query, its path, headers and methods."""
    here = quote(path).encode()
    for _time in range(times):
        typed = [(name.encode(), chance.choice(SHORT)) for name in chance.sample(names, min(4, len(names)))]
        yield Sent("query", "GET", here, encoded(typed)[:7_500])
        yield Sent(
            "odd query", "GET", here, chance.choice(QUERIES) + b"&" + encoded([(chance.choice(SHORT), b"1")])[:6_000]
        )
        yield Sent("odd path", "GET", _spoilt(here, chance))
        yield Sent("odd headers", "GET", here, headers=chance.choice(HEADERS))
        yield Sent("odd cookie", "GET", here, headers={"Cookie": chance.choice(COOKIES)})
        method = chance.choice(
            ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "CONNECT", "PROPFIND", "get", "\xff")
        )
        yield Sent("method", method, here, body=b"a=1", content_type=FORM)


def _spoilt(path: bytes, chance: Random) -> bytes:
    """The path with one of its steps put wrong, or something odd behind it or before it."""
    steps, odd = path.split(b"/"), chance.choice(PATHS)
    at = chance.randrange(1, len(steps))
    ways: tuple[Any, ...] = (
        path + odd,
        odd + path,
        b"/".join([*steps[:at], quote_from_bytes(chance.choice(SHORT), safe="").encode()[:6_000], *steps[at + 1 :]]),
        b"/".join([*steps[:at], odd.strip(b"/"), *steps[at:]]),
        path.upper(),
    )
    spoilt: bytes = chance.choice(ways)
    return spoilt if spoilt.startswith(b"/") else b"/" + spoilt


def part(name: bytes, value: bytes, more: str = "") -> bytes:
    return b'Content-Disposition: form-data; name="' + name + f'"{more}\r\n\r\n'.encode() + value + b"\r\n"


def joined(parts: Sequence[bytes]) -> bytes:
    mark = f"--{BOUNDARY}".encode()
    return b"".join(mark + b"\r\n" + part for part in parts) + mark + b"--\r\n"
