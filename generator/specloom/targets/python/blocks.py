"""Blocks: statements of Python one below the other, each at its depth.

Enters: statements, and trees to be laid out. Leaves: the body of a function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...code import Code
from ...values import dataclass, field
from ..columns import width
from .layout import STEP, WIDTH, Node, lay

REJECT = "raise Reject"
"""The statement behind which nothing is reached."""


@dataclass(slots=True)
class Block:
    """The body of a function."""

    statements: list[str] = field(default_factory=list[str])
    level: int = 1
    """How deep the next statement stands; the body itself is at one."""
    names: dict[str, str] = field(default_factory=dict[str, str])
    """Local variables that need a type of their own."""

    def add(self, statement: str) -> None:
        """A statement that needs no layout; left out where none before it goes on."""
        margin = STEP * self.level
        if self.statements and f"{margin}{REJECT}".endswith(self.statements[-1]):
            return
        self.statements.append(f"{margin}{statement}")

    def declare(self, name: str, annotation: str) -> None:
        """Give a local variable a type, once for the whole function."""
        self.names[name] = annotation

    @property
    def body(self) -> Code:
        """All statements, those with types first; the first line lacks its margin."""
        typed = [f"{STEP}{name}: {type_}" for name, type_ in self.names.items()]
        return Code("\n".join([*typed, *self.statements])[len(STEP) :])

    def lay(self, node: Node, before: str = "", after: str = "") -> None:
        """A statement around a tree."""
        self.add(lay(node, depth=self.level, before=before, after=after))

    def under(self, header: str) -> Block:
        """With this, what is added meanwhile stands below a header."""
        self.add(header)
        return self

    def __enter__(self) -> None:
        self.level += 1

    def __exit__(self, *_: object) -> None:
        self.level -= 1

    def fits(self, statement: str) -> bool:
        """Whether a statement needs one line."""
        return width(statement) + len(STEP) * self.level <= WIDTH

    def refuse(self, tests: Sequence[str], word: str = "if") -> None:
        """Reject the value if any of the tests is true."""
        together = f"{word} {' or '.join(tests)}:"
        if len(tests) == 1 or self.fits(together):
            with self.under(together):
                self.add(REJECT)
        else:
            for test in tests:
                with self.under(f"if {test}:"):
                    self.add(REJECT)


@dataclass(frozen=True, slots=True)
class Steps:
    """How a value in a variable is checked and becomes what it is built as.

    First the tests, any of which rejects it; then the statements, which may give the
    variable another value; last the expression for what is built, of the variable.
    """

    tests: tuple[str, ...] = ()
    then: Callable[[Block], None] | None = None
    made: Callable[[str], Node] | None = None
    nullable: bool = False
    """Whether null is let through as it is, before all else."""

    @property
    def plain(self) -> bool:
        """Whether the value is what is built."""
        return self.then is None and self.made is None

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done."""
        return self.plain and not self.tests

    def write(self, block: Block, name: str) -> Node:
        """Write the steps for a variable; returns the expression of what is built."""
        if self.idle:
            return Code(name)
        if not self.nullable:
            return self._write_valued(block, name)
        if self.plain and (test := self.guarded(name)) and block.fits(f"if {test}:"):
            block.refuse([test])
            return Code(name)
        with block.under(f"if {name} is not None:"):
            self.assign(block, name)
        return Code(name)

    def assign(self, block: Block, name: str) -> None:
        """Write the steps for a value other than null; the variable has the result."""
        made = self._write_valued(block, name)
        if self.made is not None:
            block.lay(made, before=f"{name} = ")

    def _write_valued(self, block: Block, name: str) -> Node:
        if self.tests:
            block.refuse(self.tests)
        if self.then is not None:
            self.then(block)
        return Code(name) if self.made is None else self.made(name)

    def guarded(self, name: str) -> str:
        """All tests as one, which null passes if it may."""
        if not self.nullable:
            return " or ".join(self.tests)
        if len(self.tests) == 1 and " or " not in self.tests[0]:
            return f"{self.tests[0]} and {name} is not None"
        return f"{name} is not None and ({' or '.join(self.tests)})"
