"""Heirs: what is made of a base, tried where the base is asked for.

Enters: what was read. Leaves: the same for the sampler alone: a place that refers to a
base offers each heir as well, with the value of the tag that means it. Promises that no
more is accepted: what an heir accepts its base accepts too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..analyse import family_base
from ..build import build
from ..diagnostics import Diagnostics
from ..ir import ByTag, Decl, DeclRef, Json, Model, ObjectRules, Schema, UnionBody
from ..json_value import json_key
from ..parts import edited, held
from ..read import Source
from ..values import replace


def with_heirs(source: Source) -> Source:
    """The same spec, each base offered with its heirs."""
    if not any(root.schema.tag_hint for root in source.roots.values()):
        return source
    model = build(source, Diagnostics())
    offers: dict[str, tuple[Schema, ...]] = {}
    for decl in model.decls.values():
        family = _family(decl)
        if family is not None and decl.schema.ref is not None:
            heirs = _heirs(model, decl, family[1])
            offers[decl.schema.ref] = (*heirs, Schema(ref=decl.schema.ref))
    roots = {
        id_: replace(root, schema=_offered(root.schema, offers))
        for id_, root in source.roots.items()
    }
    return replace(source, roots=roots) if offers else source


def _family(decl: Decl) -> tuple[UnionBody, ByTag] | None:
    """The union of a base and its heirs, and how these are told."""
    body = decl.body
    if isinstance(body, UnionBody) and family_base(decl) is not None:
        choice = dict(body.dispatch.by_kind).get("object")
        return (body, choice) if isinstance(choice, ByTag) else None
    return None


def _heirs(model: Model, decl: Decl, choice: ByTag) -> Iterator[Schema]:
    """What each value of the tag means, with that value."""
    for value, _ in choice.cases:
        tag = ((choice.key, Schema(values=(value,))),)
        tagged = Schema(object=ObjectRules(properties=tag, required=(choice.key,)))
        yield Schema(all_of=(Schema(ref=_meant(model, decl, value)), tagged))


def _meant(model: Model, decl: Decl, value: Json) -> str:
    """The declaration that a value of a tag means, through families in families."""
    family = _family(decl)
    if family is None:
        return decl.id
    body, choice = family
    for listed, made in choice.cases:
        type_ = body.branches[made.rounds[0][0]].type
        if json_key(listed) == json_key(value) and isinstance(type_, DeclRef):
            return _meant(model, model.decls[type_.id], value)
    return decl.schema.ref or decl.id


def _offered(schema: Schema, offers: Mapping[str, Sequence[Schema]]) -> Schema:
    """A schema with heirs beside each base that it holds, or has as an alternative."""
    places = {id(part) for part in (*held(schema), *schema.any_of)}

    def edit(part: Schema) -> Schema:
        found = offers.get(part.ref or "") if id(part) in places else None
        inner = _offered(part, offers)
        if found is None or part.any_of:
            return inner
        return replace(inner, ref=None, any_of=tuple(found))

    return edited(schema, edit)
