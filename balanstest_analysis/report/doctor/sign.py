"""What was looked at, and how it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One thing that was looked at.

    Attributes:
        subject: what it is, in a word or two.
        state: `good`; `note`, where only some work needs it; or `wrong`, where a report fails.
        told: how it is and, unless it is good, what to do; on one line.
    """

    subject: str
    state: Literal["good", "note", "wrong"]
    told: str


def good(subject: str, told: str) -> Sign:
    """Return that a thing is as it should be."""
    return Sign(subject=subject, state="good", told=told)


def note(subject: str, told: str) -> Sign:
    """Return that a thing is missing which only some work needs."""
    return Sign(subject=subject, state="note", told=told)


def wrong(subject: str, told: str) -> Sign:
    """Return that a thing stands in the way of a report."""
    return Sign(subject=subject, state="wrong", told=told)
