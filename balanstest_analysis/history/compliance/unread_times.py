"""Columns with the time of a call that nobody mapped, where calls are read without a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from balanstest_analysis.document.personal import screened
from balanstest_analysis.history.columns.column_names import holds_clock_times
from balanstest_analysis.history.compliance.calls import WITHOUT_TIME
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources.parts import Part

_CALLED_AT = "called_at"


def with_unread_times(findings: Sequence[Finding], calls: Sequence[Part]) -> tuple[Finding, ...]:
    """Return findings, of which that of calls without a time names the column that may have it.

    Args:
        findings: of a history.
        calls: the files of its calls.
    """
    told = " ".join(dict.fromkeys(sentence for part in calls for sentence in _unread(part)))
    return tuple(
        replace(found, detail=told) if told and found.code == WITHOUT_TIME else found
        for found in findings
    )


def _unread(part: Part) -> Iterator[str]:
    read, day = part.request.all_of, part.request.theirs(_CALLED_AT)
    names = [name for name in part.names if name not in read and holds_clock_times(name)]
    if names and _CALLED_AT not in part.request.times:
        named = " and ".join(f"`{name}`" for name in names)
        hold, are = ("seems to hold", "is") if len(names) == 1 else ("seem to hold", "are")
        yield (
            f"{named} of {screened(part.name, 'a file')} {hold} the time of the day and {are} not "
            f'read: write called_at = ["{day}", "{names[0]}"] to read both as one moment.'
        )
