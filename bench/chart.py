"""A bar chart of ratios as SVG text, on a logarithmic axis whose 1 is our own result.

Enters: groups of named ratios (a peer's time over ours). Leaves: one SVG document, the
same for the same input, readable on light and on dark pages. A bar to the right says
how many times as long the peer takes; a bar to the left, that the peer is faster.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bench.report import spelled_ratio

WIDTH = 760
LABELS = 250  # the column of names, left of the bars
MARGIN = 48  # room for the number behind the longest bar
ROW = 18
HEAD = 30
# Mid tones, legible on white and on black.
INK, RULE, SLOWER, FASTER = "#7d8590", "#7d859055", "#2f81f7", "#d29922"


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one heading; a ratio of None is a contender that could not do it."""

    title: str
    bars: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The span of the ratios, in powers of ten."""

    low: float
    high: float

    def x(self, ratio: float) -> float:
        """Where a ratio lies, in pixels from the left."""
        share = (math.log10(ratio) - self.low) / (self.high - self.low)
        return LABELS + share * (WIDTH - LABELS - MARGIN)

    def ticks(self) -> list[float]:
        """The powers of ten within the span."""
        powers = range(math.ceil(self.low), math.floor(self.high) + 1)
        return [10.0**power for power in powers]


def spanning(groups: Sequence[Group]) -> Axis:
    """An axis with room for all ratios and for 1."""
    ratios = [ratio for group in groups for _, ratio in group.bars if ratio]
    low = math.log10(min([1.0, *ratios]))
    high = math.log10(max([2.0, *ratios]))
    return Axis(low - 0.05 if low < 0 else 0.0, high + 0.02)


def text(
    x: float, y: float, words: str, *, bold: bool = False, end: bool = False
) -> str:
    """A line of text."""
    weight = ' font-weight="600"' if bold else ""
    anchor = ' text-anchor="end"' if end else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{weight}{anchor}>{escape(words)}</text>'


def bar(axis: Axis, y: float, name: str, ratio: float | None) -> list[str]:
    """One contender: its name, its bar and its number."""
    middle = y + ROW / 2 + 4
    parts = [text(LABELS - 8, middle, name, end=True)]
    if ratio is None or ratio <= 0:
        return [*parts, text(axis.x(1) + 4, middle, "-")]
    start, stop = sorted((axis.x(1), axis.x(ratio)))
    parts.append(
        f'<rect x="{start:.1f}" y="{y + 3:.1f}" width="{max(stop - start, 1):.1f}"'
        f' height="{ROW - 6}" rx="2" fill="{SLOWER if ratio >= 1 else FASTER}"/>'
    )
    return [*parts, text(stop + 4, middle, f"{spelled_ratio(ratio)}×")]


def drawn(title: str, groups: Sequence[Group]) -> str:
    """The chart as one SVG document; the title is also its accessible name."""
    axis = spanning(groups)
    body: list[str] = []
    y = float(HEAD)
    for group in groups:
        body.append(text(8, y + ROW - 4, group.title, bold=True))
        y += ROW + 2
        for name, ratio in group.bars:
            body += bar(axis, y, name, ratio)
            y += ROW
        y += 8
    rules = [
        f'<line x1="{axis.x(tick):.1f}" y1="{HEAD}" x2="{axis.x(tick):.1f}"'
        f' y2="{y:.0f}" stroke="{RULE}"/>'
        + text(axis.x(tick) - 4, y + 14, f"{tick:g}×")
        for tick in axis.ticks()
    ]
    height = y + 24
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg"'
            f' viewBox="0 0 {WIDTH} {height:.0f}"'
            f' width="{WIDTH}" height="{height:.0f}" role="img" font-size="12"'
            f' font-family="system-ui, sans-serif" fill="{INK}">',
            f"<title>{escape(title)}</title>",
            text(8, 18, title, bold=True),
            *rules,
            *body,
            "</svg>",
            "",
        ]
    )
