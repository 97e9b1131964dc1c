"""Languages: every speller, by the name of its language; the list is explicit."""

from __future__ import annotations

from collections.abc import Mapping

from ..target import Speller
from .dart import Dart
from .php import Php
from .plain import Plain
from .python.spelling import PythonSpeller
from .rust import Rust
from .typescript.spelling import TypeScriptSpeller

LANGUAGES: Mapping[str, type[Speller]] = {
    speller.language: speller
    for speller in (PythonSpeller, TypeScriptSpeller, Rust, Php, Dart, Plain)
}
