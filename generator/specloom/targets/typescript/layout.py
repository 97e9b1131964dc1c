"""Layout of TypeScript: where types and values are broken to fit 80 columns.

Enters: type expressions and literals in one piece. Leaves: the same, on as many lines
as prettier would use: what fits stays on one line, what does not has one member a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from ...code import Code, TypeExpr, TypeRef, expr, join
from ..columns import width

WIDTH = 80
INDENT = "  "
NOTHING = Code("")
COMMA = Code(",")
_OPEN, _CLOSE = Code("{"), Code("}")
_OPEN_LIST, _CLOSE_LIST = Code("["), Code("]")


class Group(NamedTuple):
    """A bracketed list: each item has a label (such as ``key: ``, or none) and a tree.

    ``after`` ends an item that has a line of its own. ``flat`` is all of it on one
    line; None where it cannot stand so.
    """

    open: Code
    items: tuple[tuple[Code, Tree], ...]
    close: Code
    after: Code
    flat: Code | None


class Union(NamedTuple):
    """Alternatives of a type; ``flat`` as in a group."""

    members: tuple[Tree, ...]
    flat: Code | None


Tree: TypeAlias = Code | Group | Union


def group(
    open_: Code,
    items: Iterable[tuple[Code, Tree]],
    close: Code,
    after: Code = COMMA,
    *,
    forced: bool = False,
) -> Group:
    """A bracketed list; a forced one never stands on one line."""
    listed = tuple(items)
    text = None
    inner = None if forced else _joined(f"{after} ", listed)
    if inner is not None:
        space = " " if open_ == "{" and inner else ""
        text = Code(f"{open_}{space}{inner}{space}{close}")
    return Group(open_, listed, close, after, text)


def union(members: Iterable[Tree]) -> Union:
    """Alternatives of a type."""
    listed = tuple(members)
    text = _joined(" | ", ((NOTHING, member) for member in listed))
    return Union(listed, None if text is None else Code(text))


def _joined(separator: str, items: Iterable[tuple[Code, Tree]]) -> str | None:
    """Items on one line; None where one of them cannot be, or the line is too long."""
    parts: list[str] = []
    gap = len(separator)
    room = WIDTH + gap
    for label, item in items:
        text = item if isinstance(item, str) else item.flat
        if text is None:
            return None
        part = label + text
        room -= len(part) + gap
        if room < 0:
            return None
        parts.append(part)
    return separator.join(parts)


def placed(label: str, tree: Tree, indent: str, after: int) -> Code:
    """A label and its tree, on one line if that leaves ``after`` columns free.

    The first line starts at column ``len(indent)`` and comes without its indentation.
    """
    text = tree if isinstance(tree, str) else tree.flat
    room = WIDTH - len(indent) - after
    if text is not None and width(line := label + text) <= room:
        return Code(line)
    match tree:
        case str():
            # Behind an arrow or an equals sign anything moves down, else only a text.
            moves = label.endswith(("> ", "= ")) or (label and tree[0] in "\"'")
            gap = f"\n{indent}{INDENT}" if moves else label[len(label.rstrip()) :]
            return Code(label.rstrip() + gap + tree)
        case Group(items=((inner, Group(open="{") as only),), open="Array<"):
            hugged = placed(f"{label}{tree.open}{inner}", only, indent, after + 1)
            return Code(hugged + tree.close)
        case Group():
            return _exploded(label, tree, indent)
        case Union(members=(only, "null")) if _hugs(only):
            return Code(placed(label, only, indent, after + 7) + " | null")
        case Union():
            return _stacked(label, tree, indent, after)


def listed(
    label: str, brackets: str, items: Sequence[str], indent: str, after: int
) -> Code:
    """Texts in a pair of brackets behind a label; ``indent``, ``after`` as above."""
    open_, close = brackets[0], brackets[1]
    space = " " if open_ == "{" else ""
    line = f"{label}{open_}{space}{', '.join(items)}{space}{close}"
    if width(line) <= WIDTH - len(indent) - after:
        return Code(line)
    lines = [f"{indent}{INDENT}{item}," for item in items]
    return join("\n", (label + open_, *lines, indent + close))


def _hugs(tree: Tree) -> bool:
    """Whether a type stays behind its label when null is the only other."""
    if isinstance(tree, str):
        return tree.isidentifier() and tree[0].isupper()
    return isinstance(tree, Group) and tree.open in ("{", "Array<")


def _exploded(label: str, group: Group, indent: str) -> Code:
    inner = indent + INDENT
    after = group.after
    room = WIDTH - len(inner) - len(after)
    lines = [label + group.open]
    for key, item in group.items:
        line: str | None = item if isinstance(item, str) else item.flat
        if line is None or width(line := key + line) > room:
            line = placed(key, item, inner, len(after))
        lines.append(inner + line + after)
    lines.append(indent + group.close)
    return join("\n", lines)


def _stacked(label: str, union: Union, indent: str, after: int) -> Code:
    bar = indent + INDENT if label else indent
    lines = [
        f"{bar}| {placed('', member, bar + INDENT, after)}" for member in union.members
    ]
    if label:
        text = union.flat
        if text is not None and len(bar) + width(text) + after <= WIDTH:
            lines = [bar + text]
        return join("\n", [label.rstrip(), *lines])
    return Code("\n".join(lines)[len(bar) :])


# --- type expressions -----------------------------------------------------------------

_TOKEN = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([\[{(<])|([\]})>])|(.)""", re.DOTALL
)
_MAP = "{ [key: string]: "


def split(made: TypeExpr, separator: str) -> list[TypeExpr]:
    """The members that a separator keeps apart, outside brackets and literals."""
    if separator not in made.text:
        return [made]
    members: list[list[str | TypeRef]] = [[]]
    depth = 0
    for part in made.parts:
        if isinstance(part, TypeRef):
            members[-1].append(part)
            continue
        start = offset = 0
        while offset < len(part):
            if depth == 0 and part.startswith(separator, offset):
                members[-1].append(part[start:offset])
                members.append([])
                start = offset = offset + len(separator)
                continue
            token = _TOKEN.match(part, offset)
            assert token is not None  # the last alternative matches any character
            depth += bool(token[2]) - bool(token[3])
            offset = token.end()
        members[-1].append(part[start:])
    return [expr(*(piece for piece in member if piece)) for member in members]


def type_tree(made: TypeExpr) -> Tree:
    """A type expression as a tree that can be broken."""
    members = split(made, " | ")
    if len(members) > 1:
        return union(map(type_tree, members))
    text = made.text
    if text.startswith("Array<"):
        item = type_tree(expr(text[6:-1]))
        return group(Code("Array<"), [(NOTHING, item)], Code(">"), NOTHING)
    if text.startswith(_MAP):
        item = type_tree(expr(text[len(_MAP) : -2]))
        label = Code(_MAP[2:])
        return group(_OPEN, [(label, item)], _CLOSE, Code(";"))
    if text.startswith("[") and text != "[]":
        items = map(_element, split(expr(text[1:-1]), ", "))
        return group(_OPEN_LIST, items, _CLOSE_LIST)
    return text


def _element(made: TypeExpr) -> tuple[Code, Tree]:
    text = made.text
    if text.startswith("..."):
        return Code("..."), type_tree(expr(text[3:]))
    return NOTHING, text


def array(items: Sequence[Tree]) -> Group:
    """An array literal.

    Two objects or more, or arrays, with two members each never share a line.
    """
    pairs = [(NOTHING, item) for item in items]
    forced = len(items) > 1 and _alike(items)
    return group(_OPEN_LIST, pairs, _CLOSE_LIST, forced=forced)


def _alike(items: Sequence[Tree]) -> bool:
    """Whether all are objects, or all are arrays, with several members each."""
    first = items[0]
    return isinstance(first, Group) and all(
        isinstance(item, Group) and item.open == first.open and len(item.items) > 1
        for item in items
    )


def record(members: Sequence[tuple[Code, Tree]]) -> Group:
    """An object literal of labels, such as ``key: ``, and their values."""
    return group(_OPEN, members, _CLOSE)
