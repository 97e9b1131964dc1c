"""Settle: what the layout could not break, broken.

Enters: a finished file. Leaves: the same, as black has it. To run black takes longer
than all else, so it is run only where a line is too long that need not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from .layout import STEP, STRING, WIDTH, width

_SETTLED = partial(
    re.compile,
    rf"\s*(?:(?:{STRING}: |\| |class |return |[\w.]+(?: =|:|: Any =) )?"
    rf"(?:{STRING}|[\w.]+)(?:,|\(|\[|: [(\[{{])?|from [\w.]+ import (?:\w+|\()|#.*"
    r"|[(\[{]|[)\]}],?)",
)
"""A line without a place to break it."""


_MEMBERSHIP = partial(re.compile, r"( *)if (\w+) (not in [\w.]+):")


def settle(text: str) -> str:
    """A finished file; black breaks the lines that are still too long.

    Docstrings are wrapped already, and nothing breaks a string. Where a membership is
    all that is too long, it is broken here: to run black takes longer than the rest.
    """
    lines = text.split("\n")
    if max(map(len if text.isascii() else width, lines)) <= WIDTH:
        return text
    numbers = list(_unbroken(lines))
    for number in numbers:
        broken = _broken(lines[number])
        if broken is None:
            return format_with_black(text)
        lines[number] = broken
    return "\n".join(lines) if numbers else text


def _broken(line: str) -> str | None:
    """A condition on several lines; None where it is none that a name is not in."""
    found = _MEMBERSHIP().fullmatch(line)
    if found is None:
        return None
    pad, name, test = found.groups()
    return f"{pad}if (\n{pad}{STEP}{name}\n{pad}{STEP}{test}\n{pad}):"


def _unbroken(lines: list[str]) -> Iterator[int]:
    """The numbers of lines that are too long, and are not meant to be."""
    quoted = False
    for number, line in enumerate(lines):
        stripped = line.strip()
        opens = not quoted and stripped.startswith('"""')
        if width(line) > WIDTH and not (quoted or opens or _SETTLED().fullmatch(line)):
            yield number
        if opens:
            quoted = not (len(stripped) >= 6 and stripped.endswith('"""'))
        elif quoted:
            quoted = not stripped.endswith('"""')


def format_with_black(text: str) -> str:
    """What black makes of a file; for users' own templates as well."""
    # Importing black takes longer than most runs last.
    from black import format_str
    from black.mode import Mode, TargetVersion

    return format_str(text, mode=Mode(target_versions={TargetVersion.PY310}))
