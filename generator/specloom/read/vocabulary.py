"""Vocabulary: the names of all keywords, and what a name is meant for that is none.

Enters: names as written in a schema. Leaves: whether they are keywords, or a hint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..json_value import Json
from .docs import TELLERS
from .keywords import LONGEST_NAME, READERS

ANNOTATIONS = frozenset(
    "$schema $vocabulary $id id $anchor $dynamicAnchor $recursiveAnchor $comment"
    " $defs definitions externalDocs xml contentEncoding contentMediaType contentSchema"
    # What editors add to schemas of configuration files, beside `markdownDescription`.
    " allowComments allowTrailingCommas defaultSnippets deprecationMessage doNotSuggest"
    " errorMessage markdownDeprecationMessage patternErrorMessage"
    " suggestSortText".split()
)
"""Keywords that are read elsewhere, or of which nothing is kept."""

_ALL_KEYWORDS = (*READERS, *TELLERS, *sorted(ANNOTATIONS))
_KEYWORDS = frozenset(_ALL_KEYWORDS)
_PATTERN_NOISE = re.compile(r"[^a-z]")


def has_keywords(raw: Mapping[str, Json]) -> bool:
    """Whether any keyword is among the names."""
    return not _KEYWORDS.isdisjoint(raw)


@cache  # one slip tends to be made many times
def similar_keyword(name: str) -> str:
    """A question whether another keyword is meant, or ''."""
    import difflib

    known = _bare_keywords()
    near = difflib.get_close_matches(_bare(name)[:LONGEST_NAME], known, 1, 0.8)
    return f"did you mean `{known[near[0]]}`?" if near else ""


@cache
def _bare_keywords() -> Mapping[str, str]:
    return {_bare(word): word for word in _ALL_KEYWORDS}


def _bare(name: str) -> str:
    return _PATTERN_NOISE.sub("", name.lower())
