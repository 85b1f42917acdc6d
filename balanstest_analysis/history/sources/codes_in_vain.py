"""Codes that a dossier lists and that occur in no row: told, and refused where one is a slip.

A code that is spelled otherwise than in the export maps nothing, and the rows with the other count
as nobody reached, as no conversion, or not at all. A code that is rare, or of an earlier year, is
no slip: only one is that differs in a letter or two from a code that occurs and that no list has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from balanstest_analysis.errors import Problems
from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.columns import TOLD, WHERE, Request
from balanstest_analysis.history.columns.privacy import may_be_a_name, may_be_personal
from balanstest_analysis.history.engines.engine import Engine, rows_of
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.row_filters import Filtered

_ALIKE: Final = 0.88
_MOST_CODES: Final = 1000


@dataclass(frozen=True, kw_only=True)
class InVain:
    """Codes of one column that the dossier lists and that never occur.

    Attributes:
        column: of the file.
        never: those codes.
        unlisted: rows per code that occurs and that the dossier does not list there.
    """

    column: str
    never: tuple[str, ...]
    unlisted: Mapping[str, int]

    def slips(self) -> Iterator[tuple[str, str, int]]:
        """Yield each code that is a slip, with the code that is meant and the rows that have it.

        A code that may be about a person is never told.

        Examples:
            >>> found = {"JA - machtiging": 139, "Actie 2": 7, "Geen gehoor": 20}
            >>> one = InVain(
            ...     column="Resultaat", never=("JA - machtigng", "Actie 1"), unlisted=found
            ... )
            >>> list(one.slips())
            [('JA - machtigng', 'JA - machtiging', 139)]
        """
        for code in self.never:
            near = {other: likeness(code, other) for other in self.unlisted}
            best = max(near, key=lambda other: near[other], default="")
            rows = self.unlisted.get(best, 0)
            hidden = may_be_personal(best) or may_be_a_name(best, rows)
            if best and near[best] >= _ALIKE and not hidden:
                yield code, best, rows


def likeness(one: str, other: str) -> float:
    """Return how much two codes are alike, from 0 to 1; not at all where their digits differ.

    Examples:
        >>> likeness("Geen gehoor", "geen  gehoor"), likeness("Actie 1", "Actie 2")
        (1.0, 0.0)
    """
    first, second = (" ".join(text.casefold().split()) for text in (one, other))
    digits = [[letter for letter in text if letter.isdigit()] for text in (first, second)]
    return SequenceMatcher(None, first, second).ratio() if digits[0] == digits[1] else 0.0


def codes_in_vain(
    engine: Engine, parts: Sequence[Part], filtered: Filtered
) -> dict[str, tuple[str, ...]]:
    """Return the codes of a source that never occur, by column of the file.

    Of a column with very many different texts nothing is said.

    Args:
        engine: where it is read.
        parts: the files of the source.
        filtered: what ``where`` left out of them.

    Raises:
        DataError: some are a slip of a code that occurs and that no list has.
    """
    found = _found(engine, parts, filtered)
    _refuse_slips(parts, found)
    return {one.column: one.never for one in found}


def _found(engine: Engine, parts: Sequence[Part], filtered: Filtered) -> tuple[InVain, ...]:
    found = []
    for column, stored, codes in _listed(parts[0].request):
        rows = _rows_by_code(engine, parts, stored)
        if rows is None:
            continue
        left_out = filtered.others.get(column, {}) if stored.startswith(WHERE) else {}
        never = tuple(code for code in codes if code not in rows)
        unlisted = {code: n for code, n in {**rows, **left_out}.items() if code not in codes}
        found.append(InVain(column=column, never=never, unlisted=unlisted))
    return tuple(one for one in found if one.never)


def _listed(request: Request) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each column with codes: in the file, as stored, and the codes of the dossier."""
    flags = {request.theirs(flag): flag for flag in reversed([*request.codes])}
    for column, flag in flags.items():
        codes = [c for one in request.flags_of(column) for c in request.codes[one]]
        unreached = request.no_contact if column in request.diallers else ()
        yield column, flag, _tidied([*codes, *unreached])
    for mark, listed in ((WHERE, request.where), (TOLD, request.told)):
        for number, (column, given) in enumerate(listed.items()):
            yield column, f"{mark}{number}", _tidied(given)


def _tidied(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip() for code in codes if code.strip()))


def _rows_by_code(engine: Engine, parts: Sequence[Part], column: str) -> Counter[str] | None:
    """Return the rows per code; None where no file has the column, or there are too many codes."""
    there = [part for part in parts if column in part.cells.columns]
    if not there:
        return None
    found = Counter[str]()
    for part in there:
        codes = part.cells.select(code=text_of(part.cells[column]))
        counted = codes.group_by("code").agg(number=codes.count()).limit(_MOST_CODES + 1)
        rows = rows_of(engine, counted)
        if len(rows) > _MOST_CODES:
            return None
        found.update({row["code"]: row["number"] for row in rows if row["code"] is not None})
    return found


def _refuse_slips(parts: Sequence[Part], found: Sequence[InVain]) -> None:
    """Refuse codes that are a slip, with one sentence for each."""
    problems = Problems()
    for one in found:
        for code, meant, rows in one.slips():
            told = "1 row" if rows == 1 else f"{rows:,} rows"
            problems.add(
                f"{parts[0].place}: `{one.column}` never holds {code!r}, which the dossier lists, "
                f"and holds {meant!r} in {told}, which it does not. Correct the code, or list the "
                "other as well."
            )
    problems.refuse()
