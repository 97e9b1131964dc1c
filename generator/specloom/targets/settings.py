"""Settings: what the table of each target and language in a configuration may say.

Enters: nothing. Leaves: a dataclass for each, its docstring the help, by the name of
the table. A configuration is read with these alone, whatever is made: a target or a
language is imported by the runs that write it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..naming import kebab, pascal, snake
from ..settings import name_setting
from ..values import dataclass

PYTHON_KEYWORDS: frozenset[str] = frozenset(
    "False None True and as assert async await break class continue def del elif else"
    " except finally for from global if import in is lambda nonlocal not or pass raise"
    " return try while with yield".split()
)
# Modules of the standard library (of Python 3.10 to 3.14) whose names a spec may well
# have as its title; a package of that name would hide them from everything else.
PYTHON_MODULES: frozenset[str] = frozenset(
    "abc annotationlib argparse array ast asyncio base64 binascii bisect builtins bz2"
    " calendar cmath cmd code codecs codeop collections colorsys compileall"
    " compression concurrent configparser contextlib contextvars copy copyreg csv"
    " ctypes curses dataclasses datetime dbm decimal difflib dis doctest email"
    " encodings enum errno faulthandler filecmp fileinput fnmatch fractions ftplib"
    " functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac"
    " html http imaplib importlib inspect io ipaddress itertools json keyword"
    " linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder"
    " multiprocessing netrc numbers operator optparse os pathlib pdb pickle"
    " pickletools pkgutil platform plistlib poplib posix posixpath pprint profile"
    " pstats pty pwd queue quopri random re readline reprlib resource sched secrets"
    " select selectors shelve shlex shutil signal site smtplib socket socketserver"
    " sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys"
    " sysconfig syslog tarfile tempfile termios textwrap this threading time timeit"
    " tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types"
    " typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser"
    " winreg wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo".split()
)
# Strict and reserved keywords of the 2024 edition (reference, chapter "Keywords").
RUST_KEYWORDS: frozenset[str] = frozenset(
    "as async await break const continue dyn else enum extern false fn for gen if impl"
    " in let loop match mod move mut pub ref return static struct trait true type"
    " unsafe use where while abstract become box do final macro override priv try"
    " typeof unsized virtual yield".split()
)
# Reserved words, and those that asynchronous code adds (language tour, "Keywords").
DART_KEYWORDS: frozenset[str] = frozenset(
    "assert await break case catch class const continue default do else enum extends"
    " false final finally for if in is new null rethrow return super switch this throw"
    " true try var void while with yield".split()
)


@dataclass(frozen=True, slots=True)
class PythonSettings:
    """Settings of the Python bindings.

    package: the name by which the package is imported.
    """

    package: str = name_setting(
        snake,
        r"[A-Za-z_][A-Za-z0-9_]*",
        "a name such as realtime_models, and none of Python's own packages",
        PYTHON_KEYWORDS | PYTHON_MODULES,
    )


@dataclass(frozen=True, slots=True)
class TypeScriptSettings:
    """Settings of the TypeScript bindings.

    package: the name of the npm package.
    """

    package: str = name_setting(
        kebab,
        r"(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*",
        "a package name in lower case, such as realtime-models or @acme/models",
    )


@dataclass(frozen=True, slots=True)
class RustSettings:
    """Settings of Rust.

    crate: the crate's name in Rust code.
    """

    crate: str = name_setting(
        snake,
        r"[A-Za-z_][A-Za-z0-9_]*",
        "the name of a crate as code has it, such as realtime_models",
        RUST_KEYWORDS,
    )


@dataclass(frozen=True, slots=True)
class PhpSettings:
    """Settings of PHP.

    namespace: the library's namespace; its models are in Model below it.
    """

    namespace: str = name_setting(
        pascal,
        r"[A-Za-z_][A-Za-z0-9_]*(\\[A-Za-z_][A-Za-z0-9_]*)*",
        r"a namespace without a first backslash, such as Acme\Realtime",
    )


@dataclass(frozen=True, slots=True)
class DartSettings:
    """Settings of Dart.

    package: the name of the package, and of the library to import from it.
    """

    package: str = name_setting(
        snake,
        r"[a-z_][a-z0-9_]*",
        "the name of a package, such as realtime_models",
        DART_KEYWORDS,
    )


@dataclass(frozen=True, slots=True)
class PlainSettings:
    """Plain JSON has no settings."""


LANGUAGE_SETTINGS: Mapping[str, type] = {
    "python": PythonSettings,
    "typescript": TypeScriptSettings,
    "rust": RustSettings,
    "php": PhpSettings,
    "dart": DartSettings,
    "plain": PlainSettings,
}
"""Of every language that the documentation is written for, in that order."""


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """Settings of the documentation.

    dialects: the languages to write it for.
    """

    dialects: tuple[str, ...] = tuple(LANGUAGE_SETTINGS)

    def __post_init__(self) -> None:
        for name in self.dialects:
            if name not in LANGUAGE_SETTINGS:
                known = ", ".join(LANGUAGE_SETTINGS)
                raise ValueError(f"there is no dialect `{name}`; there are {known}")


SETTINGS: Mapping[str, type] = {**LANGUAGE_SETTINGS, "markdown": MarkdownSettings}
