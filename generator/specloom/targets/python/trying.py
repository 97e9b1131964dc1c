"""Trying: where a decoder may build one alternative and, if that fails, another.

To build an object is several times faster than to ask a table first. But what is built
in vain has been decoded in vain as well: where it holds what is tried so again, time
doubles with each level. Enters: a union. Leaves: whether nothing inside is tried so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ...analyse import family_base, mentioned, named_types
from ...ir import Decl, DeclRef, UnionBody


def may_try(union: Decl, decls: Mapping[str, Decl], recursive: Collection[str]) -> bool:
    """Whether a union is of a base and its heirs, none of which holds another such.

    ``recursive`` are the declarations from which a way leads back to themselves.
    """
    if family_base(union) is None or union.id in recursive:
        return False
    seen: set[str] = set()
    waiting = [ref for decl in _objects(union, decls) for ref in _references(decl)]
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen:
            seen.add(id_)
            if family_base(decls[id_]) is not None:
                return False
            waiting += _references(decls[id_])
    return True


def _objects(union: Decl, decls: Mapping[str, Decl]) -> list[Decl]:
    """What a value of a union can be, through unions in it."""
    if not isinstance(union.body, UnionBody):
        return [union]
    types = [branch.type for branch in union.body.branches]
    inner = [decls[type_.id] for type_ in types if isinstance(type_, DeclRef)]
    return [decl for each in inner for decl in _objects(each, decls)]


def _references(decl: Decl) -> list[str]:
    return mentioned(named_types(decl))
