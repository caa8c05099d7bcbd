"""Addresses as codes to scan."""

from __future__ import annotations

import segno
from markupsafe import Markup


def code_of(address: str, name: str) -> Markup:
    """A link as a code to scan, drawn without style attributes; ``name`` is what a screen reader says of it.

    It has no size of its own but a view box, so that whatever size the page gives it, all of it is seen.
    """
    drawn = segno.make(address, micro=False)
    code = drawn.svg_inline(border=2, dark="#1d1b20", svgclass="code", omitsize=True)
    return Markup(code.replace("<svg", '<svg role="img" aria-label="{}"', 1)).format(name)  # noqa: S704
