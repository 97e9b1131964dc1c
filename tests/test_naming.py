"""Names: the words of a text, the case styles, joins, and names that clash."""

from __future__ import annotations

import keyword
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from specloom import naming
from specloom.naming import (
    Style,
    allocate,
    camel,
    fit_file,
    join_names,
    kebab,
    pascal,
    same_key,
    snake,
    spell,
    words,
)

STYLES: tuple[Style, ...] = (pascal, camel, snake)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("", ""),
        ("$ - .", ""),
        ("session", "session"),
        ("HTTPServerError", "HTTP Server Error"),
        ("gpt-4o_mini", "gpt 4o mini"),
        ("g711_ulaw", "g711 ulaw"),
        ("x2y", "x2y"),
        ("X2Y", "X2Y"),
        ("iOSApp", "i OS App"),
        ("3D", "3D"),
        ("4KVideo", "4K Video"),
        ("SHA256Hash", "SHA256 Hash"),
        ("level2ID", "level2 ID"),
        ("userIDs", "user IDs"),
        ("RealtimeMCPToolCall", "Realtime MCP Tool Call"),
        ("user's files", "users files"),
        ("caf\u00e9", "cafe"),
        ("cafe\u0301", "cafe"),
        ("\ufb01x", "fix"),
        ("\u4f1a\u8bae ok", "U4F1A U8BAE ok"),
        ("U4F1AOk", "U4F1A Ok"),
        ("\U0001f389", "U1F389"),
        ("\ud800", "UD800"),
        ("a.b/c:d\ne", "a b c d e"),
    ],
)
def test_words(text: str, want: str) -> None:
    assert words(text) == tuple(want.split())


@pytest.mark.parametrize(
    ("text", "in_pascal", "in_camel", "in_snake"),
    [
        ("session", "Session", "session", "session"),
        ("turn_detection", "TurnDetection", "turnDetection", "turn_detection"),
        ("HTTPServerError", "HTTPServerError", "httpServerError", ""),
        ("RealtimeMCPToolCall", "RealtimeMCPToolCall", "realtimeMCPToolCall", ""),
        ("MCPTool", "MCPTool", "mcpTool", "mcp_tool"),
        ("MCP tool", "MCPTool", "mcpTool", "mcp_tool"),
        ("SERVER_ERROR", "ServerError", "serverError", "server_error"),
        ("GPT-4", "GPT4", "gpt4", "gpt_4"),
        ("gpt-4o-mini", "Gpt4oMini", "gpt4oMini", "gpt_4o_mini"),
        ("userIDs", "UserIDs", "userIDs", "user_ids"),
        ("__proto__", "Proto", "proto", "proto"),
        ("$", "Dollar", "dollar", "dollar"),
        ("-1", "Minus1", "minus1", "minus_1"),
        ("", "Empty", "empty", "empty"),
        ("2024-01-01", "20240101", "20240101", "2024_01_01"),
    ],
)
def test_styles(text: str, in_pascal: str, in_camel: str, in_snake: str) -> None:
    assert (pascal(text), camel(text)) == (in_pascal, in_camel)
    assert snake(text) == (in_snake or snake(in_pascal))
    assert kebab(text) == snake(text).replace("_", "-")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("", "empty"),
        ("$", "dollar"),
        ("-", "hyphen"),
        ("...", "dot dot dot"),
        ("'", "apostrophe"),
        (" ", "space"),
        ("\x00", "U0000"),
        ("\u0301", "U0301"),
        ("\u2026", "U2026"),
        ("+1", "plus 1"),
        ("-1", "minus 1"),
        (".5 x", "dot 5 x"),
        ("2024-01-01", "2024-01-01"),
        ("$ref", "$ref"),
        ("\U0001f389", "\U0001f389"),
    ],
)
def test_spell(text: str, want: str) -> None:
    assert spell(text) == want


@pytest.mark.parametrize(
    ("parent", "child", "want"),
    [
        ("Session", "voice", "SessionVoice"),
        ("Session", "max_tokens", "SessionMaxTokens"),
        (
            "RealtimeSessionTracing",
            "Tracing Configuration",
            "RealtimeSessionTracingConfiguration",
        ),
        ("RealtimeSession", "Realtime Session Config", "RealtimeSessionConfig"),
        ("MCPTool", "MCP tool filter", "MCPToolFilter"),
        ("ServerTool", "tool_CHOICE", "ServerToolCHOICE"),
        ("Session", "session", "SessionSession"),
        ("Tooling", "ing", "ToolingIng"),
        ("Session", "", "SessionEmpty"),
    ],
)
def test_join_names(parent: str, child: str, want: str) -> None:
    assert join_names(parent, child) == want


def test_same_key_is_the_strictest_equality() -> None:
    same = ("fooBar", "foo_bar", "FOO-BAR", "Foobar", "f\u00f6oBar")
    assert {same_key(name) for name in same} == {"foobar"}
    assert same_key("$") == same_key("dollar") != same_key("")


# Style, options, wires in document order, and the names in the same order.
Case = tuple[Style, dict[str, object], str, str]
CASES: list[Case] = [
    (snake, {}, "id object voice", "id object voice"),
    # The exact spelling wins wherever it stands, then document order.
    (snake, {}, "userId user_id", "user_id_camel user_id"),
    (snake, {}, "a-b a.b a/b", "a_b a_b_dot a_b_slash"),
    (snake, {}, "A a", "a_upper a"),
    (snake, {}, "id Id ID _id", "id id_pascal id_upper id_underscore"),
    (pascal, {}, "foo_bar FooBar foo-bar", "FooBarSnake FooBar FooBarHyphen"),
    (camel, {}, "user_id user-id", "userId userIdHyphen"),
    (camel, {}, "userID user_id user_ID", "userID userId userIDMixed"),
    (pascal, {}, "auto AUTO Auto", "AutoLower AUTO Auto"),
    (snake, {}, "cafe caf\u00e9", "cafe cafe_u00e9"),
    # What a suffix would give may be taken as well: then the bytes tell.
    (snake, {}, "a A a_upper", "a a_x41 a_upper"),
    (snake, {}, "a A a_upper a_x41", "a a_x41_x41 a_upper a_x41"),
    (snake, {}, "a--b a---b a_b", "a_b_hyphen a_b_x612d2d2d62 a_b"),
    # Reserved words and digits.
    (snake, {"reserved": ["class"]}, "class id", "class_ id"),
    (snake, {"reserved": ["class"]}, "class class_", "class_lower class_"),
    (snake, {"reserved": ["class"]}, "class Class", "class_ class_pascal"),
    (snake, {"reserved": ["class", "class_"]}, "class", "class__"),
    (pascal, {"reserved": ["List"], "suffix": "Model"}, "list", "ListModel"),
    (snake, {}, "3d field_3d", "field_3d_lower field_3d"),
    (snake, {"prefix": "value"}, "1024x1024 1", "value_1024x1024 value_1"),
    (pascal, {"prefix": "value"}, "24h", "Value24h"),
    # Regardless of case.
    (pascal, {}, "Foobar FooBar", "Foobar FooBar"),
    (pascal, {"folded": True}, "Foobar FooBar", "Foobar FooBarPascal"),
    (pascal, {"folded": True, "reserved": ["LIST"]}, "list", "List_"),
]


@pytest.mark.parametrize(("style", "options", "wires", "want"), CASES)
def test_allocate(
    style: Style, options: dict[str, object], wires: str, want: str
) -> None:
    given = wires.split()
    names = allocate(given, style, **options)  # type: ignore[arg-type]
    assert names == dict(zip(given, want.split(), strict=True))
    assert list(names) == given


def test_allocate_names_what_has_no_letters() -> None:
    want = {"": "empty", "empty": "empty", "$": "dollar", "\n": "newline", " ": "space"}
    want[""] = "empty_blank"
    assert allocate(["", "$", "empty", "\n", " ", "$"], snake) == want


PIECES = [
    *"aAbB01_-$.'\"\\ \n\t\x00/\u00e9\u4f1a\U0001f600\ud800\u0301\u202e\u00df\u0130",
    *("class", "from", "None", "id", "Id", "ID", "foo", "Bar", "upper", "x41", "U4F1A"),
]


def hostile_names(random: random.Random, count: int) -> list[str]:
    names = ["", "x" * 5_000, "\u4f1a" * 2_000, "-" * 3_000, "'; drop", "${x}", "{{x}}"]
    while len(names) < count:
        names.append("".join(random.choices(PIECES, k=random.randint(0, 5))))
    random.shuffle(names)
    return names


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("style", STYLES)
def test_hostile_names_get_distinct_ascii_identifiers(
    style: Style, folded: bool
) -> None:
    wires = hostile_names(random.Random(7), 5_000)
    names = allocate(wires, style, reserved=keyword.kwlist, folded=folded)
    assert set(names) == set(wires)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name)
        assert not keyword.iskeyword(name)
    fold = str.lower if folded else str
    assert len({fold(name) for name in names.values()}) == len(names)


@pytest.mark.parametrize("style", STYLES)
def test_styles_are_stable_and_same_key_separates_them(style: Style) -> None:
    seen: dict[str, str] = {}
    for text in hostile_names(random.Random(8), 2_000):
        name = style(text)
        assert style(name) == name or name[0].isdigit()
        assert seen.setdefault(name.lower(), same_key(text)) == same_key(text)


@pytest.mark.parametrize("style", STYLES)
def test_a_name_at_the_end_renames_no_earlier_one(style: Style) -> None:
    source = random.Random(9)
    for _ in range(300):
        wires = list(dict.fromkeys(hostile_names(source, 12)))
        *before, last = wires
        earlier, all_names = allocate(before, style), allocate(wires, style)
        if all_names[last] != last:  # else it takes the name that it is spelled like
            del all_names[last]
            assert all_names == earlier


def test_names_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import random, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_naming import hostile_names, allocate, snake\n"
        "wires = hostile_names(random.Random(3), 400)\n"
        "print(ascii(allocate(wires, snake, reserved={'class', 'id', 'from'})))\n"
    )
    package = str(Path(naming.__file__).parent.parent)
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": package},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


@pytest.mark.parametrize(
    ("stem", "want"),
    [("nul", "nul_"), ("COM1", "COM1_"), ("Con", "Con_"), ("console", "console")],
)
def test_no_file_is_called_like_a_device(stem: str, want: str) -> None:
    assert fit_file(stem) == want


def test_a_long_name_of_a_file_is_cut_and_stays_its_own() -> None:
    one, other = fit_file("x" * 999 + "a"), fit_file("x" * 999 + "b")
    assert one != other
    assert {len(one), len(other)} == {200}
    assert fit_file(one) == one
    assert fit_file("x" * 200) == "x" * 200
