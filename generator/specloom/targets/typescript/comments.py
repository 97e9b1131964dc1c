"""TSDoc comments: what the spec says to people, in the comments of TypeScript.

Enters: documentation, types, defaults. Leaves: comments. Promises: no
text ends its comment, starts a tag (``@x``, ``{@x}``) or hides a character; Markdown
stays Markdown, since editors render it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from ...code import Code, join
from ...doctext import reflow, resolve_links
from ...doctext.inline import show_controls
from ...ir import (
    MISSING,
    DeclRef,
    Docs,
    IntegerType,
    Json,
    ListType,
    MapType,
    Missing,
    Mutability,
    NullableType,
    NumberRules,
    NumberType,
    StringType,
    TupleType,
    Type,
)
from . import literals as literals
from .layout import NOTHING, WIDTH, width
from .patterns import compiles

# What can be changed at any time needs no word.
_MUTABILITY: dict[Mutability | None, str] = {
    "never": "It cannot be changed.",
    "until-audio": "It can be changed until the model has answered with audio.",
    "between-responses": "It can be changed between responses only.",
    "once": "Once it is set, it cannot be changed.",
}

# Where compilers and TSDoc see a tag, even in code spans and fences.
_TAG = re.compile(r"(?<![^\s{}()*\"'`,;:])@")


def line_comment(text: str) -> Code:
    """A ``//`` comment of one line that asks nothing of the compiler."""
    return Code("// " + _TAG.sub(r"\\@", show_controls(" ".join(text.split()))))


@lru_cache
def comment(text: str, indent: str = "") -> Code:
    """A TSDoc comment of one sentence, on one line if it fits.

    The first line comes without its indentation.
    """
    lines = reflow(text, WIDTH - len(indent) - len(" * "))
    return _comment([_safe(line) for line in lines], indent)


def _comment(lines: Sequence[str], indent: str) -> Code:
    if not lines:
        return NOTHING
    if len(lines) == 1 and width(f"{indent}/** {lines[0]} */") <= WIDTH:
        return Code(f"/** {lines[0]} */")
    inner = (f" * {line}".rstrip() for line in lines)
    return join(f"\n{indent}", ("/**", *inner, " */"))


def _safe(text: str) -> str:
    text = text.replace("*/", "*\\/")
    return _TAG.sub(r"\\@", text) if "@" in text else text


def code_span(text: str) -> str:
    """A text as a Markdown code span (CommonMark, section 6.1)."""
    visible = literals.visible(text)
    longest = max((len(run) for run in re.findall("`+", visible)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{visible}{space}{fence}"


def documented(
    docs: Docs,
    rules: Iterable[str],
    default: Json | Missing,
    base_url: str | None,
    indent: str,
) -> Code:
    """The comment of a type or property: its description, its rules, its tags.

    It is empty where there is nothing to say; indentation as in :func:`comment`.
    """
    room = WIDTH - len(indent) - len(" * ")
    said = resolve_links(docs.description, base_url)
    asked = " ".join([*rules, *_occasions(docs)])
    lines: list[str] = []
    for text in (said, asked):
        if text and (block := reflow(text, room)):
            lines += ("", *map(_safe, block))
    tags = [*_tags(docs, default)]
    lines += ("", *tags) if tags else ()
    return _comment(lines[1:], indent)


def _occasions(docs: Docs) -> Iterator[str]:
    if docs.read_only:
        yield "Only responses have it."
    if docs.write_only:
        yield "Only requests have it."
    if docs.mutability in _MUTABILITY:
        yield _MUTABILITY[docs.mutability]


def _tags(docs: Docs, default: Json | Missing) -> Iterator[str]:
    if default is not MISSING:
        yield f"@defaultValue {_safe(code_span(literals.literal(default)))}"
    if docs.since:
        yield f"@since {_safe(show_controls(' '.join(docs.since.split())))}"
    if docs.deprecated:
        yield "@deprecated"


# --- rules in words -------------------------------------------------------------------


Parts = Callable[[str], Iterable[Type]]
"""The alternatives of a declaration that is written in place; nothing for others."""


def rules_of(type_: Type, parts: Parts) -> list[str]:
    """What the spec asks beyond the type that TypeScript can express, in sentences."""
    match type_:
        case NullableType(inner=inner):
            return rules_of(inner, parts)
        case DeclRef(id=id_):
            return [rule for part in parts(id_) for rule in rules_of(part, parts)]
        case IntegerType(rules=rules):
            return [f"A whole number{_range(rules)}."]
        case NumberType(rules=rules):
            return _sentence("A number", _range(rules))
        case StringType():
            return _sentence("A string", _string(type_))
        case ListType(item=item, unique=unique):
            size = _count(type_.min_items, type_.max_items, "item")
            said = (f" of {size}" if size else "") + (", all different" * unique)
            each = [f"Each item: {_lower(rule)}" for rule in rules_of(item, parts)]
            return _sentence("A list", said) + each
        case TupleType(unique=True):
            return ["Its items are all different."]
        case MapType(value=value, key_pattern=pattern):
            size = _count(type_.min_properties, type_.max_properties, "property")
            said = f" of {size}" if size else ""
            if pattern is not None:
                said += f" with names that match {_pattern(pattern)}"
            each = [f"Each value: {_lower(rule)}" for rule in rules_of(value, parts)]
            return _sentence("An object", said) + each
        case _:
            return []


def _sentence(subject: str, said: str) -> list[str]:
    return [f"{subject}{said}."] if said else []


def _lower(rule: str) -> str:
    return rule[0].lower() + rule[1:]


def _range(rules: NumberRules) -> str:
    low, high = rules.minimum, rules.maximum
    said: list[str] = []
    if low is not None and high is not None:
        said.append(f" from {literals.number(low)} to {literals.number(high)}")
    elif low is not None:
        said.append(f" of at least {literals.number(low)}")
    elif high is not None:
        said.append(f" of at most {literals.number(high)}")
    if rules.exclusive_minimum is not None:
        said.append(f" above {literals.number(rules.exclusive_minimum)}")
    if rules.exclusive_maximum is not None:
        said.append(f" below {literals.number(rules.exclusive_maximum)}")
    if rules.multiple_of is not None:
        said.append(f" that is a multiple of {literals.number(rules.multiple_of)}")
    return ",".join(said)


def _string(type_: StringType) -> str:
    size = _count(type_.rules.min_length, type_.rules.max_length, "character")
    said = [f" of {size}"] if size else []
    if type_.rules.pattern is not None:
        said.append(f" that matches {_pattern(type_.rules.pattern)}")
    if type_.format:
        said.append(f" in the format {code_span(type_.format)}")
    return ",".join(said)


def _pattern(pattern: str) -> str:
    unless = "" if compiles(pattern) else " (which is not checked)"
    return code_span(pattern) + unless


_PLURALS = {"property": "properties"}


def _count(low: int | None, high: int | None, one: str) -> str:
    many = _PLURALS.get(one, f"{one}s")
    if high is None:
        return f"at least {low} {one if low == 1 else many}" if low else ""
    unit = one if high == 1 else many
    if low == high:
        return f"{high} {unit}"
    return f"{low} to {high} {unit}" if low else f"at most {high} {unit}"
