"""The colours of the look, for Plotly, which cannot read a stylesheet (the SVG takes them from CSS classes)."""

from __future__ import annotations

from typing import Final

US: Final = "#801650"
ACT: Final = "#12436d"
OTHERS: Final = "#3d3d3d"
TEXT: Final = "#1d1b20"
QUIET: Final = "#55515a"
RULE: Final = "#ddd6ca"
RULE_STRONG: Final = "#807a70"
OUTER_RING: Final = "#a8a196"
GRID: Final = "#eae4d9"
MIDDLE: Final = "#e4ded3"
WHITE: Final = "#ffffff"
CLEAR: Final = "rgba(0,0,0,0)"
FONT: Final = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
