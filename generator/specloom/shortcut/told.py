"""Told: what a file says, asked of the process that has read it.

Enters: that process, and the SHA-256 of the bytes that are there now. Leaves: what they
say, if these were read and it is within the budgets; and as long as the process is not
dismissed, where each value is written.

Imports next to nothing, as a run begins here.
"""

from __future__ import annotations

import os
from contextlib import suppress

from ..processes import received, send
from ..values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..json_value import Json
    from ..processes import Child


@dataclass(slots=True)
class Told:
    """What a file says, and who knows where."""

    content: Json
    nodes: int
    _ahead: Ahead

    def find(self, pointer: str) -> tuple[int, int] | None:
        """The line and column, both from 1; None if nobody knows any more."""
        return self._ahead.find(pointer)


class Ahead:
    """Another process, which reads one file."""

    def __init__(self, child: Child, questions: int) -> None:
        """``questions`` is the end of the pipe that they are written to."""
        self._child = child
        self._answers = os.fdopen(child.pipe, "rb", closefd=False)
        self._questions = os.fdopen(questions, "wb")
        self._was_asked = self._has_told = False

    def told(self, digest: str, text: str, nodes: int, depth: int) -> Told | None:
        """What the first file says that this is asked for, if it was read.

        Args:
            digest: the SHA-256 of its bytes.
            text: what they are, of which a part may be read here.
            nodes: the most nodes allowed.
            depth: the deepest nesting allowed.
        """
        if self._was_asked:
            return None
        self._was_asked = True
        read, at = received(self._answers) or ("", None)
        if read != digest:
            return None
        if at is None:
            said = self._hear()
        else:
            from ..load import halves  # and what reads YAML

            first = halves.read(text[:at], nodes, depth)
            if first is None:
                return None
            second = self._hear()
            said = second and halves.joined(halves.said(first), second)
        if said is None:
            return None
        content, count, height = said
        return (
            Told(content, count, self) if count <= nodes and height <= depth else None
        )

    def _hear(self) -> Any:
        """The content that is told, how many nodes it has and how deep; or None."""
        answer = received(self._answers)
        self._has_told = answer is not None
        return answer

    def find(self, pointer: str) -> tuple[int, int] | None:
        """Where a value of the file is written."""
        try:
            send(self._questions, pointer)
        except (OSError, ValueError):  # it was dismissed, or has ended
            return None
        place: tuple[int, int] | None = received(self._answers)
        return place

    def dismiss(self) -> None:
        """Ask nothing more, so that the process ends by itself."""
        with suppress(OSError):
            self._questions.close()

    def end(self) -> None:
        """Wait for the end, which is now for what has not told anything yet."""
        self.dismiss()
        self._child.end(kill=not self._has_told)
