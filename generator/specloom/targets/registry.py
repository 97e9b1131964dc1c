"""Registry: what there is by name, imported when it is first asked for.

Enters: for each name a function that imports what it stands for. Leaves: a mapping.
Promises: to list the names, or to ask for one of them, imports none of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

_T = TypeVar("_T")


class Registry(Mapping[str, _T]):
    """A mapping that makes each of its values once, when it is first needed."""

    def __init__(self, makers: Mapping[str, Callable[[], _T]]) -> None:
        self._makers = makers
        self._made: dict[str, _T] = {}

    def __getitem__(self, name: str) -> _T:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
