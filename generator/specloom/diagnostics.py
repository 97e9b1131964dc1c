"""Diagnostics: what Specloom has to say about a document, as values.

Phases append to one :class:`Diagnostics` collector and go on; nothing here prints.
A diagnostic knows a file and a JSON Pointer. Its line and column are looked up for all
at once, while what was loaded is at hand (:meth:`Diagnostics.place`), or else only when
it is shown (``positions.locate_all``), because that costs a second read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import IntEnum

from .values import dataclass, field, replace


class Severity(IntEnum):
    """How much a diagnostic matters; a higher value is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word shown to people: ``info``, ``warning`` or ``error``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a loaded document.

    ``file`` is the path as the user would type it; ``pointer`` is an RFC 6901 JSON
    Pointer ("" is the whole file). ``line`` and ``column`` (both from 1) are set
    only where the reader already knows them, as a YAML syntax error does.
    """

    file: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None

    def child(self, *tokens: str | int) -> Location:
        """The location of a member, its tokens escaped as RFC 6901 section 3 asks."""
        pointer = self.pointer
        for token in tokens:
            text = str(token)
            if "~" in text or "/" in text:
                text = escape_token(text)
            pointer = f"{pointer}/{text}"
        return Location(self.file, pointer)


def shortened(text: str, most: int) -> str:
    """The ends of a text that has more characters than people read."""
    return (
        text if len(text) <= most else f"{text[: most // 2]} ... {text[-most // 2 :]}"
    )


def escape_token(token: str) -> str:
    """Escape one reference token of a JSON Pointer (RFC 6901 section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape_token(token: str) -> str:
    """Undo :func:`escape_token` (RFC 6901 section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable ``code`` (kebab-case), what is wrong and what to do."""

    severity: Severity
    code: str
    message: str
    location: Location | None = None
    hint: str = ""


class SpecloomError(Exception):
    """Raised to stop a run that cannot go on; carries what was found."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(item.message for item in diagnostics))
        self.diagnostics = diagnostics


@dataclass(slots=True)
class Diagnostics:
    """An ordered collector that drops exact repeats."""

    _items: dict[Diagnostic, None] = field(default_factory=dict[Diagnostic, None])
    _places: dict[Location | None, Location] = field(
        default_factory=dict["Location | None", Location]
    )
    _failed: bool = False

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Diagnostic) -> None:
        """Keep a finding that some other phase made."""
        self._failed = self._failed or item.severity is Severity.ERROR
        self._items.setdefault(self._placed(item))

    def place(self, find: Callable[[Location], Location]) -> None:
        """Look up the lines and columns of all findings so far."""
        places = {at for item in self._items if (at := item.location) is not None}
        self._places.update((at, find(at)) for at in places)
        self._items = dict.fromkeys(map(self._placed, self._items))

    def _placed(self, item: Diagnostic) -> Diagnostic:
        at = self._places.get(item.location)
        return item if at is None else replace(item, location=at)

    def error(self, code: str, message: str, at: Location, hint: str = "") -> None:
        """Report something that makes the output wrong or impossible."""
        self.add(Diagnostic(Severity.ERROR, code, message, at, hint))

    def warning(self, code: str, message: str, at: Location, hint: str = "") -> None:
        """Report something that the user probably did not mean."""
        self.add(Diagnostic(Severity.WARNING, code, message, at, hint))

    def info(self, code: str, message: str, at: Location, hint: str = "") -> None:
        """Report a choice that was made for the user; shown by ``lint``."""
        self.add(Diagnostic(Severity.INFO, code, message, at, hint))

    def excuse(self, codes: Collection[str], outcome: str) -> None:
        """Turn the errors of some codes into warnings that tell what came of them."""

        def excused(item: Diagnostic) -> Diagnostic:
            if item.severity is not Severity.ERROR or item.code not in codes:
                return item
            message = f"{item.message}; {outcome}"
            return replace(item, severity=Severity.WARNING, message=message)

        self._items = dict.fromkeys(map(excused, self._items))
        self._failed = any(item.severity is Severity.ERROR for item in self._items)

    @property
    def failed(self) -> bool:
        """Whether a finding stops the run before anything is written."""
        return self._failed

    def raise_errors(self) -> None:
        """Raise :class:`SpecloomError` with everything found, if there is an error."""
        if self._failed:
            raise SpecloomError(*self)
