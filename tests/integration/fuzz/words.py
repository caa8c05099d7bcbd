"""What nobody means to type: strings of every bad kind, as the bytes a browser or somebody's own program would send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

MARK: Final = "zq9x"
"""No page says this by itself. Where it stands as a tag or an attribute, what was typed has become part of the page."""

MARKUP: Final = (
    f'"><{MARK} onload=alert(1)>',
    f"'><{MARK}>",
    f'" {MARK}="1',
    f"' {MARK}='1",
    f"</textarea><{MARK}>",
    f"</title></style></script><{MARK}>",
    f"--><{MARK}>",
    f"<{MARK}",
    f"<svg/onload={MARK}>",
    f"&lt;{MARK}&gt;&#60;{MARK}&#62;",
    f"javascript:{MARK}",
    f"data:text/html,<{MARK}>",
    f"%3C{MARK}%3E",
    f"\uff1c{MARK}\uff1e",
    f"{{{{7*191}}}}{MARK}",
    f"{{% include '{MARK}' %}}",
    f"%({MARK})s %s %d {{{MARK}}} {{0}}",
    f"${{7*191}}{MARK}",
)
EVALUATED: Final = f"1337{MARK}"

NUMBERS: Final = (
    "-1",
    "-0",
    "0",
    "1.5",
    "1e309",
    "NaN",
    "0x10",
    "1_000",
    "+1",
    "\u0661\u0662",
    "\u00b2",
    "2147483648",
    "9223372036854775808",
    "-9223372036854775809",
    "9" * 400,
    "9" * 5_000,
)
DAYS: Final = ("0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "31", "00", "-1-1-1")
IDS: Final = (
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "{00000000-0000-4000-8000-000000000000}",
    "urn:uuid:00000000-0000-4000-8000-000000000000",
    "not-an-id",
)
DATABASE: Final = (
    "'; DROP TABLE round; --",
    "' OR '1'='1",
    '" OR ""="',
    "%",
    "_",
    "%' ESCAPE '",
    "\\",
    "\\'",
    "$$",
    ":x",
)
FORMULAS: Final = ("=1+1", "@SUM(1)", "+1+1", "-1+1", "\t=1", "\r=1", "=cmd|' /C calc'!A0")
UNSEEN: Final = (
    "\0",
    "a\0b",
    "a\x01\x08\x0b\x1f\x7f\x80\x9fb",
    "\u202eabc\u202c",
    "\u2066\u2069\u200b\u200d\ufeff",
    "\ufffe\uffff\ufdd0",
    "\U0010ffff\U0001fffe",
    "\U000e0041\U000e007f",
    "e" + "\u0301" * 400,
    "\ufdfa" * 60,
    "\u0130" * 190,
    "\u00df" * 190,
    "\u2028\u2029\x85",
)
PATHS: Final = (
    "../../../../etc/passwd",
    "..\\..\\",
    "/etc/passwd",
    "file:///etc/passwd",
    "CON",
    "https://zq9x.example/",
)
LONG: Final = ("x" * 100_000, "\u00e9" * 40_000, "\n" * 40_000, "word " * 30_000, "<" * 50_000)

# Every way in which bytes can fail to be UTF-8.
NOT_UTF8: Final = (
    b"\x80",
    b"\xbf\xbf",
    b"\xff",
    b"\xfe\xff\x00a",
    b"\xff\xfea\x00",
    b"\xc0\x80",
    b"\xc1\xbf",
    b"\xe0\x80\xaf",
    b"\xf0\x80\x80\xaf",
    b"\xc3",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\xc3(",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xf4\x90\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xfc\x84\x80\x80\x80\x80",
    b"caf\xe9",
)


def _naughty() -> tuple[str, ...]:
    listed = json.loads((Path(__file__).parent / "strings" / "blns.json").read_text(encoding="utf-8"))
    return tuple(one for one in listed if one)


NAUGHTY: Final = _naughty()
OURS: Final = (*MARKUP, *NUMBERS, *DAYS, *IDS, *DATABASE, *FORMULAS, *UNSEEN, *PATHS)
"""Our own, which every field meets sooner than the long list."""
WORDS: Final[tuple[bytes, ...]] = (
    *(one.encode() for one in (*OURS, *LONG)),
    *NOT_UTF8,
    *(one.encode("utf-8", "surrogatepass") for one in NAUGHTY),
)
