"""Meanings: what the spec says of each value of an enumeration.

Enters: a declaration. Leaves: a sentence of inline Markdown for each value of which
something is said: beside it, where it is an alternative of its own, or in a list that
editors or other generators know. Promises: nothing that the value, or the description
of the whole, says itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..doctext import summary
from ..doctext.spans import code_span
from ..ir import Decl, EnumBody, Json, Schema
from ..json_value import json_key
from ..naming import same_key


def meanings(decl: Decl) -> Mapping[str, str]:
    """What values mean, by their :func:`json_key`; empty for what is no enumeration."""
    body = decl.body
    if not isinstance(body, EnumBody):
        return {}
    found: dict[str, str] = {}
    for value, text in _told(decl.schema):
        said = summary(text)
        if said and not _echoes(value, said):
            found.setdefault(json_key(value), said)
    whole = decl.docs.description.casefold()
    if all(said.casefold() in whole for said in found.values()):
        return {}
    return found


def listing(decl: Decl, literal: Callable[[Json], str]) -> str:
    """What values mean, as a list to put behind a description; '' for none."""
    told = meanings(decl)
    if not told or not isinstance(decl.body, EnumBody):
        return ""
    items = [
        f"- {code_span(literal(value))}: {told[key]}"
        for value in decl.body.values
        if (key := json_key(value)) in told
    ]
    return "\n".join(["\n", *items])


def _told(schema: Schema) -> Iterator[tuple[Json, str]]:
    """Values and texts, the better ones first; a ``$ref`` tells its own."""
    values, docs = schema.values or (), schema.docs
    for texts in (docs.value_texts, docs.value_names):
        if len(texts) == len(values):
            yield from zip(values, texts)
    for member in (*schema.any_of, *schema.one_of, *schema.all_of):
        if member.values is not None and len(member.values) == 1:
            yield member.values[0], member.docs.description or member.docs.title
        yield from _told(member)


def _echoes(value: Json, said: str) -> bool:
    """Whether a text is only the value, in other letters."""
    return same_key(said.rstrip(".")) == same_key(str(value))
