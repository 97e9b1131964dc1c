"""For tests of reading: files to write first, the one finding, either YAML parser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import pytest
import yaml

from specloom.budgets import Budgets
from specloom.diagnostics import Diagnostic, SpecloomError
from specloom.json_value import Json
from specloom.load import yaml12, yaml_events

LIMITS = Budgets()
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


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers in turn, `libyaml` only where it has it."""
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml_events, "IS_SLOW", request.param == "pure")


def read_yaml(text: str, nodes: int = LIMITS.nodes, depth: int = LIMITS.depth) -> Json:
    """The content of a YAML text."""
    places = yaml12.load(text, "spec.yaml", nodes, depth).places
    return places.content if places else None
