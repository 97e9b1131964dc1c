"""Values: what our dataclasses share with those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any

import pytest

from specloom.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class _None:
    pass


@dataclass(frozen=True, slots=True)
class _One:
    a: object = 1


@dataclass(frozen=True, slots=True)
class _Ours:
    """Words."""

    a: int
    b: str = "%s"
    c: list[int] = field(default_factory=list[int], compare=False)
    d: int = field(default=4, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class _Theirs:
    a: int
    b: str = "%s"
    c: list[int] = field(default_factory=list[int], compare=False)
    d: int = field(default=4, repr=False)


@dataclass(slots=True)
class _Changed:
    a: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class _Itself:
    a: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    a: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Below(_One):
    b: int
    c: list[int] = field(default_factory=list[int])
    d: str = "d"

    def __post_init__(self) -> None:
        if not self.b:
            raise ValueError("no b")


def test_they_look_the_same() -> None:
    ours, theirs = _Ours(1, c=[2]), _Theirs(1, c=[2])
    assert repr(ours) == repr(theirs).replace("_Theirs", "_Ours")
    assert (repr(_None()), repr(_One((1, 2)))) == ("_None()", "_One(a=(1, 2))")
    assert _Ours.__doc__ == "Words."
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert [item.name for item in dataclasses.fields(ours)] == ["a", "b", "c", "d"]
    match ours:
        case _Ours(a, "%s"):
            assert a == 1
        case _:
            pytest.fail("no match by position")


def test_arguments_are_those_of_the_fields() -> None:
    made = [_Below(b=1), _Below(2, b=1, d="e")]
    assert [(x.a, x.b, x.c, x.d) for x in made] == [(1, 1, [], "d"), (2, 1, [], "e")]
    made[0].c.append(3)
    assert (made[1].c, _Below(b=1, c=[4]).c) == ([], [4])
    with pytest.raises(ValueError, match="no b"):
        _Below(b=0)
    below: Any = _Below
    for given, named in (((), {}), ((1, 2), {"b": 1}), ((), {"b": 1, "e": 2})):
        with pytest.raises(TypeError, match=r"_Below\.__init__\(\)"):
            below(*given, **named)


def test_equality_asks_for_the_class_and_the_compared_fields() -> None:
    assert _Ours(1, c=[2]) == _Ours(1)
    assert hash(_Ours(1, c=[2])) == hash(_Ours(1))
    assert _Ours(1) != _Ours(1, d=5)
    other: object = _Named(a=1)
    assert _One() != other
    assert _None() == _None()
    assert len({_One(), _One(1.0), _One(2)}) == 2
    assert _Itself() != _Itself()
    with pytest.raises(TypeError, match="unhashable"):
        hash(_Changed())


def test_a_copy_may_have_other_values() -> None:
    value = _Ours(1, c=[2])
    changed = replace(value, b="x")
    assert (changed.a, changed.b, changed.c) == (1, "x", [2])
    assert value == _Ours(1)
    assert replace(_Named(a=1), a=2) == _Named(a=2)
    assert dataclasses.replace(value, a=3) == replace(value, a=3)
    assert copy.copy(value) == pickle.loads(pickle.dumps(value)) == value
    with pytest.raises(TypeError):
        replace(value, none=1)  # type: ignore[call-arg] # pyright: ignore


def test_values_have_slots() -> None:
    value = _Changed()
    value.a = 2
    assert value == _Changed(2)
    with pytest.raises(AttributeError):
        value.b = 3  # type: ignore[attr-defined] # pyright: ignore
