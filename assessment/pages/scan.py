"""A private link as a code to scan."""

from __future__ import annotations

import segno
from markupsafe import Markup


def scan_code(address: str, name: str) -> Markup:
    """The code, drawn without style attributes; ``name`` is what a screen reader says of it."""
    code = segno.make(address, micro=False).svg_inline(scale=5, border=2, dark="#1d1b20", svgclass="code")
    return Markup(code.replace("<svg", '<svg role="img" aria-label="{}"', 1)).format(name)  # noqa: S704
