"""Analyse: what refers to what.

Enters: a model, or the schemas it is built from. Leaves: for a selection, the model
with exactly the transitive closure of what is selected, in document order; and a
diagnostic for each schema that is defined by nothing but itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from .diagnostics import Diagnostic, Diagnostics, Severity
from .ir import (
    Alias,
    Decl,
    DeclRef,
    EnumBody,
    ListType,
    MapType,
    Model,
    NullableType,
    Record,
    Schema,
    TupleType,
    Type,
    UnionBody,
    by_wire_name,
)
from .parts import applied, parts
from .values import replace

HOLDERS = NullableType, ListType, MapType, TupleType
"""The types that hold others."""


def select(model: Model, wanted: Sequence[str], diagnostics: Diagnostics) -> Model:
    """Keep what the names and globs select and all that it needs; all, if none given.

    A base is selected with its family, since that is what asking for the base means. A
    name or glob that selects nothing is an error.
    """
    if not wanted:
        return model
    named = {name: decl.id for name, decl in by_wire_name(model.decls.values()).items()}
    start: list[str] = []
    for pattern in wanted:
        found = [id_ for name, id_ in named.items() if fnmatchcase(name, pattern)]
        if not found:
            import difflib  # which most runs do not need

            near = difflib.get_close_matches(pattern, named, 3)
            hint = "give a name as the spec has it, or a glob such as `Realtime*`"
            if near:
                hint = f"did you mean {' or '.join(f'`{name}`' for name in near)}?"
            message = f"no schema is called `{pattern}`"
            diagnostics.add(
                Diagnostic(Severity.ERROR, "include-unknown", message, hint=hint)
            )
        start += found
    diagnostics.raise_errors()
    families = [
        decl.id
        for decl in model.decls.values()
        if decl.schema.ref in start and family_base(decl) is not None
    ]
    kept = _closure(model, [*start, *families])
    decls = {id_: decl for id_, decl in model.decls.items() if id_ in kept}
    return replace(model, decls=decls)


def _closure(model: Model, start: Sequence[str]) -> set[str]:
    kept: set[str] = set()
    waiting = list(start)
    while waiting:
        id_ = waiting.pop()
        if id_ not in kept:
            kept.add(id_)
            waiting += needs(model.decls[id_])
    return kept


def needs(decl: Decl) -> list[str]:
    """The declarations that a declaration's types and assertions mention."""
    return [*mentioned(named_types(decl)), *schema_references(decl.schema)]


def named_types(decl: Decl) -> list[Type]:
    """The types that a declaration is made of, in order."""
    match decl.body:
        case Record(fields=fields, extra=extra):
            return [*[item.type for item in fields], extra]
        case UnionBody(branches=branches):
            return [branch.type for branch in branches]
        case Alias(type=type_):
            return [type_]
        case EnumBody():
            return []


def family_base(decl: Decl) -> int | None:
    """Which branch is the base in a union of that and of what is made of it.

    It accepts what the union does, and takes what no other branch accepts.
    """
    if isinstance(decl.body, UnionBody):
        last = decl.body.dispatch.last
        if last is not None and decl.body.branches[last].schema == decl.schema:
            return last
    return None


def leaves(type_: Type) -> Iterator[Type]:
    """The types that a type is made of which hold no others, in order."""
    match type_:
        case NullableType(inner=inner) | ListType(item=inner) | MapType(value=inner):
            yield from leaves(inner)
        case TupleType(prefix=prefix, rest=rest):
            for inner in (*prefix, rest):
                yield from leaves(inner)
        case _:
            yield type_


def references(type_: Type) -> list[str]:
    """The declarations that a type names, in order."""
    return [leaf.id for leaf in leaves(type_) if isinstance(leaf, DeclRef)]


def mentioned(types: Iterable[Type]) -> list[str]:
    """The declarations that types name, in order."""
    found: list[str] = []
    for type_ in types:
        if isinstance(type_, DeclRef):
            found.append(type_.id)
        elif isinstance(type_, HOLDERS):
            found += references(type_)
    return found


def schema_references(schema: Schema) -> list[str]:
    """The declarations that the assertions of a schema refer to, in order."""
    found: list[str] = []
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if one.ref is not None:
            found.append(one.ref)
        waiting += reversed(parts(one))
    return found


def refuse_cycles(schemas: Mapping[str, Schema], diagnostics: Diagnostics) -> None:
    """Report schemas that apply themselves to the same value, without end.

    JSON Schema core, section 9.4.1 ("Guarding Against Infinite Recursion").
    """
    done: set[str] = set()
    for start in schemas:
        path: dict[str, Iterator[str]] = {start: same_value(schemas[start])}
        while path:
            id_, members = next(reversed(path.items()))
            inner = next(members, None)
            if inner is None:
                done.add(id_)
                del path[id_]
            elif inner in path:
                circle = list(path)[list(path).index(inner) :]
                diagnostics.error(
                    "ref-cycle",
                    "this schema is defined by itself",
                    schemas[inner].at,
                    _way_out([schemas[id_] for id_ in circle]),
                )
            elif inner not in done and inner in schemas:
                path[inner] = same_value(schemas[inner])


def _way_out(circle: Sequence[Schema]) -> str:
    """How to break a cycle."""
    for schema in circle:
        if schema.tag_hint is not None and (schema.one_of or schema.any_of):
            word = "oneOf" if schema.one_of else "anyOf"
            name = schema.at.pointer.rpartition("/")[2]
            return (
                f"leave out the `{word}` of `{name}`: what is made of it by `allOf` is"
                " found by its `discriminator`"
            )
    return "break the cycle: give one schema of it content of its own"


def same_value(schema: Schema) -> Iterator[str]:
    """The declarations that a schema applies to the very value it is applied to."""
    if schema.ref is not None:
        yield schema.ref
    for part in applied(schema):
        yield from same_value(part)
