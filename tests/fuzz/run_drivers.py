"""Run the conformance driver of each folder named, in one process.

Then ask each package again in other ways: what it says has to hang together. What does
not is written to ``contradictions.txt``.
"""

from __future__ import annotations

import copy
import json
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main(names: list[str]) -> None:
    """Run the drivers of some folders."""
    for name in names:
        folder = Path(name).resolve()
        sys.path.insert(0, str(folder))
        files = (folder / "cases.txt", folder / "verdicts.txt")
        sys.argv = ["driver.py", *map(str, files)]
        driver = runpy.run_path(str(folder / "driver.py"))
        package = driver["package"]
        cases = files[0].read_text(encoding="utf-8").split("\n")[:-1]
        with (folder / "contradictions.txt").open("w", encoding="utf-8") as output:
            for case in cases:
                schema, _, text = case.partition("\t")
                for wrong in contradictions(package, json.loads(schema), text):
                    output.write(f"{wrong}: {case!r}\n")
        sys.path.remove(str(folder))


def contradictions(package: Any, schema: str, text: str) -> Iterator[str]:
    """What does not hang together in what a package says of an instance."""
    plain = json.loads(text)
    before = json.dumps(plain)
    found = package.validate(schema, plain)
    if any(violation.code == "depth" for violation in found):
        return
    try:
        value = package.decode(schema, plain)
    except package.DecodeError as error:
        if [*error.violations] != found:
            yield f"decode: {error.violations}, but validate: {found}"
        return
    if found:
        yield f"decoded, but validate: {found}"
    told = package.validate(schema, value)
    if told:
        yield f"decoded, but what it became is wrong: {told}"
    if package.encode(value) != plain:
        yield f"encoded otherwise: {package.encode(value)}"
    again = package.decode(schema, package.encode(value))
    if again != value or type(again) is not type(value):
        yield f"not the same again: {value!r} and {again!r}"
    twin = copy.deepcopy(value)
    if twin != value or package.encode(twin) != plain:
        yield f"not the same as a copy: {value!r} and {twin!r}"
    if json.dumps(plain) != before:
        yield "what was given is changed"


main(sys.argv[1:])
