"""Conditions: what holds only for the values that another schema accepts.

Enters: ``if`` with ``then`` and ``else``, or what depends on a property, as written.
Leaves: :class:`ir.Conditional` in the draft; what depends on a property is one too.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics import Location
from ..ir import ANYTHING, Conditional, Json, ObjectRules, Schema
from ..parts import edited
from ..values import replace
from .draft import Draft, SubReader, wrong


def settle_condition(reader: SubReader, draft: Draft, raw: Mapping[str, Json]) -> None:
    """Read ``if``, which alone asserts nothing (core, section 10.2.2)."""
    if "then" in raw or "else" in raw:
        when, then, otherwise = (
            reader.schema(raw.get(keyword, True), draft.at.child(keyword))
            for keyword in ("if", "then", "else")
        )
        made = Conditional(when=when, then=then, otherwise=otherwise)
        draft.conditions = (*draft.conditions, made)
    else:
        reader.lone[draft.at] = raw["if"]


def with_lone(schema: Schema, lone: Mapping[Location, Schema]) -> Schema:
    """A schema with each ``if`` that stands alone in it, by the place it is in."""
    schema = edited(schema, lambda part: with_lone(part, lone))
    when = lone.get(schema.at)
    if when is None:
        return schema
    made = Conditional(when=when, then=ANYTHING, otherwise=ANYTHING)
    return replace(schema, conditions=(*schema.conditions, made))


def dependencies(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    """Rules for objects that have a property: its name, and names or a schema.

    ``dependentRequired`` (validation, section 6.5.4), ``dependentSchemas`` (core,
    section 10.2.2.4) and both in one, ``dependencies`` (draft-07, section 6.5.7).
    """
    if not isinstance(value, dict):
        wrong(reader, draft, keyword, "a mapping from the names of properties")
        return
    for name, asked in value.items():
        place = draft.at.child(keyword, name)
        if isinstance(asked, list) and all(isinstance(x, str) for x in asked):
            needed = tuple(dict.fromkeys(map(str, asked)))
            then = Schema(object=ObjectRules(required=needed), at=place)
        elif keyword == "dependentRequired" or not isinstance(asked, bool | dict):
            what = "a list of property names"
            also = "" if keyword == "dependentRequired" else ", or a schema"
            reader.diagnostics.error(
                "keyword-value", f"`{keyword}` must give each name {what}{also}", place
            )
            continue
        else:
            then = reader.schema(asked, place)
        has = Schema(kinds=("object",), object=ObjectRules(required=(name,)), at=place)
        made = Conditional(when=has, then=then, otherwise=ANYTHING)
        draft.conditions += (made,)
