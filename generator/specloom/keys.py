"""Keys: what tells whether the page of a declaration could have become another one.

Enters: what the spec says of each schema, the model, the options and the pages of a
run. Leaves: a key for each page that is about one declaration. Promises: pages of equal
keys, made by the same code with the same templates, have the same text.

A *family* is a schema with an identity and all that stands inline in it. A key covers
- the family of the declaration and each one that it leads to, by types or by
  assertions: the words of the spec, and the names that were found for what they mean;
- where families refer to each other in a circle, also what was built of them, since
  that depends on which one was met first;
- what recursion leads to, in the whole model: its names, its order and who refers to
  whom in what nesting. A page shows whether that is so of what it mentions, and that is
  decided by declarations of which it knows nothing;
- the path of the page, what it names as shown, and what the options say of all.

It takes time linear in the size of the model.
"""

from __future__ import annotations

import hashlib
import marshal
import pickle
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from .analyse import HOLDERS, named_types, needs
from .graphs import components
from .ir import (
    NOWHERE,
    Decl,
    DeclRef,
    ListType,
    MapType,
    Model,
    NullableType,
    TupleType,
    Type,
)
from .options import Options
from .read import Source, identity
from .read.dialects import Dialects
from .read.loaded import Loaded
from .target import Page, Run

Words = Mapping[str, bytes]
"""A digest of what the spec says of each schema, by its identity."""
References = Mapping[str, Sequence[str]]
"""The declarations that each one mentions."""
Families = Mapping[str, Sequence[Decl]]

_SHALLOW = 64
"""So many levels are far from any bound on nesting that a target has."""


def digests(document: Loaded, source: Source) -> Words:
    """What the spec says of each root of ``source``, and in which dialect.

    An alias in YAML is one value, however often it is used: ``pickle`` says it once.
    What is nested too deep for that is left out.
    """
    dialects = Dialects(document)
    found: dict[str, bytes] = {}
    for id_, root in source.roots.items():
        with suppress(RecursionError):
            content = document.get(root.at)
            if root.heir_of is not None:
                content = [content, document.get(root.heir_of)]
            said = pickle.dumps((dialects.of(root.at), content), 5)
            found[id_] = _hashed(said)
    return found


def page_keys(
    run: Run, words: Words, options: Options, jobs: Sequence[tuple[str, Page]]
) -> dict[int, str]:
    """The keys by the number of a page among ``jobs``, which have the path of each.

    Pages about the whole model have none, unless they say what they show of it.
    """
    decls = run.model.decls
    families: dict[str, list[Decl]] = {}
    for decl in decls.values():
        families.setdefault(_family(decl), []).append(decl)
    decisive: Words = words if _are_decisive(run, options) else {}
    references = {
        id_: [ref for ref in dict.fromkeys(needs(decl)) if ref in decls]
        for id_, decl in decls.items()
    }
    contents = _contents(run.model, families, references, decisive)
    whole = _digest(repr((_about(run.model), _asked(options))))
    common = _digest(whole, repr(_recursion(run.model, references)))
    found: dict[int, str] = {}
    for number, (path, page) in enumerate(jobs):
        said = path, page.template, repr(page.shows)
        if page.decl is not None:
            content = contents[_family(page.decl)]
            found[number] = _digest(common, *said, content).hex()
        elif page.shows is not None:
            found[number] = _digest(whole, *said).hex()
    return found


def _hashed(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _digest(*values: Any) -> bytes:
    """A digest of plain data, which is written without regard to what is shared.

    Of dataclasses the ``repr`` is given, which leaves nothing out.
    """
    return _hashed(marshal.dumps(values, 2))


def _family(decl: Decl) -> str:
    return decl.owner or decl.id


def _are_decisive(run: Run, options: Options) -> bool:
    """Whether its words, and those of what it leads to, decide what a schema becomes.

    Read leniently, a union has a say in how the tags of its alternatives are read; and
    how deep a merge may go depends on the merge that first asks for it.
    """
    unfinished = any(item.code == "allof-recursive" for item in run.diagnostics)
    return not (options.lenient or unfinished)


def _asked(options: Options) -> tuple[object, ...]:
    return options.docs_base_url, str(options.templates), dict(options.settings)


def _about(model: Model) -> tuple[object, ...]:
    """What any page may show of the whole, and what stands nowhere in it."""
    nowhere = [decl for decl in model.decls.values() if decl.schema.at is NOWHERE]
    return model.title, model.version, model.description, model.source, nowhere


def _contents(
    model: Model, families: Families, references: References, words: Words
) -> dict[str, bytes]:
    """A digest of each family with all that it leads to."""
    residents = _residents(model, families)
    edges: dict[str, dict[str, None]] = {}
    for family, decls in families.items():
        mentioned = [ref for decl in decls for ref in references[decl.id]]
        mentioned += residents.get(family, ())
        # What stands inline in a family is no circle; to name its root again is one.
        edges[family] = dict.fromkeys(
            other
            for ref in mentioned
            if (other := _family(model.decls[ref])) != family or ref == family
        )

    def own(family: str, in_circle: bool) -> tuple[object, ...]:
        decls = families[family]
        names = [(decl.id, decl.name, references[decl.id]) for decl in decls]
        word = None if in_circle else words.get(family)
        said = repr(decls) if word is None else word
        return family, names, residents.get(family), said

    found: dict[str, bytes] = {}
    for members in components(edges):
        leads = {target for family in members for target in edges[family]}
        in_circle = not leads.isdisjoint(members)
        each = [own(family, in_circle) for family in members]
        ahead = [found[target] for target in leads.difference(members)]
        found.update(dict.fromkeys(members, _digest(sorted(each), sorted(ahead))))
    return found


def _residents(model: Model, families: Families) -> dict[str, list[str]]:
    """The inline declarations, of any family, that stand in the text of each one.

    A merge takes what stands inline in one schema into another one, and its assertions
    are found again where they stand.
    """
    found: dict[str, list[str]] = {}
    levels = {family.count("/") + 1 for family in families}
    for decl in model.decls.values():
        if not decl.inline or decl.schema.at is NOWHERE:
            continue
        steps = identity(decl.schema.at).split("/")
        for level in levels:  # few, however deep a declaration stands
            home = "/".join(steps[:level])
            if level <= len(steps) and home in families:
                found.setdefault(home, []).append(decl.id)
    return found


def _recursion(model: Model, references: References) -> list[object]:
    """What any page may show of what it leads to, but what others decide.

    A declaration is settled when all that mention it are (Kahn's order): nothing of it
    is in a circle or behind one, or deep inside others. The rest is listed, in order.
    """
    waits = Counter(chain.from_iterable(references.values()))
    depths = dict.fromkeys(references, 0)
    ready = [id_ for id_ in references if not waits[id_]]
    settled: set[str] = set()
    while ready:
        id_ = ready.pop()
        types = named_types(model.decls[id_])
        levels = max([_levels(x) for x in types if isinstance(x, HOLDERS)], default=0)
        depth = depths[id_] + 1 + levels
        if depth <= _SHALLOW:
            settled.add(id_)
        for ref in references[id_]:
            depths[ref] = max(depths[ref], depth)
            waits[ref] -= 1
            if not waits[ref]:
                ready.append(ref)
    return [
        (id_, decl.name, decl.wire_name, decl.owner, *_nesting(decl), references[id_])
        for id_, decl in model.decls.items()
        if id_ not in settled
    ]


def _levels(type_: Type) -> int:
    """The most levels of lists and maps, one in another."""
    match type_:
        case NullableType(inner=inner):
            return _levels(inner)
        case ListType(item=inner) | MapType(value=inner):
            return 1 + _levels(inner)
        case TupleType(prefix=prefix, rest=rest):
            return 1 + max(map(_levels, (*prefix, rest)))
        case _:
            return 0


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
