"""Settle: what the layout could not break, broken.

Enters: a finished file. Leaves: the same, as black has it. To run black takes longer
than all else, so it is run only where a line is too long that need not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from ..columns import width
from .layout import STEP, STRING, WIDTH

_SETTLED = partial(
    re.compile,
    rf"\s*(?:(?:{STRING}: |\| |class |def |return |[\w.]+(?: =|:|: Any =) )?"
    rf"(?:{STRING}|[\w.]+)(?:,|\(|\[|: [(\[{{])?|from [\w.]+ import (?:\w+|\()|#.*"
    r"|[(\[{]|[)\]}],?)",
)
"""A line without a place to break it."""


_MEMBERSHIP = partial(re.compile, r"if (\w+) (not in [\w.]+):")
_CALLED = partial(re.compile, rf"(if (?:not )?\w+\()({STRING})(\)\()(\w+)\):")
"""What is made of a string is called, as what matches a pattern is."""
_CONDITION = partial(re.compile, r"( *)(if .+:)")


def settle(text: str) -> str:
    """A finished file; black breaks the lines that are still too long.

    Docstrings are wrapped already, and nothing breaks a string. Black is given no more
    than a condition where that is all that is too long, and where it is of a common
    form nothing: to run it over a file takes longer than all the rest.
    """
    lines = text.split("\n")
    if max(map(len if text.isascii() else width, lines)) <= WIDTH:
        return text
    numbers = list(_unbroken(lines))
    for number in numbers:
        found = _CONDITION().fullmatch(lines[number])
        if found is None:
            return format_with_black(text)
        lines[number] = _broken(found[1], found[2])
    return "\n".join(lines) if numbers else text


@lru_cache(1 << 10)
def _broken(pad: str, condition: str) -> str:
    """A condition on several lines, all with their margin."""
    parts: tuple[str, ...] = ()
    if found := _MEMBERSHIP().fullmatch(condition):
        parts = ("if (", found[1], found[2], "):")
    elif found := _CALLED().fullmatch(condition):
        head, text, then, name = found.groups()
        parts = (head, text, f"{then}{name}):")
        if width(f"{pad}{head}{text}{then}") <= WIDTH:
            parts = (f"{head}{text}{then}", name, "):")
    if parts:
        first, *inner, last = parts
        inside = "".join(f"{pad}{STEP}{part}\n" for part in inner)
        return f"{pad}{first}\n{inside}{pad}{last}"
    blocks = [f"{pad[:depth]}if _:\n" for depth in range(0, len(pad), len(STEP))]
    made = format_with_black(f"{''.join(blocks)}{pad}{condition}\n{pad}{STEP}pass\n")
    return "\n".join(made.split("\n")[len(blocks) : -2])


def _unbroken(lines: list[str]) -> Iterator[int]:
    """The numbers of lines that are too long, and are not meant to be."""
    quoted = False
    for number, line in enumerate(lines):
        stripped = line.strip()
        opens = not quoted and stripped.startswith('"""')
        code = not (quoted or opens)
        if code and width(line) > WIDTH and not _SETTLED().fullmatch(line):
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
