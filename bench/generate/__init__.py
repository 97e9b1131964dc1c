"""Generators against each other: whole processes, from start to files on disk."""
