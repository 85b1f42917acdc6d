"""Result codes that come or go, and change places with codes of another meaning.

A new dialler, bureau or instruction writes the same conversation otherwise: voicemail under a code
of a net contact, or objections under one code with all refusals. Every month by itself still looks
whole. What can be seen is that a code falls out of use, or comes into use, and that another that
counts as something else takes up, or gives up, its calls from the same month on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from balanstest_analysis.document.personal import screened
from balanstest_analysis.history.columns.day_numbers import months_told
from balanstest_analysis.history.compliance.codes_by_month import MEANINGS, CodesByMonth
from balanstest_analysis.history.compliance.missing_months import (
    FEWEST_EXPECTED,
    HARDLY_ANY,
    in_a_row,
)
from balanstest_analysis.history.findings import Finding
from balanstest_analysis.history.sources import ListedCode

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]

CODE: Final = "codes_that_changed"
FEWEST_CALLS: Final = 500
FEWEST_MONTHS: Final = 3
# So many months on either side: what is further away may have changed for other reasons.
MONTHS_AROUND: Final = 12
# A month is quiet below this share of what is usual, so that a few strays do not break a run.
QUIET: Final = 0.2
# A code comes or goes that has this share of the calls, or tells an outcome.
FEW_OF_CALLS: Final = 0.05
# In standard errors from the months, which vary by far more than chance alone makes them.
CLEARLY: Final = 10.0
# The other code may have been in use all along.
ALSO_CLEARLY: Final = 3.0
ALSO_BY: Final = 1.5
# By so much net contacts, conversions and objections would differ.
MATTERS: Final = dict(zip(MEANINGS, (0.1, 0.5, 0.5), strict=True))
_SHOWN: Final = 8
_DIGITS: Final = 6


@dataclass(frozen=True, kw_only=True)
class CodeChange:
    """Codes that changed places in some months in a row.

    Attributes:
        first: first of these months, counted from the year 0.
        last: last of them.
        codes: that changed, most calls first; None for all that the dossier does not list.
        here: share of each among the calls of these months.
        elsewhere: the same of the months around them.
        matters: what changes with them.
    """

    first: int
    last: int
    codes: tuple[ListedCode | None, ...]
    here: Numbers
    elsewhere: Numbers
    matters: tuple[str, ...]

    @property
    def told(self) -> str:
        """The months, the codes and what changes with them."""
        shares = [
            f"{_name(code)} {here:.1%} of the calls, and {elsewhere:.1%} in the months around"
            for code, here, elsewhere in zip(self.codes, self.here, self.elsewhere, strict=True)
        ]
        more = f"; and {len(shares) - _SHOWN} more codes" if len(shares) > _SHOWN else ""
        listed = "; ".join(shares[:_SHOWN])
        span = months_told(self.first, self.last)
        return f"In {span}: {listed}{more}. That changes {' and '.join(self.matters)}."


def _name(code: ListedCode | None) -> str:
    return "codes that are not listed" if code is None else screened(code.text, "a code")


def changed_codes(table: CodesByMonth) -> Finding | None:
    """Return the codes that came or went, with those of another meaning that took their place.

    A code comes or goes that in some months in a row has at most a share (`HARDLY_ANY`) of what it
    has in each of the months around them, and by `CLEARLY` standard errors. These are those of the
    months, so that codes which differ from campaign to campaign have to differ by more. Another
    code, which counts as something else, has to change the other way in the same months, by half as
    many calls or more. Codes that are renamed, split or joined within a meaning change nothing, and
    those of a second dialler, of every meaning at once, say nothing of the first.

    Args:
        table: of a whole history.

    Examples:
        >>> voicemail, busy = (
        ...     ListedCode(text=text, net_contact=spoken, converted=False, objection=False)
        ...     for text, spoken in (("Voicemail", False), ("Geen tijd", True))
        ... )
        >>> calls = np.array([[0.0, 40.0, 60.0]] * 12 + [[0.0, 0.0, 100.0]] * 12)
        >>> table = CodesByMonth(
        ...     months=np.arange(24290, 24314), calls=calls, codes=(None, voicemail, busy)
        ... )
        >>> changed_codes(table).count
        2
    """
    found = list[CodeChange]()
    known = set[ListedCode | None]()
    for change in sorted(_changes(table), key=lambda one: (one.last - one.first, -one.first)):
        if not known >= {*change.codes}:
            found.append(change)
        known |= {*change.codes}
    if not found:
        return None
    return Finding(code=CODE, count=len(known), detail=" ".join(one.told for one in found))


def _changes(table: CodesByMonth) -> Iterator[CodeChange]:
    """Yield what changes in each run of months in which a code is hardly used."""
    calls = table.calls
    for place in np.flatnonzero(calls.sum(axis=0) >= FEWEST_EXPECTED):
        quiet = _quiet(calls[:, place], calls.sum(axis=1))
        for run in in_a_row(quiet):
            inside, around = _sides(run, np.flatnonzero(~quiet))
            if min(len(inside), len(around)) < FEWEST_MONTHS:
                continue
            sides = _Sides(inside=calls[inside], around=calls[around])
            on_one_side = sides.comes_or_goes(table.counts_as)
            if sides.calls < FEWEST_CALLS or not on_one_side[place]:
                continue
            if matters := tuple(_matters(sides, table.counts_as, on_one_side)):
                months = table.months[run]
                yield sides.change(table, int(months[0]), int(months[-1]), matters)


def _quiet(rows: Numbers, calls: Numbers) -> Marks:
    """Return the months in which a code is hardly used.

    What is usual is its share of the calls in the month of a call that has it, on average.
    """
    usual = (rows**2 / calls).sum() / rows.sum()
    return np.asarray(rows <= QUIET * usual * calls)


def _sides(run: slice, used: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the months of a run and those around it in which the code is used, near to its ends.

    Args:
        run: months in a row.
        used: all other months in which the code is used.
    """
    before = used[used < run.start][-MONTHS_AROUND:]
    after = used[used >= run.stop][:MONTHS_AROUND]
    months = np.arange(run.start, run.stop)
    near_start = (months < run.start + MONTHS_AROUND) & (len(before) > 0)
    near_end = (months >= run.stop - MONTHS_AROUND) & (len(after) > 0)
    return months[near_start | near_end], np.concatenate([before, after])


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """Calls of some months and of those around them, of shape (months, codes)."""

    inside: Numbers
    around: Numbers

    @property
    def calls(self) -> float:
        return float(min(self.inside.sum(), self.around.sum()))

    @cached_property
    def shares(self) -> tuple[Numbers, Numbers]:
        here, elsewhere = (s.sum(axis=0) / s.sum() for s in (self.inside, self.around))
        return here, elsewhere

    @cached_property
    def standard_errors(self) -> Numbers:
        """How many of them lie between the sides, by the log-odds of each month."""
        here, elsewhere = _log_odds(self.inside), _log_odds(self.around)
        squares = sum(((odds - odds.mean(axis=0)) ** 2).sum(axis=0) for odds in (here, elsewhere))
        free = len(here) + len(elsewhere) - 2
        variance = squares / free * (1 / len(here) + 1 / len(elsewhere))
        return np.asarray((here.mean(axis=0) - elsewhere.mean(axis=0)) / np.sqrt(variance + 1e-9))

    @cached_property
    def moved(self) -> Marks:
        """The codes that have another share on either side, in which many calls are."""
        here, elsewhere = self.shares
        apart = np.maximum(here, elsewhere) >= ALSO_BY * np.minimum(here, elsewhere)
        same_way = np.sign(here - elsewhere) == np.sign(self.standard_errors)
        clear = np.abs(self.standard_errors) >= ALSO_CLEARLY
        return np.asarray(apart & same_way & clear & self._many)

    @property
    def _many(self) -> Marks:
        """Where a code would have many calls on the side that has fewer."""
        here, elsewhere = self.shares
        fewer = np.where(here < elsewhere, self.inside.sum(), self.around.sum())
        return np.asarray(np.maximum(here, elsewhere) * fewer >= FEWEST_EXPECTED)

    def comes_or_goes(self, counts_as: Mapping[str, Marks]) -> Marks:
        """Return the codes that are in use on one side only, and there in every month."""
        here, elsewhere = self.shares
        least_here, least_elsewhere = (
            (side / side.sum(axis=1, keepdims=True)).min(axis=0)
            for side in (self.inside, self.around)
        )
        most, least = np.maximum(here, elsewhere), np.minimum(here, elsewhere)
        outcome = counts_as["conversions"] | counts_as["objections"]
        gone = least <= HARDLY_ANY * np.where(here < elsewhere, least_elsewhere, least_here)
        clear = np.abs(self.standard_errors) >= CLEARLY
        return np.asarray(self.moved & gone & clear & (outcome | (most >= FEW_OF_CALLS)))

    def change(
        self, table: CodesByMonth, first: int, last: int, matters: tuple[str, ...]
    ) -> CodeChange:
        here, elsewhere = self.shares
        moved = np.flatnonzero(self.moved)
        by = np.abs(here - elsewhere)[moved].round(_DIGITS)
        order = moved[np.argsort(-by, kind="stable")]
        return CodeChange(
            first=first,
            last=last,
            codes=tuple(table.codes[place] for place in order),
            here=here[order],
            elsewhere=elsewhere[order],
            matters=matters,
        )


def _log_odds(calls: Numbers) -> Numbers:
    of_month = calls.sum(axis=1, keepdims=True)
    return np.asarray(np.log((calls + 0.5) / (of_month - calls + 0.5)))


def _matters(sides: _Sides, counts_as: Mapping[str, Marks], on_one_side: Marks) -> Iterator[str]:
    """Yield what changes as a code comes or goes and one that counts otherwise changes with it."""
    here, elsewhere = sides.shares
    change = np.where(sides.moved, here - elsewhere, 0.0)
    for name, least in MATTERS.items():
        counts = counts_as[name]
        total = change[counts].sum()
        if abs(total) <= least * max(here[counts].sum(), elsewhere[counts].sum()):
            continue
        along = np.sign(total) * np.where(counts, change, -change)
        takes_part = along >= abs(total) / 2
        if takes_part[~counts].any() and _of_one_kind(sides, counts, on_one_side & takes_part):
            yield name


def _of_one_kind(sides: _Sides, counts: Marks, told: Marks) -> bool:
    """Return whether codes come, or go, that are all of one kind, and among which one is told.

    Where codes of both kinds come, and codes of both go or none, they are those of another dialler
    with codes of its own, whose calls may well differ.
    """
    here, elsewhere = sides.shares
    gone = np.minimum(here, elsewhere) <= HARDLY_ANY * np.maximum(here, elsewhere)
    for way in (here > elsewhere, here < elsewhere):
        kinds = counts[gone & way]
        if kinds.all() == kinds.any() and told[way].any():
            return True
    return False
