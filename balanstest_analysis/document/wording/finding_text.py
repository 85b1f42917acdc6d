"""The sentences about one kind of finding, in singular and plural."""

from __future__ import annotations

from dataclasses import dataclass

from balanstest_analysis.document.wording.numbers import capital, count, fewer_than


@dataclass(frozen=True, kw_only=True)
class FindingText:
    """Sentences about one kind of finding.

    Attributes:
        singular: first sentence for one; ``{n}`` stands for the count.
        plural: first sentence for any other count.
        consequence: what it means and what to do; the same for every count.
    """

    singular: str
    plural: str
    consequence: str

    def __call__(self, number: int | None, minimum: int = 10) -> str:
        """Return the sentences for a count.

        Args:
            number: how often it was found; None where the count is not published.
            minimum: publication minimum, named when the count is not published.

        Examples:
            >>> found = FindingText(
            ...     singular="{n} klacht is laat.",
            ...     plural="{n} klachten zijn laat.",
            ...     consequence="Jammer.",
            ... )
            >>> found(1), found(None)
            ('1 klacht is laat. Jammer.', 'Minder dan 10 klachten zijn laat. Jammer.')
        """
        words = fewer_than(minimum) if number is None else count(number)
        first = self.singular if number == 1 else self.plural
        return capital(f"{first.format(n=words)} {self.consequence}")
