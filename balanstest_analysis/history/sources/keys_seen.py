"""Whether any key of a table needs a look, from its rows as they stand.

Of a table with many rows that costs most of the reading, so it is asked once, and beside the rows
that are none of the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

from balanstest_analysis.history.columns.key_forms import is_code, number_of_code
from balanstest_analysis.history.columns.key_numbers import is_padded
from balanstest_analysis.history.columns.privacy import is_plain_key

KEY: Final = "customer_id"
CODE, ODD = "key_is_code", "key_is_odd"
# A letter and the digits of the shortest number of a person; and a letter and ten digits.
_SHORTEST_NUMBERED, _SHORTEST_PADDED = 9, 11


@dataclass(frozen=True, kw_only=True)
class KeysSeen:
    """What is known of the keys of some files before a look at any of them.

    Attributes:
        rows: that hold a key, or none.
        odd: rows with a key that is neither plain nor a code.
        numbered: rows with a code so long that its number may be a person's.
        padded: rows with a code of which the number is ten digits that begin with a zero.
    """

    rows: int
    odd: int
    numbered: int = 0
    padded: int = 0


def marked_keys(stored: ir.Table) -> ir.Table:
    """Return rows with two marks: whether the key is a code, and whether it needs a look.

    Args:
        stored: with our names.
    """
    key = stored[KEY]
    if not key.type().is_string():
        return stored.mutate(**{CODE: ibis.literal(False), ODD: ~is_plain_key(key)})
    coded = stored.mutate(**{CODE: is_code(key)})
    return coded.mutate(**{ODD: coded[CODE].ifelse(False, ~is_plain_key(coded[KEY]))})


def sums_of_keys(marked: ir.Table) -> dict[str, ir.IntegerScalar]:
    """Return the counts of `KeysSeen`, by name.

    Args:
        marked: from `marked_keys`.
    """
    sums = {"rows": marked.count(), "odd": marked.count(where=marked[ODD])}
    if not marked[KEY].type().is_string():
        return sums
    length = marked[CODE].ifelse(marked[KEY].length(), 0)
    padded = (length >= _SHORTEST_PADDED).ifelse(is_padded(number_of_code(marked[KEY])), False)
    return sums | {
        "numbered": marked.count(where=length >= _SHORTEST_NUMBERED),
        "padded": marked.count(where=padded),
    }
