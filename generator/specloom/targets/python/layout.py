"""Layout of Python: source that black leaves as it is, without running black.

Enters: small trees of encoded text. Leaves: lines. The rules are those of black 26:
what fits in 88 columns stays on one line; otherwise a bracket is opened, its items
stand one to a line, and the last has a comma, which black reads as a wish to keep it
so. A statement that these rules cannot break is left too long, for :mod:`settle`.
"""

from __future__ import annotations

import re
import sys
from typing import TypeAlias

from ...code import Code
from ...values import dataclass
from ..columns import width

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
        defines = self.open.startswith("def ")
        return self.trails and len(self.items) == 1 and not defines


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
class Known:
    """A tree that is met often, and its text on one line."""

    node: Group
    text: str


Node: TypeAlias = str | Group | Pair | Chain | Known
"""A plain ``str`` is Python's own syntax or a literal of :mod:`literals`."""


def flat(node: Node) -> str:
    """A tree on one line."""
    return within(node, sys.maxsize) or ""


def within(node: Node, room: int) -> str | None:
    """A tree on one line, if that has no more characters than there is room for.

    To stop early keeps the time linear: each level of a tree that is broken asks
    whether its parts fit.
    """
    match node:
        case str():
            return node if len(node) <= room else None
        case Pair(key=key, value=str(value)):
            return f"{key}{value}" if len(key) + len(value) <= room else None
        case Known(text=text):
            return text if len(text) <= room else None
        case Pair(key=key, value=value):
            made = within(value, room - len(key))
            return None if made is None else f"{key}{made}"
        case Group(open=opened, items=items, close=close):
            if opened == "(" and len(items) == 1:
                close = ",)"
            made = _flat_all(items, ", ", room - len(opened) - len(close))
            return None if made is None else f"{opened}{made}{close}"
        case Chain(operands=operands):
            return _flat_all(operands, " | ", room)


def _flat_all(nodes: tuple[Node, ...], separator: str, room: int) -> str | None:
    texts: list[str] = []
    room += len(separator) if nodes else 0
    for node in nodes:
        room -= len(separator)
        text = node if isinstance(node, str) else within(node, room)
        if text is None:
            return None
        room -= len(text)
        if room < 0:
            return None
        texts.append(text)
    return separator.join(texts) if room >= 0 else None


def _fitting(node: Node, room: int, before: str, after: str) -> str | None:
    """The line ``before NODE after`` if it is not wider than there is room for."""
    left = room - len(before) - len(after)
    made = node if isinstance(node, str) else within(node, left)
    if made is None or len(made) > left:
        return None
    line = f"{before}{made}{after}"
    return line if line.isascii() or width(line) <= room else None


def lay(node: Node, *, depth: int = 0, before: str = "", after: str = "") -> Code:
    """A statement ``before NODE after``, broken where it does not fit.

    ``depth`` counts the levels at which it stands; its first line comes without the
    indentation, which the template has.
    """
    line = _fitting(node, WIDTH - len(STEP) * depth, before, after)
    if line is not None:
        return Code(line)
    pad, lines = STEP * depth, list[str]()
    _break(node, pad, before, after, False, lines)
    return Code("\n".join(lines)[len(pad) :])


def lay_type(type_: str, *, depth: int, before: str) -> Code:
    """A statement before a type expression, which is read only to be broken."""
    line = f"{before}{type_}"
    if width(line) <= WIDTH - len(STEP) * depth:
        return Code(line)
    return lay(type_node(type_), depth=depth, before=before)


def lay_parameter(name: str, type_: str, default: str | None, *, depth: int) -> Code:
    """A parameter on its own line or, where it does not fit, on several."""
    after = "," if default is None else f" = {default},"
    line = f"{name}: {type_}{after}"
    if width(line) <= WIDTH - len(STEP) * depth:
        return Code(line)
    node, pad, lines = type_node(type_), STEP * depth, list[str]()
    if isinstance(node, Chain):
        _lay(node, pad + STEP, "", "", True, lines)
        return Code("\n".join([f"{name}: (", *lines, f"{pad}){after}"]))
    _break(node, pad, f"{name}: ", after, True, lines)
    return Code("\n".join(lines)[len(pad) :])


def lay_alias(name: str, value: Node) -> Code:
    """The definition of a type alias; a long name has its annotation in brackets."""
    before = f"{name}: TypeAlias = "
    if len(before) < WIDTH:
        return lay(value, before=before)
    # Where not even the bracket fits behind the name, black breaks all that it can.
    room = WIDTH if len(name) + len(": (") <= WIDTH else 0
    open_, close = (") = (", ")") if isinstance(value, Chain) else (") = ", "")
    line, lines = _fitting(value, room, open_, close), [f"{name}: (", "    TypeAlias"]
    if line is not None:
        lines.append(line)
    elif isinstance(value, Chain):
        lines.append(open_)
        _lay(value, STEP, "", "", True, lines)
        lines.append(close)
    else:
        _break(value, "", open_, close, True, lines)
    return Code("\n".join(lines))


def lay_tuple(name: str, of: str, values: Group) -> Code:
    """A constant that is a tuple; a long name has its annotation broken."""
    before = f"{name}: tuple[{of}, ...] = "
    if len(f"{before}(") <= WIDTH:
        return lay(values, before=before)
    if len(f"{name}: tuple[") <= WIDTH:
        end = lay(values, before="] = ")
        return Code(f"{name}: tuple[\n{STEP}{of}, ...\n{end}")
    type_, lines = Group("tuple[", (Code(of), Code("...")), "]"), list[str]()
    if len(f"{name}: (") <= WIDTH:
        lines.append(f"{name}: (")
        _lay(type_, STEP, "", "", True, lines)
        _break(values, "", ") = ", "", True, lines)
    else:
        _break(type_, "", f"{name}: ", "", True, lines)
        _break(values, "", f"{lines.pop()} = ", "", True, lines)
    return Code("\n".join(lines))


def _lay(
    node: Node, pad: str, before: str, after: str, bracketed: bool, lines: list[str]
) -> None:
    """Add the lines of ``before NODE after``."""
    line = _fitting(node, WIDTH - len(pad), before, after)
    if line is not None:
        lines.append(f"{pad}{line}")
    else:
        _break(node, pad, before, after, bracketed, lines)


def _break(
    node: Node, pad: str, before: str, after: str, bracketed: bool, lines: list[str]
) -> None:
    """The same for what does not fit on one line."""
    inner = pad + STEP
    match node:
        case Group(open=opened, items=items, close=close) if found := _subscript(
            opened, WIDTH - len(pad) - len(before)
        ):
            lines.append(f"{pad}{before}{found[1]}")
            lines.append(f"{inner}{found[2]}")
            _lay(Group(found[3], items, close), pad, "", after, True, lines)
        case Group() if not bracketed and before and _wants_brackets(node, pad, before):
            lines.append(f"{pad}{before}(")
            _lay(node, inner, "", "", True, lines)
            lines.append(f"{pad}){after}")
        case Group(open=opened, items=items, close=close) if items:
            lines.append(f"{pad}{before}{opened}")
            end = "" if node.bare else ","
            for item in items:
                match item:
                    case str():  # which nothing breaks
                        lines.append(f"{inner}{item}{end}")
                    case Pair(key=key, value=str(value)):
                        lines.append(f"{inner}{key}{value}{end}")
                    case _:
                        _lay(item, inner, "", end, True, lines)
            lines.append(f"{pad}{close}{after}")
        case Pair(key=key, value=value):
            _break(value, pad, before + key, after, bracketed, lines)
        case Known(node=known):
            _break(known, pad, before, after, bracketed, lines)
        case Chain(operands=operands) if bracketed:
            first, *rest = operands
            _lay(first, pad, before, "", True, lines)
            for operand in rest:
                end = after if operand is rest[-1] else ""
                _lay(operand, pad, "| ", end, True, lines)
        case _ if not bracketed and before and _fits_brackets(node, pad, before):
            lines.append(f"{pad}{before}(")
            _lay(node, inner, "", "", True, lines)
            lines.append(f"{pad}){after}")
        case _:
            lines.append(f"{pad}{before}{flat(node)}{after}")


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


_SUBSCRIPT = re.compile(r"([\w.]+\[)(.+)(\]\()")


def _subscript(opened: str, room: int) -> re.Match[str] | None:
    """The parts of what is called, if it breaks at its subscript, and no later."""
    found = _SUBSCRIPT.fullmatch(opened) if width(opened) > room else None
    return found if found is not None and width(found[1]) <= room else None


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
    room = WIDTH - len(pad) - len(STEP)
    inside = isinstance(node, Chain) or _fitting(node, room, "", "") is not None
    return inside and width(f"{pad}{before}(") <= WIDTH
