"""Functions: the statements of generated checks.

Enters: conditions, and what they are asked of. Leaves: the text of a function, laid
out as prettier would. Promises: straight code; no closure and no object is made when
it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from ...code import Code, join
from ...naming import allocate, camel
from ...values import dataclass
from . import literals
from .conditions import (
    NEVER,
    Condition,
    all_of,
    call,
    compare,
    guarded,
    needs,
    returned,
)
from .layout import INDENT, WIDTH, listed


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an object, and what is asked of the variable that holds it."""

    wire: str
    variable: Code
    required: bool
    condition: Condition


@dataclass(frozen=True, slots=True)
class Record:
    """An object with named properties; a closed one has no others."""

    properties: tuple[Property, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives: of objects by the value of a property, of others at once."""

    tag: str
    others: Condition
    cases: tuple[tuple[tuple[Code, ...], Condition], ...]
    default: Condition


VALUE = Code("value")
"""The parameter that a check is asked about."""

Body: TypeAlias = Condition | Record | Choice

# Names that every object inherits: a property that is called so has to be its own.
_INHERITED = frozenset(
    "__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__"
    " constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString"
    " toString valueOf".split()
)
# Words of the language that no variable may have as its name, and what a check uses.
_RESERVED = frozenset(
    "arguments async await break case catch class const continue debugger default"
    " delete do else enum eval export extends false finally for function if implements"
    " import in instanceof interface let new null package private protected public"
    " return static super switch this throw true try typeof undefined var void while"
    " with yield Array known own room value accepts parse validate".split()
)
_PLAIN = re.compile(r"[a-z_$][A-Za-z0-9_$]*")
# What functions and constants of a module are called.
_OF_MODULES = re.compile(r"(?:fits|matches|test)[A-Z].*|.*(?:Schema_?|Set)")


def variables(wires: Iterable[str]) -> dict[str, Code]:
    """A variable for each property, under its own name where that is possible."""
    listed = list(wires)
    taken = {name for name in listed if _OF_MODULES.fullmatch(name)}
    if not taken and _RESERVED.isdisjoint(listed):
        if all(map(_PLAIN.fullmatch, listed)):  # as most are
            return {wire: Code(wire) for wire in listed}
    taken |= _RESERVED
    given = allocate(listed, _variable, reserved=taken, prefix="property")
    return {wire: Code(name) for wire, name in given.items()}


def _variable(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else camel(text)


def function(
    head: str, parameters: Sequence[Code], body: Body, *, bounded: bool = False
) -> Code:
    """A whole function; a bounded one gives up when ``room`` is used up."""
    after = ": boolean {"
    first = listed(head, "()", parameters, "", len(after))
    statements = [*([_HAS_ROOM] * bounded), *_statements(body)]
    lines = f"\n{INDENT}".join(statements)
    return Code(f"{first}{after}\n{INDENT}{lines}\n}}")


def called(body: Body) -> set[str]:
    """The functions that a body calls."""
    match body:
        case Record(properties=properties, closed=closed):
            found = needs([item.condition for item in properties])
            found |= {"testObject", "testClosed" if closed else "testOpen"}
            return found | {"own" for item in properties if item.wire in _INHERITED}
        case Choice(others=others, cases=cases, default=default):
            return needs([others, default, *(made for _, made in cases)]) | {
                "testObject"
            }
        case _:
            return needs([body])


def _statements(body: Body) -> Iterator[Code]:
    """The statements of a function, without the indentation of their first lines."""
    match body:
        case Record():
            yield from _object(body)
        case Choice():
            yield from _choice(body)
        case _:
            yield returned(body, INDENT)


_HAS_ROOM = guarded(compare(Code("room"), ">", "0"), INDENT)
# What is read from an object is its own, or a name that all inherit. This stands
# right behind the reading, where engines know of what shape the object is.
_IS_PLAIN = compare("Object.getPrototypeOf(value)", "===", "Object.prototype")
_IS_OBJECT = guarded(call("testObject", (VALUE,)), INDENT)


def _object(body: Record) -> Iterator[Code]:
    """First what has to be there, as that is where alternatives differ."""
    required = [item for item in body.properties if item.required]
    optional = [item for item in body.properties if not item.required]
    yield _IS_OBJECT
    yield from _declarations(body.properties)
    fixed = all_of([_IS_PLAIN, *(item.condition for item in required)])
    rest = "testClosed" if body.closed else "testOpen"
    if not optional:
        count = call(rest, (VALUE, literals.number(len(required))))
        yield returned(all_of((fixed, count)), INDENT)
        return
    yield guarded(fixed, INDENT)
    yield Code(f"let known = {len(required)};")
    inner = 2 * INDENT
    for item in optional:
        if item.condition == NEVER:
            absent = compare(item.variable, "===", "undefined")
            yield guarded(absent, INDENT)
            continue
        check = guarded(item.condition, inner)
        yield Code(
            f"if ({item.variable} !== undefined) {{\n{inner}known += 1;\n"
            f"{inner}{check}\n{INDENT}}}"
        )
    yield Code(f"return {rest}(value, known);")


_FROM_VALUE = " = value;"


def _declarations(properties: Iterable[Property]) -> Iterator[Code]:
    """The variables that hold properties."""
    own: list[Code] = []
    items: list[str] = []
    for item in properties:
        if item.wire in _INHERITED:
            name = literals.string(item.wire)
            own.append(Code(f"const {item.variable} = own(value, {name});"))
        elif item.wire == item.variable:
            items.append(item.variable)
        else:
            items.append(literals.label(item.wire) + item.variable)
    if items:
        pattern = listed("const ", "{}", items, INDENT, len(" ="))
        broken = "\n" in pattern or len(INDENT + pattern + _FROM_VALUE) <= WIDTH
        gap = _FROM_VALUE if broken else f" =\n{2 * INDENT}value;"
        yield Code(pattern + gap)
    yield from own


def _choice(choice: Choice) -> Iterator[Code]:
    inner = 2 * INDENT
    if choice.others == NEVER:
        yield _IS_OBJECT
    else:
        others = returned(choice.others, inner)
        yield Code(f"if (!testObject(value)) {{\n{inner}{others}\n{INDENT}}}")
    lines = [Code(f"switch (value[{literals.string(choice.tag)}]) {{")]
    for labels, condition in choice.cases:
        lines += [Code(f"{inner}case {label}:") for label in labels]
        lines.append(Code(f"{inner}{INDENT}{returned(condition, inner + INDENT)}"))
    default = returned(choice.default, inner + INDENT)
    lines.append(Code(f"{inner}default:\n{inner}{INDENT}{default}\n{INDENT}}}"))
    yield join("\n", lines)
