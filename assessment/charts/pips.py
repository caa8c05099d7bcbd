"""Capsules for one agreed level: as many filled as the level counts."""

from __future__ import annotations

from functools import lru_cache

from assessment.charts.svg import Attributes, element

STEP = 21  # units from capsule to capsule


@lru_cache(maxsize=64)  # the same few drawings stand beside every statement of every result
def pips(level: int, top: int) -> str:
    """``top`` capsules, the first ``level`` filled, to stand before its word. Raises ValueError off the scale."""
    if not 0 <= level <= top:
        raise ValueError(f"{level} is not a level from 0 to {top}")
    width = STEP * top
    capsules = [
        element(
            "rect",
            {"class": "p on" if k < level else "p", "x": 1 + STEP * k, "y": 2, "width": 17, "height": 9, "rx": 4.5},
        )
        for k in range(top)
    ]
    frame: Attributes = {"width": width, "height": 14, "viewBox": f"0 0 {width} 14", "aria-hidden": "true"}
    return element("svg", frame, *capsules)
