"""Judging: a spec enters, what is wrong with its model leaves.

For each declaration, over instances drawn from its schema: the table accepts what an
independent validator accepts on the schema as its author wrote it, and what a table
accepts the type can hold: the dispatch of a union picks a branch that takes the value,
and the only one if it says so. The lenient reading accepts what the strict one does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import jsonschema_rs

from holding import Holder
from specloom.budgets import DEFAULT_BUDGETS
from specloom.build import build
from specloom.build.relax import relax
from specloom.conform.cases import instances
from specloom.conform.originals import URI, Originals
from specloom.conform.readings import Reader
from specloom.cost import afford
from specloom.diagnostics import Diagnostics, Location
from specloom.ir import Json, Schema
from specloom.load.document import Document
from specloom.options import DEFAULTS, Options
from specloom.read import identity, read

SHOWN = 5
MANY, FEW = 300, 40
"""Instances of a schema of a small spec, and of one of a large one."""


class Judged:
    """One spec with its originals, strictly and leniently read."""

    def __init__(
        self, entry: Path, most: int = MANY, options: Options = DEFAULTS
    ) -> None:
        self._most = most
        document = Document.load(entry, map_ref=options.map_ref)
        diagnostics = Diagnostics()
        self.source = read(document, diagnostics)
        afford(self.source.roots, DEFAULT_BUDGETS, diagnostics)
        diagnostics.raise_errors()
        self.strict = build(self.source, diagnostics)
        self.lenient = build(relax(self.source), Diagnostics())
        decls = [*self.strict.decls.values(), *self.lenient.decls.values()]
        roots = [root.at for root in self.source.roots.values()]
        self._originals = Originals(document, [*roots, *(d.schema.at for d in decls)])
        self._registry = jsonschema_rs.Registry([(URI, self._originals.resource())])
        self._reader = Reader(self.source.roots)

    def instances(self, schema: Schema) -> Iterator[Json]:
        return islice(instances(schema, self._reader, "tables"), self._most)

    def judge(self, at: Location) -> Callable[[Any], bool]:
        schema = {"$ref": self._originals.ref(at)}
        return jsonschema_rs.Draft202012Validator(
            schema, registry=self._registry
        ).is_valid


def disagreements(spec: Judged, *, met: bool) -> Iterator[str]:
    """Verdicts that differ from the original's, strictly read.

    If ``met``, each schema has to accept something, or nothing would be shown.
    """
    holder = Holder(spec.strict)
    relaxed = Holder(spec.lenient)
    for root in spec.source.roots.values():
        if root.id != identity(root.at):
            continue  # what a schema means elsewhere is judged where it is referred to
        accepts, accepted = spec.judge(root.at), 0
        for value in spec.instances(root.schema):
            want = accepts(value)
            accepted += want
            got = holder.accepts(spec.strict.decls[root.id].schema, value)
            if got is not want:
                yield f"{root.name}: {value!r} should be {_word(want)}"
            if want and not relaxed.accepts(spec.lenient.decls[root.id].schema, value):
                yield f"{root.name}: {value!r} is refused when read leniently"
        if met and not accepted and _can_be_met(root.name):
            yield f"{root.name}: no instance was accepted, so nothing was shown"


def _word(accepted: bool) -> str:
    return "accepted" if accepted else "refused"


def _can_be_met(name: str) -> bool:
    """Schemas that accept nothing say so in their name."""
    return not name.startswith("Impossible")


def homeless(spec: Judged, *, lenient: bool) -> Iterator[str]:
    """Accepted values that the type of their declaration cannot hold."""
    model = spec.lenient if lenient else spec.strict
    holder = Holder(model)
    for decl in model.decls.values():
        root = spec.source.roots.get(decl.id)
        for value in spec.instances(decl.schema if root is None else root.schema):
            if holder.accepts(decl.schema, value):
                problem = holder.problem(decl, value)
                if problem:
                    yield f"{decl.name}: {problem}"


def check(spec: Judged, *, met: bool = True) -> None:
    """Fail with the first few things that are wrong in a spec's model."""
    found = chain(
        disagreements(spec, met=met),
        homeless(spec, lenient=False),
        homeless(spec, lenient=True),
    )
    shown = list(islice(found, SHOWN))
    assert not shown, "\n".join(shown)
