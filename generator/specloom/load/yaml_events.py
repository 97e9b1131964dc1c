"""YAML events: text in; parser events, or a syntax error in plain words, out.

libyaml (through PyYAML) does the work. Where PyYAML was built without it, the same
events come from PyYAML's own parser, many times slower; ``IS_SLOW`` says so.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Protocol

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import Event, ScalarEvent

from ..diagnostics import Location, SpecloomError
from .source import at_offset, failure

IS_SLOW: bool = not yaml.__with_libyaml__


class EventParser(Protocol):
    """What both parsers offer."""

    def get_event(self) -> Event | None:
        """The next event; ``YAMLError`` where the text is not YAML."""
        ...


class _PureParser:
    """PyYAML's own parser, made to refuse the escapes that libyaml refuses."""

    def __init__(self, text: str) -> None:
        self._loader: Any = yaml.BaseLoader(text)

    def get_event(self) -> Event | None:
        r"""The next event; an escape such as ``\ud800`` that is no character fails."""
        try:
            event: Event | None = self._loader.get_event()
            if isinstance(event, ScalarEvent):
                event.value.encode()
        except (ValueError, OverflowError):
            problem = "found invalid Unicode character escape code"
            mark = self._loader.get_mark()
            raise MarkedYAMLError(problem=problem, problem_mark=mark) from None
        return event


def parse(text: str) -> EventParser:
    """A parser for ``text`` (without byte order mark), the fastest there is.

    Raises:
        YAMLError: here or from ``get_event``; see :func:`syntax_failure`.
    """
    return _PureParser(text) if IS_SLOW else yaml.CBaseLoader(text)


_NOT_PRINTABLE = partial(
    re.compile, "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""Complement of ``c-printable``, YAML 1.2.2 section 5.1."""

_QUOTE_IT = "put the text in quotes"
_INDENT = "check the indentation of this line and of the one before it"
_BRACKET = "close the bracket, or put a comma between the items"
_WORDS = (
    # found in the parser's message, what we say, what to do
    (
        "mapping values are not allowed",
        "a `: ` where no key can be",
        "put the text in quotes if the colon belongs to it, else check the indentation",
    ),
    ("sequence entries are not allowed", "a `- ` where no list can begin", _INDENT),
    (
        "could not find expected ':'",
        "a key without its `:`",
        "write `key: value`, or indent the line if it continues the text above",
    ),
    ("',' or ']'", "a list in brackets is not closed", _BRACKET),
    ("',' or '}'", "a mapping in braces is not closed", _BRACKET),
    ("expected node content", "a value is missing", _BRACKET),
    ("expected the node content", "a value is missing", _BRACKET),
    ("expected key", "this line fits no mapping or list above it", _INDENT),
    ("'-' indicator", "this line is not an item of the list above it", _INDENT),
    ("<block end>", "this line fits no mapping or list above it", _INDENT),
    ("end of stream", "a quoted text is not closed", "add the closing quote"),
    (
        "Unicode character escape",
        "an escape that is no Unicode character",
        r"write the character itself, or \U and eight hexadecimal digits; YAML has no "
        r"surrogate pairs such as \ud83d\ude00",
    ),
    (
        "unknown escape character",
        "a backslash escape that YAML does not know",
        r"write \\ for a backslash, or use single quotes, where it stands for itself",
    ),
    ("tag handle", "a tag with an undeclared handle", "remove the tag"),
    ("<document start>", "text after the document's end", "remove it, or indent it"),
    ("incompatible YAML document", "a YAML version that nobody reads", "use 1.2"),
)


def syntax_failure(error: YAMLError, text: str, file: str) -> SpecloomError:
    """The ``yaml-syntax`` error for what a parser raised, placed where it stopped."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return _unprintable(error, text, file)
    mark = error.problem_mark
    at = Location(file, "", mark.line + 1, mark.column + 1)
    problem = error.problem or str(error)
    message, hint = problem, "check quotes, brackets and indentation near this place"
    if "cannot start any token" in problem:
        message, hint = _bad_start(text[mark.index])
    for needle, words, advice in _WORDS:
        if needle in problem:
            message, hint = words, advice
            break
    if mark.index >= len(text.rstrip()):
        message += "; the text ends here"
    start = error.context_mark
    if start is not None and start.line != mark.line:
        message += f"; what is being read here began on line {start.line + 1}"
    return failure("yaml-syntax", message, at, hint)


def _bad_start(char: str) -> tuple[str, str]:
    if char == "\t":
        return "a tab in the indentation", "indent with spaces: YAML allows no tabs"
    return f"a value cannot begin with {char!r}", _QUOTE_IT


def _unprintable(error: YAMLError, text: str, file: str) -> SpecloomError:
    """The readers count bytes or characters, as they like: look for the place anew."""
    found = _NOT_PRINTABLE().search(text)
    if found is None:
        return failure("yaml-syntax", str(error), Location(file))
    at = at_offset(file, text, found.start())
    message = f"the control character U+{ord(found[0]):04X}, which YAML does not allow"
    hint = "remove it, or write it as an escape in double quotes"
    return failure("yaml-syntax", message, at, hint)
