"""Conformance: whether a binding's verdict is that of JSON Schema, case by case.

``cases`` makes a labelled corpus from a spec; ``conform`` generates a binding, builds a
small driver beside it, feeds it the cases and compares its verdicts with the oracle's.
"""
