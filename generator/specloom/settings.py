"""Settings: names of a target that its user may choose, such as that of a package.

A target declares each of them once, as a field of its settings dataclass: the form that
the language allows and the case style. A name that is not chosen is the spec's title in
that style, so that two runs, on any machine, agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from .diagnostics import Diagnostic, Severity, SpecloomError
from .naming import Style
from .values import field, fields, replace

_FALLBACK = "models"
_LONGEST = 100
"""A folder may be called like the package, and a title can be a page of text."""


def name_setting(
    style: Style, form: str, meaning: str, reserved: Collection[str] = ()
) -> Any:
    """The field of a setting that names something in generated code.

    Args:
        style: makes the name of the spec's title, where none is chosen.
        form: a regular expression that a name has to match as a whole.
        meaning: the form in words, as in "it must be {meaning}".
        reserved: words of that form that are no names.
    """
    facts = {"style": style, "form": form, "meaning": meaning, "reserved": reserved}
    return field(default="", metadata=facts)


def is_name(item: Any) -> bool:
    """Whether a dataclass field was made by :func:`name_setting`."""
    return "style" in item.metadata


def name_fault(item: Any, value: Any) -> str:
    """What is wrong with the value of a field, as words behind its name, or ''."""
    if not is_name(item) or not value or _fits(item, value):
        return ""
    return f"must be {item.metadata['meaning']}, not {value!r}"


def _fits(item: Any, name: str) -> bool:
    form, reserved = item.metadata["form"], item.metadata["reserved"]
    return re.fullmatch(form, name) is not None and name not in reserved


def settle_names(settings: Any, title: str) -> Any:
    """The settings with every name that was not chosen made of the spec's title.

    Raises:
        SpecloomError: ``setting-value``, a name is not of the form of its language.
    """
    chosen: dict[str, str] = {}
    for item in fields(settings):
        value = getattr(settings, item.name)
        if fault := name_fault(item, value):
            message = f"the setting `{item.name}` {fault}"
            raise SpecloomError(Diagnostic(Severity.ERROR, "setting-value", message))
        if is_name(item) and not value:
            chosen[item.name] = _derived(item, title)
    return replace(settings, **chosen)


def _derived(item: Any, title: str) -> str:
    """The title as a name; a reserved word or a first digit asks for a word before."""
    style: Style = item.metadata["style"]
    name = style(title or _FALLBACK)
    while len(name) > _LONGEST:
        title = title[: len(title) // 2]
        name = style(title)
    return name if _fits(item, name) else style(f"{_FALLBACK} {title}")
