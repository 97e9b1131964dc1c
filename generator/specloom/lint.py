"""Lint: everything that can be said of a spec without generating from it.

Enters: the path of a spec, and perhaps a vocabulary for its extension keys. Leaves:
findings. Beyond what loading and building report: examples and defaults that their own
schema refuses, required properties that no schema describes, values of a ``mapping``
that mean nothing, links that lack their site, and extension keys that the vocabulary
refuses. A named schema that nothing refers to is no finding: in a spec of models each
one is there for its readers.

Values are judged by jsonschema-rs, which is optional; without it lint says what it
left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from .diagnostics import Diagnostics, Location, SpecloomError
from .doctext import resolve_links
from .export import component_names, export, references
from .json_value import Json
from .judge import INSTALL, is_available, make_judge, make_registry
from .load.document import Document
from .load.known import Readings
from .load.nearest import nearest
from .mapped import check_mappings
from .options import Options
from .parts import applied, parts
from .pipeline import load, running, shape
from .read import Source, identity, read
from .read.bodies import find_bodies
from .rendering import Progress
from .schema import ANYTHING, MISSING, NOTHING, Schema
from .tables import assertions
from .values import replace

_SHOWN_FAULTS = 3
_ANY_NAME = ""
"""Stands for the names that ``patternProperties`` or a map describe."""
_SITE = "https://example.org"
_BASE = "urn:specloom:spec"


def lint(
    spec: Path,
    options: Options,
    vocabulary: Path | None,
    progress: Progress,
    readings: Readings | None = None,
) -> Diagnostics:
    """Find all there is to say of a spec, what is only worth knowing too."""
    options, found = replace(options, skip_broken=False), Diagnostics()
    with suppress(SpecloomError), running(options, found):
        progress("load", 0)
        document = load(spec, options, found, readings)
        source = read(document, found, bodies=options.bodies)
        progress("build", 0)
        shape(source, options, found)
        progress("lint", 0)
        check_bodies(document, source, found)
        check_required(source, found)
        check_mappings(document, source, schemas(source), found)
        if options.docs_base_url is None:
            check_links(source, found)
        _ask_judge(document, source, vocabulary, found)
        found.place(document.place)
    return found


def check_bodies(document: Document, source: Source, found: Diagnostics) -> None:
    """Note how many bodies of an OpenAPI document have schemas that were not read."""
    entry = document.get(document.start)
    if not isinstance(entry, dict) or "openapi" not in entry:
        return
    bodies = find_bodies(document, entry, Diagnostics())
    left = [x for x in bodies if x.name and identity(x.at) not in source.roots]
    if left:
        what = f"the schemas of {len(left)} requests and responses have no models"
        where = f"{what}; this is the first"
        found.info("bodies-left-out", where, left[0].at, "`--bodies` reads them too")


def schemas(source: Source) -> Iterator[Schema]:
    """Every schema that was read, each place once, from the outside in."""
    seen: set[Location] = set()
    waiting = [root.schema for root in reversed(source.roots.values())]
    while waiting:
        schema = waiting.pop()
        # What reading made up, such as the null of `nullable`, stands nowhere.
        if schema.at.file and schema.at not in seen:
            seen.add(schema.at)
            yield schema
        waiting += reversed(parts(schema))


def check_links(source: Source, found: Diagnostics) -> None:
    """Tell of links to a path alone, which become text for want of a site."""
    linked = [schema for schema in schemas(source) if _needs_site(schema)]
    if linked:
        others = len(linked) - 1
        message = "a link here names a path without a site, and is left out" + (
            f", as in {others:,} more description{'s' * (others > 1)}" if others else ""
        )
        at = linked[0].at.child("description")
        hint = "name the site with `docs_base_url` or `generate --docs-base-url`"
        found.info("link-left-out", message, at, hint)


def _needs_site(schema: Schema) -> bool:
    """Whether what becomes of a description depends on the site that it belongs to."""
    said = schema.docs.description
    return resolve_links(said, None) != resolve_links(said, _SITE)


def check_required(source: Source, found: Diagnostics) -> None:
    """Report required properties that are described nowhere: often a typing error."""
    for root in source.roots.values():
        _require(root.schema, {}, source, found)


_Names: TypeAlias = dict[str, None]
"""Names in the order of the spec, as hints offer them."""


def _require(
    schema: Schema, outside: _Names, source: Source, found: Diagnostics
) -> None:
    """Check one schema; ``outside`` are properties described by what combines it."""
    known = outside | _described(schema, source, set())
    rules = schema.object
    for index, name in enumerate(rules.required if rules else ()):
        if name not in known and _ANY_NAME not in known:
            found.warning(
                "required-undescribed",
                f"`{name}` is required, but no property is called so",
                schema.at.child("required", index),
                nearest(name, known) if known else "describe it in `properties`",
            )
    same_value = {id(part) for part in applied(schema)}
    for part in parts(schema):
        same = id(part) in same_value
        _require(part, known if same else {}, source, found)


def _described(schema: Schema, source: Source, seen: set[str]) -> _Names:
    """The properties that a schema describes, through references and combiners."""
    names: _Names = {}
    if schema.object is not None:
        names |= dict.fromkeys(name for name, _ in schema.object.properties)
        additional = schema.object.additional
        if schema.object.patterns or additional not in (None, ANYTHING, NOTHING):
            names[_ANY_NAME] = None
    if schema.ref is not None and schema.ref not in seen:
        seen.add(schema.ref)
        names |= _described(source.roots[schema.ref].schema, source, seen)
    for part in (*schema.all_of, *schema.any_of, *schema.one_of):
        names |= _described(part, source, seen)
    return names


def _ask_judge(
    document: Document, source: Source, vocabulary: Path | None, found: Diagnostics
) -> None:
    """Judge examples, defaults and extension keys, if the judge is there."""
    if not is_available():
        message = "patterns, examples, defaults and extension keys were not checked"
        hint = f"that takes jsonschema-rs: {INSTALL}"
        found.info("unchecked", message, document.start, hint)
        return
    check_values(document, source, found)
    if vocabulary is not None:
        check_extensions(document, source, vocabulary, found)


def check_values(document: Document, source: Source, found: Diagnostics) -> None:
    """Report patterns that are wrong, examples and defaults that are refused."""
    to_ref = references(component_names(source), _BASE)
    try:
        registry = make_registry(_BASE, export(source))
    except ValueError as error:
        _report_unchecked(document.start, error, found)
        return
    for schema in schemas(source):
        _check_patterns(schema, found)
        values = list(_values(schema, document))
        if not values:
            continue
        try:
            judge = make_judge(assertions(schema, to_ref), registry)
            judged = [(what, at, judge(value)) for what, at, value in values]
        except ValueError as error:
            _report_unchecked(schema.at, error, found)
            continue
        for what, at, faults in judged:
            if faults:
                reasons = "; ".join(map(str, faults[:_SHOWN_FAULTS]))
                message = f"the {what} is refused by its own schema: {reasons}"
                found.warning(f"{what}-invalid", message, at)


def _check_patterns(schema: Schema, found: Diagnostics) -> None:
    if schema.string is not None and schema.string.pattern is not None:
        _check_pattern(schema.string.pattern, schema.at.child("pattern"), found)
    for pattern, _ in schema.object.patterns if schema.object is not None else ():
        at = schema.at.child("patternProperties", pattern)
        _check_pattern(pattern, at, found)


def _check_pattern(pattern: str, at: Location, found: Diagnostics) -> None:
    try:
        make_judge({"pattern": pattern})
    except ValueError:
        message = f"`{pattern}` is no regular expression as ECMA-262 has them"
        found.warning("pattern-invalid", message, at, "mend it, or leave it out")


def _report_unchecked(at: Location, error: ValueError, found: Diagnostics) -> None:
    """Tell that the judge gives up, such as on a pattern that it cannot compile."""
    reason = str(error).partition("\n")[0]
    found.info("unchecked", f"examples and defaults were not checked: {reason}", at)


def _values(
    schema: Schema, document: Document
) -> Iterator[tuple[Literal["default", "example"], Location, Json]]:
    """The values that a schema gives for itself: what each is, where, and the value."""
    if schema.default is not MISSING:
        yield "default", schema.at.child("default"), schema.default
    if schema.docs.examples:
        raw = document.get(schema.at)
        listed = isinstance(raw, dict) and isinstance(raw.get("examples"), list)
        for index, value in enumerate(schema.docs.examples):
            tokens = ("examples", index) if listed else ("example",)
            yield "example", schema.at.child(*tokens), value


def check_extensions(
    document: Document, source: Source, vocabulary: Path, found: Diagnostics
) -> None:
    """Report extension keys that the vocabulary refuses.

    It is applied to an object of the ``x-`` keys of each schema that has one.
    """
    words = Document.load(vocabulary)
    content = words.get(words.start)
    try:
        judge = make_judge(content)
    except ValueError as error:
        reason = str(error).partition("\n")[0]
        found.error("vocabulary", f"this is no JSON Schema: {reason}", words.start)
        return
    known = content.get("properties") if isinstance(content, dict) else None
    names = known if isinstance(known, dict) else {}
    for schema in schemas(source):
        raw = document.get(schema.at)
        members = raw.items() if isinstance(raw, dict) else ()
        keys = {key: value for key, value in members if key.startswith("x-")}
        for fault in judge(keys) if keys else ():
            at = schema.at.child(*fault.path)
            key = str(fault.path[0]) if fault.path else ""
            hint = (
                f"see {vocabulary.as_posix()}" if key in names else nearest(key, names)
            )
            found.error("extension-invalid", str(fault), at, hint)
