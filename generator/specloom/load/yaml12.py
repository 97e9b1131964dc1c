"""YAML 1.2: the text of one file in, plain JSON values out.

Promises the core schema (YAML 1.2.2 section 10.3) and nothing of YAML 1.1: ``no``,
``on``, ``2024-01-01`` and ``1_000`` are strings. Keys are strings, each once. An alias
shares its node, so that an alias bomb costs nothing, and is counted against the
budget as if it were a copy. No recursion: nesting costs heap, never the stack.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ..budgets import budget_hint
from ..diagnostics import Location, SpecloomError
from ..json_value import Json
from ..values import dataclass, replace
from .places import Mark, Places
from .scalars import (
    TAGS,
    TELLING,
    Refusal,
    plain_scalar,
    tagged_scalar,
    unknown_tag,
)
from .source import failure
from .yaml_events import parse, syntax_failure

MERGE_KEY: Final = "<<"
"""https://yaml.org/type/merge.html: not YAML 1.2, but what every reader honours."""

_ITEM: Final = object()
"""Stands where a key would, inside a sequence."""
_NODES: Final = frozenset(
    (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)
)


class Composed(NamedTuple):
    """A document as it was read, and what it costs."""

    places: Places | None
    """Its content, and where each part of that is written; None if there is none."""
    nodes: int
    """How many values it has, aliases expanded."""
    depth: int
    """How deep it is nested."""
    end: int
    """The line, from 0, on which the text ends."""
    is_literal: bool
    """No part names another or leans on a directive: each means the same elsewhere."""

    @property
    def content(self) -> Json:
        """The document's value; None, too, if there is no document."""
        return None if self.places is None else self.places.content

    def find(self, pointer: str) -> tuple[int, int]:
        """As :meth:`Places.find`."""
        return (1, 1) if self.places is None else self.places.find(pointer)


def load(text: str, file: str, nodes: int, depth: int) -> Composed:
    """Read one YAML document.

    Args:
        text: the file's text, as ``source.decode`` gives it.
        file: how the file is named in locations.
        nodes: the most nodes allowed.
        depth: the deepest nesting allowed.

    Raises:
        SpecloomError: ``yaml-syntax``, ``yaml-documents``, ``yaml-key``,
            ``yaml-tag``, ``yaml-merge``, ``duplicate-key``, ``alias-cycle``,
            ``alias-undefined``, ``number-not-finite``, ``number-range``,
            ``budget-nodes`` or ``budget-depth``.
    """
    run = _Composer(text, file, nodes, depth)
    try:
        return Composed(run.compose(), run.count, run.peak, run.end, run.is_literal)
    except YAMLError as error:
        raise syntax_failure(error, text, file) from None


@dataclass(slots=True)
class _Anchor:
    """A node that aliases may name, and what each use of it adds to the document.

    While its node is open, ``size`` and ``height`` hold the composer's ``count`` and
    ``peak`` from before it.
    """

    node: Json = None
    key: str | None = None
    """What a scalar is as a key: its text."""
    size: int = 0
    height: int = 0
    is_open: bool = False


_Frame: TypeAlias = tuple[Any, Any, list[Mark], _Anchor | None]
"""An open container: itself, its key, its marks and its anchor.

The key is ``_ITEM`` in a sequence; in a mapping the one that waits for its value, or
None. The marks tell where the keys or items begin, in order.
"""


class _Composer:
    """One run over the events of a text."""

    def __init__(self, text: str, file: str, nodes: int, depth: int) -> None:
        self.text, self.file = text, file
        self.max_nodes, self.max_depth = nodes, depth
        self.count = 1  # nodes so far; a container adds its children when it closes
        self.peak = 0  # deepest nesting so far
        self.end = 0  # the line of the text's end, when that is reached
        self.is_literal = True  # of Composed
        self.known: dict[str, Json] = {}  # plain scalars met before
        self.anchors: dict[str, _Anchor] = {}
        self.merging: dict[int, Event] = {}  # id of a mapping -> its `<<` key
        self.members: dict[int, list[Mark]] = {}  # of Places
        # The containers around the innermost one; the outermost holds the document.
        self.stack: list[_Frame] = [([], _ITEM, [], None)]

    def compose(self) -> Places | None:
        """Read the events to their end: a loop that runs for every scalar of a spec."""
        node, key, marks, anchor = self.stack.pop()  # locals, for speed
        event: Any = None
        try:
            for event in iter(parse(self.text).get_event, None):
                kind: type = event.__class__
                if key is _ITEM and kind in _NODES:
                    marks.append(event.start_mark)
                if kind is ScalarEvent:
                    text = event.value
                    if key is None:
                        if text in node:
                            raise _duplicate(text, node, marks)
                        if event.tag or event.anchor or text == MERGE_KEY:
                            self.special_key(event, node)
                        marks.append(event.start_mark)
                        key = text
                        continue
                    is_text = not (event.tag or event.anchor or text[:1] in TELLING)
                    value = text if is_text else self.scalar(event)
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    inner = self.open(event, key)
                    self.stack.append((node, key, marks, anchor))
                    node, key, marks, anchor = inner
                    continue
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    self.close(node, marks, anchor)
                    value, (node, key, marks, anchor) = node, self.stack.pop()
                elif kind is AliasEvent:
                    target = self.alias(event.anchor)
                    if key is None:
                        key = _alias_key(event, target, node, marks)
                        continue
                    value = target.node
                else:
                    if kind is DocumentStartEvent:
                        self.begin(event, node)
                    continue
                if key is _ITEM:
                    node.append(value)
                else:
                    node[key] = value
                    key = None
        except Refusal as refusal:
            raise self.failure(refusal, refusal.event or event, node, key) from None
        return self.places(event.start_mark.line, node, marks)

    def begin(self, event: DocumentStartEvent, documents: list[Json]) -> None:
        """Check that this document is the first, and note its directives."""
        if documents:
            raise _second_document()
        self.is_literal = not (event.version or event.tags)

    def places(
        self, end: int, documents: list[Json], marks: list[Mark]
    ) -> Places | None:
        """What was read, if there was any."""
        self.end = end
        self.is_literal = self.is_literal and not self.anchors
        return Places(documents[0], marks[0], self.members) if documents else None

    def scalar(self, event: ScalarEvent) -> Json:
        """The value of a scalar of any style, tagged or not; its anchor is noted."""
        text = event.value
        value: Json = text
        if event.tag is not None:
            value = tagged_scalar(event.tag, text)
        elif event.implicit[0]:  # plain: neither quoted nor a block scalar
            if text not in self.known:
                self.known[text] = plain_scalar(text)
            value = self.known[text]
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(value, text)
        return value

    def special_key(self, event: ScalarEvent, node: dict[str, Json]) -> None:
        """Check a key's tag, note its anchor; note that `<<` asks for a merge."""
        self.scalar(event)
        if event.value == MERGE_KEY and event.tag is None and event.implicit[0]:
            self.merging[id(node)] = event

    def open(self, event: CollectionStartEvent, key: object) -> _Frame:
        """Check that a container may begin here; the frame for what is in it."""
        if key is None:
            raise _container_key()
        is_map = isinstance(event, MappingStartEvent)
        if event.tag not in (None, "!", TAGS + ("map" if is_map else "seq")):
            raise unknown_tag(event.tag)
        self.check_depth(1)
        anchor = None
        outer_peak, depth = self.peak, len(self.stack) + 1
        self.peak = max(outer_peak, depth)
        if event.anchor is not None:
            anchor = _Anchor(size=self.count, height=outer_peak, is_open=True)
            self.anchors[event.anchor] = anchor
            self.peak = depth
        return ({}, None, [], anchor) if is_map else ([], _ITEM, [], anchor)

    def close(self, node: Any, marks: list[Mark], anchor: _Anchor | None) -> None:
        """Count a finished container's children, merge into it, settle its anchor."""
        self.count += len(node)
        self.check_nodes()
        self.members[id(node)] = marks
        if id(node) in self.merging:
            self.is_literal = False
            _merge(node, self.members, self.merging.pop(id(node)))
        if anchor is not None:
            outer_peak = anchor.height
            anchor.node, anchor.is_open = node, False
            anchor.size = self.count - anchor.size
            anchor.height = self.peak - len(self.stack) + 1
            self.peak = max(self.peak, outer_peak)

    def alias(self, name: str) -> _Anchor:
        """What an alias stands for, its cost counted."""
        anchor = self.anchors.get(name)
        if anchor is None:
            message = f"the alias `*{name}` names no anchor above it"
            hint = f"put `&{name}` before the value that is meant"
            raise Refusal("alias-undefined", message, hint)
        if anchor.is_open:
            message = f"the alias `*{name}` is inside the value that it names"
            hint = "use a `$ref` where a schema refers to itself"
            raise Refusal("alias-cycle", message, hint)
        self.check_depth(anchor.height)
        self.peak = max(self.peak, len(self.stack) + anchor.height)
        self.count += anchor.size
        self.check_nodes()
        return anchor

    def check_depth(self, height: int) -> None:
        """Refuse a node of this height here if it makes the nesting too deep."""
        if len(self.stack) + height > self.max_depth:
            message = f"the nesting is deeper than {self.max_depth:,}"
            raise Refusal("budget-depth", message, budget_hint("depth"))

    def check_nodes(self) -> None:
        """Refuse a document with too many nodes, those behind aliases included."""
        if self.count > self.max_nodes:
            message = "with its aliases expanded, the spec has too many values"
            raise Refusal("budget-nodes", message, budget_hint("nodes"))

    def failure(
        self, refusal: Refusal, event: Event, node: Any, key: Any
    ) -> SpecloomError:
        """The error for a refused event, with its place and pointer."""
        outer = self.stack[1:]  # the outermost has no part in a pointer
        tokens = [len(box) if waits is _ITEM else waits for box, waits, *_ in outer]
        if self.stack and not isinstance(event, CollectionEndEvent):
            if key is _ITEM:
                tokens.append(len(node))
            elif key is not None:
                tokens.append(key)
            elif isinstance(event, ScalarEvent):
                tokens.append(event.value)
        at = Location(self.file).child(*tokens)
        if event.start_mark is not None:
            mark = event.start_mark
            at = replace(at, line=mark.line + 1, column=mark.column + 1)
        return failure(refusal.code, refusal.message, at, refusal.hint)


def _duplicate(key: str, node: dict[str, Json], marks: list[Mark]) -> Refusal:
    first = marks[list(node).index(key)].line + 1
    message = f"the key `{key}` is here twice; the first is on line {first}"
    return Refusal("duplicate-key", message, "remove or rename one of them")


def _alias_key(
    event: Any, target: _Anchor, node: dict[str, Json], marks: list[Mark]
) -> str:
    if target.key is None:
        raise _container_key()
    if target.key in node:
        raise _duplicate(target.key, node, marks)
    marks.append(event.start_mark)
    return target.key


def _container_key() -> Refusal:
    message = "a mapping or a list cannot be a key"
    hint = "keys are plain text: put the key in quotes if the text is meant"
    return Refusal("yaml-key", message, hint)


def _second_document() -> Refusal:
    message = "a second document begins here"
    return Refusal("yaml-documents", message, "keep one document in a file")


def _merge(node: dict[str, Json], members: dict[int, list[Mark]], event: Event) -> None:
    """Put the pairs that `<<` names into their mapping; its own pairs win."""
    own = dict(zip(node, zip(node.values(), members[id(node)])))
    merged, _ = own.pop(MERGE_KEY)
    pairs: dict[str, tuple[Json, Mark]] = {}
    for source in merged if isinstance(merged, list) else [merged]:
        if not isinstance(source, dict):
            message = "`<<` merges mappings, and this is not one"
            hint = 'write "<<" in quotes if a key of that name is meant'
            raise Refusal("yaml-merge", message, hint, event)
        for key, value, mark in zip(source, source.values(), members[id(source)]):
            pairs.setdefault(key, (value, mark))  # an earlier mapping wins
    pairs.update(own)
    node.clear()
    node.update((key, value) for key, (value, _) in pairs.items())
    members[id(node)] = [mark for _, mark in pairs.values()]
