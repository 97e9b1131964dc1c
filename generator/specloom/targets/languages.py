"""Languages: every speller, by the name of its language; the list is explicit.

Like a target, a speller is imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..target import Speller
from .registry import Registry


def _python() -> type[Speller]:
    from .python.spelling import PythonSpeller

    return PythonSpeller


def _typescript() -> type[Speller]:
    from .typescript.spelling import TypeScriptSpeller

    return TypeScriptSpeller


def _rust() -> type[Speller]:
    from .rust import Rust

    return Rust


def _php() -> type[Speller]:
    from .php import Php

    return Php


def _dart() -> type[Speller]:
    from .dart import Dart

    return Dart


def _plain() -> type[Speller]:
    from .plain import Plain

    return Plain


LANGUAGES: Mapping[str, type[Speller]] = Registry(
    {
        "python": _python,
        "typescript": _typescript,
        "rust": _rust,
        "php": _php,
        "dart": _dart,
        "plain": _plain,
    }
)
