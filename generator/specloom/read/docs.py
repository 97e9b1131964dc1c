"""Docs: the keywords that tell people something and assert nothing.

Enters: a draft of the schema that is read, a keyword and its value as written. Leaves:
keyword arguments of :class:`ir.Docs` in the draft. What has not the form that it must
have is reported and left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from ..ir import Json, Mutability
from .draft import Draft, KeywordReader, SubReader

_LINKED = re.compile(r"https?://[^\s<>()\[\]\\`]+")
_LABEL = re.compile(r"[^\[\]<>`\\]+")
_MUTABILITIES = get_args(Mutability)


def _odd(reader: SubReader, draft: Draft, keyword: str, expected: str) -> None:
    code = "extension-value" if keyword.startswith("x-") else "keyword-value"
    place = draft.at.child(keyword)
    reader.diagnostics.warning(code, f"`{keyword}` must be {expected}", place)


def _told(name: str, type_: type, expected: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        if isinstance(value, type_):
            draft.group("docs")[name] = value
        else:
            _odd(reader, draft, keyword, expected)

    return read


def _examples(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, list):
        draft.group("docs")["examples"] = tuple(value)
    else:
        _odd(reader, draft, keyword, "a list")


def _example(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    """OpenAPI 3.1.0, section 4.8.24: deprecated in favour of ``examples``."""
    draft.group("docs").setdefault("examples", (value,))


def _mutability(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if value in _MUTABILITIES:
        draft.group("docs")["mutability"] = value
    else:
        _odd(reader, draft, keyword, f"one of {', '.join(_MUTABILITIES)}")


def _markdown(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    """What editors show in place of ``description``; it is kept where that lacks."""
    if isinstance(value, str):
        draft.group("docs").setdefault("description", value)
    else:
        _odd(reader, draft, keyword, "a text")


def _values(name: str) -> KeywordReader:
    """A text for each of the values that ``enum`` lists beside it."""

    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        if isinstance(value, list):
            draft.group("docs").setdefault(name, tuple(map(_text_of, value)))
        else:
            _odd(reader, draft, keyword, "a list of texts")

    return read


def _text_of(item: Json) -> str:
    """A text, or that of an object that describes a value."""
    said = item.get("description") if isinstance(item, dict) else item
    return said if isinstance(said, str) else ""


def _tag(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    """What a ``discriminator`` calls a schema (AutoRest); it asserts nothing."""
    if isinstance(value, str):
        reader.tags[draft.at] = value
    else:
        _odd(reader, draft, keyword, "a text")


def settle_link(reader: SubReader, draft: Draft, said: Json) -> None:
    """Put ``externalDocs`` behind the description, unless that has the link itself.

    What is no URL of the web, or would end its own link, is left out.
    """
    url = said.get("url") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(url, str):
        _odd(reader, draft, "externalDocs", "an object with a `url`")
        return
    docs = draft.group("docs")
    about = docs.get("description", "")
    if _LINKED.fullmatch(url) and url not in about:
        title = said.get("description")
        text = " ".join(title.split()).rstrip(".") if isinstance(title, str) else ""
        link = f"[{text}]({url})" if _LABEL.fullmatch(text) else f"<{url}>"
        docs["description"] = f"{about.rstrip()}\n\nSee {link}.".lstrip()


TELLERS: Mapping[str, KeywordReader] = {
    "title": _told("title", str, "a text"),
    "description": _told("description", str, "a text"),
    "markdownDescription": _markdown,
    "examples": _examples,
    "example": _example,
    "deprecated": _told("deprecated", bool, "true or false"),
    "readOnly": _told("read_only", bool, "true or false"),
    "writeOnly": _told("write_only", bool, "true or false"),
    "x-since": _told("since", str, "a text, such as a date or a version"),
    "x-mutability": _mutability,
    "x-enum-varnames": _values("value_names"),
    "x-enumNames": _values("value_names"),
    "x-enum-descriptions": _values("value_texts"),
    "x-enum-elements": _values("value_texts"),
    "markdownEnumDescriptions": _values("value_texts"),
    "enumDescriptions": _values("value_texts"),
    "x-ms-discriminator-value": _tag,
}
