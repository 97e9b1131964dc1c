"""Values: dataclasses for the many small things that a run is made of.

Enters and leaves: a class with annotated fields. To type checkers all here is the
standard library's, and they hold that a frozen value is never changed. Python is not
asked to hold it once more: an object that refuses changes takes four times as long to
make, its class five times, and a run makes a hundred thousand of one and a hundred and
fifty of the other. What makes an object is compiled once for all classes of one shape,
and given their names: to compile it for each would be two thirds of what a class costs.

Promises what ``dataclasses`` does with ``slots=True``: the same fields, each of which
is an argument, defaults, ``repr`` and equality. What has equality can be hashed if it
is frozen. To whoever asks ``dataclasses`` itself it is one of its own; that module, and
all it needs, is imported by then only.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import (
        dataclass as dataclass,
        field as field,
        fields as fields,
        replace as replace,
    )
else:
    from operator import attrgetter
    from types import FunctionType

    _UNSET = object()
    _shapes = {}
    """What makes objects, by which fields have a factory, and whether more is done."""

    class _Field:
        """What a class says of one of its fields."""

        __slots__ = ("compare", "given", "kw_only", "metadata", "name", "repr")

        def __init__(self, *, repr=True, compare=True, metadata=None, **given):
            self.repr, self.compare, self.metadata = repr, compare, metadata or {}
            self.given = given  # `default`, `default_factory` or neither

    field = _Field

    def fields(of):
        """The fields of a class or of a value, in order."""
        return of.__fields__

    def replace(value, /, **changes):
        """The same value with other values of some fields."""
        return value.__replace__(**changes)

    def dataclass(*, slots, frozen=False, eq=True, kw_only=False):
        """Make a class a dataclass with slots."""
        assert slots

        def made(cls):
            known = {item.name: item for item in getattr(cls, "__fields__", ())}
            own = _declared(cls, kw_only)
            every = tuple({**known, **own}.values())
            names = [item.name for item in every]
            body = {
                "__init__": _init(cls, every),
                "__repr__": _repr([item.name for item in every if item.repr]),
                "__replace__": _replace(names),
            }
            if eq:
                body["__eq__"], body["__hash__"] = _equality(every, frozen)
            left = {*own, "__dict__", "__weakref__"}
            body |= {name: x for name, x in vars(cls).items() if name not in left}
            body["__slots__"] = tuple([name for name in own if name not in known])
            body["__match_args__"] = tuple([x.name for x in every if not x.kw_only])
            body["__fields__"], body["__dataclass_fields__"] = every, _THEIRS
            anew = type(cls)(cls.__name__, cls.__bases__, body)
            anew.__qualname__ = cls.__qualname__
            return anew

        return made

    def _declared(cls, kw_only):
        """The fields that the body of a class has, by name."""
        found = {}
        for name, type_ in cls.__annotations__.items():
            if not type_.startswith("ClassVar"):
                said = vars(cls).get(name, _UNSET)
                if not isinstance(said, _Field):
                    said = field() if said is _UNSET else field(default=said)
                said.name, said.kw_only = name, kw_only
                found[name] = said
        return found

    class _Theirs:
        """The fields of a class as ``dataclasses`` has them, made when that asks."""

        def __get__(self, _, cls):
            import dataclasses

            members = [
                (
                    item.name,
                    object,
                    dataclasses.field(
                        repr=item.repr,
                        compare=item.compare,
                        kw_only=item.kw_only,
                        metadata=item.metadata,
                        **item.given,
                    ),
                )
                for item in cls.__fields__
            ]
            made = dataclasses.make_dataclass(cls.__name__, members, init=False)
            cls.__dataclass_fields__ = dict(made.__dataclass_fields__)
            return cls.__dataclass_fields__

    _THEIRS = _Theirs()

    def _init(cls, every):
        every = sorted(every, key=lambda item: item.kw_only)  # which stand last
        made = ["default_factory" in item.given for item in every]
        code = _shape(tuple(made), hasattr(cls, "__post_init__"))
        names = {f"field{place}": item.name for place, item in enumerate(every)}
        named = [item for item in every if item.kw_only]
        if all(item.given for item in named):
            named = []  # to fill in what has no name takes Python half the time
        count = len(every) - len(named)
        code = code.replace(
            co_argcount=1 + count,
            co_kwonlyargcount=len(named),
            co_varnames=("self", *names.values()),
            co_names=tuple([names.get(name, name) for name in code.co_names]),
        )
        used = {
            f"make{place}": item.given["default_factory"]
            for place, item in enumerate(every)
            if made[place]
        }
        init = FunctionType(code, {"UNSET": _UNSET, **used}, "__init__")
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        init.__defaults__ = tuple(_defaults(every[:count]).values())
        init.__kwdefaults__ = _defaults(named)
        return init

    def _defaults(items):
        """What stands for the fields that have a default, by name."""
        return {x.name: x.given.get("default", _UNSET) for x in items if x.given}

    def _shape(made, post):
        """The code of ``__init__`` for fields with these names by place."""
        if (made, post) not in _shapes:
            names = [f"field{place}" for place in range(len(made))]
            lines = [f"def __init__({', '.join(['self', *names])}):"]
            for place, name in enumerate(names):
                new = f"make{place}() if {name} is UNSET else " if made[place] else ""
                lines.append(f" self.{name} = {new}{name}")
            lines.append(" self.__post_init__()" if post else " pass")
            found = {}
            exec("\n".join(lines), found)
            _shapes[made, post] = found["__init__"].__code__
        return _shapes[made, post]

    def _repr(names):
        values = _tuple_of(names)
        form = f"({', '.join(f'{name}=%r' for name in names)})"
        return lambda self: type(self).__qualname__ + form % values(self)

    def _replace(names):
        values = _tuple_of(names)

        def replaced(self, /, **changes):
            return type(self)(**{**dict(zip(names, values(self))), **changes})

        return replaced

    def _equality(every, frozen):
        values = _tuple_of([item.name for item in every if item.compare])

        def equal(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return self is other or values(self) == values(other)

        return equal, (lambda self: hash(values(self))) if frozen else None

    def _tuple_of(names):
        """What gives the values of these attributes, as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        if not names:
            return lambda _: ()
        one = attrgetter(*names)
        return lambda self: (one(self),)
