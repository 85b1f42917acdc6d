"""From calls to counts: the only wing that opens data, and the only one with Ibis and the engines.

Row-level data stays in the engine; what leaves it is the month table.
"""
