"""Values: dataclasses for the many small things that a run is made of.

Enters and leaves: a class with annotated fields. To type checkers :func:`dataclass` and
:func:`replace` are the standard library's, and they hold that a frozen value is never
changed. Python is not asked to hold it once more: an object that refuses changes takes
four times as long to make, its class five times, and a run makes a hundred thousand of
one and a hundred and fifty of the other.

Promises what ``dataclasses`` does with ``slots=True``: the same fields, arguments,
defaults, ``repr`` and equality. What has equality can be hashed if it is frozen.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass, replace as replace
else:
    import dataclasses
    from operator import attrgetter

    def dataclass(*, slots, frozen=False, eq=True, kw_only=False):
        """Make a class a dataclass with slots."""
        assert slots

        def made(cls):
            cls.__doc__ = cls.__doc__ or cls.__name__  # or a signature is put together
            cls = dataclasses.dataclass(
                cls, slots=True, kw_only=kw_only, eq=False, repr=False
            )
            every = dataclasses.fields(cls)
            _add_repr(cls, [item.name for item in every if item.repr])
            _add_replace(cls, [item.name for item in every if item.init])
            if eq:
                _add_eq(cls, [item.name for item in every if item.compare], frozen)
            return cls

        return made

    def replace(value, /, **changes):
        """The same value with other values of some fields."""
        return value.__replace__(**changes)

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
