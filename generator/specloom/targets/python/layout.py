"""Layout of Python: source that black leaves as it is, without running black.

Enters: small trees of encoded text. Leaves: lines. The rules are those of black 26:
what fits in 88 columns stays on one line; otherwise a bracket is opened, its items
stand one to a line, and the last has a comma, which black reads as a wish to keep it
so. A statement that these rules cannot break is left too long: :func:`settle` finds
it, and black itself breaks it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ...code import Code

WIDTH = 88
STEP = "    "


STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
"""A string literal, as a regular expression."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items between brackets, parted by commas; a call or a subscript has a name."""

    open: str
    items: tuple[Node, ...]
    close: str

    @property
    def trails(self) -> bool:
        """Whether the bracket follows a name."""
        return len(self.open) > 1

    @property
    def bare(self) -> bool:
        """A lone argument or subscript gets no comma: it might make it a tuple."""
        return self.trails and len(self.items) == 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and a value: ``key: value``, ``key=value`` or ``key = value``."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of ``|``."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """A comprehension between brackets."""

    open: str
    item: Node
    clause: str
    close: str


Node: TypeAlias = str | Group | Pair | Chain | Loop
"""A plain ``str`` is Python's own syntax or a literal made by ``python_literals``."""


# Characters that fill two columns, as black counts them.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff\U00020000-\U0003fffd]"
)


def width(text: str) -> int:
    """The columns that a line fills."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def flat(node: Node) -> Code:
    """A tree on one line."""
    out: list[str] = []
    _print(node, out, sys.maxsize)
    return Code("".join(out))


def _print(node: Node, out: list[str], room: int) -> int:
    """Append a tree on one line, or its start if there is no room for all of it.

    Returns the room that is left, below zero if it was too little. To stop early keeps
    the time linear: each level of a tree that is broken asks whether its parts fit.
    """
    match node:
        case str():
            out.append(node)
            return room - len(node)
        case Pair(key=key, value=value):
            out.append(key)
            return _print(value, out, room - len(key))
        case Group(open=opened, items=items, close=close):
            if opened == "(" and len(items) == 1:
                close = ",)"
            out.append(opened)
            room = _print_all(items, ", ", out, room - len(opened) - len(close))
            out.append(close)
            return room
        case Chain(operands=operands):
            return _print_all(operands, " | ", out, room)
        case Loop(open=opened, item=item, clause=clause, close=close):
            out.append(opened)
            room = _print(item, out, room - len(opened))
            out.append(f" {clause}{close}")
            return room - len(out[-1])


def _print_all(
    nodes: tuple[Node, ...], separator: str, out: list[str], room: int
) -> int:
    for index, node in enumerate(nodes):
        if room < 0:
            break
        if index:
            out.append(separator)
            room -= len(separator)
        room = _print(node, out, room)
    return room


def _fitting(node: Node, before: str, after: str) -> str | None:
    """The line ``before NODE after`` if it is not too wide."""
    out = [before]
    if _print(node, out, WIDTH - len(before) - len(after)) < 0:
        return None
    out.append(after)
    line = "".join(out)
    return line if line.isascii() or width(line) <= WIDTH else None


def lay(node: Node, *, depth: int = 0, before: str = "", after: str = "") -> Code:
    """A statement ``before NODE after``, broken where it does not fit.

    ``depth`` counts the levels at which it stands; its first line comes without the
    indentation, which the template has.
    """
    pad = STEP * depth
    lines = list(_lines(node, pad, before, after, False))
    return Code("\n".join(lines).removeprefix(pad))


def lay_parameter(name: str, type_: Node, default: str | None, *, depth: int) -> Code:
    """A parameter on its own line or, where it does not fit, on several."""
    pad = STEP * depth
    after = "," if default is None else f" = {default},"
    if isinstance(type_, Chain) and width(f"{pad}{name}: {flat(type_)}{after}") > WIDTH:
        inner = _lines(type_, pad + STEP, "", "", True)
        lines = [f"{name}: (", *inner, f"{pad}){after}"]
    else:
        lines = list(_lines(type_, pad, f"{name}: ", after, True))
    return Code("\n".join(lines).removeprefix(pad))


def _lines(
    node: Node, pad: str, before: str, after: str, bracketed: bool
) -> Iterator[str]:
    line = _fitting(node, pad + before, after)
    if line is not None:
        yield line
        return
    inner = pad + STEP
    match node:
        case _ if (
            not bracketed
            and after.startswith(" = ")
            and (opened_value := _fitting(node, pad + before, " = ("))
        ):
            yield opened_value
            yield f"{inner}{after.removeprefix(' = ')}"
            yield f"{pad})"
        case Group() if not bracketed and before and _wants_brackets(node, pad, before):
            yield f"{pad}{before}("
            yield from _lines(node, inner, "", "", True)
            yield f"{pad}){after}"
        case Group(open=opened, items=items, close=close) if items:
            yield f"{pad}{before}{opened}"
            for item in items:
                yield from _lines(item, inner, "", "" if node.bare else ",", True)
            yield f"{pad}{close}{after}"
        case Pair(key=key, value=value):
            yield from _lines(value, pad, before + key, after, bracketed)
        case Loop(open=opened, item=item, clause=clause, close=close):
            yield f"{pad}{before}{opened}"
            whole = _fitting(item, inner, f" {clause}")
            if whole is not None:
                yield whole
            else:
                yield from _lines(item, inner, "", "", True)
                yield inner + clause
            yield f"{pad}{close}{after}"
        case Chain(operands=operands) if bracketed:
            first, *rest = operands
            yield from _lines(first, pad, before, "", True)
            for operand in rest:
                end = after if operand is rest[-1] else ""
                yield from _lines(operand, pad, "| ", end, True)
        case _ if not bracketed and before and _fits_brackets(node, pad, before):
            yield f"{pad}{before}("
            yield from _lines(node, inner, "", "", True)
            yield f"{pad}){after}"
        case _:
            yield f"{pad}{before}{flat(node)}{after}"


_TYPE_TOKEN = re.compile(rf"{STRING}|\[|\]| \| |, |[^\[\]|, \"']+")


def type_node(text: str) -> Node:
    """A type expression as a tree, to be laid out."""
    tokens = _TYPE_TOKEN.findall(text)
    tokens.reverse()
    return _chain(tokens)


def _chain(tokens: list[str]) -> Node:
    operands = [_operand(tokens)]
    while tokens and tokens[-1] == " | ":
        tokens.pop()
        operands.append(_operand(tokens))
    return operands[0] if len(operands) == 1 else Chain(tuple(operands))


def _operand(tokens: list[str]) -> Node:
    head = tokens.pop()
    if not tokens or tokens[-1] != "[":
        return Code(head)
    items: list[Node] = []
    while tokens.pop() != "]":
        items.append(_chain(tokens))
    return Group(f"{head}[", tuple(items), "]")


def _wants_brackets(node: Group, pad: str, before: str) -> bool:
    """Whether a call goes into brackets as a whole: its own would come too late."""
    return (
        node.trails
        and width(f"{pad}{before}{node.open}") > WIDTH
        and width(f"{pad}{STEP}{node.open}") <= WIDTH
        and width(f"{pad}{before}(") <= WIDTH
    )


def _fits_brackets(node: Node, pad: str, before: str) -> bool:
    """Whether brackets around a value help: black adds them only where they do."""
    inside = isinstance(node, Chain) or _fitting(node, pad + STEP, "") is not None
    return inside and width(f"{pad}{before}(") <= WIDTH


_SETTLED = re.compile(
    rf"\s*(?:(?:{STRING}: |\| |class |return |[\w.]+(?: =|:|: Any =) )?"
    rf"(?:{STRING}|[\w.]+)(?:,|\(|\[|: [\[{{])?|from [\w.]+ import (?:\w+|\()|#.*)"
)
"""A line without a place to break it."""


_MEMBERSHIP = re.compile(r"( *)if (\w+) (not in [\w.]+):")


def settle(text: str) -> str:
    """A finished file; black breaks the lines that are still too long.

    Docstrings are wrapped already, and nothing breaks a string. Where a membership is
    all that is too long, it is broken here: to run black takes longer than the rest.
    """
    lines = text.split("\n")
    if text.isascii() and len(max(lines, key=len)) <= WIDTH:
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
    found = _MEMBERSHIP.fullmatch(line)
    if found is None:
        return None
    pad, name, test = found.groups()
    inner = pad + STEP
    if width(inner + test) > WIDTH:
        return None
    return f"{pad}if (\n{inner}{name}\n{inner}{test}\n{pad}):"


def _unbroken(lines: list[str]) -> Iterator[int]:
    """The numbers of lines that are too long, and are not meant to be."""
    quoted = False
    for number, line in enumerate(lines):
        stripped = line.strip()
        opens = not quoted and stripped.startswith('"""')
        if width(line) > WIDTH and not (quoted or opens or _SETTLED.fullmatch(line)):
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
