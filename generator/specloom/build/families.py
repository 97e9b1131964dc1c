"""Families: what is made of a base by ``allOf``, and by which tag it is told.

Enters: every declaration with its shape, and what the spec says of tags. Leaves: for
each object that has a ``discriminator``, or is made of one that has, its heirs with the
values that mean them (OpenAPI 3.1.1, section 4.8.25): those of the ``mapping``, those
that an heir itself lists, or else its name. What no value means is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol

from ..diagnostics import Diagnostics, Location
from ..ir import DeclRef, Json, MapType, Schema, Type
from ..json_value import json_key
from ..read import Root, Source
from ..values import dataclass, field
from .extents import Extents
from .nulls import is_only_null
from .shapes import Proto, ProtoRecord, ProtoUnion, Shape


class Shaped(Protocol):
    """The builder, when every root has its shape."""

    roots: Mapping[str, Root]
    diagnostics: Diagnostics
    protos: dict[str, Proto]

    def expand(self, type_: Type) -> Shape:
        """The shape behind a reference."""
        ...

    def spoken(self, schema: Schema) -> Schema:
        """A schema with all that it tells people."""
        ...


def find_families(builder: Shaped, source: Source) -> Families | None:
    """What is made of each root; None where no root has a ``discriminator``."""
    roots = source.roots
    tagged = {
        id_: said
        for id_, root in roots.items()
        if (said := _discriminator(root.schema, roots)) is not None
    }
    if not tagged:
        return None
    extents = Extents(builder.expand, lambda ref: builder.protos[ref.id].branches)
    return Families(builder, source, tagged, extents)


def _conjuncts(schema: Schema, roots: Mapping[str, Root]) -> Iterator[Schema]:
    """The schemas that all match a value which a schema accepts, unless it is null."""
    yield schema
    members = list(schema.all_of)
    for group in (schema.any_of, schema.one_of):
        if 0 < len(group) <= 2:  # one, and perhaps null
            valued = [member for member in group if not is_only_null(member, roots)]
            members += valued if len(valued) == 1 else []
    for member in members:
        yield from _conjuncts(member, roots)


def _discriminator(
    schema: Schema, roots: Mapping[str, Root]
) -> tuple[str, Location] | None:
    """The property that a base calls its tag, and where the schema stands that does."""
    for part in _conjuncts(schema, roots):
        if part.tag_hint is not None and not (part.any_of or part.one_of):
            return part.tag_hint, part.at
    return None


@dataclass(frozen=True, slots=True)
class Tag:
    """The property that tells the heirs of a base, and what its values name."""

    key: str
    at: Location
    mappings: Mapping[Location, Mapping[str, str]]
    """By their place: its own, and those of bases with the same property."""

    def mapped(self, id_: str) -> list[Json]:
        """The values that a mapping gives to a schema."""
        rows = (row for mapping in self.mappings.values() for row in mapping.items())
        return [value for value, named in rows if named == id_]

    def is_free(self, value: str) -> bool:
        """Whether no mapping says what a value means."""
        return not any(value in mapping for mapping in self.mappings.values())


@dataclass(frozen=True, slots=True)
class Family:
    """A base with those of its heirs, or their families, that a value of its tag names.

    ``cases`` has the values for each of ``heirs``.
    """

    base: Root
    tag: Tag
    heirs: Sequence[str]
    cases: Sequence[Sequence[Json]]


@dataclass(slots=True)
class Families:
    """Finds out what is made of each root, and by what it is told."""

    builder: Shaped
    source: Source
    tagged: Mapping[str, tuple[str, Location]]
    extents: Extents
    bases: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """What each root is made of directly."""
    heirs: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """What is made of each root directly."""
    others: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Other names of each root; an heir that adds nothing is one as well."""
    _tags: dict[str, Tag | None] = field(default_factory=dict[str, Tag | None])
    _found: dict[str, Family | None] = field(default_factory=dict[str, Family | None])

    def __post_init__(self) -> None:
        roots = self.source.roots
        for id_, root in roots.items():
            if isinstance(self.builder.protos[id_].shape, DeclRef):
                self.others.setdefault(self._real(id_), []).append(id_)
                continue
            parts = _conjuncts(root.schema, roots)
            bases = [self._real(part.ref) for part in parts if part.ref is not None]
            self.bases[id_] = list(dict.fromkeys(bases))
            for base in self.bases[id_]:
                self.heirs.setdefault(base, []).append(id_)

    def _real(self, id_: str) -> str:
        """The root that a root is another name of, or else itself."""
        shape = self.builder.protos[id_].shape
        return self._real(shape.id) if isinstance(shape, DeclRef) else id_

    # --- tags -------------------------------------------------------------------------

    def _tag(self, id_: str) -> Tag | None:
        """What tells the heirs of a root: a tag of its own, or that of its base."""
        if id_ not in self._tags:
            self._tags[id_] = self._find_tag(id_)
        return self._tags[id_]

    def _find_tag(self, id_: str) -> Tag | None:
        above = [tag for base in self.bases.get(id_, ()) if (tag := self._tag(base))]
        mappings: dict[Location, Mapping[str, str]] = {}
        if id_ in self.tagged:
            key, place = self.tagged[id_]
            if place in self.source.mappings:
                mappings[place] = self.source.mappings[place]
            at = place.child("discriminator")
        elif above:
            key, at = above[0].key, self.source.roots[id_].at
        else:
            return None
        for tag in above:
            if tag.key == key:
                mappings |= tag.mappings
        return Tag(key, at, mappings)

    def _values(self, id_: str, base: str, tag: Tag) -> list[Json]:
        """The values of the tag of a base that mean an heir, or what is made of it."""
        found = self._own_values(id_, base, tag)
        family = self.of(id_)
        if family is not None and family.tag.key == tag.key:
            found += chain.from_iterable(family.cases)
        return list({json_key(value): value for value in found}.values())

    def _own_values(self, id_: str, base: str, tag: Tag) -> list[Json]:
        """The values that mean an heir itself, by any of its names."""
        listed = self._listed(id_, tag.key)
        common = self._listed(base, tag.key)
        found = self._named(id_, common, tag)
        if listed is not None and listed != common:
            found = [*tag.mapped(id_), *listed.values()]
        for other in self.others.get(id_, ()):
            # Such a name may be there for another reason, unless the base lists it.
            if common is not None or self.source.roots[other].at in self.source.tags:
                found += self._named(other, common, tag)
            else:
                found += tag.mapped(other)
        return found

    def _named(
        self, id_: str, common: Mapping[str, Json] | None, tag: Tag
    ) -> list[Json]:
        """The values that a mapping gives to a root, or else its own, or its name.

        The latter count where nothing else is said of them, and the base may have them
        (OpenAPI 3.1.1, section 4.8.25).
        """
        found = tag.mapped(id_)
        if found:
            return found
        root = self.source.roots[id_]
        parts = _conjuncts(root.schema, self.source.roots)
        told = (self.source.tags.get(part.at) for part in parts)
        name = next(filter(None, told), root.name)
        known = common is None or json_key(name) in common
        return [name] if known and tag.is_free(name) else []

    def _listed(self, id_: str, key: str) -> dict[str, Json] | None:
        """The values that a record lists for a property, if it takes no others."""
        shape = self.builder.protos[id_].shape
        item = shape.fields.get(key) if isinstance(shape, ProtoRecord) else None
        values = self.extents.listed(item.type) if item else None
        return None if values is None else {json_key(x): x for x in values}

    # --- families ---------------------------------------------------------------------

    def of(self, id_: str) -> Family | None:
        """The family of a base; None where nothing tells one of its heirs."""
        if id_ not in self._found:
            self._found[id_] = self._find(id_)
        return self._found[id_]

    def _find(self, id_: str) -> Family | None:
        root, tag = self.source.roots[id_], self._tag(id_)
        heirs = self.heirs.get(id_)
        if tag is None or heirs is None:
            return None
        told: dict[str, list[Json]] = {}
        if isinstance(self.builder.protos[id_].shape, ProtoRecord | MapType):
            for heir in heirs:
                shape = self.builder.protos[heir].shape
                values = self._values(heir, id_, tag)
                if values and isinstance(shape, ProtoRecord | ProtoUnion):
                    told[heir] = values
        left = [self.source.roots[heir].name for heir in heirs if heir not in told]
        if left:
            self._report(root, tag, left)
        return Family(root, tag, [*told], [*told.values()]) if told else None

    def _report(self, base: Root, tag: Tag, left: Sequence[str]) -> None:
        if len(left) == 1:
            what, them = f"`{left[0]}`, which is made of it by `allOf`,", "it"
        else:
            what, them = f"{len(left):,} schemas made of it by `allOf`", "them"
        if isinstance(self.builder.protos[base.id].shape, ProtoRecord | MapType):
            why = f"no value of `{tag.key}` means {them}"
            hint = f"name {them} in the `mapping` of the `discriminator`"
        else:
            why, hint = "it is no object", f"write `type: object` in `{base.name}`"
        self.builder.diagnostics.info(
            "heirs-not-told-apart",
            f"where `{base.name}` is asked for, properties of {what} have no type:"
            f" {why}",
            tag.at,
            hint,
        )
