"""JSON: the text of one file in, plain values out (RFC 8259).

Python's ``json`` reads what is right. Only where it refuses, or where it would let
pass what we do not, our own scanner walks the text: it knows where each member is, so
it names the fault's line. ``positions`` has it walk to the values that are wanted,
past all others in steps of Python's.
Promises each key once per object, finite numbers, no half of a surrogate pair.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import NoReturn, TypeAlias

from ..budgets import budget_hint
from ..diagnostics import Location, SpecloomError
from ..json_value import Json
from ..values import dataclass, field
from .scalars import Refusal, integer, real
from .source import at_offset, failure, line_column

_SPACE = re.compile(r"[ \t\n\r]*")
_BEGINS_JSON = re.compile(r"[ \t\n\r]*[{\[]")
_LONE_SURROGATE = partial(
    re.compile,
    r"\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])"
    r"|[c-fC-F](?<!\\u[dD][89abAB]..\\u[dD].))",
)


def looks_like_json(text: str, file: str) -> bool:
    """Whether to try JSON first: by the file's name, or by how the text begins."""
    return is_json_file(file) or _BEGINS_JSON.match(text) is not None


def is_json_file(file: str) -> bool:
    """Whether a file says by its name that it is JSON and nothing else."""
    return file.lower().endswith(".json")


def load(text: str, file: str, nodes: int, depth: int) -> tuple[Json, int]:
    """Read one JSON document; also return how many nodes it has.

    Args:
        text: the file's text, as ``source.decode`` gives it.
        file: how the file is named in locations.
        nodes: the most nodes allowed.
        depth: the deepest nesting allowed.

    Raises:
        SpecloomError: ``json-syntax``, ``duplicate-key``, ``number-range``,
            ``encoding``, ``budget-nodes`` or ``budget-depth``. Blank text is null.
    """
    if not text.strip(" \t\n\r"):
        return None, 1
    try:
        value: Json = _DECODER.decode(text)
    except (ValueError, RecursionError):
        _check(text, file, depth)
        # Nothing is wrong with the text: it only nests deeper than that reader can.
        message = "the nesting is deeper than this Python can read"
        at = Location(file)
        raise failure("budget-depth", message, at, "nest less deeply") from None
    count, height = measure(value)
    # An escaped backslash begins no other escape, whatever follows it.
    if height > depth or _LONE_SURROGATE().search(text.replace(r"\\", "--")):
        _check(text, file, depth)
    if count > nodes:
        message, at = "the spec has too many values", Location(file)
        raise failure("budget-nodes", message, at, budget_hint("nodes"))
    return value, count


def _check(text: str, file: str, depth: int) -> None:
    """Raise for the first fault of a text, if it has one."""
    _Walk(text, file, depth).run(None)


def measure(value: Json) -> tuple[int, int]:
    """How many nodes a value has, and how deep its containers nest."""
    count, height = 1, 0
    boxes = [value] if isinstance(value, (dict, list)) else []
    while boxes:  # one level a round
        height += 1
        parts = (b.values() if type(b) is dict else b for b in boxes)
        children = list(chain.from_iterable(parts))
        count += len(children)
        boxes = [x for x in children if type(x) is dict or type(x) is list]
    return count, height


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("duplicate key")  # the walk finds which
    return members


def _constant(text: str) -> NoReturn:
    raise Refusal("json-syntax", f"{text} is not JSON", "put it in quotes, or use null")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=integer,
    parse_float=real,
    parse_constant=_constant,
)


@dataclass(slots=True)
class Spot:
    """A value whose place is wanted, or that is on the way to one."""

    offset: int = -1
    """Where its key or the item begins, once that is found."""
    members: dict[str, Spot] = field(default_factory=dict["str", "Spot"])
    """What is wanted inside it, by key or index: a pointer's token, unescaped."""


def locate(text: str, root: Spot) -> None:
    """Set the offsets of all that is wanted and there, below and with the root.

    What is not wanted takes Python's reader one step, if that can read it at all.

    Raises:
        SpecloomError: as :func:`load` does, at the first fault, but without budgets;
            a surrogate is looked for on the way only.
    """
    walk = _Walk(text, "", sys.maxsize)
    root.offset = walk.pos
    walk.run(root.members)


_Wanted: TypeAlias = Mapping[str, Spot] | None
"""What is wanted inside a value, by token; None: to go through all of it."""


@dataclass(slots=True)
class _Box:
    """An open container."""

    closer: str
    wanted: _Wanted
    offsets: dict[str, int] = field(default_factory=dict[str, int])
    token: str | None = None
    """The member that is being read, once its key is known."""


class _Walk:
    """One pass over a text, without recursion. ``pos`` is always behind white space."""

    def __init__(self, text: str, file: str, depth: int) -> None:
        self.text, self.file, self.depth = text, file, depth
        self.pos = 0
        self.boxes: list[_Box] = []
        self.skip(0)

    def run(self, wanted: _Wanted) -> None:
        """Go through the text, into what leads to something wanted, or into all."""
        boxes = self.boxes
        while True:
            if not (self.sees("{") or self.sees("[")):
                self.scalar()
            elif wanted or wanted is None or not self.passes():
                self.open(wanted or None)
                if not self.sees(boxes[-1].closer):
                    wanted = self.begin_member()
                    continue
            while boxes and self.sees(boxes[-1].closer):
                boxes.pop()
                self.skip(1)
            if not boxes:
                break
            self.expect(",", f"`,` or `{boxes[-1].closer}`")
            wanted = self.begin_member()
        if self.pos < len(self.text):
            raise self.syntax("there is text after the document's end", "remove it")

    def sees(self, char: str) -> bool:
        """Whether ``char`` comes next."""
        return self.text.startswith(char, self.pos)

    def skip(self, count: int) -> None:
        """Go past ``count`` characters and the white space behind them."""
        if space := _SPACE.match(self.text, self.pos + count):  # even of length 0
            self.pos = space.end()

    def expect(self, char: str, wanted: str) -> None:
        """Go past ``char``, or fail with what was wanted."""
        if not self.sees(char):
            message = f"{wanted} is due here, not {self.found()}"
            raise self.syntax(message, "check commas, quotes and brackets before it")
        self.skip(1)

    def found(self) -> str:
        """What stands at ``pos``, for a message."""
        return repr(self.text[self.pos]) if self.pos < len(self.text) else "the end"

    def passes(self) -> bool:
        """Go past a container, unless it has a fault or is too deep for Python."""
        try:
            _, end = _DECODER.raw_decode(self.text, self.pos)
        except (ValueError, RecursionError):
            return False
        self.skip(end - self.pos)
        return True

    def open(self, wanted: _Wanted) -> None:
        """Enter an object or an array."""
        if len(self.boxes) == self.depth:
            message = f"the nesting is deeper than {self.depth:,}"
            raise self.failure("budget-depth", message, budget_hint("depth"))
        self.boxes.append(_Box("}" if self.sees("{") else "]", wanted))
        self.skip(1)

    def begin_member(self) -> _Wanted:
        """Go to the value of the next member or item; what is wanted inside that."""
        box, start = self.boxes[-1], self.pos
        token = str(len(box.offsets))
        if box.closer == "}":
            box.token = None
            token = self.key()
        box.token = token
        if token in box.offsets:
            raise self.duplicate(token, start)
        box.offsets[token] = start
        if box.closer == "}":
            self.expect(":", "`:`")
        if box.wanted is None:
            return None
        spot = box.wanted.get(token)
        if spot is None:
            return {}
        spot.offset = start
        return spot.members

    def key(self) -> str:
        """Read the key of a member."""
        if not self.sees('"'):
            message = f"a key in double quotes is due here, not {self.found()}"
            raise self.syntax(message, self.instead("quote the key"))
        return str(self.scalar())

    def scalar(self) -> Json:
        """Read a string, a number or a word, and go past it."""
        value: Json
        try:
            value, end = _DECODER.raw_decode(self.text, self.pos)
        except json.JSONDecodeError as error:
            raise self.bad_scalar(error) from None
        except Refusal as refusal:
            raise self.failure(refusal.code, refusal.message, refusal.hint) from None
        if isinstance(value, str):
            try:
                value.encode()
            except UnicodeEncodeError:
                message = "a string holds half of a surrogate pair"
                hint = r"write both halves, as in \ud83d\ude00, or the character itself"
                raise self.failure("encoding", message, hint) from None
        self.skip(end - self.pos)
        return value

    def bad_scalar(self, error: json.JSONDecodeError) -> SpecloomError:
        """The failure for what Python's reader says of a scalar."""
        self.pos = error.pos
        for prefix, message, hint in _WORDS:
            if error.msg.startswith(prefix):
                return self.syntax(message, hint)
        message = f"a value is due here, not {self.found()}"
        return self.syntax(message, self.instead("add the value", ", or add the value"))

    def instead(self, hint: str, or_else: str = "") -> str:
        """What to do with what stands where a key or a value is due."""
        if self.pos >= len(self.text):
            return "see whether the file is whole, and close what is open"
        if self.sees("}") or self.sees("]"):
            return f"remove the comma before it{or_else}"
        if self.sees("'"):
            return "use double quotes"
        if self.sees("\ufeff"):
            return "remove this byte order mark: only the first character may be one"
        if self.sees("/") or self.sees("#"):
            return "remove the comment: JSON has none"
        return hint

    def duplicate(self, key: str, start: int) -> SpecloomError:
        """The failure for a key that its object already has."""
        line, _ = line_column(self.text, self.boxes[-1].offsets[key])
        self.pos = start
        message = f"the key `{key}` is here twice; the first is on line {line}"
        return self.failure("duplicate-key", message, "remove or rename one of them")

    def syntax(self, message: str, hint: str) -> SpecloomError:
        """A ``json-syntax`` failure at ``pos``."""
        return self.failure("json-syntax", message, hint)

    def failure(self, code: str, message: str, hint: str) -> SpecloomError:
        """A failure at ``pos``, with the pointer of the member that is being read."""
        tokens = [box.token for box in self.boxes if box.token is not None]
        pointer = Location("").child(*tokens).pointer
        at = at_offset(self.file, self.text, self.pos, pointer)
        return failure(code, message, at, hint)


_WORDS = (
    # how Python's message begins, what we say, what to do
    ("Unterminated string", "a string is not closed", "add the closing quote"),
    (
        "Invalid control character",
        "a control character inside a string",
        r"write it as an escape: \n is a line break, \t a tab",
    ),
    (
        r"Invalid \u",
        "an escape without its four hexadecimal digits",
        r"write it as in \u00e9",
    ),
    (
        "Invalid",
        "a backslash escape that JSON does not know",
        r"write \\ for a backslash",
    ),
)
