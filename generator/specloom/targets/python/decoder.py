"""Decoder: the code that checks a value and builds what it is held as, in one pass.

Enters: a type, and the schema that decides. Leaves: :class:`Steps`. Where the schema
says what the type says, its rules are written in line (:mod:`alignment` knows where);
anywhere else the code first asks the tables, and then checks no more than what it
needs for building. Either way it accepts what the schema accepts, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...code import Code
from ...ir import (
    ANYTHING,
    Alias,
    AnyType,
    ArrayRules,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    IntegerType,
    Kind,
    ListType,
    MapType,
    NeverType,
    NullableType,
    NumberType,
    ObjectRules,
    Schema,
    StringType,
    TupleType,
    Type,
)
from ...parts import referred
from ...values import replace
from ..nominal import is_fixed
from .alignment import shape_schema, without_null
from .blocks import REJECT, Block, Steps
from .checks import class_test, lengths, scalar, subclass_test
from .codec import Codec, call
from .listed import enumerated, fixed

_ITEMS = ("item", "items"), ("part", "parts"), ("piece", "pieces")
_ENTRIES = ("entry", "entries"), ("member", "members"), ("value_in", "values_in")


def steps(
    codec: Codec,
    type_: Type,
    schema: Schema,
    name: str,
    level: int,
    *,
    kind: Kind | None = None,
) -> Steps:
    """How a value in a variable is decoded.

    ``level`` counts the lists and objects between the start of the function and the
    value; ``kind`` is that of the value, where it has been asked for.
    """
    return _Decoder(codec, level, 0, kind).steps(type_, schema, name)


class _Decoder:
    def __init__(
        self, codec: Codec, level: int, loop: int, kind: Kind | None = None
    ) -> None:
        self.codec = codec
        self.level = level
        self.loop = loop
        self.kind = kind

    @property
    def inner(self) -> _Decoder:
        """The decoder for what is inside a list or an object."""
        return _Decoder(self.codec, self.level + 1, self.loop + 1)

    def steps(self, type_: Type, schema: Schema, name: str) -> Steps:
        """The steps for a type with a schema."""
        made = self.aligned(type_, schema, name)
        if made is not None:
            return made
        test = f"not {self.codec.accepts(schema, name)}"
        made = self.aligned(type_, shape_schema(type_), name)
        if made is None:  # of a constant or an enumeration, which are as they came
            return Steps((test,))
        if made.nullable and made.idle:
            return Steps((test,))
        if made.nullable:
            return Steps(then=lambda block: self._asked(block, test, made, name))
        return replace(made, tests=(test, *made.tests))

    def _asked(self, block: Block, test: str, made: Steps, name: str) -> None:
        """Ask the tables also about null."""
        block.refuse([test])
        with block.under(f"if {name} is not None:"):
            made.assign(block, name)

    def aligned(self, type_: Type, schema: Schema, name: str) -> Steps | None:
        """The steps in line, if the schema says what the type says."""
        match type_:
            case AnyType():
                return Steps() if schema == ANYTHING else None
            case NeverType():
                return Steps(then=lambda block: block.add(REJECT))
            case NullableType(inner=inner):
                return self._nullable(inner, schema, name)
            case DeclRef(id=id_):
                return self._declared(self.codec.decls[id_], schema, name)
            case ConstType():
                return fixed(type_, schema, name, self.codec)
            case ListType() | TupleType():
                return self._array(type_, schema, name)
            case MapType():
                return self._map(type_, schema, name)
            case _:
                return self._scalar(type_, schema, name)

    # --- scalars ----------------------------------------------------------------------

    def _nullable(self, inner: Type, schema: Schema, name: str) -> Steps | None:
        valued = without_null(schema, self.codec.decls)
        made = None if valued is None else self.aligned(inner, valued, name)
        if made is None:
            return None
        return Steps(made.tests, made.then, made.made, nullable=True)

    def _scalar(self, type_: Type, schema: Schema, name: str) -> Steps | None:
        if isinstance(type_, StringType | NumberType) and type_.implied:
            if schema.kinds is not None:
                return None
            kind: Kind = "string" if isinstance(type_, StringType) else "number"
            made = scalar(replace(schema, kinds=(kind,)), name, self.codec)
            return None if made is None else self._implied(made, kind, name)
        made = scalar(schema, name, self.codec)
        whole = schema.kinds == ("integer",)
        return made if whole == isinstance(type_, IntegerType) else None

    def _implied(self, made: Steps, wanted: Kind, name: str) -> Steps:
        """The steps for one kind of value; any other is let through."""
        own = replace(made, tests=made.tests[1:])  # the first is for its class
        if self.kind is not None:
            return own if self.kind == wanted else Steps()

        def then(block: Block) -> None:
            with block.under(f"if {class_test(name, wanted, negated=False)}:"):
                if own.idle:
                    block.add("pass")
                own.assign(block, name)
            block.refuse([subclass_test(name, wanted)], "elif")

        return Steps(then=then)

    # --- declarations -----------------------------------------------------------------

    def _declared(self, decl: Decl, schema: Schema, name: str) -> Steps | None:
        refers = referred(schema) == decl.id
        same = refers or schema == decl.schema
        if isinstance(decl.body, EnumBody):
            made = enumerated(decl, decl.schema if same else schema, name, self.codec)
            if made is None and self.codec.in_place(decl) and refers:
                return Steps()  # no schema of the spec refers to it: see shape_schema
            return made
        if not same:
            return None
        if isinstance(decl.body, Alias) and not decl.nullable:
            inner = decl.body.type
            if self.codec.is_scalar(inner) or self.codec.in_place(decl):
                made = self.aligned(inner, decl.schema, name)
                if made is not None:
                    return made
        if self.codec.in_place(decl):
            function = self.codec.helper(decl)
        else:
            function = self.codec.decoder(decl)
        return Steps(
            made=lambda source: self.codec.decoded(function, decl, source, self.level)
        )

    # --- arrays -----------------------------------------------------------------------

    def _array(
        self, type_: ListType | TupleType, schema: Schema, name: str
    ) -> Steps | None:
        wanted = None if type_.implied else ARRAY.kinds
        rules = schema.array or ArrayRules()
        if schema != Schema(kinds=wanted, array=schema.array) or rules.contains:
            return None
        prefix = type_.prefix if isinstance(type_, TupleType) else ()
        if len(rules.prefix) != len(prefix):
            return None
        tests = [f"{name}.__class__ is not list", *self._too_deep()]
        tests += lengths(name, rules.min_items, rules.max_items)
        if rules.unique:
            tests.append(f"{self.codec.use('equal_items')}({name}) is not None")
        items = ANYTHING if rules.items is None else rules.items
        if isinstance(type_, TupleType):
            made = self._tuple(type_, (*rules.prefix, items), name)
        else:
            made = self._list(type_.item, items, name)
        made = replace(made, tests=tuple(tests))
        return self._implied(made, "array", name) if type_.implied else made

    def _too_deep(self) -> list[str]:
        return self.codec.too_deep(self.level)

    def _list(self, item: Type, schema: Schema, name: str) -> Steps:
        if isinstance(item, AnyType) and schema == ANYTHING:
            return Steps()
        one, many = self._names(_ITEMS)
        made = self.inner.steps(item, schema, one)
        if made.plain:
            return Steps(
                then=lambda block: _each(block, made, one, name),
                made=lambda source: Code(f"[*{source}]"),
            )

        def then(block: Block) -> None:
            block.declare(many, "list[Any]")
            block.add(f"{many} = []")
            with block.under(f"for {one} in {name}:"):
                block.lay(call(f"{many}.append", made.write(block, one)))

        return Steps(then=then, made=lambda _: Code(many))

    def _tuple(self, type_: TupleType, schemas: Sequence[Schema], name: str) -> Steps:
        """A tuple if its length is fixed; else a list."""
        one, many = self._names(_ITEMS)
        types = (*type_.prefix, type_.rest)
        made = [self.inner.steps(t, each, one) for t, each in zip(types, schemas)]

        def then(block: Block) -> None:
            block.declare(many, "list[Any]")
            block.add(f"{many} = []")
            with block.under(f"for index, {one} in enumerate({name}):"):
                for index, each in enumerate(made):
                    word = "if" if index == 0 else "elif"
                    last = index == len(made) - 1
                    header = "else:" if last else f"{word} index == {index}:"
                    with block.under(header):
                        block.lay(call(f"{many}.append", each.write(block, one)))

        whole = f"tuple({many})" if is_fixed(type_) else many
        return Steps(then=then, made=lambda _: Code(whole))

    def _names(self, names: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """Names for what a loop goes through and for what it gathers."""
        one, many = names[min(self.loop, len(names) - 1)]
        more = self.loop - len(names) + 1
        return (one, many) if more <= 0 else (f"{one}_{more}", f"{many}_{more}")

    # --- objects without named properties ---------------------------------------------

    def _map(self, type_: MapType, schema: Schema, name: str) -> Steps | None:
        wanted = None if type_.implied else OBJECT.kinds
        rules = schema.object or ObjectRules()
        bare = ObjectRules(
            additional=rules.additional,
            min_properties=rules.min_properties,
            max_properties=rules.max_properties,
        )
        if replace(schema, object=None) != Schema(kinds=wanted) or rules != bare:
            return None
        tests = [f"{name}.__class__ is not dict", *self._too_deep()]
        tests += lengths(name, rules.min_properties, rules.max_properties)
        values = ANYTHING if rules.additional is None else rules.additional
        made = replace(self._values(type_.value, values, name), tests=tuple(tests))
        return self._implied(made, "object", name) if type_.implied else made

    def _values(self, value: Type, schema: Schema, name: str) -> Steps:
        if isinstance(value, AnyType) and schema == ANYTHING:
            return Steps()
        one, many = self._names(_ENTRIES)
        key = "key" if self.loop == 0 else f"key_{self.loop}"
        made = self.inner.steps(value, schema, one)
        if made.plain:
            return Steps(
                then=lambda block: _each(block, made, one, f"{name}.values()"),
                made=lambda source: Code(f"{{**{source}}}"),
            )

        def then(block: Block) -> None:
            block.declare(many, "dict[str, Any]")
            block.add(f"{many} = {{}}")
            with block.under(f"for {key}, {one} in {name}.items():"):
                block.lay(made.write(block, one), f"{many}[{key}] = ")

        return Steps(then=then, made=lambda _: Code(many))


def _each(block: Block, made: Steps, one: str, all_: str) -> None:
    """Check every item of what is built as it is."""
    alone = made.tests[0] if len(made.tests) == 1 and not made.nullable else ""
    known = alone.removeprefix(f"{one} not in ")
    if known != alone:
        block.refuse([f"not {known}.issuperset({all_})"])
    elif not made.idle:
        with block.under(f"for {one} in {all_}:"):
            made.write(block, one)


ARRAY = Schema(kinds=("array",))
OBJECT = Schema(kinds=("object",))
