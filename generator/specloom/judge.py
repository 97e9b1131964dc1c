"""Judge: JSON values against JSON Schema, by jsonschema-rs, which is optional.

Enters: a schema as data. Leaves: a function from a value to what is wrong with it, each
fault with its path. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

from .schema import Json

if TYPE_CHECKING:
    from jsonschema_rs import Registry, ValidationError

INSTALL = 'pip install "specloom[oracle]"'
_MESSAGE_MAX = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a value, and where in it."""

    path: tuple[str | int, ...]
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
    """The faults behind one error: those of the branch that was meant, if any was.

    That is the branch of a union that a value follows the furthest down.
    """
    path = tuple(error.instance_path)
    kind: Any = error.kind
    match kind.name:
        case "additionalProperties":
            for name in kind.unexpected:
                yield Fault((*path, name), "is not allowed here")
        case "anyOf" | "oneOf" if hasattr(kind, "context"):
            branches = [
                [f for e in errors for f in _faults(e)] for errors in kind.context
            ]
            depths = [
                max((len(f.path) for f in faults), default=0) for faults in branches
            ]
            if not depths or max(depths) <= len(path):
                yield Fault(path, "matches no alternative")
            else:
                yield from branches[depths.index(max(depths))]
        case _:
            yield Fault(path, _short(error.message))


def _short(message: str) -> str:
    """A message without the greater part of a long value that it quotes."""
    if len(message) <= _MESSAGE_MAX:
        return message
    return f"{message[: _MESSAGE_MAX // 2]} ... {message[-_MESSAGE_MAX // 2 :]}"
