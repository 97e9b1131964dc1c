"""Whether two values are the same JSON (JSON Schema 2020-12, core, section 4.2.2)."""

from __future__ import annotations

from specloom.json_value import Json


def same(left: Json, right: Json) -> bool:
    """1 is 1.0, but true is not 1; the order of properties does not count."""
    match left, right:
        case dict(), dict():
            return left.keys() == right.keys() and all(
                same(left[key], right[key]) for key in left
            )
        case list(), list():
            return len(left) == len(right) and all(map(same, left, right))
        case (bool(), _) | (_, bool()):
            return left is right
        case _:
            return left == right
