"""One point against a proposal, with the code by which the organisation replies to it."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.published.names import CounterpointCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpoint:
    """What speaks against a proposal or a decision.

    Attributes:
        code: stays the same from report to report.
        text: one or more sentences, with inline marks.
    """

    code: CounterpointCode
    text: str
