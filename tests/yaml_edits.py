"""A YAML text that is hard to cut, and edits of it, most of them hostile."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from specloom.diagnostics import escape_token
from specloom.json_value import Json

TEXT = """\
# What stands before the first key.
openapi: 3.1.0   # a comment
info:
  title: 'it''s'
  text: >-
    folded \N{GRINNING FACE}

      # no comment
  more: |+
    kept

tags:
- name: a
  description: "over
    lines: x"
- b
-
components:
  # between
  schemas:
    # before A

    A:
      type: object
      properties: {a: {type: string}, "b": [1,
        2.50, null]}
    "B c":
      enum:
      - a
      - 0x10

      description: |
          deep
        # a comment
    C: plain
      text

    D:
    E: !!str 12
  responses:
    A: {$ref: '#/components/schemas/A'}
    Z: []
x-last:
  a:
    b:
      c: {}
      d: "\\x41"
  e: ~
"""
INSERTS = (
    *(
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        " #",
        ": ",
        ":",
        "? ",
        "- ",
        "-",
        "|",
        ">",
    ),
    *("\n", "\n\n", " ", "  ", "    ", "\t", "\r", "\r\n", "\x85", "\u2028", "\ufeff"),
    *("---\n", "\n---\n", "...\n", "\n...\n", "%YAML 1.2\n", "\n%TAG ! x\n", "--- "),
    *(
        "&a ",
        "*a",
        "<<: ",
        "<<: {x: 1}\n",
        "!!str ",
        "!x ",
        "! ",
        "@",
        "`",
        "\0",
        "\x07",
    ),
    *("x: 1\n", "    x: 1\n", "  x: 1\n", "    A: 2\n", "  schemas:\n", "    ? y\n"),
    *("    # note\n", "# note\n", "      deeper\n", " |\n", " |+\n\n", ": >2\n", "\\"),
    *("e\u0301", "\N{GRINNING FACE}", "    new: {a: [b, c], d: 'e'}\n", "1e5", "~"),
)


def pointers(value: Json, at: str = "") -> Iterator[str]:
    """The pointer of every value, and one beside it that leads nowhere."""
    yield at
    yield f"{at}/no"
    members: dict[str, Json] = {}
    if isinstance(value, dict):
        members = value
    elif isinstance(value, list):
        members = {str(number): item for number, item in enumerate(value)}
    for token, member in members.items():
        yield from pointers(member, f"{at}/{escape_token(token)}")


def edited(text: str, random: Random) -> str:
    """The text with one edit."""
    lines = text.splitlines(keepends=True) or [""]
    at, to = sorted(random.randrange(len(text) + 1) for _ in range(2))
    line = random.randrange(len(lines))
    count = random.choice((1, 1, 2, 5, 9))
    block = lines[line : line + count]
    del_lines = [*lines[:line], *lines[line + count :]]
    match random.randrange(9):
        case 0:
            return text[:at] + random.choice(INSERTS) + text[at:]
        case 1:
            return text[:at] + text[min(to, at + random.choice((1, 2, 9))) :]
        case 2:
            lines.insert(line, random.choice(INSERTS))
        case 3:
            lines = del_lines
        case 4:
            place = random.randrange(len(del_lines) + 1)
            lines = [*del_lines[:place], *block, *del_lines[place:]]
        case 5:
            place = random.randrange(len(lines) + 1)
            lines = [*lines[:place], *block, *lines[place:]]
        case 6:
            shift = random.choice((" ", "  ", "    "))
            lines[line : line + count] = [shift + x for x in block]
        case 7:
            shift = random.choice((" ", "  ", "    "))
            lines[line : line + count] = [x.removeprefix(shift) for x in block]
        case _:
            word = random.choice(text.split() or ["x"])
            return text.replace(word, random.choice(("new", "a: b", word * 2)), 1)
    return "".join(lines)
