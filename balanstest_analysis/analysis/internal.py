"""What is exact shows nothing of itself: whoever wants it asks for a part by its name."""

from __future__ import annotations

from typing import NoReturn, Self

from balanstest_analysis.term.proposal import TermProposal


class Internal:
    """Exact and internal: not shown as the last line of a cell, in a record around it or in a copy.

    No dataclass is made of it, because those are unfolded by whatever prints or converts a record.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}: exact, not to be published; ask for a part by its name"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError(
            "An analysis is not pickled: it holds exact counts. Keep what is published of it, or "
            "write `to_dict()` to a file that is not published."
        )


class ExactProposal(Internal):
    """A proposed term, exact.

    Attributes:
        term: the proposal.
    """

    def __init__(self, term: TermProposal) -> None:
        self.term = term
