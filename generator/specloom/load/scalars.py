"""Scalars: the text of one scalar in, its JSON value out.

What is a number or a word in YAML is said by its core schema (YAML 1.2.2 section
10.3); numbers themselves are read alike in YAML and in JSON. Promises that an integer
is exact and that no number is infinite.
"""

from __future__ import annotations

import re
from math import isinf
from typing import TYPE_CHECKING, Final

from ..json_value import Json

if TYPE_CHECKING:
    from yaml.events import Event

MAX_DIGITS: Final = 4300
"""Longest decimal integer: Python's default for ``int`` <-> ``str``, made a rule."""

TAGS: Final = "tag:yaml.org,2002:"
_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER: Final = re.compile(
    r"(?P<decimal>[-+]?[0-9]+)"
    r"|(?P<octal>0o[0-7]+)"
    r"|(?P<hexadecimal>0x[0-9a-fA-F]+)"
    r"|(?P<real>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<unbounded>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
TELLING: Final = frozenset("+-.0123456789~nNtTfF") | {""}
"""First characters (or none) of the plain scalars that may be no strings."""


class Refusal(ValueError):  # noqa: N818 - a reader turns it into the error
    """What is wrong with a scalar, or with a YAML event; its reader adds the place.

    ``event`` is set where the fault is not in the event at hand.
    """

    def __init__(
        self, code: str, message: str, hint: str, event: Event | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.event = code, message, hint, event


def integer(text: str, base: int = 10) -> int:
    """An integer, exact.

    Raises:
        Refusal: ``number-range`` where Python could not print it again. Four decimal
            digits are room for three in base 16 or 8, whatever those are.
    """
    limit = MAX_DIGITS if base == 10 else MAX_DIGITS * 3 // 4
    if len(text.lstrip("+-")) > limit:
        message = f"an integer of more than {limit} digits"
        raise Refusal("number-range", message, "put it in quotes")
    return int(text, base)


def real(text: str) -> float:
    """A number with a fraction or an exponent.

    Raises:
        Refusal: ``number-range`` where it would become infinite.
    """
    value = float(text)
    if isinf(value):
        message = f"{text[:40]} is beyond the range of a 64-bit float"
        raise Refusal("number-range", message, "put it in quotes, or make it smaller")
    return value


def plain_scalar(text: str) -> Json:
    """The value of an untagged plain scalar (YAML 1.2.2 section 10.3.2).

    Raises:
        Refusal: for a number that JSON does not have or Python cannot hold.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    match found.lastgroup:
        case "decimal":
            return integer(text)
        case "octal":
            return integer(text[2:], 8)
        case "hexadecimal":
            return integer(text[2:], 16)
        case "real":
            return real(text)
        case _:
            message = f"{text} is a number that JSON does not have"
            hint = "put it in quotes if the text is meant"
            raise Refusal("number-not-finite", message, hint)


def tagged_scalar(tag: str, text: str) -> Json:
    """The value of a scalar with an explicit tag, ``!`` or one of the core schema.

    Raises:
        Refusal: for another tag, or a text that is not of the tag's kind.
    """
    name = tag.removeprefix(TAGS)
    if tag == "!" or tag == TAGS + "str":
        return text
    kind = {"null": type(None), "bool": bool, "int": int, "float": float}.get(name)
    if kind is None or name == tag:
        raise unknown_tag(tag)
    value = plain_scalar(text)
    if kind is float and type(value) is int and text[:2] not in ("0o", "0x"):
        return real(text)
    if type(value) is not kind:
        message = f"`{text[:40]}` is tagged `!!{name}` but is not one"
        raise Refusal("yaml-tag", message, "correct the value or remove the tag")
    return value


def unknown_tag(tag: str) -> Refusal:
    """The refusal of a tag that the core schema lacks."""
    shown = "!!" + tag.removeprefix(TAGS) if tag.startswith(TAGS) else tag
    message = f"the tag `{shown}` has no meaning here"
    return Refusal("yaml-tag", message, "remove it: a spec holds JSON values only")
