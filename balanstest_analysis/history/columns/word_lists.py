"""Lists of words that cells are held against, each list as one pattern.

A hundred words are a hundred literals to whoever writes a question and to whoever plans it, in each
column of which it is asked. An engine matches the one pattern that they make as fast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import ibis.expr.types as ir

_ESCAPED: Final = r"\\\1"
_SPECIAL: Final = re.compile(r"([\\.()\[\]{}|*+?^$])")


def is_among(text: ir.StringValue, words: Sequence[str]) -> ir.BooleanValue:
    """Return where a text is one of some words, letter for letter; unknown where it is missing.

    Args:
        text: the cells.
        words: at least one.
    """
    return text.re_search(pattern_of(tuple(words)))


@lru_cache(maxsize=64)
def pattern_of(words: tuple[str, ...]) -> str:
    r"""Return a pattern that matches just these words, in every engine.

    Args:
        words: at least one.

    Examples:
        >>> print(pattern_of(("n.v.t.", "-", "(leeg)")))
        ^(n\.v\.t\.|-|\(leeg\))$
    """
    return f"^({'|'.join(_SPECIAL.sub(_ESCAPED, word) for word in words)})$"
