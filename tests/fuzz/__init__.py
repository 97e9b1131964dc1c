"""Fuzzing: made-up and mutated specs enter; what the engine does wrong leaves.

``inventor`` makes schemas up, ``mutations`` spoils real specs, ``documents`` mixes both
by number, ``judge`` runs the engine on one, ``batch`` compiles and runs what many have
become. ``python -m fuzz`` runs as long as it is told to; the same seed finds the same.
"""
