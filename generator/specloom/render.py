"""Render: views become text.

Enters: pages. Leaves: a map from path to text. The environment prints nothing but
:class:`code.Code`: a view that holds a plain ``str`` fails here, whatever the template
does, so text of a spec cannot reach a file without its target's encoder.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import jinja2

from .code import Code
from .diagnostics import Diagnostic, Location, Severity, SpecloomError
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
    raise TypeError(
        "a template may print encoded text only, not"
        f" {type(value).__name__} {value!r:.60}"
    )


class Renderer:
    """Compiled templates, the user's own before those that ship with Specloom."""

    def __init__(self, own_templates: Path | None = None) -> None:
        shipped = templates_folder()
        self.folders = [own_templates, shipped] if own_templates else [shipped]
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            undefined=jinja2.StrictUndefined,
            finalize=only_code,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def render(self, folder: str, pages: Iterable[Page]) -> dict[str, str]:
        """The text of each page, by its path below the output folder.

        Raises :class:`SpecloomError` when a template is at fault.
        """
        files: dict[str, str] = {}
        for page in pages:
            path = f"{folder}/{page.path}"
            try:
                files[path] = self._text(page)
            except (jinja2.TemplateError, TypeError) as error:
                raise _template_error(page, error) from error
        return files

    def _text(self, page: Page) -> str:
        if page.template.endswith(".j2"):
            template = self._environment.get_template(page.template)
            return template.render(view=page.view)
        for folder in self.folders:
            source = folder / page.template
            if source.is_file():
                return source.read_text(encoding="utf-8")
        raise jinja2.TemplateNotFound(page.template)


def _template_error(page: Page, error: Exception) -> SpecloomError:
    line = getattr(error, "lineno", None)
    return SpecloomError(
        Diagnostic(
            Severity.ERROR,
            "template",
            f"{page.path} cannot be laid out: {error}",
            Location(
                f"templates/{page.template}", line=line, column=1 if line else None
            ),
            "mend the template; it may use only what its view provides",
        )
    )
