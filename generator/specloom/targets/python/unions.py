"""Unions: the code that finds which alternative a value is, and decodes it as that.

Enters: a union and the schema that decides. Leaves: the statements of a function. A
value's class comes first; objects are told apart by their tag, strings by what they
say. What nothing tells apart for sure is asked of the tables, in the order of the spec;
between objects whose properties overlap the runtime decides by what they name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ...analyse import family_base
from ...choices import keeps_order, leading_to, together
from ...code import Code
from ...ir import (
    ANYTHING,
    Branch,
    ByLiteral,
    ByTag,
    Choice,
    ConstType,
    Decl,
    DeclRef,
    Kind,
    ObjectRules,
    Only,
    Record,
    Rounds,
    Schema,
    Trial,
    Type,
    UnionBody,
)
from ...naming import snake
from ...values import replace
from . import literals
from .alignment import is_null, shape_schema
from .blocks import REJECT, Block
from .checks import class_test
from .codec import Codec, call
from .decoder import steps
from .layout import Group, Node, Pair
from .listed import chosen, frozen
from .trying import may_try

_ORDER: tuple[Kind, ...] = ("object", "string", "number", "array", "boolean", "null")


class Union:
    """Writes the function of one union.

    ``schema`` is None where the tables have accepted the value already.
    """

    def __init__(
        self, codec: Codec, decl: Decl, union: UnionBody, schema: Schema | None
    ) -> None:
        self.codec = codec
        self.decl = decl
        self.union = union
        self.schema = schema
        self.schemas = None if schema is None else self._aligned(schema)
        """What decides about each branch; None where the whole was asked about."""
        recursive = codec.depths.counted
        self.may_try = bool(self.schemas) and may_try(decl, codec.decls, recursive)
        """Whether one branch after the other is built, and no table asked."""

    def _aligned(self, schema: Schema) -> tuple[Schema, ...] | None:
        """The schema of each branch, if a value has to match one of them, no more."""
        decls = self.codec.decls
        members = [m for m in schema.any_of or schema.one_of if not is_null(m, decls)]
        around = replace(schema, any_of=(), one_of=())
        branches = self.union.branches
        if schema == self.decl.schema and family_base(self.decl) is not None:
            return tuple(branch.schema for branch in branches)
        if (schema.any_of and schema.one_of) or len(members) != len(branches):
            return None
        if any(b.schema != member for b, member in zip(branches, members)):
            return None
        kinds = {kind for kind, _ in self.union.dispatch.by_kind}
        if around == ANYTHING or (
            kinds <= {*(around.kinds or ())} and (around == Schema(kinds=around.kinds))
        ):
            return tuple(members)
        found = tuple(Schema(all_of=(around, member)) for member in members)
        return found if all(map(self._is_own, branches, found)) else None

    def _is_own(self, branch: Branch, schema: Schema) -> bool:
        """Whether a schema is that of the declaration behind a branch."""
        type_ = branch.type
        return isinstance(type_, DeclRef) and (
            self.codec.decls[type_.id].schema == schema
        )

    # --- the function -----------------------------------------------------------------

    def write(self, block: Block) -> None:
        """The statements for a ``value`` that is not null."""
        if self.schema is not None and self.schemas is None:
            self._ask(block)
        rows = dict(self.union.dispatch.by_kind)
        for kind in sorted(rows, key=_ORDER.index):
            if kind == "null" and self.decl.nullable:
                continue
            with block.under(f"if {class_test('value', kind, negated=False)}:"):
                self._choice(block, rows[kind], kind)
        block.add(REJECT)

    def write_rest(self, block: Block, rounds: Rounds) -> None:
        """The statements for an object that its tag has not decided about."""
        self._undecided(block, rounds, "object")

    def _choice(self, block: Block, choice: Choice, kind: Kind) -> None:
        match choice:
            case Only(branch=branch):
                self._branch(block, branch, kind)
            case Trial(rounds=rounds):
                self._undecided(block, rounds, kind)
            case ByLiteral():
                self._by_literal(block, choice, kind)
            case ByTag():
                self._by_tag(block, choice)

    def _branch(
        self, block: Block, index: int, kind: Kind, *, known: bool = False
    ) -> None:
        """Decode as one branch; ``known`` where the tables have said it is this one."""
        type_ = self.union.branches[index].type
        known = known or self.schemas is None
        schema = shape_schema(type_) if known else (self.schemas or ())[index]
        made = steps(self.codec, type_, schema, "value", 0, kind=kind)
        if made.tests[:1] == (class_test("value", kind),):  # that is asked above
            made = replace(made, tests=made.tests[1:])
        block.lay(made.write(block, "value"), before="return ")

    # --- strings and other fixed values -----------------------------------------------

    def _by_literal(self, block: Block, choice: ByLiteral, kind: Kind) -> None:
        listed = None
        if self.schemas is not None:
            listed = chosen(choice, self.union, self.codec.decls)
        if listed is None:
            self._undecided(block, together(leading_to(choice)), kind)
            return
        if len(listed) == 1:
            test = f"value == {literals.string(listed[0])}"
        else:
            constant = self.codec.constant(self._title("strings"), frozen(listed))
            test = f"value in {constant}"
        with block.under(f"if {test}:"):
            block.add("return value")
        if isinstance(choice.other, Only):
            self._branch(block, choice.other.branch, kind)
        else:
            block.add(REJECT)

    # --- objects ----------------------------------------------------------------------

    def _by_tag(self, block: Block, choice: ByTag) -> None:
        tags = {
            tag: self._decoder(tag, made.rounds)
            for tag, made in choice.cases
            if isinstance(tag, str)
        }
        others = [case for case in choice.cases if not isinstance(case[0], str)]
        rest = together([*(made for _, made in others), choice.other, choice.absent])
        for tag, made in others:
            if not keeps_order(rest, made.rounds):  # one that lists it goes first
                tagged = ((choice.key, Schema(values=(tag,))),)
                rules = ObjectRules(properties=tagged, required=(choice.key,))
                schema = Schema(object=rules)
                with block.under(f"if {self.codec.accepts(schema, 'value')}:"):
                    self._undecided(block, made.rounds, "object")
        if tags:
            self._look_up(block, choice, tags, rest)
        else:
            self._undecided(block, rest, "object")

    def _decoder(self, tag: str, rounds: Rounds) -> Code:
        """The module that decodes what has a tag, by name, or else a function."""
        name = tag
        if len(rounds) == len(rounds[0]) == 1:
            [[branch]] = rounds
            module = self._module(branch)
            if module is not None:
                return literals.string(self._stem(module))
            name = self.union.branches[branch].label  # there may be other tags for it
        return Code(self._function(name, rounds))

    def _function(self, name: str, rounds: Rounds) -> str:
        words = [snake(word) for word in (self._inside, name) if word]
        return self.codec.function("_" + "_".join(words), self.decl, rounds)

    @property
    def _inside(self) -> str:
        """What sets the names for one union apart from those for others."""
        return "" if self.decl is self.codec.home else self.codec.short(self.decl)

    def _look_up(
        self,
        block: Block,
        choice: ByTag,
        tags: dict[str, Code],
        rest: Rounds = (),
    ) -> None:
        """Let the tag say which decoder takes the value; ``rest`` is for any other."""
        pairs = [Pair(f"{literals.string(t)}: ", made) for t, made in tags.items()]
        arguments: list[Group | Code] = [Group("{", tuple(pairs), "}")]
        if rest:
            arguments.append(Code(self._function("other", rest)))
        constant = self.codec.constant(
            self._title(f"by {choice.key}"), call(self.codec.use("ByTag"), *arguments)
        )
        key = literals.string(choice.key)
        if rest:  # tags that are no strings among them, which may be unhashable
            block.add(f"tag = value.get({key})")
            with block.under("if tag.__class__ is str:"):
                block.lay(self._decode(f"{constant}[tag]"), before="return ")
            block.lay(self._decode(self._function("other", rest)), before="return ")
        else:
            block.lay(self._decode(f"{constant}[value[{key}]]"), before="return ")

    def _decode(self, function: str) -> Node:
        return self.codec.decoded(function, self.decl, "value")

    def _title(self, name: str) -> str:
        """The name of a constant of this union."""
        words = [snake(word).upper() for word in (self._inside, name) if word]
        return "_" + "_".join(words)

    def _module(self, index: int) -> Decl | None:
        """What has a module that decides about a branch all alone."""
        type_ = self.union.branches[index].type
        if not isinstance(type_, DeclRef):
            return None
        decl = self.codec.decls[type_.id]
        if self.codec.in_place(decl):
            return None
        schema = None if self.schemas is None else self.schemas[index]
        return decl if schema in (None, Schema(ref=decl.id), decl.schema) else None

    def _stem(self, decl: Decl) -> str:
        return self.codec.speller.file_stem(decl)

    # --- doubt ------------------------------------------------------------------------

    def _undecided(self, block: Block, rounds: Rounds, kind: Kind) -> None:
        """Decode as one of several branches."""
        branches = list(chain.from_iterable(rounds))
        if len(branches) == 1:
            self._branch(block, branches[0], kind)
            return
        if kind == "object" and (own := self._own_tag(branches)):
            self._look_up(block, *own)
            return
        known = self.schemas is None
        if self._is_scalar(branches):
            if not known:
                self._ask(block)
            block.add("return value")
            return
        several = len(rounds) > 1
        if not known and several and (self._is_narrower or self.union.exclusive):
            known = True
            self._ask(block)
        *tested, last = rounds
        for group in tested:
            if self.may_try and len(group) == 1:
                self.codec.use("FAULTS")
                with block.under("try:"):
                    self._branch(block, group[0], kind)
                with block.under("except FAULTS:"):
                    block.add("pass")
                continue
            schemas = tuple(self.union.branches[index].schema for index in group)
            schema = schemas[0] if len(schemas) == 1 else Schema(any_of=schemas)
            with block.under(f"if {self.codec.accepts(schema, 'value')}:"):
                self._round(block, group, kind, known=True)
        self._round(block, last, kind, known=known)

    def _round(
        self, block: Block, group: Sequence[int], kind: Kind, *, known: bool
    ) -> None:
        """Decode as one of the branches of a round, each of which decides alone."""
        if len(group) == 1:
            self._branch(block, group[0], kind, known=known)
            return
        listed = [self._candidate(index) for index in group]
        constant = self.codec.constant(
            self._title("candidates"), call(self.codec.use("best_of"), *listed)
        )
        block.lay(self._decode(constant), before="return ")

    def _candidate(self, index: int) -> Node:
        """What decides about a branch alone, or what builds it and the table to ask."""
        branch = self.union.branches[index]
        module = self._module(index)
        if module is None:
            made = Code(self._function(branch.label, ((index,),)))
        else:
            made = literals.string(self.codec.tables.reference(module.id))
            own = Schema(ref=module.id), module.schema
            if self.schemas is not None or branch.schema in own:
                return made
        return Group("(", (made, self.codec.asked(branch.schema)), ")")

    def _ask(self, block: Block) -> None:
        assert self.schema is not None
        block.refuse([f"not {self.codec.accepts(self.schema, 'value')}"])

    @property
    def _is_narrower(self) -> bool:
        """Whether more is asked of a branch than stands in it."""
        return self.schemas != tuple(branch.schema for branch in self.union.branches)

    def _is_scalar(self, branches: Sequence[int]) -> bool:
        """Whether a value of these branches is built as it is."""
        types: list[Type] = [self.union.branches[index].type for index in branches]
        return all(map(self.codec.is_scalar, types)) and not any(
            self.codec.is_whole(type_) for type_ in types
        )

    def _own_tag(self, branches: Sequence[int]) -> tuple[ByTag, dict[str, Code]] | None:
        """A property that each branch requires with a value that no other one takes."""
        found: dict[str, dict[str, Code]] = {}
        for index in branches:
            type_ = self.union.branches[index].type
            module = self._module(index)
            body = self.codec.decls[type_.id].body if isinstance(type_, DeclRef) else 0
            if module is None or not isinstance(body, Record) or body.implied:
                return None
            stem = literals.string(self._stem(module))
            for item in body.fields:
                fixed = item.type.value if isinstance(item.type, ConstType) else None
                if item.required and isinstance(fixed, str):
                    tags = found.setdefault(item.wire_name, {})
                    tags.setdefault(fixed, stem)
        for key, tags in found.items():
            if len(tags) == len(branches):
                return ByTag(key, (), None, None), tags
        return None
