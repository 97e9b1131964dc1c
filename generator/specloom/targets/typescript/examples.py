"""Examples of the spec as TypeScript: a typed constant for each."""

from __future__ import annotations

from ...code import Code
from ...ir import Decl, DeclRef, Json
from ..examples import Shapes
from . import literals
from .layout import placed
from .spelling import TypeScriptSpeller

_NAME = "example"


def example_code(speller: TypeScriptSpeller, decl: Decl, value: Json) -> Code | None:
    """A module that holds a value; None where the type checker would refuse it.

    It refuses properties that an interface does not name, though the wire allows them.
    """
    if not Shapes(speller.model, closed=True).fits(DeclRef(decl.id), value):
        return None
    name = speller.type_name(decl)
    package = literals.string(speller.settings.package)
    label = f"const {_NAME}: {name} = "
    constant = placed(label, literals.tree(value), "", 1)
    return Code(f"import type {{ {name} }} from {package};\n\n{constant};")
