"""Shortcut: a run that has nothing to do ends before anything heavy is imported.

``stamp.py`` asks whether what a finished run read and left is still as it was, with
the help of nothing but ``os``; ``record.py`` writes that down at the end of a run.
``pages.py`` gives a run that has something to do the pages that are as before. All of
it only saves time: whatever is not certain is done anew.
"""

from __future__ import annotations
