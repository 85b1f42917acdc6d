"""Words of an attachment, and what may be made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words of an attachment.

    Attributes:
        text: as it can be read.
        is_file: whether it is a whole file of text, in which lines are rows.
        is_code: whether it is not for reading, so that numbers in it mean nothing.
    """

    text: str
    is_file: bool = False
    is_code: bool = False
