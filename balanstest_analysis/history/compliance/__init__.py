"""Whether the calling kept to the rules of its day, and whether the tables fit together.

Everything is an aggregate that the engine computes; no row of a person reaches Python.
"""
