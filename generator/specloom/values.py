"""Values: dataclasses for the many small things that a run is made of.

Enters and leaves: a class with annotated fields. To type checkers :func:`dataclass` and
:func:`replace` are the standard library's, and they hold that a frozen value is never
changed. Python is not asked to hold it once more: an object that refuses changes takes
four times as long to make, its class five times, and a run makes a hundred thousand of
one and a hundred and fifty of the other. What makes an object is compiled once for all
classes of one shape, and given their names: to compile it for each would be two thirds
of what a class costs.

Promises what ``dataclasses`` does with ``slots=True``: the same fields, each of which
is an argument, defaults, ``repr`` and equality. What has equality can be hashed if it
is frozen.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass, replace as replace
else:
    import dataclasses
    from operator import attrgetter
    from types import FunctionType

    _UNSET = object()
    _shapes = {}
    """What makes objects, by which fields have a factory, and whether more is done."""

    def dataclass(*, slots, frozen=False, eq=True, kw_only=False):
        """Make a class a dataclass with slots."""
        assert slots

        def made(cls):
            cls.__doc__ = cls.__doc__ or cls.__name__  # or a signature is put together
            cls = dataclasses.dataclass(
                cls, slots=True, kw_only=kw_only, eq=False, repr=False, init=False
            )
            every = dataclasses.fields(cls)
            _add_init(cls, every)
            _add_repr(cls, [item.name for item in every if item.repr])
            _add_replace(cls, [item.name for item in every])
            if eq:
                _add_eq(cls, [item.name for item in every if item.compare], frozen)
            return cls

        return made

    def replace(value, /, **changes):
        """The same value with other values of some fields."""
        return value.__replace__(**changes)

    def _add_init(cls, every):
        every = sorted(every, key=lambda item: item.kw_only)  # which stand last
        given = [_given(item) for item in every]
        made = [default is _UNSET for default in given]
        code = _shape(tuple(made), hasattr(cls, "__post_init__"))
        names = {f"field{place}": item.name for place, item in enumerate(every)}
        named = {x.name: default for x, default in zip(every, given) if x.kw_only}
        if dataclasses.MISSING not in named.values():
            named = {}  # to fill in what has no name takes Python half the time
        count = len(every) - len(named)
        code = code.replace(
            co_argcount=1 + count,
            co_kwonlyargcount=len(named),
            co_varnames=("self", *names.values()),
            co_names=tuple([names.get(name, name) for name in code.co_names]),
        )
        used = {
            f"make{at}": x.default_factory for at, x in enumerate(every) if made[at]
        }
        cls.__init__ = FunctionType(code, {"UNSET": _UNSET, **used}, "__init__")
        cls.__init__.__qualname__ = f"{cls.__qualname__}.__init__"
        missing = dataclasses.MISSING
        cls.__init__.__defaults__ = tuple(
            [x for x in given[:count] if x is not missing]
        )
        cls.__init__.__kwdefaults__ = {
            name: default for name, default in named.items() if default is not missing
        }

    def _given(item):
        factory = item.default_factory is not dataclasses.MISSING
        return _UNSET if factory else item.default

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

    def _add_repr(cls, names):
        values = _tuple_of(names)
        form = f"({', '.join(f'{name}=%r' for name in names)})"
        cls.__repr__ = lambda self: type(self).__qualname__ + form % values(self)

    def _add_replace(cls, names):
        values = _tuple_of(names)

        def replaced(self, /, **changes):
            return cls(**{**dict(zip(names, values(self))), **changes})

        cls.__replace__ = replaced

    def _add_eq(cls, names, frozen):
        values = _tuple_of(names)

        def equal(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return self is other or values(self) == values(other)

        cls.__eq__ = equal
        cls.__hash__ = (lambda self: hash(values(self))) if frozen else None

    def _tuple_of(names):
        """What gives the values of these attributes, as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        if not names:
            return lambda _: ()
        one = attrgetter(*names)
        return lambda self: (one(self),)
