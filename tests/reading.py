"""For tests of reading: files to write first, the one finding, either YAML parser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import pytest
import yaml

from specloom.diagnostics import Diagnostic, SpecloomError
from specloom.load import yaml_events

Files = dict[str, str | bytes]
P = ParamSpec("P")


def write(files: Files) -> None:
    """Write files below the current folder."""
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def refused(run: Callable[P, object], *args: P.args, **options: P.kwargs) -> Diagnostic:
    """The one finding that a call stops with; it must say what to do."""
    with pytest.raises(SpecloomError) as caught:
        run(*args, **options)
    (finding,) = caught.value.diagnostics
    assert finding.hint
    return finding


def use_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read YAML with `libyaml`, if PyYAML has it, or with the `pure` parser."""
    if name == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml_events, "IS_SLOW", name == "pure")
