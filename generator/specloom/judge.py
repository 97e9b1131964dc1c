"""Judge: JSON values against JSON Schema, by jsonschema-rs, which is optional.

Enters: a schema as data. Leaves: a function from a value to what is wrong with it, each
fault with its path. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

from .diagnostics import shortened
from .json_value import Json
from .values import dataclass

if TYPE_CHECKING:
    from jsonschema_rs import Registry, ValidationError

INSTALL = 'pip install "specloom[oracle]"'
_MESSAGE_MAX = 200
"""A message may quote a long value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a value, and where in it."""

    path: tuple[str | int, ...]
    keyword: str
    message: str

    def __str__(self) -> str:
        """The message, after the path if there is one."""
        return f"{'/'.join(map(str, self.path))}: {self.message}".removeprefix(": ")


Judge: TypeAlias = Callable[[Json], list[Fault]]
"""The faults of a value; none means that the schema accepts it."""


def is_available() -> bool:
    """Whether jsonschema-rs is installed."""
    return find_spec("jsonschema_rs") is not None


def make_judge(schema: Any, registry: Registry | None = None) -> Judge:
    """The judge of one schema, read as JSON Schema 2020-12 unless it says otherwise.

    Raises :class:`ValueError` for what is no valid schema.
    """
    from jsonschema_rs import validator_for

    validator = validator_for(schema, registry=registry, offline=True)
    return lambda value: [
        fault for error in validator.iter_errors(value) for fault in _faults(error)
    ]


def make_registry(uri: str, document: Any) -> Registry:
    """A document that schemas can refer to by its URI."""
    from jsonschema_rs import Registry

    return Registry([(uri, document)])


def _faults(error: ValidationError) -> Iterator[Fault]:
    """The faults behind one error."""
    path = tuple(error.instance_path)
    kind: Any = error.kind
    match kind.name:
        case "additionalProperties":
            for name in kind.unexpected:
                yield Fault((*path, name), kind.name, "is not allowed here")
        case "anyOf" | "oneOf":
            branches = [
                [f for e in errors for f in _faults(e)] for errors in kind.context
            ]
            yield from _union_faults(path, kind.name, branches)
        case keyword:
            yield Fault(path, keyword, shortened(error.message, _MESSAGE_MAX))


def _union_faults(
    path: tuple[str | int, ...], keyword: str, branches: list[list[Fault]]
) -> list[Fault]:
    """The faults of the branch that was meant, if one was.

    That is one which takes the kind of value and has no fault with a fixed value of
    its properties, such as a tag; of several, the one with the fewest faults.
    """
    if not all(branches):
        return [Fault(path, keyword, "matches more than one alternative")]

    def is_meant(faults: list[Fault]) -> bool:
        return not any(
            (fault.keyword == "type" and fault.path == path)
            or (fault.keyword in ("const", "enum") and fault.path[:-1] == path)
            for fault in faults
        )

    meant = sorted(filter(is_meant, branches), key=len)
    return meant[0] if meant else [Fault(path, keyword, "matches no alternative")]
