"""What kind of browser somebody uses, in words that its owner would use. Never more than that is kept."""

from __future__ import annotations

from typing import Final

# The first that fits: most browsers also name those they descend from.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES: Final = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def family(user_agent: str) -> str:
    """ "Firefox on Windows"; empty where we cannot tell."""
    browser = _first(_BROWSERS, user_agent)
    device = _first(_DEVICES, user_agent)
    return f"{browser} on {device}" if browser and device else browser or device


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in known if mark in user_agent), "")
