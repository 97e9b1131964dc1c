"""Columns: how wide a line of source is, as formatters count.

Enters: a line. Leaves: its columns. East Asian wide and fullwidth characters, emoji
among them, fill two (Unicode Standard Annex 11). The table is ours, not Python's, so
that a page does not depend on the version of Python that makes it.
"""

from __future__ import annotations

from bisect import bisect

_WIDE = (
    "\u1100\u1160\u231a\u231c\u2329\u232b\u23e9\u23ed\u23f0\u23f1\u23f3\u23f4"
    "\u25fd\u25ff\u2614\u2616\u2630\u2638\u2648\u2654\u267f\u2680\u268a\u2690"
    "\u2693\u2694\u26a1\u26a2\u26aa\u26ac\u26bd\u26bf\u26c4\u26c6\u26ce\u26cf"
    "\u26d4\u26d5\u26ea\u26eb\u26f2\u26f4\u26f5\u26f6\u26fa\u26fb\u26fd\u26fe"
    "\u2705\u2706\u270a\u270c\u2728\u2729\u274c\u274d\u274e\u274f\u2753\u2756"
    "\u2757\u2758\u2795\u2798\u27b0\u27b1\u27bf\u27c0\u2b1b\u2b1d\u2b50\u2b51"
    "\u2b55\u2b56\u2e80\u2e9a\u2e9b\u2ef4\u2f00\u2fd6\u2ff0\u302a\u3030\u303f"
    "\u3041\u3097\u309b\u3100\u3105\u3130\u3131\u318f\u3190\u31e6\u31ef\u321f"
    "\u3220\u3248\u3250\ua48d\ua490\ua4c7\ua960\ua97d\uac00\ud7a4\uf900\ufb00"
    "\ufe10\ufe1a\ufe30\ufe53\ufe54\ufe67\ufe68\ufe6c\uff01\uff61\uffe0\uffe7"
    "\U00016fe0\U00016fe4\U00016ff2\U00016ff7\U00017000\U00018cd6\U00018cff\U00018d1f"
    "\U00018d80\U00018df3\U0001aff0\U0001aff4\U0001aff5\U0001affc\U0001affd\U0001afff"
    "\U0001b000\U0001b123\U0001b132\U0001b133\U0001b150\U0001b153\U0001b155\U0001b156"
    "\U0001b164\U0001b168\U0001b170\U0001b2fc\U0001d300\U0001d357\U0001d360\U0001d377"
    "\U0001f004\U0001f005\U0001f0cf\U0001f0d0\U0001f18e\U0001f18f\U0001f191\U0001f19b"
    "\U0001f200\U0001f203\U0001f210\U0001f23c\U0001f240\U0001f249\U0001f250\U0001f252"
    "\U0001f260\U0001f266\U0001f300\U0001f321\U0001f32d\U0001f336\U0001f337\U0001f37d"
    "\U0001f37e\U0001f394\U0001f3a0\U0001f3cb\U0001f3cf\U0001f3d4\U0001f3e0\U0001f3f1"
    "\U0001f3f4\U0001f3f5\U0001f3f8\U0001f3fb\U0001f400\U0001f43f\U0001f440\U0001f441"
    "\U0001f442\U0001f4fd\U0001f4ff\U0001f53e\U0001f54b\U0001f54f\U0001f550\U0001f568"
    "\U0001f57a\U0001f57b\U0001f595\U0001f597\U0001f5a4\U0001f5a5\U0001f5fb\U0001f650"
    "\U0001f680\U0001f6c6\U0001f6cc\U0001f6cd\U0001f6d0\U0001f6d3\U0001f6d5\U0001f6d9"
    "\U0001f6dc\U0001f6e0\U0001f6eb\U0001f6ed\U0001f6f4\U0001f6fd\U0001f7e0\U0001f7ec"
    "\U0001f7f0\U0001f7f1\U0001f90c\U0001f93b\U0001f93c\U0001f946\U0001f947\U0001fa00"
    "\U0001fa70\U0001fa7d\U0001fa80\U0001fa8b\U0001fa8e\U0001fac7\U0001fac8\U0001fac9"
    "\U0001facd\U0001fadd\U0001fadf\U0001faeb\U0001faef\U0001faf9\U00020000\U0002fffe"
    "\U00030000\U0003fffe"
)
"""Where characters begin to fill two columns, and where they cease (Unicode 17.0)."""


def width(text: str) -> int:
    """The columns that a line fills."""
    if text.isascii():
        return len(text)
    return len(text) + sum(bisect(_WIDE, c) % 2 for c in text if c >= _WIDE[0])
