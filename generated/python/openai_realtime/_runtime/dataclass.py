"""Dataclass: the decorator of `dataclasses`, which waits until it is needed.

To decorate a class takes ten times as long as to make it, and few programs ask a class
for its fields. So a class is only marked here; `dataclasses` gets to see it when it is
asked for the fields: by `fields`, `replace`, `asdict`, `is_dataclass`, or for a class
that extends it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

EXTRA = "additional_properties"

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    class _Fields:
        """Stands for the fields of a class until somebody asks for them."""

        def __init__(self, cls, options):
            self._cls = cls
            self._options = options

        def __get__(self, instance, owner=None):
            from dataclasses import MISSING, dataclass

            made = dataclass(**self._options)(self._cls).__dataclass_fields__
            defaults = getattr(self._cls.__init__, "__kwdefaults__", None) or {}
            for name, field in made.items():
                if name == EXTRA:
                    field.default, field.default_factory = MISSING, dict
                elif name in defaults:
                    field.default = defaults[name]
            return made

    def dataclass(**options):
        """Mark a class that has `__slots__` and `__init__` as a dataclass."""

        def mark(cls):
            cls.__dataclass_fields__ = _Fields(cls, options)
            return cls

        return mark
