"""Keys: what tells whether the page of a declaration could have become another one.

Enters: the model, the options and the pages of a run. Leaves: a key for each page that
is about one declaration. Promises: pages of equal keys, made by the same code with the
same templates, have the same text. A key covers
- the declaration and all that it mentions, directly or not, by types or by assertions,
  word for word: a page shows summaries, types and rules of others;
- of every other declaration what reaches further: its name, its owner, and which ones
  it refers to in what nesting, as recursion may be met from anywhere;
- the paths of all pages of the target, and all that the options say of them.

It takes time linear in the size of the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from .analyse import components, named_types, needs
from .diagnostics import Location
from .ir import (
    Decl,
    DeclRef,
    ListType,
    MapType,
    Model,
    NullableType,
    Schema,
    TupleType,
    Type,
)
from .options import Options
from .schema import parts
from .target import Page

Edges = Mapping[str, tuple[str, ...]]


def page_keys(
    model: Model, options: Options, jobs: Sequence[tuple[str, Page]]
) -> dict[int, str]:
    """The keys by the number of a page among ``jobs``, which name the target of each.

    Pages about the whole model have none.
    """
    edges = _edges(model)
    contents = _contents(model, edges)
    common = _digest((_plan(model, edges), _asked(options)))
    listings: dict[str, list[object]] = {}
    for name, page in jobs:
        listings.setdefault(name, []).append((page.path, page.template, page.about))
    rosters = {name: _digest((common, name, all_)) for name, all_ in listings.items()}
    return {
        number: _digest((rosters[name], page.path, contents[page.about]))
        for number, (name, page) in enumerate(jobs)
        if page.about is not None
    }


def _digest(value: object) -> str:
    """A digest of plain data and dataclasses, whose ``repr`` leaves nothing out."""
    return hashlib.blake2b(repr(value).encode(), digest_size=16).hexdigest()


def _asked(options: Options) -> tuple[object, ...]:
    return options.docs_base_url, str(options.templates), dict(options.settings)


def _plan(model: Model, edges: Edges) -> tuple[object, ...]:
    """What may show on any page."""
    decls = [
        (id_, decl.name, decl.wire_name, decl.owner, *_nesting(decl), edges[id_])
        for id_, decl in model.decls.items()
    ]
    return model.title, model.version, model.description, model.source, decls


def _nesting(decl: Decl) -> tuple[object, ...]:
    """How the types of a declaration lead to others."""
    return type(decl.body).__name__, *dict.fromkeys(map(_nested, named_types(decl)))


def _nested(type_: Type) -> object:
    match type_:
        case DeclRef(id=id_):
            return id_
        case NullableType(inner=inner) | ListType(item=inner) | MapType(value=inner):
            return type(type_).__name__, _nested(inner)
        case TupleType(prefix=prefix, rest=rest):
            return tuple(map(_nested, (*prefix, rest)))
        case _:
            return None


def _edges(model: Model) -> Edges:
    """The declarations that each one mentions, or that its assertions stand around."""
    homes: dict[Location, list[str]] = {}
    edges = {id_: dict[str, None]() for id_ in model.decls}
    for id_, decl in model.decls.items():
        if decl.inline:
            homes.setdefault(decl.schema.at, []).append(id_)
        if decl.owner in edges:
            edges[decl.owner][id_] = edges[id_][decl.owner] = None
    for id_, decl in model.decls.items():
        found = list(needs(decl))
        found += (home for at in _places(decl.schema) for home in homes.get(at, ()))
        edges[id_].update(dict.fromkeys(ref for ref in found if ref in edges))
    return {id_: tuple(found) for id_, found in edges.items()}


def _places(schema: Schema) -> Iterator[Location]:
    """Where a schema and those inside it stand."""
    yield schema.at
    for part in parts(schema):
        yield from _places(part)


def _contents(model: Model, edges: Edges) -> dict[str, str]:
    """A digest of each declaration with all that it leads to."""
    own = {id_: _digest(decl) for id_, decl in model.decls.items()}
    found: dict[str, str] = {}
    for members in components(edges):
        ahead = {target for id_ in members for target in edges[id_]} - set(members)
        behind = sorted(found[id_] for id_ in ahead)
        made = _digest((sorted(own[id_] for id_ in members), behind))
        found.update(dict.fromkeys(members, made))
    return found
