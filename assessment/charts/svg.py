"""Markup for SVG: attributes and classes only, everything escaped, numbers without noise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import NewType

Svg = NewType("Svg", str)
Attributes = Mapping[str, str | float]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float, decimals: int = 1) -> str:
    """``value`` with at most ``decimals`` decimals: 180.0 -> "180", -0.04 -> "0"."""
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def percent(share: float) -> str:
    """A share of the width (0 .. 1) as "57.05%"."""
    return f"{number(share * 100, 2)}%"


def words(text: str) -> Svg:
    """Text of people's own writing, safe inside an element."""
    return Svg(escape(_NOT_XML.sub("\ufffd", text)))


def element(tag: str, attributes: Attributes, *children: Svg) -> Svg:
    """One element with its children, which are markup already (see ``words``)."""
    told = "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items())
    return Svg(f"<{tag}{told}>{''.join(children)}</{tag}>" if children else f"<{tag}{told}/>")


def _attribute(value: str | float) -> str:
    return words(value) if isinstance(value, str) else number(value, 2)
