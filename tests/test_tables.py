"""The tables' verdicts are those of an independent validator on the authors' schemas.

For each declaration of each spec, over instances drawn from the schema as written: the
table accepts what jsonschema-rs accepts, and what a table accepts the type can hold:
the dispatch of a union picks a branch that takes the value, and the only one if it says
so. The lenient reading accepts at least what the strict one does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from golden_cases import CASES, Case
from holding import Holder
from small_specs import openapi
from specloom.build import build
from specloom.build.relax import relax
from specloom.conform.cases import instances
from specloom.conform.originals import URI, Originals
from specloom.conform.readings import Reader
from specloom.diagnostics import Diagnostics, Location
from specloom.ir import Json, Schema
from specloom.load.document import Document
from specloom.read import read

SPEC = Path(__file__).parent.parent / "spec" / "openapi.yaml"
SHOWN = 5
MANY, FEW = 300, 40
"""Instances of a schema of a small spec, and of one of a large one."""


class Judged:
    """One spec with its originals, strictly and leniently read."""

    def __init__(self, entry: Path, most: int = MANY) -> None:
        self._most = most
        document = Document.load(entry)
        diagnostics = Diagnostics()
        self.source = read(document, diagnostics)
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


def disagreements(spec: Judged) -> Iterator[str]:
    """Verdicts that differ from the original's, strictly read."""
    holder = Holder(spec.strict)
    relaxed = Holder(spec.lenient)
    for root in spec.source.roots.values():
        accepts, accepted = spec.judge(root.at), 0
        for value in spec.instances(root.schema):
            want = accepts(value)
            accepted += want
            got = holder.accepts(spec.strict.decls[root.id].schema, value)
            if got is not want:
                yield f"{root.name}: {value!r} should be {_word(want)}"
            if want and not relaxed.accepts(spec.lenient.decls[root.id].schema, value):
                yield f"{root.name}: {value!r} is refused when read leniently"
        if not accepted and _can_be_met(root.name):
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


def none(found: Iterator[str]) -> None:
    """Fail with the first few findings."""
    shown = [line for line, _ in zip(found, range(SHOWN))]
    assert not shown, "\n".join(shown)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_golden_cases(case: Case) -> None:
    none(disagreements(Judged(case.spec)))


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "lenient"])
def test_accepted_values_of_golden_cases_can_be_held(case: Case, lenient: bool) -> None:
    none(homeless(Judged(case.spec), lenient=lenient))


def test_the_canonical_spec() -> None:
    spec = Judged(SPEC)
    none(disagreements(spec))
    none(homeless(spec, lenient=False))
    none(homeless(spec, lenient=True))


@pytest.mark.slow
def test_a_whole_api(shared_spec: Path) -> None:
    spec = Judged(shared_spec, FEW)
    none(disagreements(spec))
    none(homeless(spec, lenient=False))
    none(homeless(spec, lenient=True))


# Schemas that are too odd for a golden case, each once the cause of a wrong answer.
ODD = """
    Base: {type: object, required: [id], properties: {id: {type: string}}}
    UnionInAllOf:
      allOf:
        - $ref: '#/components/schemas/Base'
        - oneOf:
            - {required: [t], properties: {t: {const: x}, x: {type: string}}}
            - {required: [t], properties: {t: {const: y}, y: {type: string}}}
    TwoUnions:
      allOf:
        - oneOf:
            - {type: object, required: [p], properties: {p: {const: 1}}}
            - {type: object, required: [p], properties: {p: {const: 2}}}
        - oneOf:
            - {type: object, required: [q], properties: {q: {const: 3}}}
            - {type: object, required: [q], properties: {q: {const: 4}}}
    UnionBesideTypes:
      type: [string, integer]
      oneOf: [{minLength: 2}, {minimum: 3}]
    NullOnOneSide:
      allOf:
        - {type: object, properties: {a: {type: [string, 'null']}}}
        - {properties: {a: {type: string}}}
    MergedEnums:
      allOf:
        - {type: object, properties: {a: {enum: [x, y, z]}}}
        - {properties: {a: {enum: [y, z, q]}}}
    MergedObjects:
      allOf:
        - {type: object, properties: {a: {type: object, properties: {b: {}}}}}
        - {properties: {a: {required: [c], additionalProperties: {type: integer}}}}
    TwinShapes:
      anyOf:
        - {type: array, items: {type: string}, not: {maxItems: 1}}
        - {type: array, items: {type: string}, not: {minItems: 3}}
        - {type: array, items: {type: integer}}
    ImpliedBranch: {anyOf: [{type: string}, {properties: {a: {type: string}}}]}
    NullByReference: {oneOf: [{$ref: '#/components/schemas/Null'}, {type: string}]}
    Null: {type: 'null'}
    ImpossibleBoth: {allOf: [{type: string}, {type: integer}]}
    ImpossibleEnum: {enum: []}
    Fractions: {type: integer, enum: [1, 2.5, 3.0]}
    OneAndTrue: {enum: [1, true, 0, false]}
    ExclusiveOpen: {oneOf: [{type: string}, {enum: [a, b]}]}
    RequiredOnly:
      type: object
      properties: {a: {}, b: {}}
      anyOf: [{required: [a]}, {required: [b]}]
    NotNull: {not: {type: 'null'}}
    NamedKeys: {type: object, propertyNames: {enum: [a, b]}}
    Tree:
      anyOf:
        - {type: string}
        - {type: array, items: {$ref: '#/components/schemas/Tree'}}
"""


def test_odd_schemas(tmp_path: Path) -> None:
    entry = tmp_path / "spec.yaml"
    entry.write_text(openapi(ODD), encoding="utf-8")
    spec = Judged(entry)
    none(disagreements(spec))
    none(homeless(spec, lenient=False))
    none(homeless(spec, lenient=True))
