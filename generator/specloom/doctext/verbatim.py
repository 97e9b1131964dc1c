"""Verbatim blocks: code, HTML, quotes and tables, taken line by line until they end.

In: the lines that come in while such a block is open.
Out: the block, its lines as they are, apart from the margin of what it stands in.
"""

from __future__ import annotations

import re

from ..values import dataclass
from .html import preformatted
from .lines import closed, ends_in_paragraph, fenced, interrupts
from .nodes import Kind, Verbatim
from .tables import rows


@dataclass(slots=True)
class Open:
    """A verbatim block whose end has not come yet."""

    kind: Kind
    lines: list[str]
    column: int
    """Of the container in the source: what stands further left ends the block."""
    end: re.Pattern[str] | None = None
    """What ends a fence or HTML; without it a blank line does."""
    is_over: bool = False

    def take(self, line: str, column: int) -> bool:
        """Take a line if it belongs to the block; the block may be over then."""
        text = self._belonging(line, column)
        if text is None:
            self.is_over = True
            return False
        self.lines.append(text)
        self.is_over = self.end is not None and self.end.search(text) is not None
        return True

    def _belonging(self, line: str, column: int) -> str | None:
        """What a line adds to the block; None if it does not belong to it."""
        rest, inner = line[column:], column - self.column
        if rest and inner < 0:
            return None
        match self.kind:
            case "indented":
                if rest and inner < 4:
                    return None
            case "quote" | "table":
                quoted = self.kind == "quote" and rest.startswith(">")
                if not rest or inner >= 4 or (not quoted and interrupts(rest)):
                    return None
                if quoted or self.kind == "table":
                    return rest
                return f"> {rest}" if ends_in_paragraph(self.lines[-1]) else None
            case _:
                if not rest and not self.end:
                    return None
        return line[self.column :]

    def finished(self, indent: int) -> Verbatim:
        """The block, now that all its lines are there."""
        lines = self.lines
        while not lines[-1]:
            lines.pop()
        if self.kind == "fence" and self.end:
            lines = closed(lines, self.end)
        if self.kind == "html":
            html = "\n".join(lines)
            if code := preformatted(html):
                return Verbatim(tuple(fenced(code)), "fence", indent)
            if table := rows(html):
                return Verbatim(tuple(table), "table", indent)
        return Verbatim(tuple(lines), self.kind, indent)
