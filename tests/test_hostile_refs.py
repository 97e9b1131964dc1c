"""A spec names files and places: none outside its folder is opened, none is fetched.

Python's own audit events (PEP 578) tell what was opened, connected to or started, so
nothing can be opened behind the back of these tests.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shell import folder as folder, run, word

SECRET = "secret-of-the-machine.yaml"
_watched: list[list[str]] = []


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _watched and event.partition(".")[0] in ("open", "socket", "subprocess", "os"):
        _watched[-1].append(f"{event} {args[:2]}")


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is opened, connected to or started, as events of Python's own."""
    _watched.append([])
    try:
        yield _watched[-1]
    finally:
        _watched.pop()


@pytest.fixture
def home(folder: Path) -> Path:
    """A folder for the spec, beside things that are none of its business."""
    (folder / SECRET).write_text("A: {type: string}\n")
    home = folder / "spec"
    (home / "inner").mkdir(parents=True)
    (home / "inner" / "ok.yaml").write_text("A: {type: string}\n")
    (home / "link.yaml").symlink_to(folder / SECRET)
    (home / "linked").symlink_to(folder)
    (home / "loop.yaml").symlink_to(home / "loop.yaml")
    (home / "zero.yaml").symlink_to("/dev/zero")
    os.mkfifo(home / "pipe.yaml")
    return home


REFS = [
    # (what a $ref says, the code of the error)
    (f"../{SECRET}#/A", "ref-outside"),
    (f"%2e%2e/{SECRET}#/A", "ref-outside"),
    (f"..%2f{SECRET}#/A", "ref-outside"),
    (f"./inner/../../{SECRET}#/A", "ref-outside"),
    (f"inner/..//.././{SECRET}", "ref-outside"),
    (f"spec/../../{SECRET}", "ref-outside"),
    ("link.yaml#/A", "ref-outside"),
    (f"linked/{SECRET}#/A", "ref-outside"),
    (f"linked/spec/../{SECRET}#/A", "ref-outside"),
    ("zero.yaml", "ref-outside"),
    ("/dev/zero", "ref-outside"),
    ("/dev/stdin", "ref-outside"),
    ("/etc/passwd", "ref-outside"),
    ("/proc/self/environ", "ref-outside"),
    ("../../../../../../../../etc/passwd#/x", "ref-outside"),
    ("%2fetc%2fpasswd", "ref-outside"),
    ("loop.yaml", ""),
    ("pipe.yaml", "file-unreadable"),
    ("inner", "file-unreadable"),
    (".", "file-unreadable"),
    ("..", "ref-outside"),
    ("file:///etc/passwd", "ref-remote"),
    ("file:inner/ok.yaml", "ref-remote"),
    ("FILE://localhost/etc/passwd", "ref-remote"),
    ("http://127.0.0.1:9/spec.yaml", "ref-remote"),
    ("https://example.com/spec.yaml#/A", "ref-remote"),
    ("//example.com/spec.yaml", "ref-remote"),
    ("ftp://example.com/x", "ref-remote"),
    ("data:application/json,{}", "ref-remote"),
    ("jar:file:x!/y", "ref-remote"),
    ("\\\\host\\share\\spec.yaml", ""),
    ("C:\\Windows\\win.ini", ""),
    ("C:/Windows/win.ini", ""),
    ("~/.netrc", "ref-not-found"),
    ("$HOME/.netrc", "ref-not-found"),
    ("$(touch canary)", "ref-not-found"),
    ("inner/ok.yaml%00.json", "ref-syntax"),
    ("inner/ok.yaml\0", "ref-syntax"),
    ("inner/ok.yaml?x=1", "ref-syntax"),
    ("inner/ok.yaml%ff", "ref-syntax"),
    ("inner/ok.yaml#/%2e%2e/A", "ref-not-found"),
    ("inner/ok.yaml#../A", "ref-not-found"),
    ("x" * 5_000, ""),
    ("../" * 2_000 + "x", "ref-outside"),
]


def spec(home: Path, schemas: dict[str, Any], **more: Any) -> Path:
    info = {"title": "Refs", "version": "1"}
    whole = {"openapi": "3.1.0", "info": info, "components": {"schemas": schemas}}
    path = home / "spec.json"
    path.write_text(json.dumps({**whole, **more}), encoding="utf-8")
    return path


def outside(events: list[str]) -> list[str]:
    """Events that touch the secret, a device, the network or another program."""
    bad = (SECRET, "/dev/zero", "/etc/passwd", "/proc/self/environ", "pipe.yaml")
    return [
        event
        for event in events
        if event.startswith(("socket.", "subprocess.", "os.system", "os.exec"))
        or (event.startswith("open ") and any(name in event for name in bad))
    ]


@pytest.mark.parametrize("whole", [True, False], ids=["entry", "property"])
@pytest.mark.parametrize(("ref", "code"), REFS, ids=[ref[:40] for ref, _ in REFS])
def test_a_ref_stays_inside(ref: str, code: str, whole: bool, home: Path) -> None:
    schema = {"$ref": ref}
    made = spec(home, {"A": schema if whole else {"properties": {"p": schema}}})
    with watched() as events:
        ran = run(f"generate {word(made)} --format json")
    assert ran.status == 1
    finding = ran.findings[0]
    assert finding["code"] == code or not code, finding
    assert (finding["file"], finding["line"]) == (str(made), 1)
    assert outside(events) == []
    assert not Path("generated").exists()


def test_what_is_inside_or_allowed_is_read(home: Path) -> None:
    """The same paths do open where they may: the tests above could fail."""
    made = spec(home, {"A": {"$ref": "inner/ok.yaml#/A"}})
    assert run(f"generate {word(made)}").status == 0
    made = spec(home, {"A": {"$ref": f"../{SECRET}#/A"}})
    with watched() as events:
        assert run(f"generate {word(made)} --allow-ref .").status == 0
    assert outside(events) != []


URLS = [
    # (what a $ref says where https://example.com/ is mapped, the code of the error)
    (f"../{SECRET}", "ref-not-found"),  # which no URL can be above
    (f"%2e%2e/{SECRET}", "ref-outside"),
    (f"%2e%2e%2f{SECRET}#/A", "ref-outside"),
    (f"x/..%2f..%2f{SECRET}", "ref-outside"),
    ("%2fetc%2fpasswd", "ref-not-found"),
    ("..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "ref-outside"),
    ("link.yaml#/A", "ref-outside"),
    ("link", "ref-outside"),
    (f"linked/{SECRET}", "ref-outside"),
    ("zero.yaml", "ref-outside"),
    ("pipe.yaml", "ref-not-found"),
    ("pipe", "ref-not-found"),
    ("inner", "ref-not-found"),
    ("inner/ok%00", "ref-syntax"),
    ("loop", ""),
    ("x" * 5_000, ""),
]


@pytest.mark.parametrize(("path", "code"), URLS, ids=[x[:40] for x, _ in URLS])
def test_a_url_stays_in_what_it_is_mapped_to(path: str, code: str, home: Path) -> None:
    alone, mapping = home.parent / "alone", "--map-ref https://example.com/=spec"
    alone.mkdir()
    made = spec(alone, {"A": {"$ref": f"https://example.com/{path}"}})
    with watched() as events:
        ran = run(f"lint {word(made)} {mapping} --format json")
    assert ran.status == 1
    finding = ran.findings[0]
    assert finding["code"] == code or not code, finding
    assert outside(events) == []
    made = spec(alone, {"A": {"$ref": "https://example.com/inner/ok#/A"}})
    assert run(f"lint {word(made)} {mapping}").status == 0


@pytest.mark.parametrize(
    "ref", [f"../{SECRET}", "link.yaml", "/etc/passwd", "http://127.0.0.1:9/x"]
)
def test_nothing_else_that_looks_like_an_address_is_opened(
    ref: str, home: Path
) -> None:
    """Keywords that name places, but that nobody is asked to follow."""
    schema = {
        "type": "object",
        "$id": ref,
        "$schema": ref,
        "$comment": ref,
        "externalDocs": {"url": ref},
        "properties": {"p": {"type": "string", "contentSchema": {"$ref": ref}}},
        "default": {"$ref": ref},
        "examples": [{"$ref": ref}],
        "enum": [{"$ref": ref}],
        "x-other": {"$ref": ref},
        "discriminator": {"propertyName": "p", "mapping": {"a": ref}},
    }
    made = spec(
        home,
        {"A": schema},
        servers=[{"url": ref}],
        paths={"/x": {"$ref": ref}},
        webhooks={"x": {"$ref": ref}},
        jsonSchemaDialect=ref,
    )
    for command in ("generate", "lint", "relax"):
        with watched() as events:
            ran = run(f"{command} {word(made)}")
        assert ran.status in (0, 1)
        assert outside(events) == []


@pytest.mark.parametrize(
    "device", ["/dev/zero", "/dev/full", "/dev/null", "/proc/self"]
)
def test_a_device_as_a_spec_ends(device: str, folder: Path) -> None:
    if not Path(device).exists():
        pytest.skip(f"no {device} here")
    ran = run(f"generate {device} --budget input_bytes=100000")
    assert ran.status == 1
    assert "error[" in ran.err
