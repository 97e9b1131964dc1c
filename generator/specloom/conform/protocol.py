"""Protocol: cases and verdicts as lines of JSON in which every text keeps its spelling.

Enters and leaves: JSON Lines. An instance is held as the text that was written, so that
``9007199254740993``, ``1e400``, ``3.0`` and ``-0.0`` reach a binding as they are, and
so is what the binding makes of it. Reading depends neither on the size of a number nor
on the depth of nesting.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from ..diagnostics import Diagnostic, Location, Severity, SpecloomError
from ..values import dataclass
from .exact import STRING


@dataclass(frozen=True, slots=True)
class Case:
    """An instance, as JSON text, for a schema by the name that the spec gives it.

    ``valid`` is what the case itself says of its instance, if it does.
    """

    schema: str
    instance: str
    valid: bool | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """What a binding says is wrong with an instance, and where."""

    path: str
    code: str
    message: str

    def __str__(self) -> str:
        """As the bindings show it: ``session.voice: expected string [type]``."""
        return f"{self.path}: {self.message} [{self.code}]".removeprefix(": ")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a binding makes of a case.

    ``out`` is the value written back, as JSON text; None where nothing was accepted,
    or where what was accepted cannot be written (code ``encode``). ``error`` is the
    first thing that is wrong; ``more`` are the others, which verdict files leave out.
    """

    ok: bool
    out: str | None = None
    error: Violation | None = None
    more: tuple[Violation, ...] = ()


# --- reading --------------------------------------------------------------------------

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r'[^\s"\[\]{},:]+')
_MARK = re.compile(r'["\[\]{}]')


class NotAnObjectError(ValueError):
    """A text is not one JSON object; the message says what is wrong."""


def member_texts(text: str) -> dict[str, str]:
    """The members of a JSON object, each value as its text.

    Values are only told apart, not checked. Raises :class:`NotAnObjectError`.
    """
    found: dict[str, str] = {}
    at = _after(text, 0, "{")
    while not text.startswith("}", at):
        if found:
            at = _after(text, at, ",")
        name = STRING.match(text, at)
        if name is None:
            raise NotAnObjectError("a name in double quotes is due")
        at = _after(text, _skip(text, name.end()), ":")
        end = _value_end(text, at)
        try:
            found[json.loads(name[0])] = text[at:end]
        except ValueError:
            raise NotAnObjectError(f"{name[0]} is no JSON string") from None
        at = _skip(text, end)
    if _skip(text, at + 1) != len(text):
        raise NotAnObjectError("there is text after its end")
    return found


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()


def _after(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if not text.startswith(mark, at):
        raise NotAnObjectError(f"`{mark}` is due")
    return _skip(text, at + 1)


def _value_end(text: str, at: int) -> int:
    """Where the value that starts at ``at`` ends; nesting is counted, not entered."""
    scalar = _SCALAR.match(text, at)
    if scalar is not None:
        return scalar.end()
    depth = 0
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark[0] == '"':
            string = STRING.match(text, mark.start())
            if string is None:
                break
            at = string.end()
        else:
            depth += 1 if mark[0] in "[{" else -1
        if depth == 0:
            return at
        if depth < 0:
            break
    raise NotAnObjectError("a value has no end")


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file; empty lines are left out.

    Raises:
        SpecloomError: ``cases-unreadable``, ``cases-empty``, or ``case-syntax`` with
            the line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", "check the path"
        raise _failure("cases-unreadable", message, path, None, hint) from None
    except UnicodeDecodeError:
        message, hint = "is not UTF-8", "save the file as UTF-8"
        raise _failure("cases-unreadable", message, path, None, hint) from None
    # Not `splitlines`: U+2028 and its like may stand in a JSON string as they are.
    lines = enumerate(text.split("\n"), start=1)
    found = [_read_case(line, path, number) for number, line in lines if line.strip()]
    if not found:
        _fail(path, None, "cases-empty", "there is no case in it")
    return found


def _read_case(line: str, path: Path, number: int) -> Case:
    try:
        texts = member_texts(line)
    except NotAnObjectError as error:
        _fail(path, number, "case-syntax", f"a line is no JSON object: {error}")
    schema = _string(texts.get("schema", ""))
    if schema is None or "instance" not in texts:
        message = "a case has a `schema`, which is a string, and an `instance`"
        _fail(path, number, "case-syntax", message)
    valid = texts.get("valid", "null")
    if valid not in ("true", "false", "null"):
        _fail(path, number, "case-syntax", "`valid` is true or false")
    return Case(schema, texts["instance"], None if valid == "null" else valid == "true")


def _string(text: str) -> str | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, str) else None


def _fail(path: Path, line: int | None, code: str, message: str) -> NoReturn:
    hint = 'a line is {"schema": NAME, "instance": ANY} and may have "valid": BOOL'
    raise _failure(code, message, path, line, hint)


def _failure(
    code: str, message: str, path: Path, line: int | None, hint: str
) -> SpecloomError:
    at = Location(path.as_posix(), line=line, column=None if line is None else 1)
    return SpecloomError(Diagnostic(Severity.ERROR, code, message, at, hint))


def read_verdict(line: str) -> Verdict:
    """The verdict on one line, to which a driver may add ``more`` errors.

    Raises :class:`ValueError` for anything else.
    """
    texts = member_texts(line)
    error = json.loads(texts["error"])
    return Verdict(
        ok=bool(json.loads(texts["ok"])),
        out=None if error is not None else texts["out"],
        error=None if error is None else Violation(**error),
        more=tuple(Violation(**item) for item in json.loads(texts.get("more", "[]"))),
    )


# --- writing --------------------------------------------------------------------------


_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""What some readers take for the end of a line, and JSON may have in a string."""


def case_line(case: Case) -> str:
    """A case as one line, without its end."""
    label = "" if case.valid is None else f', "valid": {json.dumps(case.valid)}'
    line = f'{{"schema": {_quoted(case.schema)}, "instance": {case.instance}{label}}}'
    return line.translate(_LINE_ENDS)


def verdict_line(verdict: Verdict) -> str:
    """A verdict as one line, without its end."""
    error = "null"
    if verdict.error is not None:
        items = ("path", "code", "message")
        told = (f'"{key}": {_quoted(getattr(verdict.error, key))}' for key in items)
        error = f"{{{', '.join(told)}}}"
    ok = json.dumps(verdict.ok)
    line = f'{{"ok": {ok}, "out": {verdict.out or "null"}, "error": {error}}}'
    return line.translate(_LINE_ENDS)


def _quoted(text: str) -> str:
    # A lone surrogate has no UTF-8: only then everything is escaped.
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(text)
    return json.dumps(text, ensure_ascii=False)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines as UTF-8, ended by a line feed on every system.

    A file has all of them or is what it was. Raises :class:`SpecloomError`
    (``out-unwritable``).
    """
    unfinished = path
    try:
        # What is no file, such as a pipe, cannot be replaced.
        if not path.exists() or path.is_file():
            # Another process may write there too: the last one's lines stay.
            name = f".{path.name}.{os.getpid()}.unfinished"
            unfinished = path.with_name(name)
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
        if unfinished != path:
            unfinished.replace(path)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        hint = "choose another place with --out"
        raise _failure("out-unwritable", message, path, None, hint) from None
    finally:
        if unfinished != path:
            with suppress(OSError):
                unfinished.unlink()
