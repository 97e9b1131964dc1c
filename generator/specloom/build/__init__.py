"""Build: what was read becomes the model.

Enters: :class:`read.Source`. Leaves: :class:`ir.Model`, where every type is precise,
every union decided and every declaration named. Identity before content: each root has
its identity from the start, so recursion needs no retry. Promises: every schema that
the spec names is in the model; what it accepts is decided by its assertions alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..diagnostics import Diagnostics
from ..ir import (
    ANYTHING,
    MISSING,
    DeclRef,
    EnumBody,
    Field,
    ListType,
    MapType,
    Model,
    NullType,
    Schema,
    TupleType,
    Type,
)
from ..naming import pascal
from ..read import Root, Source, identity
from ..schema import over
from ..values import dataclass, field, replace
from .around import around_branches
from .finish import finish
from .heirs import settle_heirs
from .inline import type_schema, without_null
from .kinds import own_shape
from .labels import labels
from .merge import meet
from .names import spoken
from .nulls import accepts_null, is_only_null
from .shapes import (
    ANY,
    NEVER,
    Place,
    Proto,
    ProtoBranch,
    ProtoRecord,
    ProtoUnion,
    Shape,
    or_null,
)
from .unevaluated import settle_unevaluated
from .unions import unite


def build(source: Source, diagnostics: Diagnostics) -> Model:
    """Decide every type, union and name of a spec that :mod:`cost` has passed."""
    source = settle_unevaluated(source)
    builder = _Builder(source.roots, diagnostics)
    for root in source.roots.values():
        builder.root(root)
    settle_heirs(builder, source)
    decls = finish(builder)
    return Model(
        title=source.title,
        version=source.version,
        description=source.description,
        source=source.file,
        decls=decls,
    )


@dataclass(slots=True)
class _Builder:
    roots: Mapping[str, Root]
    diagnostics: Diagnostics
    protos: dict[str, Proto] = field(default_factory=dict[str, Proto])
    shaping: set[str] = field(default_factory=set[str])
    merging: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    merges: Counter[str] = field(default_factory=Counter[str])

    # --- declarations -----------------------------------------------------------------

    def root(self, root: Root) -> Proto:
        """The declaration of a root, shaped when first asked for."""
        known = self.protos.get(root.id)
        if known is not None:
            return known
        self.shaping.add(root.id)
        name = pascal(spoken(root.name))
        shape = self.shape(root.schema, Place(root.id, "", root.id, name))
        self.shaping.discard(root.id)
        nullable = accepts_null(root.schema, self.roots) is True
        proto = Proto(
            id=root.id,
            name=spoken(root.name),
            wire_name=root.name if root.named else None,
            shape=NullType() if nullable and shape == NEVER else shape,
            schema=root.schema,
            nullable=nullable,
            owner=None,
        )
        self._declare_branches(proto, name)
        self.protos[root.id] = proto
        return proto

    def declare(self, shape: Shape, schema: Schema, place: Place) -> Type:
        """Name a shape that is no type by itself, or nested deep; return any other."""
        nested = place.is_deep and isinstance(shape, ListType | MapType | TupleType)
        if not nested and not isinstance(shape, ProtoRecord | EnumBody | ProtoUnion):
            return shape
        id_ = place.id
        while id_ in self.protos:
            id_ += "'"
        proto = Proto(
            id=id_,
            name=place.name,
            wire_name=None,
            shape=shape,
            schema=without_null(schema, self.roots),
            nullable=False,
            owner=place.owner,
            context=place.context,
        )
        self.protos[id_] = proto
        self._declare_branches(proto, place.name)
        return DeclRef(id_)

    def _declare_branches(self, proto: Proto, name: str) -> None:
        if not isinstance(proto.shape, ProtoUnion):
            return
        named = proto.id if proto.owner is None else None
        around = around_branches(proto.schema, named, self.roots)
        for branch in proto.shape.branches:
            label, schema = branch.label, branch.schema
            if around != ANYTHING:
                docs = self.spoken(schema).docs
                schema = Schema(all_of=(around, schema), docs=docs, at=schema.at)
            place = Place(
                f"{proto.id}/{label}",
                label,
                proto.owner or proto.id,
                name,
            )
            proto.branches.append(self.declare(branch.shape, schema, place))

    def asserted(self, type_: Type) -> Schema:
        """The assertions that a type stands for."""
        return type_schema(type_, self._declared)

    def _declared(self, ref: DeclRef) -> Schema:
        named = ref.id in self.roots
        return Schema(ref=ref.id) if named else self.protos[ref.id].schema

    def expand(self, type_: Type) -> Shape:
        """The shape behind a reference; the reference itself while it is being made."""
        if not isinstance(type_, DeclRef):
            return type_
        seen: set[str] = set()
        shape: Shape = type_
        while isinstance(shape, DeclRef) and shape.id not in seen:
            seen.add(shape.id)
            if shape.id in self.shaping:
                return shape
            proto = self.protos.get(shape.id) or self.root(self.roots[shape.id])
            shape = proto.shape
        return shape

    def member(self, place: Place, name: str, context: str = "") -> Place:
        """The place of a property; ``context`` is what :attr:`Place.name` gives."""
        within = context or place.name
        return Place(f"{place.id}/{name}", pascal(name), place.owner, within)

    def inside(self, place: Place, suffix: str, label: str) -> Place:
        """A place within a list or map; ``label`` is its share of the name."""
        return Place(
            place.id + suffix,
            label,
            place.owner,
            place.name,
            level=place.level + 1,
            nest=place.nest or place.name,
        )

    # --- types and shapes -------------------------------------------------------------

    def type_of(self, schema: Schema, place: Place) -> Type:
        """The type of a value where it is used, null included."""
        own = identity(schema.at)
        inner: Type
        if own in self.roots:
            inner = DeclRef(own)
        else:
            inner = self.declare(self.shape(schema, place), schema, place)
        return or_null(inner) if accepts_null(schema, self.roots) is True else inner

    def shape(self, schema: Schema, place: Place) -> Shape:
        """The shape of the values other than null that a schema accepts."""
        own = own_shape(self, schema, place)
        if not (schema.ref or schema.all_of or schema.any_of or schema.one_of):
            return own
        shape: Shape = ANY if schema.ref is None else DeclRef(schema.ref)
        parts = [self.shape(member, place) for member in schema.all_of]
        for members, exclusive in ((schema.any_of, False), (schema.one_of, True)):
            if members:
                parts.append(self.union(members, exclusive, schema, place))
        # A list of types comes last: it narrows the alternatives that there are.
        parts.insert(len(parts) if isinstance(own, ProtoUnion) else 0, own)
        for part in parts:
            shape = meet(self, shape, part, place, schema.at)
        return shape

    def union(
        self, members: Sequence[Schema], exclusive: bool, schema: Schema, place: Place
    ) -> Shape:
        """The shape of alternatives; ``schema`` is where they stand."""
        valued = [member for member in members if not is_only_null(member, self.roots)]
        if len(valued) == 1:
            return self.shape(valued[0], place)
        branches: list[ProtoBranch] = []
        for member, label in zip(valued, labels(valued, self.roots)):
            id_ = f"{place.id}/{label}"
            inner = Place(id_, label, place.owner, place.name, level=place.level)
            branches.append(ProtoBranch(self.shape(member, inner), member, label))
        return unite(
            branches,
            exclusive=exclusive,
            tag_hint=schema.tag_hint,
            expand=self.expand,
            roots=self.roots,
        )

    def fields(
        self, properties: Sequence[tuple[str, Schema]], place: Place
    ) -> dict[str, Field]:
        """The properties that a schema names; which are required is settled later."""
        context = place.name if properties else ""
        found: dict[str, Field] = {}
        for name, schema in properties:
            type_ = self.type_of(schema, self.member(place, name, context))
            told = self.spoken(schema)
            found[name] = Field(name, type_, False, told.default, told.docs, schema.at)
        return found

    def spoken(self, schema: Schema) -> Schema:
        """A schema with what its only alternative beside null says to people."""
        if not (schema.all_of or schema.any_of or schema.one_of):
            return schema
        parts = (*schema.all_of, *schema.any_of, *schema.one_of)
        valued = [part for part in parts if not is_only_null(part, self.roots)]
        if len(valued) != 1 or valued[0].ref is not None:
            return schema
        inner = self.spoken(valued[0])
        default = inner.default if schema.default is MISSING else schema.default
        return replace(schema, docs=over(schema.docs, inner.docs), default=default)
