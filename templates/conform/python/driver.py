"""Feeds cases to the generated package: `"schema"<tab>instance` in, a verdict out.

One line each; a line `ready` comes first. JSON text is read and written by the package.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

(_registry,) = Path(__file__).parent.glob("*/_schemas.py")
package = import_module(_registry.parent.name)
schemas = import_module(f"{package.__name__}._schemas").SCHEMAS


def verdict(schema, text):
    """The verdict on one instance, as a line."""
    if schema not in schemas:
        return line(False, errors=[("", "unmapped", "has no type")])
    try:
        value = package.decode_json(schema, text)
    except package.DecodeError as error:
        found = [(x.path, x.code, x.message) for x in error.violations]
        return line(False, errors=found)
    try:
        return line(True, out=package.encode_json(value))
    except package.EncodeError as error:
        return line(True, errors=[("", "encode", str(error))])


def survived(schema, text):
    """The verdict, also of a package that fails where it should not."""
    try:
        return verdict(schema, text)
    except Exception as error:
        return line(False, errors=[("", "crash", f"{type(error).__name__}: {error}")])


def line(ok, out="null", errors=()):
    """A verdict as JSON; what was written is put in as it is."""
    told = [dict(zip(("path", "code", "message"), error)) for error in errors]
    first, more = json.dumps(told[0] if told else None), json.dumps(told[1:])
    return f'{{"ok":{json.dumps(ok)},"out":{out},"error":{first},"more":{more}}}\n'


def main(cases, verdicts):
    """Judge a file of cases; each verdict is on disk before the next case is read."""
    with open(cases, encoding="utf-8", newline="\n") as source:
        with open(verdicts, "a", encoding="utf-8", buffering=1) as output:
            output.write("ready\n")
            for case in source:
                schema, _, text = case.rstrip("\n").partition("\t")
                output.write(survived(json.loads(schema), text))


main(*sys.argv[1:])
