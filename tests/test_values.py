"""Values: what our dataclasses share with those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import Any, ClassVar

import pytest

from specloom.values import dataclass, field, fields, replace


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
    c: list[int] = dataclasses.field(default_factory=list[int], compare=False)
    d: int = dataclasses.field(default=4, repr=False)


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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _TheirsBelow(_Theirs):
    k: ClassVar[int] = 0
    b: str = "b"
    e: float = dataclasses.field(compare=False, metadata={"unit": "s"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _OursBelow(_Ours):
    k: ClassVar[int] = 0
    b: str = "b"
    e: float = field(compare=False, metadata={"unit": "s"})


def _facts(of: Any) -> list[tuple[object, ...]]:
    return [
        (x.name, x.default, x.default_factory, x.repr, x.compare, x.kw_only, x.metadata)
        for x in dataclasses.fields(of)
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"), [(_Ours, _Theirs), (_OursBelow, _TheirsBelow)]
)
def test_classes_have_the_same_fields(ours: Any, theirs: Any) -> None:
    assert _facts(ours) == _facts(theirs)
    assert [x.name for x in fields(ours)] == [x.name for x in dataclasses.fields(ours)]
    assert [x.metadata for x in fields(ours)] == [x[-1] for x in _facts(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__slots__ == theirs.__slots__
    assert vars(ours).get("k") == vars(theirs).get("k")
    assert dataclasses.is_dataclass(ours)


def test_a_class_may_have_methods_of_its_own() -> None:
    @dataclass(frozen=True, slots=True)
    class Own:
        a: int

        def __repr__(self) -> str:
            return "own"

        def __hash__(self) -> int:
            return 7

    assert (repr(Own(1)), hash(Own(1)), Own(1) == Own(1)) == ("own", 7, True)


def test_what_a_run_imports_leaves_the_standard_one_alone() -> None:
    modules = "commands, reader, targets.markdown, targets.python, targets.typescript"
    names = ", ".join(f"specloom.{name}" for name in modules.split(", "))
    code = f"import sys, {names}; sys.exit('dataclasses' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


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
