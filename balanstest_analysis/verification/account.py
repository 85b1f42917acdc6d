"""Whether the account of the calls adds up, and agrees with what was found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from balanstest_analysis.verification.claims.phrase import both, value
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.parcel import RESULT
from balanstest_analysis.verification.values import Value, wholes

# A finding counts every call that it applies to, and a call stands in the first line that does: so
# in the line of such a finding are all of its calls, but for those of the lines above.
_WHATEVER_THE_LINE: Final = ("after_objection",)
# These follow the rules of the day of the call, and their lines those of the report's date.
_BY_ANOTHER_CLOCK: Final = ("reference_on_or_after_call", "beyond_cap", "beyond_own_term")
_ENDS: Final = ("rows_in", "in_exposure")


def unfollowed(place: str, found: object, expected: object) -> Finding:
    """Return the finding that a value of the result does not follow from the others."""
    return Finding(
        level="follows",
        code="differs",
        file=RESULT,
        place=place,
        found=value(found),
        expected=value(expected),
    )


def account_faults(result: Value) -> Iterator[Finding]:
    """Yield lines of the account, and findings, that do not follow from each other.

    Args:
        result: what `resultaat.json` holds.
    """
    lines = result.at("bridge").items
    yield from _unbalanced(lines)
    told = _Told(result)
    yield from told.unlike()
    for place, line in enumerate(lines):
        yield from told.against(line, lines[1:place])


def _unbalanced(lines: Sequence[Value]) -> Iterator[Finding]:
    counts = wholes(tuple(line.at("count") for line in lines))
    codes = [line.at("code").text for line in lines]
    if counts is None or not codes or (codes[0], codes[-1]) != _ENDS:
        return
    if counts[0] - sum(counts[1:-1]) != counts[-1]:
        due = counts[0] - sum(counts[1:-1])
        yield unfollowed(f"{lines[-1].place}.count", counts[-1], due)


class _Told:
    """The counts that a result tells of its findings, each with the first place of it.

    Args:
        result: what `resultaat.json` holds.
    """

    def __init__(self, result: Value) -> None:
        self._items = (*result.at("compliance", "rules").items, *result.at("findings").items)
        self._first: dict[str, tuple[str, int]] = {}
        for item in self._items:
            count = _told_now(item)
            if count is not None:
                self._first.setdefault(item.at("code").text or "", (item.place, count))

    def unlike(self) -> Iterator[Finding]:
        """Yield counts that are told in two places, and not alike."""
        for item in self._items:
            count = _told_now(item)
            if count is not None:
                place, first = self._first[item.at("code").text or ""]
                if count != first:
                    yield _unlike(item, count, place, first)

    def against(self, line: Value, above: Sequence[Value]) -> Iterator[Finding]:
        """Yield a line that holds other calls than its finding says.

        Args:
            line: of the account.
            above: the lines before it, of which each call is out already.
        """
        code, count = line.at("code").text or "", _told_now(line)
        if count is None or code not in self._first or code in _BY_ANOTHER_CLOCK:
            return
        place, found = self._first[code]
        most = _most(above) if code in _WHATEVER_THE_LINE else 0
        if not (count <= found and (most is None or found <= count + most)):
            yield _unlike(line, count, place, found)


def _told_now(item: Value) -> int | None:
    """Return a count of this report; None where it is withheld, or kept from an earlier one."""
    return item.at("count").whole if item.at("kept_from").is_none else None


def _most(lines: Sequence[Value]) -> int | None:
    """Return the calls of lines together; None where one of them is not told."""
    counts = wholes(tuple(line.at("count") for line in lines))
    return None if counts is None else sum(counts)


def _unlike(item: Value, count: int, place: str, first: int) -> Finding:
    due = both("{}, as in {}", "{}, zoals in {}", first, place)
    return unfollowed(f"{item.place}.count", count, due)
