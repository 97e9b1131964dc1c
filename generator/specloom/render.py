"""Render: views become text.

Enters: pages. Leaves: a map from path to text. The environment prints nothing but
:class:`code.Code`: a view that holds a plain ``str`` fails here, whatever the template
does, so text of a spec cannot reach a file without its target's encoder.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from .budgets import Budgets, budget_hint
from .cache import keep, kept
from .code import Code
from .diagnostics import Diagnostic, Location, Severity, SpecloomError
from .load.source import failure
from .target import Page

_PACKAGED = Path(__file__).parent / "templates"
_CHECKOUT = Path(__file__).parents[2] / "templates"


def templates_folder() -> Path:
    """The templates that ship with Specloom: in the wheel, or in a checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def only_code(value: object) -> Code:
    """Jinja's ``finalize``: refuse everything that no encoder has made.

    Raises :class:`TypeError`, which is a defect of a target or of a user's template.
    """
    if isinstance(value, Code):
        return value
    if isinstance(value, jinja2.Undefined):
        str(value)  # raises an error that names what is missing
    raise TypeError(
        "a template may print encoded text only, not"
        f" {type(value).__name__} {value!r:.60}"
    )


def _hint(view: object) -> str:
    from dataclasses import fields, is_dataclass  # which only a fault needs

    if not is_dataclass(view):
        return "mend the template"
    names = ", ".join(f"view.{item.name}" for item in fields(view))
    return f"mend the template; there are {names}"


class _Bytecode(jinja2.BytecodeCache):
    """Compiled templates of earlier runs.

    Jinja keeps the hash of a template's source with its bytecode. The name has what
    else decides that: Python, the installed Jinja, and how this file sets it up.
    """

    def __init__(self) -> None:
        files = (jinja2.__file__, __file__)
        states = [Path(file).stat() for file in files]
        times = [(x.st_size, x.st_mtime_ns, x.st_ctime_ns) for x in states]
        self._maker = sys.version, *files, *times

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if it is known."""
        data = kept(self._name(bucket))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a bucket for later runs."""
        keep(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        key = repr((*self._maker, bucket.key, bucket.checksum))
        return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.template"


class _Environment(jinja2.Environment):
    """Jinja, with what takes its time for each of many pages done once."""

    def make_globals(
        self, d: MutableMapping[str, Any] | None
    ) -> MutableMapping[str, Any]:
        """What each template can name: one map, not a chain that each page walks."""
        return dict(super().make_globals(d))


class Renderer:
    """Compiled templates, the user's own before those that ship with Specloom."""

    def __init__(self, own_templates: Path | None = None) -> None:
        shipped = templates_folder()
        self._own = own_templates
        self.folders = [own_templates, shipped] if own_templates else [shipped]
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            undefined=jinja2.StrictUndefined,
            bytecode_cache=_Bytecode(),
            finalize=only_code,
            autoescape=False,
            auto_reload=False,  # or each page would ask whether its template is new
            cache_size=-1,  # all of them, in a plain map
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def text(self, path: str, page: Page, view: object) -> str:
        """The text of a page with its view; ``path`` is below the output folder.

        Raises :class:`SpecloomError` when a template of the user's own is at fault. A
        fault of one that ships with Specloom is a defect, and raised as it is.
        """
        try:
            return self._text(page, view)
        except Exception as error:  # a template can fail in any way
            at = self._place(page, error)
            if at is None:
                raise
            message = f"{path} cannot be laid out: {error}"
            raise failure("template", message, at, _hint(view)) from error

    def _text(self, page: Page, view: object) -> str:
        if page.template.endswith(".j2"):
            template = self._environment.get_template(page.template)
            text = template.render(view=view)
            return text if page.finish is None else page.finish(text)
        for folder in self.folders:
            source = folder / page.template
            if source.is_file():
                return source.read_text(encoding="utf-8")
        raise jinja2.TemplateNotFound(page.template)

    def _place(self, page: Page, error: Exception) -> Location | None:
        """Where in the user's own templates an error arose, if it did."""
        if self._own is None:
            return None
        import traceback  # which only a fault needs

        # Jinja has put the lines of templates into the traceback.
        frames = traceback.extract_tb(error.__traceback__)
        places = [(frame.filename, frame.lineno) for frame in reversed(frames)]
        if isinstance(error, jinja2.TemplateSyntaxError):
            places.insert(0, (error.filename or "", error.lineno))
        for file, line in places:
            if Path(file).is_relative_to(self._own):
                return Location(Path(file).as_posix(), line=line, column=1)
        own = self._own / page.template
        return Location(own.as_posix()) if own.is_file() else None


class Allowance:
    """What the files of a run may still cost."""

    def __init__(self, budgets: Budgets) -> None:
        self._budgets, self._files, self._size = budgets, 0, 0

    def spend(self, path: str, text: str) -> None:
        """Count a file.

        Raises :class:`SpecloomError`: ``budget-output-files``, ``budget-output-bytes``.
        """
        self._files += 1
        self._size += _bytes(text)
        if self._files > self._budgets.output_files:
            raise _spent("files", self._budgets.output_files, path)
        if self._size > self._budgets.output_bytes:
            raise _spent("bytes", self._budgets.output_bytes, path)


def _bytes(text: str) -> int:
    """How long a text is in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _spent(kind: str, most: int, path: str) -> SpecloomError:
    message = f"with {path} there would be more than {most:,} {kind}"
    hint = budget_hint(f"output_{kind}")
    code = f"budget-output-{kind}"
    return SpecloomError(Diagnostic(Severity.ERROR, code, message, hint=hint))
