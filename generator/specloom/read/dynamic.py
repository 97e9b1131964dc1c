"""Dynamic references: ``$dynamicRef`` and ``$recursiveRef`` in, where they first lead.

Where a reference leads in the end may depend on how it is reached; what does is noted
for ``scopes.py``, as a call by the name of a dynamic anchor.
References: JSON Schema 2020-12 Core, section 8.2.3.2; 2019-09 Core, section 8.2.4.2.2.
Promises: where the standard leaves the target undefined, it is reported.
"""

from __future__ import annotations

from urllib.parse import unquote

from ..diagnostics import Location, SpecloomError
from ..ir import Json, Schema
from .draft import Draft, SubReader, wrong

RECURSIVE = "#"
"""The name of what ``$recursiveAnchor: true`` declares; no anchor can have it."""


def read_dynamic(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    """``$dynamicRef``: a ``$ref``, unless it first leads to a dynamic anchor."""
    if not isinstance(value, str):
        wrong(reader, draft, keyword, "a URI reference")
        return
    at = draft.at.child(keyword)
    try:
        target = reader.document.resolve(value, at)
    except SpecloomError as error:
        if error.diagnostics[0].code != "ref-ambiguous":
            reader.reference(value, at)  # which reports it
            return
        reader.diagnostics.warning(
            "unsupported-keyword",
            f"what `{keyword}` asks is not checked: {error.diagnostics[0].message}",
            at,
            "give each schema that declares the anchor an `$id` of its own",
        )
        return
    raw = reader.document.get(target)
    name = raw.get("$dynamicAnchor") if isinstance(raw, dict) else None
    bookended = name == unquote(value.partition("#")[2])
    _refer(reader, draft, at, target, str(name) if bookended else None)


def read_recursive(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    """``$recursiveRef``: the schema around it, as far out as it may be extended.

    In OpenAPI, ``#`` would be the whole document, which is no schema: authors mean the
    one that they marked with ``$recursiveAnchor``, or else the one that has a name.
    """
    if value != "#":
        wrong(reader, draft, keyword, "`#`")
        return
    at, document = draft.at.child(keyword), reader.document
    resource = document.scope(draft.at)
    raw = document.get(resource)
    if resource.pointer or reader.is_schema(raw):
        name = RECURSIVE if _is_extensible(raw) else None
        _refer(reader, draft, at, resource, name)
        return
    target = _meant(reader, draft.at)
    reader.diagnostics.info(
        "implied-recursion",
        f"`{keyword}` is read as a `$ref` to the schema at `#{target.pointer}`:"
        " the document around it is no schema",
        at,
        f"write `$ref: '#{target.pointer}'`",
    )
    _refer(reader, draft, at, target, None)


def settle_dynamic(reader: SubReader, draft: Draft) -> None:
    """Let references stand where a ``$ref`` does; beside others, all of them hold."""
    for schema, name in draft.dynamic:
        place = draft.at
        if draft.ref is None:
            draft.ref = schema.ref
        else:
            draft.all_of += (schema,)
            place = schema.at
        if name is not None:
            reader.calls[place] = name


def _refer(
    reader: SubReader, draft: Draft, at: Location, target: Location, name: str | None
) -> None:
    draft.dynamic += ((Schema(ref=reader.known(target), at=at), name),)


def _meant(reader: SubReader, at: Location) -> Location:
    """The innermost schema around a place that is marked, or the outermost known."""
    outermost, pointer = at, at.pointer
    while pointer:
        place = Location(at.file, pointer)
        if _is_extensible(reader.document.get(place)):
            return place
        if reader.is_known(place):
            outermost = place
        pointer = pointer.rpartition("/")[0]
    return outermost


def _is_extensible(raw: Json) -> bool:
    return isinstance(raw, dict) and raw.get("$recursiveAnchor") is True
