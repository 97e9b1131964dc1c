"""Scalars: strings and numbers for a place, those meant to be accepted and others.

Enters: the bounds that hold at a place. Leaves: the values that somebody has to decide
about: at each boundary and beside it, and those that bindings get wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..ir import Number, NumberRules, StringRules
from .patterns import example, searches

TEXTS = (
    "text",
    "",
    "a",
    "ab",
    "A1",
    "42",
    "null",
    "2024-01-01T00:00:00Z",
    "not a date",
    "a\\b\"c'd/e\n\t${f}%s",
    "\N{GRINNING FACE}\N{GRINNING FACE}",
    "e\N{COMBINING ACUTE ACCENT}",
    "\N{LINE SEPARATOR}\x00\x7f",
)
"""Without lone surrogates: JSON may escape one, but no validator has to take it."""
NUMBERS: tuple[Number, ...] = (
    *(0, 1, 2, 7, -1, 3.0, -0.0, 1e3, 0.5, 0.1, -2.5, 1e-7),
    *(2**33, 2**53 - 1, 2**53, 2**53 + 1, -(2**63), 2**63, 2**64, 10**30),
    *(1.5e300, 5e-324, -1e-7, 1e16, 1e21),
)
_EXACT = 2**53
"""Below it a float holds every whole number, and halves of most."""
_HALVES = (0.5, -0.5)
_LONGEST = 2_000
"""Characters of a text that is made to reach a boundary."""


def fitting_strings(rules: Iterable[StringRules]) -> Iterator[str]:
    """Texts that are meant to be accepted."""
    fitting = [text for text in _likely(rules) if fits(text, rules)]
    yield from fitting or _likely(rules)[:1]


def beside_strings(rules: Iterable[StringRules]) -> Iterator[str]:
    """Texts just beyond the bounds."""
    low, high = _lengths(rules)
    if 0 < low <= _LONGEST:
        yield "a" * (low - 1)
        yield "\N{GRINNING FACE}" * (low - 1)
    if high is not None and high < _LONGEST:
        yield "a" * (high + 1)
        yield "\N{GRINNING FACE}" * (high + 1)
    patterns = _patterns(rules)
    if patterns:
        likely = [*_likely(rules), *TEXTS]
        for text in (*(f"{x} " for x in likely), *(f"\n{x}" for x in likely), *likely):
            if not all(searches(pattern, text) for pattern in patterns):
                yield text


def fits(text: str, rules: Iterable[StringRules]) -> bool:
    """Whether a text is within bounds, as far as Python reads the patterns."""
    low, high = _lengths(rules)
    longest = len(text) if high is None else high
    return low <= len(text) <= longest and all(
        searches(pattern, text) for pattern in _patterns(rules)
    )


def _lengths(rules: Iterable[StringRules]) -> tuple[int, int | None]:
    low = max((rule.min_length or 0 for rule in rules), default=0)
    high = [rule.max_length for rule in rules if rule.max_length is not None]
    return low, min(high, default=None)


def _patterns(rules: Iterable[StringRules]) -> list[str]:
    return [rule.pattern for rule in rules if rule.pattern is not None]


def _likely(rules: Iterable[StringRules]) -> list[str]:
    """Texts that may fit: of each pattern, at each boundary, and the usual ones."""
    low, high = _lengths(rules)
    bounds = [n for n in (low, high) if n is not None and 0 < n <= _LONGEST]
    made = [
        example(pattern, repeats, choice)
        for pattern in _patterns(rules)
        for repeats in (1, 0, 3, *bounds)
        for choice in (0, 1, 2)
    ]
    sized = [sign * n for n in bounds for sign in ("a", "\N{GRINNING FACE}")]
    found = [text for text in made if text is not None]
    return list(dict.fromkeys((*found, *TEXTS, *sized)))


def fitting_numbers(rules: Iterable[NumberRules], *, whole: bool) -> Iterator[Number]:
    """Numbers that are meant to be accepted; ``whole`` says that no others are."""
    near = _inside(rules)
    pointed = (float(value) for value in near if abs(value) < _EXACT)
    for value in _distinct((*near, *pointed, *NUMBERS)):
        if whole and value != int(value):
            continue
        if all(_within(value, rule) for rule in rules):
            yield value


def beside_numbers(rules: Iterable[NumberRules], *, whole: bool) -> Iterator[Number]:
    """Numbers just beyond the bounds, and fractions where whole ones are due."""
    if whole:
        yield from (1.5, 0.1, 1e-7)
    for value in _distinct((*_inside(rules), *NUMBERS)):
        if not all(_within(value, rule) for rule in rules):
            yield value


def _inside(rules: Iterable[NumberRules]) -> list[Number]:
    """The bounds, and what lies on either side of them."""
    near: list[Number] = []
    for rule in rules:
        for bound in (
            rule.minimum,
            rule.maximum,
            rule.exclusive_minimum,
            rule.exclusive_maximum,
        ):
            if bound is not None:
                near += (bound, bound + 1, bound - 1)
                near += (bound + half for half in _HALVES if abs(bound) < _EXACT)
        if (bound := rule.multiple_of) is not None:
            near += (bound * n for n in (1, 2, 3, 10, -1))
            near += (bound + half for half in _HALVES if abs(bound) < _EXACT)
    return near


def _within(value: Number, rule: NumberRules) -> bool:
    lower, upper = rule.exclusive_minimum, rule.exclusive_maximum
    return (
        (rule.minimum is None or value >= rule.minimum)
        and (rule.maximum is None or value <= rule.maximum)
        and (lower is None or value > lower)
        and (upper is None or value < upper)
        and (rule.multiple_of is None or _is_multiple(value, rule.multiple_of))
    )


def _is_multiple(value: Number, divisor: Number) -> bool:
    """By what is written: 0.3 is a multiple of 0.1."""
    return (Fraction(str(value)) / Fraction(str(divisor))).denominator == 1


def _distinct(values: Iterable[Number]) -> Iterator[Number]:
    """Each spelling once: ``1`` and ``1.0`` are two."""
    seen = {"inf", "-inf"}
    for value in values:
        if repr(value) not in seen:
            seen.add(repr(value))
            yield value
