"""Run the conformance driver of each folder named, in one process."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

for name in sys.argv[1:]:
    folder = Path(name).resolve()
    sys.path.insert(0, str(folder))
    sys.argv = ["driver.py", str(folder / "cases.txt"), str(folder / "verdicts.txt")]
    runpy.run_path(str(folder / "driver.py"))
    sys.path.remove(str(folder))
