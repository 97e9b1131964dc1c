"""Draft: one schema while its keywords are read, in whatever order they stand.

Enters: what the reader of each keyword puts in. Leaves: :class:`ir.Schema`, once what
depends on two keywords together is settled: exclusive bounds as flags, ``nullable``,
``additionalItems``, and what members of ``allOf`` only tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from ..diagnostics import Diagnostics, Location
from ..ir import (
    MISSING,
    NO_DOCS,
    ArrayRules,
    Conditional,
    Contains,
    Docs,
    Json,
    Kind,
    Missing,
    NumberRules,
    ObjectRules,
    Schema,
    StringRules,
    Unevaluated,
)
from ..parts import asserted, referred
from ..schema import EVERY_NAME, NULL, over
from ..values import fields, replace
from .loaded import Loaded


class SubReader(Protocol):
    """What keyword readers ask of the reader that drives them."""

    document: Loaded
    diagnostics: Diagnostics
    calls: dict[Location, str]
    """Schemas that refer to a dynamic anchor, and its name."""
    has_unevaluated: bool
    """Whether a schema asks something of what no keyword has looked at."""
    lone: dict[Location, Json]
    """What stands in an ``if`` without ``then`` and ``else``, by its schema."""
    mappings: dict[Location, Mapping[str, Json]]
    """The ``mapping`` of each ``discriminator`` as written, by its schema."""
    tags: dict[Location, str]
    """The value that a schema gives for its tag itself."""

    def schema(self, raw: Json, at: Location) -> Schema:
        """Read a schema that stands at ``at``."""
        ...

    def reference(self, ref: str, at: Location) -> str | None:
        """Resolve a ``$ref`` to the identity of a declaration; None after an error."""
        ...

    def known(self, target: Location) -> str:
        """The identity of the schema at a location, which is read if it is new."""
        ...

    def is_known(self, at: Location) -> bool:
        """Whether the schema at a location has an identity by now."""
        ...

    def is_schema(self, raw: Json) -> bool:
        """Whether a whole document looks like a schema, not a collection of some."""
        ...


class Draft:
    """A schema being read: its attributes are what it says, the others defaults.

    The groups hold keyword arguments of their classes.
    """

    kinds: tuple[Kind, ...] | None = None
    values: tuple[Json, ...] | None = None
    ref: str | None = None
    dynamic: tuple[tuple[Schema, str | None], ...] = ()
    """References by other keywords, each alone; and by which dynamic anchor."""
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    not_: Schema | None = None
    conditions: tuple[Conditional, ...] = ()
    unevaluated: tuple[Unevaluated, ...] = ()
    format: str | None = None
    tag_hint: str | None = None
    default: Json | Missing = MISSING
    nullable: bool = False

    def __init__(self, at: Location) -> None:
        self.at = at

    def group(self, name: str) -> dict[str, Any]:
        """What is said of numbers, strings, arrays or objects, or to people."""
        found: dict[str, Any] = vars(self).setdefault(name, {})
        return found

    def freeze(self) -> Schema:
        """The finished schema."""
        said = dict(vars(self))
        for name in _SETTLED:
            said.pop(name, None)
        for name, rules in _GROUPS:
            if name in said:
                said[name] = rules(**said[name])
        return Schema(**said)


_SETTLED = "contains", "dynamic", "nullable"
"""What a draft has, and a schema in another form."""
_GROUPS: tuple[tuple[str, Callable[..., object]], ...] = (
    ("number", NumberRules),
    ("string", StringRules),
    ("array", ArrayRules),
    ("object", ObjectRules),
    ("docs", Docs),
)

KeywordReader: TypeAlias = Callable[[SubReader, Draft, str, Json], None]


def wrong(
    reader: SubReader, draft: Draft, keyword: str, expected: str, hint: str = ""
) -> None:
    """Report a value that a keyword must not have."""
    message = f"`{keyword}` must be {expected}"
    place = draft.at.child(keyword)
    reader.diagnostics.error("keyword-value", message, place, hint)


def settle_exclusive(draft: Draft) -> None:
    """Turn the flags that readers of exclusive bounds left into bounds."""
    number: dict[str, Any] = vars(draft).get("number", {})
    for name in ("minimum", "maximum"):
        if isinstance(number.get(f"exclusive_{name}"), str):
            number[f"exclusive_{name}"] = number.pop(name, None)


def settle_items(reader: SubReader, draft: Draft, raw: Mapping[str, Json]) -> None:
    """Read ``additionalItems``, which counts only beside an array of ``items``."""
    if isinstance(raw.get("items"), list) and "additionalItems" in raw:
        place = draft.at.child("additionalItems")
        draft.group("array")["items"] = reader.schema(raw["additionalItems"], place)


def settle_contains(draft: Draft) -> None:
    """Put ``contains`` and its counts together; these count only beside it."""
    contains = draft.group("contains")
    if "schema" in contains:
        draft.group("array")["contains"] = Contains(**contains)


def settle_patterns(draft: Draft) -> None:
    """Take a lone pattern that every name matches for ``additionalProperties``.

    It asks the same where no property has a name (core, section 10.3.2): beside it,
    ``additionalProperties`` has nothing left to look at.
    """
    rules: dict[str, Any] = vars(draft).get("object", {})
    patterns = rules.get("patterns", ())
    if len(patterns) == 1 and not rules.get("properties"):
        ((pattern, schema),) = patterns
        if pattern in EVERY_NAME:
            del rules["patterns"]
            rules["additional"] = schema


def settle_all_of(reader: SubReader, draft: Draft) -> None:
    """Take over what members of ``allOf`` say to people, and those that only do so.

    OpenAPI 3.0 ignores what stands beside a ``$ref`` (3.0.3, section 4.7.23), so that
    documents put both into an ``allOf``: what is left then is the ``$ref`` alone.
    """
    rest = tuple([x for x in draft.all_of if not _only_tells(reader, x)])
    told = [x for x in draft.all_of if _only_tells(reader, x)]
    beside = vars(draft).keys() - _BESIDE_A_REF
    if len(rest) == 1 and not beside and rest[0].at not in reader.calls:
        ref = referred(rest[0])
        if ref is not None:
            draft.ref, told, rest = ref, [*rest, *told], ()
    draft.all_of = rest
    for member in told:
        if draft.default is MISSING:
            draft.default = member.default
        _tell(draft, member.docs)
    if len(rest) > 1:
        for member in rest:
            if member.ref is None:
                # A title or an example may be about a part of the value.
                _tell(draft, replace(member.docs, title="", examples=()))


def _tell(draft: Draft, docs: Docs) -> None:
    """Say to people what a draft leaves out."""
    if docs != NO_DOCS:
        docs = over(Docs(**draft.group("docs")), docs)
        draft.group("docs").update(
            (item.name, getattr(docs, item.name)) for item in fields(Docs)
        )


_BESIDE_A_REF = frozenset("at all_of docs default nullable".split())


def _only_tells(reader: SubReader, schema: Schema) -> bool:
    """Whether a schema is only about people; an ``if`` alone may be needed later."""
    says = asserted(schema) or schema.format or schema.tag_hint
    return not says and schema.at not in reader.lone


def settle_nullable(draft: Draft) -> Schema:
    """Apply ``nullable: true``: null is allowed, whatever else is said.

    OpenAPI 3.0.3 ties it to a ``type`` beside it; documents use it beside ``$ref``
    and combiners as well, and in 3.1, always with this meaning.
    """
    groups = (draft.ref, draft.all_of, draft.any_of, draft.one_of, draft.not_)
    combined = any(groups) or draft.conditions or draft.unevaluated
    if combined or (draft.kinds is None and draft.values is None):
        outer, told = Draft(draft.at), vars(draft)
        for name in ("default", "docs"):
            if name in told:
                setattr(outer, name, told.pop(name))
        outer.any_of = (draft.freeze(), NULL)
        return outer.freeze()
    if draft.kinds is not None and "null" not in draft.kinds:
        draft.kinds = ("null", *draft.kinds)
    if draft.values is not None and None not in draft.values:
        draft.values = (*draft.values, None)
    return draft.freeze()
