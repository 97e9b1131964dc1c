"""Build: what was read becomes the model.

Enters: :class:`read.Source`. Leaves: :class:`ir.Model`, where every type is precise,
every union decided and every declaration named. Identity before content: each root has
its identity from the start, so recursion needs no retry. Promises: every schema that
the spec names is in the model; what it accepts is decided by its assertions alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .analyse import references
from .diagnostics import Diagnostics, Location
from .dispatch import Dispatcher
from .ir import (
    MISSING,
    NO_DOCS,
    Alias,
    AnyType,
    Body,
    BooleanType,
    Branch,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    Field,
    IntegerType,
    Kind,
    ListType,
    MapType,
    Model,
    NeverType,
    NullableType,
    NullType,
    NumberRules,
    NumberType,
    ObjectRules,
    Record,
    Schema,
    StringRules,
    StringType,
    TupleType,
    Type,
    UnionBody,
)
from .merge import meet, over
from .names import settle_names
from .naming import join_names, pascal
from .read import Root, Source, identity
from .shapes import (
    ANY,
    NEVER,
    WIRE_KINDS,
    Place,
    Proto,
    ProtoBranch,
    ProtoRecord,
    ProtoUnion,
    Shape,
    value_kind,
)
from .unions import accepts_null, is_only_null, labels, unite

_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth".split()


def build(source: Source, diagnostics: Diagnostics) -> Model:
    """Decide every type, union and name of a spec."""
    builder = _Builder(source.roots, diagnostics)
    for root in source.roots.values():
        builder.root(root)
    decls = builder.finish()
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

    # --- declarations -----------------------------------------------------------------

    def root(self, root: Root) -> Proto:
        """The declaration of a root, shaped when first asked for."""
        known = self.protos.get(root.id)
        if known is not None:
            return known
        self.shaping.add(root.id)
        name = pascal(root.name)
        shape = self.shape(root.schema, Place(root.id, name, root.id, name))
        self.shaping.discard(root.id)
        proto = Proto(
            id=root.id,
            name=root.name,
            wire_name=root.name if root.named else None,
            shape=shape,
            schema=root.schema,
            nullable=accepts_null(root.schema, self.roots) is True,
            owner=None,
        )
        self._declare_branches(proto, name)
        self.protos[root.id] = proto
        return proto

    def declare(self, shape: Shape, schema: Schema, place: Place) -> Type:
        """Name a shape that is no type by itself; others are returned as they are."""
        if not isinstance(shape, ProtoRecord | EnumBody | ProtoUnion):
            return shape
        id_ = place.id
        while id_ in self.protos:
            id_ += "'"
        proto = Proto(
            id=id_,
            name=place.name,
            wire_name=None,
            shape=shape,
            schema=schema,
            nullable=False,
            owner=place.owner,
            context=place.context,
        )
        self.protos[id_] = proto
        self._declare_branches(proto, place.name)
        return DeclRef(id_)

    def _declare_branches(self, proto: Proto, name: str) -> None:
        if isinstance(proto.shape, ProtoUnion):
            owner = proto.owner or proto.id
            for branch in proto.shape.branches:
                label = branch.label
                place = Place(
                    f"{proto.id}/{label}", join_names(name, label), owner, name
                )
                proto.branches.append(self.declare(branch.shape, branch.schema, place))

    def expand(self, type_: Type) -> Shape:
        """The shape behind a reference; the reference itself while it is being made."""
        seen: set[str] = set()
        shape: Shape = type_
        while isinstance(shape, DeclRef) and shape.id not in seen:
            seen.add(shape.id)
            if shape.id in self.shaping:
                return shape
            proto = self.protos.get(shape.id) or self.root(self.roots[shape.id])
            shape = proto.shape
        return shape

    def member(self, place: Place, name: str) -> Place:
        """The place of a property."""
        return self._inside(place, f"/{name}", pascal(name))

    def _inside(self, place: Place, suffix: str, label: str) -> Place:
        name = join_names(place.name, label) if label else place.name
        return Place(place.id + suffix, name, place.owner, place.name)

    # --- types and shapes -------------------------------------------------------------

    def type_of(self, schema: Schema, place: Place) -> Type:
        """The type of a value where it is used, null included."""
        own = identity(schema.at)
        inner: Type
        if own in self.roots:
            inner = DeclRef(own)
        else:
            inner = self.declare(self.shape(schema, place), schema, place)
        if accepts_null(schema, self.roots) is not True:
            return inner
        match inner:
            case NeverType():
                return NullType()
            case AnyType() | NullType() | NullableType():
                return inner
            case _:
                return NullableType(inner)

    def shape(self, schema: Schema, place: Place) -> Shape:
        """The shape of the values other than null that a schema accepts."""
        shape: Shape = ANY if schema.ref is None else DeclRef(schema.ref)
        parts = [self._own_shape(schema, place)]
        parts += [self.shape(member, place) for member in schema.all_of]
        for members, exclusive in ((schema.any_of, False), (schema.one_of, True)):
            if members:
                parts.append(self._union(members, exclusive, schema, place))
        for part in parts:
            shape = meet(self, shape, part, place, schema.at)
        return shape

    def _union(
        self, members: Sequence[Schema], exclusive: bool, schema: Schema, place: Place
    ) -> Shape:
        valued = [member for member in members if not is_only_null(member)]
        if len(valued) == 1:
            return self.shape(valued[0], place)
        branches: list[ProtoBranch] = []
        for member, label in zip(valued, labels(valued, self.roots)):
            inner = self._inside(place, f"/{label}", label)
            branches.append(ProtoBranch(self.shape(member, inner), member, label))
        return unite(
            branches, exclusive=exclusive, tag_hint=schema.tag_hint, expand=self.expand
        )

    def _own_shape(self, schema: Schema, place: Place) -> Shape:
        """The shape that the keywords beside the combiners give."""
        kinds = schema.kinds
        if schema.values is not None:
            return _values_shape(schema)
        if kinds is not None and len(kinds) != 1:
            return self._shape_of_kinds(schema, kinds, place)
        implied = kinds is None
        kind = _implied_kind(schema) if kinds is None else kinds[0]
        match kind:
            case "boolean":
                return BooleanType()
            case "integer":
                return IntegerType(schema.number or NumberRules(), schema.format)
            case "number":
                return NumberType(
                    schema.number or NumberRules(), schema.format, implied
                )
            case "string":
                rules = schema.string or StringRules()
                return StringType(rules, schema.format, implied)
            case "array":
                return self._array_shape(schema, place, implied)
            case "object":
                return self._object_shape(schema, place, implied)
            case "null":
                return NEVER
            case None:
                return ANY

    def _shape_of_kinds(
        self, schema: Schema, kinds: tuple[Kind, ...], place: Place
    ) -> Shape:
        """A list of types is a union of what each of them makes of the keywords."""
        valued = [kind for kind in kinds if kind != "null"]
        if len(kinds) == len(WIRE_KINDS):
            return ANY
        if not valued:
            return NEVER
        own = replace(schema, ref=None, all_of=(), any_of=(), one_of=(), docs=NO_DOCS)
        members = [replace(own, kinds=(kind,)) for kind in valued]
        return self._union(members, False, Schema(at=schema.at), place)

    def _array_shape(self, schema: Schema, place: Place, implied: bool) -> Shape:
        rules = schema.array
        if rules is None:
            return ListType(ANY, implied=implied)
        counts = (rules.min_items, rules.max_items, rules.unique)
        item: Type = ANY
        if rules.items is not None:
            item = self.type_of(rules.items, self._inside(place, "/item", "Item"))
        if not rules.prefix:
            return ListType(item, *counts, implied)
        prefix = tuple(
            self.type_of(
                member, self._inside(place, f"/item/{index}", _position(index, member))
            )
            for index, member in enumerate(rules.prefix)
        )
        return TupleType(prefix, item, *counts, implied)

    def _object_shape(self, schema: Schema, place: Place, implied: bool) -> Shape:
        rules = schema.object or ObjectRules()
        extra = self._extra_type(rules, place)
        if (
            rules.properties
            or rules.required
            or (extra == NEVER and not rules.patterns)
        ):
            fields = {
                name: self._field(name, member, place)
                for name, member in rules.properties
            }
            return ProtoRecord(fields, rules.required, extra, implied)
        keys = rules.names.string if rules.names is not None else None
        pattern = keys.pattern if keys is not None else None
        if rules.additional is not None and rules.additional.kinds == ():
            pattern = rules.patterns[0][0] if len(rules.patterns) == 1 else pattern
        counts = (rules.min_properties, rules.max_properties)
        return MapType(extra, pattern, *counts, implied)

    def _extra_type(self, rules: ObjectRules, place: Place) -> Type:
        """The type of properties that no one named (core, section 10.3.2)."""
        members = [schema for _, schema in rules.patterns]
        if rules.additional is not None and (
            rules.additional.kinds != () or not members
        ):
            members.append(rules.additional)
        elif not members or rules.additional is None:
            return ANY
        value = self._inside(place, "/value", "Value")
        types = [self.type_of(member, value) for member in members]
        return types[0] if all(type_ == types[0] for type_ in types) else ANY

    def _field(self, name: str, schema: Schema, place: Place) -> Field:
        type_ = self.type_of(schema, self.member(place, name))
        spoken = self._spoken(schema)
        return Field(name, type_, False, spoken.default, spoken.docs, schema.at)

    def _spoken(self, schema: Schema) -> Schema:
        """A schema with what its only alternative beside null says to people."""
        parts = (*schema.all_of, *schema.any_of, *schema.one_of)
        valued = [part for part in parts if not is_only_null(part)]
        if len(valued) != 1 or valued[0].ref is not None:
            return schema
        inner = self._spoken(valued[0])
        default = inner.default if schema.default is MISSING else schema.default
        return replace(schema, docs=over(schema.docs, inner.docs), default=default)

    # --- the finished model -----------------------------------------------------------

    def finish(self) -> dict[str, Decl]:
        """Names settled, unions read, unused inline declarations left out."""
        kept = _reachable(self.protos, self.roots)
        self._refuse_cycles(kept)
        names = settle_names(kept, self.diagnostics)
        dispatcher = Dispatcher(self.expand, lambda ref: self.protos[ref.id].branches)
        decls: dict[str, Decl] = {}
        for proto in kept:
            decls[proto.id] = Decl(
                id=proto.id,
                name=names[proto.id],
                wire_name=proto.wire_name,
                body=self._body(proto, dispatcher),
                schema=self._spoken(proto.schema),
                nullable=proto.nullable,
                owner=proto.owner,
            )
        return decls

    def _body(self, proto: Proto, dispatcher: Dispatcher) -> Body:
        match proto.shape:
            case ProtoRecord() as record:
                return _finish_record(record)
            case ProtoUnion() as union:
                dispatch = dispatcher.dispatch(proto.branches, union.tag_hint)
                branches = tuple(
                    Branch(type_, branch.schema, branch.label)
                    for type_, branch in zip(proto.branches, union.branches)
                )
                body = UnionBody(branches, dispatch, union.exclusive)
                self._report_ambiguity(proto, body)
                return body
            case EnumBody() as enum:
                return enum
            case type_:
                return Alias(type_)

    def _report_ambiguity(self, proto: Proto, union: UnionBody) -> None:
        doubtful = union.dispatch.trials
        if doubtful:
            names = ", ".join(union.branches[index].label for index in doubtful)
            self.diagnostics.info(
                "union-ambiguous",
                f"nothing tells these for sure apart: {names}; they are tried in order",
                proto.schema.at,
                "give each object a required property with a `const` of its own",
            )

    def _refuse_cycles(self, protos: Sequence[Proto]) -> None:
        """An alias that leads back to itself names nothing."""
        for proto in protos:
            shape = self.expand(DeclRef(proto.id))
            if isinstance(shape, DeclRef):
                self.diagnostics.error(
                    "ref-cycle",
                    f"`{proto.name}` refers only to itself",
                    proto.schema.at,
                    "give one schema of the cycle a `type` or other content",
                )


def _implied_kind(schema: Schema) -> Kind | None:
    """The only kind that a schema without `type` gives rules for."""
    groups: dict[Kind, object] = {
        "number": schema.number,
        "string": schema.string,
        "array": schema.array,
        "object": schema.object,
    }
    said: list[Kind] = [kind for kind, rules in groups.items() if rules is not None]
    return said[0] if len(said) == 1 else None


def _values_shape(schema: Schema) -> Shape:
    """Fixed values, those left out that `type` forbids."""
    kinds = schema.kinds
    kept = tuple(
        value
        for value in schema.values or ()
        if value is not None
        and (
            kinds is None
            or value_kind(value) in kinds
            or ("integer" in kinds and value_kind(value) == "number")
        )
    )
    if not kept:
        return NEVER
    return ConstType(kept[0]) if len(kept) == 1 else EnumBody(kept)


def _position(index: int, member: Schema) -> str:
    if member.docs.title:
        return pascal(member.docs.title)
    return _ORDINALS[index] if index < len(_ORDINALS) else f"Position{index + 1}"


def _finish_record(record: ProtoRecord) -> Record:
    fields = [
        replace(item, required=name in record.required)
        for name, item in record.fields.items()
    ]
    extra = ANY if isinstance(record.extra, NeverType) else record.extra
    for name in record.required:
        if name not in record.fields:
            at = Location("")
            fields.append(Field(name, extra, True, MISSING, NO_DOCS, at))
    return Record(tuple(fields), record.extra, record.implied)


def _reachable(protos: Mapping[str, Proto], roots: Mapping[str, Root]) -> list[Proto]:
    """Every root in document order, each followed by what stands inline in it."""
    order: list[Proto] = []
    seen: set[str] = set()

    def visit(id_: str) -> None:
        if id_ in seen or (id_ in roots and id_ != current):
            return
        seen.add(id_)
        proto = protos[id_]
        order.append(proto)
        for inner in _mentions(proto):
            visit(inner)

    for current in roots:
        visit(current)
    return order


def _mentions(proto: Proto) -> Iterator[str]:
    for type_ in proto.branches:
        yield from references(type_)
    match proto.shape:
        case ProtoRecord(fields=fields, extra=extra):
            for item in fields.values():
                yield from references(item.type)
            yield from references(extra)
        case EnumBody() | ProtoUnion():
            pass
        case type_:
            yield from references(type_)
