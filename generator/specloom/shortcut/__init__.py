"""Shortcut: a run that has nothing to do ends before anything heavy is imported.

``stamp.py`` asks whether what a finished run read and left is still as it was, with
the help of nothing but ``os``; ``record.py`` writes that down at the end of a run. A
stamp only saves time: whatever is not certain is answered by a whole run.
"""

from __future__ import annotations
