"""Names: one global pass that gives every declaration its name.

Enters: declarations with the names that the spec or their context suggests. Leaves: an
ASCII PascalCase name for each, no two of which any language or file system confuses.
The rule, in order: a schema that the spec names keeps its name; of two that differ only
in spelling the one already in PascalCase keeps it and the other gets a word that tells
how it is spelled; what stands inline gives way to what is named, first by adding its
kind, then by adding where it stands. Every clash is reported.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostics
from ..ir import EnumBody
from ..naming import allocate, pascal, same_key, stem
from .shapes import Proto, ProtoRecord, ProtoUnion

_PREFIX = "type"
_URI = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*/(.+?)(\.schema)?(\.json|\.ya?ml)?#?")


def spoken(name: str) -> str:
    """What the spec calls a schema; of a URI, as bundles use them, only the path."""
    uri = _URI.fullmatch(name)
    return uri[1] if uri is not None else name


def settle_names(protos: Sequence[Proto], diagnostics: Diagnostics) -> dict[str, str]:
    """The name of each declaration, by identity."""
    named = [proto for proto in protos if proto.wire_name is not None]
    wires = list(dict.fromkeys(proto.name for proto in named))
    given = allocate(wires, pascal, prefix=_PREFIX, folded=True)
    names: dict[str, str] = {}
    taken: dict[str, str] = {}
    for proto in named:
        first, wanted = given[proto.name], _alone(proto.name)
        names[proto.id] = _claim(proto, first, wanted, taken, diagnostics)
    for proto in protos:
        if proto.id not in names:
            wanted = _alone(proto.name)
            names[proto.id] = _claim(proto, wanted, wanted, taken, diagnostics)
    return names


def _qualified(proto: Proto) -> Iterator[str]:
    """Longer and longer names for a declaration whose first choice is taken."""
    name = _alone(proto.name)
    match proto.shape:
        case ProtoRecord():
            kind = "Object"
        case EnumBody():
            kind = "Option"
        case _:
            kind = "Union"
    yield name + kind
    if proto.context:
        yield f"{name}{kind}In{proto.context}"
    file = proto.schema.at.file.rpartition("/")[2].split(".")[0]
    yield f"{name}In{pascal(file)}"
    digest = hashlib.sha256(proto.id.partition("#")[2].encode()).hexdigest()
    yield name + digest.translate(str.maketrans("0123456789", "ghijklmnop"))[:8].title()


def _claim(
    proto: Proto,
    first: str,
    wanted: str,
    taken: dict[str, str],
    diagnostics: Diagnostics,
) -> str:
    """The ``first`` name or the next that is free; ``wanted`` is what fits best."""
    name, key = first, same_key(first)
    options = _qualified(proto)
    while key in taken:
        name = next(options)
        key = same_key(name)
    taken[key] = name
    if name != wanted:
        other = taken.get(same_key(wanted), wanted)
        why = (
            "is the name"
            if other == wanted
            else f"is too much like `{other}`, the name"
        )
        diagnostics.warning(
            "name-clash",
            f"`{wanted}` {why} of another schema; this one is called `{name}`",
            proto.schema.at,
            _hint(proto),
        )
    return name


def _hint(proto: Proto) -> str:
    if proto.wire_name is not None:
        return "rename one of the two"
    if isinstance(proto.shape, ProtoUnion) and proto.shape.told is not None:
        return "rename the other one"  # this one is called after its base
    return "move this schema to where it has a name, and refer to it"


def _alone(name: str) -> str:
    """The name of a declaration if there were no other."""
    return stem(name, pascal, _PREFIX)
