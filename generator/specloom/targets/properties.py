r"""Properties: what may stand between the braces of ``\p{...}`` in a pattern.

The names are those of ECMA-262, section 22.2.1.1 and tables 66 to 70. Names of scripts,
of which each version of Unicode brings more, are taken as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from string import ascii_letters

PROPERTY = partial(re.compile, r"([pP])\{(?:(\w+)=)?(\w+)\}", re.ASCII)
r"""A property after the backslash: ``p`` or ``P``, what it is of, its name."""

OTHERS_MEANING = frozenset(ascii_letters) - frozenset("bBcdDfknrsStuvwWx")
r"""Letters that mean themselves after a backslash by the older rules of ECMA-262 alone.

Whoever writes ``\A``, ``\z`` or ``\p{Alnum}`` has the regular expressions of another
language in mind, not the letter.
"""

_GENERAL = ("General_Category", "gc")
_SCRIPTS = ("Script", "sc", "Script_Extensions", "scx")
_CATEGORIES: Mapping[str, str] = {
    name: line.split()[0]
    for line in """\
L Letter
LC Cased_Letter
Lu Uppercase_Letter
Ll Lowercase_Letter
Lt Titlecase_Letter
Lm Modifier_Letter
Lo Other_Letter
M Mark Combining_Mark
Mn Nonspacing_Mark
Mc Spacing_Mark
Me Enclosing_Mark
N Number
Nd Decimal_Number digit
Nl Letter_Number
No Other_Number
P Punctuation punct
Pc Connector_Punctuation
Pd Dash_Punctuation
Ps Open_Punctuation
Pe Close_Punctuation
Pi Initial_Punctuation
Pf Final_Punctuation
Po Other_Punctuation
S Symbol
Sm Math_Symbol
Sc Currency_Symbol
Sk Modifier_Symbol
So Other_Symbol
Z Separator
Zs Space_Separator
Zl Line_Separator
Zp Paragraph_Separator
C Other
Cc Control cntrl
Cf Format
Cs Surrogate
Co Private_Use
Cn Unassigned""".splitlines()
    for name in line.split()
}
_BINARY = frozenset(
    """
    AHex ASCII ASCII_Hex_Digit Alpha Alphabetic Any Assigned Bidi_C Bidi_Control Bidi_M
    Bidi_Mirrored CI CWCF CWCM CWKCF CWL CWT CWU Case_Ignorable Cased
    Changes_When_Casefolded Changes_When_Casemapped Changes_When_Lowercased
    Changes_When_NFKC_Casefolded Changes_When_Titlecased Changes_When_Uppercased DI Dash
    Default_Ignorable_Code_Point Dep Deprecated Dia Diacritic EBase EComp EMod EPres
    Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Ext
    ExtPict Extended_Pictographic Extender Gr_Base Gr_Ext Grapheme_Base Grapheme_Extend
    Hex Hex_Digit IDC IDS IDSB IDST IDS_Binary_Operator IDS_Trinary_Operator ID_Continue
    ID_Start Ideo Ideographic Join_C Join_Control LOE Logical_Order_Exception Lower
    Lowercase Math NChar Noncharacter_Code_Point Pat_Syn Pat_WS Pattern_Syntax
    Pattern_White_Space QMark Quotation_Mark RI Radical Regional_Indicator STerm SD
    Sentence_Terminal Soft_Dotted Term Terminal_Punctuation UIdeo Unified_Ideograph
    Upper Uppercase VS Variation_Selector White_Space XIDC XIDS XID_Continue XID_Start
    space
    """.split()
)


def is_property(found: re.Match[str]) -> bool:
    """Whether ECMA-262 knows what :data:`PROPERTY` found."""
    _, of, name = found.groups()
    return of in _SCRIPTS or category(found) is not None or (not of and name in _BINARY)


def category(found: re.Match[str]) -> str | None:
    """The short name of a general category, such as ``Lu``; None for what is none."""
    _, of, name = found.groups()
    return _CATEGORIES.get(name) if of is None or of in _GENERAL else None
