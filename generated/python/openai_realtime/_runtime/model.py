"""Model: what all classes of this package have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from .codec import recover, validate
from .dataclass import EXTRA
from .errors import DecodeError, Violation
from .registry import Table, table_from
from .unset import UNSET
from .values import kind_of
from .wire import encode_json, read

if TYPE_CHECKING:
    from dataclasses import Field
    from typing import ClassVar

    from typing_extensions import Self


class JsonObject:
    """A JSON object with named properties.

    Calling the class checks nothing, so that an object can be filled step by step:
    `validate` checks it. `from_dict` and `from_json` always check.

    Where the spec takes any JSON, `from_dict` keeps what it is given: it is not copied,
    nor looked into.
    """

    __slots__ = ("__weakref__",)

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Check plain JSON values and build the object. Raises `DecodeError`."""
        raise NotImplementedError

    @classmethod
    def from_json(cls, text: str | bytes | bytearray) -> Self:
        """Read JSON text and build the object. Raises `DecodeError`."""
        return cls.from_dict(read(cls.__name__, text))

    def to_json(self, *, indent: int | None = None) -> str:
        """The object as JSON text. Raises `EncodeError`."""
        return encode_json(self, indent=indent)

    def validate(self) -> list[Violation]:
        """All that is wrong with the object; empty if it is valid."""
        return validate(table_from(self.assertions), self)

    def __repr__(self) -> str:
        """The object as code, without what is absent."""
        shown = [f"{name}={value!r}" for name, value in self.__rich_repr__()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        """What `repr` shows, for `rich`, which breaks it into lines."""
        for name in self._names():
            value = getattr(self, name)
            if value is not UNSET and (name != EXTRA or value):
                yield name, value

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name) for name in self._names()
        )

    __hash__ = None  # type: ignore[assignment]  # its properties may change

    def __replace__(self, /, **changes: Any) -> Self:
        """A copy with other properties, for `copy.replace` of Python 3.13."""
        from dataclasses import replace

        return replace(self, **changes)

    def _names(self) -> list[str]:
        """The names of all attributes, in the order of the spec."""
        from dataclasses import fields

        return [item.name for item in fields(self)]

    def to_dict(self) -> dict[str, Any]:
        """The object as plain JSON values; absent properties are left out.

        Values of type `Any`, such as those in a `dict[str, Any]`, are given as they
        are: the object and what is returned share them, and they are not checked.
        `to_json` refuses what JSON cannot say.
        """
        raise NotImplementedError

    @staticmethod
    def assertions() -> Table:
        """The rules that decoding checks, as JSON Schema; a `$ref` names a module."""
        raise NotImplementedError


class OpenObject(JsonObject):
    """A JSON object that also keeps properties which the spec does not name.

    Few objects have any: `additional_properties` is made when it is first asked for.
    """

    __slots__ = ("_extra",)
    _extra: dict[str, Any] | None

    if not TYPE_CHECKING:  # for checkers each class says what its own are

        @property
        def additional_properties(self) -> dict[str, Any]:
            """The properties that the spec does not name, kept as they came."""
            if self._extra is None:
                self._extra = {}
            return self._extra

        @additional_properties.setter
        def additional_properties(self, value: dict[str, Any]) -> None:
            self._extra = value


T = TypeVar("T", bound=JsonObject)


def rebuild(cls: type[T], construct: Callable[..., Any], data: Any) -> T:
    """The object of data that its decoder refused. Raises `DecodeError`."""
    made = recover(cls.__name__, cls.assertions, partial(construct, cls=cls), data)
    return instance(cls, made)


def instance(cls: type[T], made: Any) -> T:
    """What was decoded, if it is an object. Raises `DecodeError`.

    Where the spec allows null, or any other kind of value, no class can hold these.
    """
    if not isinstance(made, cls):
        message = f"expected object, got {kind_of(made)}"
        raise DecodeError(cls.__name__, [Violation("", "type", message)])
    return made
