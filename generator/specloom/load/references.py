"""References: the text of a ``$ref`` in, what it asks for out; and the steps to it.

Nothing here knows of files on disk: a path stays text, a document is a plain value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from ..diagnostics import Location, unescape_token
from ..json_value import Json
from ..values import dataclass
from .mapping import mappable
from .nearest import nearest
from .source import failure

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # one letter would be a drive
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")  # RFC 6901 section 4
_BAD_ESCAPE = re.compile(r"~(?![01])")  # RFC 6901 section 3


@dataclass(frozen=True, slots=True)
class Reference:
    """A ``$ref`` taken apart, percent-decoded: a file, and a place in it.

    ``path`` is empty for the file that holds the ``$ref``. The place is ``anchor``, or
    if that is empty the JSON Pointer with these unescaped ``tokens``.
    """

    path: str
    tokens: tuple[str, ...] = ()
    anchor: str = ""


def read_reference(ref: str, at: Location) -> Reference:
    """Take a ``$ref`` apart (RFC 3986 section 4.2, RFC 6901 section 6).

    Raises:
        SpecloomError: ``ref-remote`` or ``ref-syntax``, at ``at``.
    """
    path, _, fragment = ref.partition("#")
    if is_remote(path):
        hint = copy_hint(path, " beside the spec and name that by a relative path")
        raise failure("ref-remote", f"`{ref}` is a URL; nothing is fetched", at, hint)
    if "?" in path:
        hint = "write %3F if the file's name holds a question mark"
        raise failure("ref-syntax", f"`{ref}` has a query part", at, hint)
    try:
        path, fragment = (unquote(x, errors="strict") for x in (path, fragment))
    except UnicodeDecodeError:
        message, hint = f"`{ref}` is not UTF-8 once decoded", "check its % escapes"
        raise failure("ref-syntax", message, at, hint) from None
    if "\0" in path:
        hint = "remove the %00"
        raise failure("ref-syntax", "a $ref holds a NUL character", at, hint)
    if fragment and not fragment.startswith("/"):
        return Reference(path, anchor=fragment)
    if _BAD_ESCAPE.search(fragment):
        hint = "in a pointer, ~ is written ~0 and / in a name ~1"
        raise failure("ref-syntax", f"`{ref}` has a stray ~", at, hint)
    return Reference(path, split_pointer(fragment))


def copy_hint(url: str, beside: str) -> str:
    """What to do about a URL: keep a copy ``beside`` something, or map the URL."""
    mapping = mappable(url)
    return f"keep a copy{beside}" + (
        mapping and f", or say where it is: --map-ref {mapping}"
    )


def is_remote(path: str) -> bool:
    """Whether the part of a reference before ``#`` names a host (RFC 3986, 4.2)."""
    return _SCHEME.match(path) is not None or path.startswith("//")


def split_pointer(pointer: str) -> tuple[str, ...]:
    """The unescaped tokens of a JSON Pointer."""
    tokens = pointer.split("/")[1:]
    return tuple(map(unescape_token, tokens) if "~" in pointer else tokens)


class NotThereError(LookupError):
    """A pointer leads nowhere: ``message`` and ``hint`` tell how far it led."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def descend(content: Json, tokens: Sequence[str]) -> Json:
    """Follow a pointer's tokens (RFC 6901 section 4).

    Raises:
        NotThereError: with a hint that lists what would have been there.
    """
    node = content
    for index, token in enumerate(tokens):
        if isinstance(node, dict) and token in node:
            node = node[token]
        elif isinstance(node, list) and is_index(token, node):
            node = node[int(token)]
        else:
            passed = Location("").child(*tokens[:index])
            message = f"`#{passed.pointer}` has no `{token}`"
            raise NotThereError(message, _what_is_there(node, token))
    return node


def is_index(token: str, items: list[Json]) -> bool:
    """Whether a token names an item of a list."""
    return _INDEX.fullmatch(token) is not None and int(token) < len(items)


def _what_is_there(node: Json, token: str) -> str:
    if isinstance(node, list):
        return f"it is a list of {len(node)} items, counted from 0"
    if not isinstance(node, dict):
        return "it holds a single value"
    if isinstance(ref := node.get("$ref"), str):
        return f"it is a $ref itself: name a place below `{ref}`"
    return nearest(token, node)
