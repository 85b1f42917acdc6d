"""Everything that can be refused, one class per stage.

Every message is one sentence in four parts: where, which value, what is allowed, what to do.
A message never holds a value that belongs to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar


class BalanstestError(Exception):
    """Something this toolkit refuses; its message can be shown as it is.

    Attributes:
        exit_code: what the command line returns for this class of refusal.

    Examples:
        >>> raise_code = DataError("`calls.csv` has no column `called_at`.").exit_code
        >>> raise_code
        3
    """

    exit_code: ClassVar[int] = 4

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of pages of traceback: the sentence itself."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(BalanstestError):
    """The call itself is wrong: an unknown option, scenario or parameter."""

    exit_code = 2


class DossierError(BalanstestError):
    """The dossier cannot be accepted as it stands."""

    exit_code = 3


class DataError(BalanstestError):
    """A table of the history cannot be accepted as it stands."""

    exit_code = 3


class RunError(BalanstestError):
    """A run was started and did not reach its end."""

    exit_code = 4


class GapsError(BalanstestError):
    """A final report was asked for while the dossier still has gaps."""

    exit_code = 5


class TargetBusyError(BalanstestError):
    """Another run is writing the same report."""

    exit_code = 6


class FitError(BalanstestError):
    """Counts or settings from which no curve can be fitted."""

    exit_code = 3


class BlockError(BalanstestError):
    """A part of a document that cannot be published, such as a picture without words."""

    exit_code = 4


class Problems:
    """Everything that is wrong with a dossier and its tables, gathered to be told at once.

    Examples:
        >>> problems = Problems()
        >>> with problems.gathered():
        ...     raise DataError("`calls.csv` is empty.")
        >>> problems.sentences
        ['`calls.csv` is empty.']
    """

    def __init__(self, *sentences: str) -> None:
        self.sentences = list(sentences)

    def __str__(self) -> str:
        return "\n".join(dict.fromkeys(self.sentences))

    def add(self, sentence: str) -> None:
        """Keep a sentence to be told."""
        self.sentences.append(sentence)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep what is refused inside, and go on after it."""
        try:
            yield
        except (DataError, DossierError) as error:
            self.sentences += str(error).split("\n")

    def refuse(self) -> None:
        """Refuse if anything was gathered.

        Raises:
            DataError: one sentence per line.
        """
        if self.sentences:
            raise DataError(str(self))
