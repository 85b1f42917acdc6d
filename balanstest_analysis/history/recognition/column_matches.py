"""How well the columns of an export fit ours: by their names, and by totals over their cells.

Cells are read as the tables themselves are: what fits here is accepted there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.casts import cast, readable_type, text_of
from balanstest_analysis.history.columns.column_names import (
    is_reference,
    is_row_number,
    may_stand_for,
    ours_of,
    plain_name,
)
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.columns.empty_words import says_empty
from balanstest_analysis.history.columns.notations import ISO, Notation, decided
from balanstest_analysis.history.columns.privacy import looks_like_someone, looks_personal
from balanstest_analysis.history.columns.written_moments import STEPS
from balanstest_analysis.history.engines.engine import Engine, totals_of
from balanstest_analysis.history.recognition.column_contents import Content, all_run, reason
from balanstest_analysis.history.sources.key_checks import are_numbers_of_persons
from balanstest_analysis.history.sources.part_notations import Found, evidence_of
from balanstest_analysis.history.sources.parts import Part

_LIKELY = Notation(dates="day-first", decimal=",")
_LIKE_A_DAY = (
    r"^\D{0,12}\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([ T].*)?$|^(19|20)\d{6}$|^\d{1,2} [A-Za-z]{3}"
    r"|^[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)
_TWO_READINGS = "can be read with"
_PLAIN = frozenset({"datum", "date", "datum_tijd", "timestamp"})
_ONLY = "de enige kolom met datums"
_ALSO = "past ook; kies de kolom met dezelfde nummers als in de andere bestanden"
_ROW = "dit is vermoedelijk het nummer van de rij, en niet van de relatie"


@dataclass(frozen=True, kw_only=True)
class Match:
    """A column of an export that is probably one of ours.

    Attributes:
        ours: our name.
        theirs: the name in the export.
        why: the reason, in Dutch.
        certain: recognised by its name or as the only one, and fitting by its content.
        state: what the dossier must state about its notation, as it allows two readings:
            ``"dates"``, ``"decimal"`` or empty; or why it will be refused, in English.
        clock: cells in which a time of the day stands.
        time: the column with the time of the day, where that stands beside a day; or empty.
        notation: how its cells are written, as far as that is decided.
    """

    ours: str
    theirs: str
    why: str
    certain: bool
    state: str = ""
    clock: int = 0
    time: str = ""
    notation: Notation = field(default=ISO, repr=False, compare=False)


@dataclass(frozen=True)
class _Candidate:
    column: Column
    theirs: str
    strength: int  # 2 by its name, 1 by a name that says little, 0 by its content alone

    @property
    def key(self) -> str:
        return f"{self.column.name} {self.theirs}"


_Read = tuple[_Candidate, Content]


def matches_of(engine: Engine, rows: ir.Table, columns: Sequence[Column]) -> list[Match]:
    """Return the columns of an export that are probably ours, at most one certain one for each.

    Args:
        engine: that reads the export.
        rows: the export, with the names of its columns.
        columns: of the table that it was taken for.
    """
    candidates = list(_candidates(rows, columns))
    contents = _contents(engine, rows, candidates)
    found: list[Match] = []
    for column in columns:
        used = {match.theirs for match in found if match.certain}
        ours = [c for c in candidates if c.column is column and c.theirs not in used]
        found += _chosen(ours, contents)
    return [_doubted(match, columns) for match in found]


def filled_and_wrong(
    engine: Engine, rows: ir.Table, column: Column, theirs: str
) -> tuple[int, int]:
    """Return how many cells of a column hold something, and in how many that is not one of ours."""
    candidate = _Candidate(column, theirs, 2)
    content = _contents(engine, rows, [candidate])[candidate.key]
    return content.filled, content.wrong


def _doubted(match: Match, columns: Sequence[Column]) -> Match:
    """Return a match, not certain where the key of a person is the number of a call or payment."""
    happened = any(column.name in {"called_at", "occurred_on"} for column in columns)
    if match.ours == "customer_id" and happened and is_row_number(match.theirs):
        return replace(match, certain=False, why=_ROW)
    return match


def _candidates(rows: ir.Table, columns: Sequence[Column]) -> Iterator[_Candidate]:
    for column in columns:
        is_day = column.required and column.dated
        strengths = {
            name: 2 * (column.name in ours_of(name))
            or int(may_stand_for(name, column.name, is_day=is_day))
            for name in rows.columns
        }
        for name, strength in sorted(
            strengths.items(), key=lambda item: (-item[1], is_reference(item[0]))
        ):
            if strength or (is_day and not ours_of(name)):
                yield _Candidate(column, name, strength)


def _contents(
    engine: Engine, rows: ir.Table, candidates: Sequence[_Candidate]
) -> dict[str, Content]:
    readable = [c for c in candidates if readable_type(c.column, rows[c.theirs].type())]
    if not readable:
        return {}
    wanted = {key: total for c in readable for key, total in _totals(rows, c).items()}
    first = totals_of(engine, rows.aggregate(rows=rows.count(), **wanted))
    likely = [
        c for c in readable if c.strength or 0 < first[f"days {c.key}"] == first[f"filled {c.key}"]
    ]
    notations = _notations(engine, rows, likely)
    wrong = {
        c.key: rows.count(
            where=cast(rows[c.theirs], c.column, notations[c.key][0]).wrong & _filled(rows, c)
        )
        for c in likely
    }
    second = totals_of(engine, rows.aggregate(**wrong)) if wrong else {}
    return {
        c.key: Content(
            rows=first["rows"],
            filled=first[f"filled {c.key}"],
            wrong=second[c.key],
            personal=first[f"personal {c.key}"] or _numbers_of_persons(engine, rows, c),
            clock=first[f"clock {c.key}"],
            state=notations[c.key][1],
            notation=notations[c.key][0],
        )
        for c in likely
    }


def _filled(rows: ir.Table, candidate: _Candidate) -> ir.BooleanValue:
    text = text_of(rows[candidate.theirs])
    return text.notnull() & ~says_empty(text, candidate.column)


def _totals(rows: ir.Table, candidate: _Candidate) -> dict[str, ir.IntegerScalar]:
    text, key = text_of(rows[candidate.theirs]), candidate.key
    clock = text.re_search(r"\d:\d\d") & ~text.re_search(r"\b0?0:00(:00)?(\.0+)?\b")
    personal = looks_like_someone if candidate.column.kind == "key" else looks_personal
    return {
        f"filled {key}": rows.count(where=_filled(rows, candidate)),
        f"personal {key}": rows.count(where=personal(text)),
        f"clock {key}": rows.count(where=clock.fill_null(False)),
        f"days {key}": rows.count(where=text.re_search(_LIKE_A_DAY).fill_null(False)),
    }


def _numbers_of_persons(engine: Engine, rows: ir.Table, candidate: _Candidate) -> int:
    """Return 1 where a column of keys as a whole holds numbers of persons."""
    if candidate.column.kind != "key":
        return 0
    stored = rows.select(customer_id=rows[candidate.theirs])
    asked = Request(table="", source=TableSource(path="-"), columns=(candidate.column,))
    part = Part(request=asked, files=(), header=None, columns=asked.columns, stored=stored)
    return int(are_numbers_of_persons(engine, part))


def _notations(
    engine: Engine, rows: ir.Table, candidates: Sequence[_Candidate]
) -> dict[str, tuple[Notation, str]]:
    """Return how columns are written, and what the dossier must state about that."""
    if not candidates:
        return {}
    named = {c.key: replace(c.column, name=f"k{at}") for at, c in enumerate(candidates)}
    stored = rows.select(**{named[c.key].name: rows[c.theirs] for c in candidates})
    columns = tuple(named.values())
    asked = Request(table="", source=TableSource(path="-"), columns=columns)
    part = Part(request=asked, files=(), header=None, columns=columns, stored=stored)
    found = evidence_of(engine, part)
    return {c.key: _notation(c, named[c.key].name, found) for c in candidates}


def _notation(candidate: _Candidate, key: str, found: Found) -> tuple[Notation, str]:
    column, counts = candidate.column, found.counts.get(key, {})
    if not counts:
        return ISO, ""
    names = {column.name: candidate.theirs}
    asked = Request(table="", source=TableSource(path="-"), columns=(column,), names=names)
    try:
        return decided(asked, column, counts, "``", found.steps.get(key, STEPS)), ""
    except DataError as error:
        if _TWO_READINGS not in str(error):
            return _LIKELY, str(error).removeprefix("``: ")
        return _LIKELY, "decimal" if column.kind == "amount" else "dates"


def _chosen(candidates: Sequence[_Candidate], contents: Mapping[str, Content]) -> list[Match]:
    """Return the best column for one of ours, or all that may be it where none stands out."""
    read = [(c, contents[c.key]) for c in candidates if c.key in contents]
    named = [pair for pair in read if pair[0].strength == 2]
    fitting = [pair for pair in named if pair[1].nearly_fits or all_run(pair[1], pair[0].column)]
    if fitting:
        best, *rest = fitting if fitting[0][0].column.name == "customer_id" else fitting[:1]
        return [_match(*best), *(replace(_match(*r), certain=False, why=_ALSO) for r in rest)]
    others = [pair for pair in read if pair[0].strength < 2 and pair[1].fits]
    weak = [pair for pair in others if pair[0].strength]
    if others and others[0][0].column.dated:
        return _of_days(others, weak)
    return [_match(*pair) for pair in (weak or named)[:1]]


def _of_days(fitting: Sequence[_Read], weak: Sequence[_Read]) -> list[Match]:
    """Return the column of days that stands out, as the only one or by its name; else all."""
    plain = [pair for pair in weak if plain_name(pair[0].theirs) in _PLAIN]
    best = next((some for some in (plain, weak, fitting) if len(some) == 1), None)
    if best is not None and len(fitting) > 1:
        return [_match(*best[0])]
    why = _ONLY if best else "een van de kolommen met datums"
    return [replace(_match(*pair), why=why, certain=best is not None) for pair in fitting]


def _match(candidate: _Candidate, content: Content) -> Match:
    return Match(
        ours=candidate.column.name,
        theirs=candidate.theirs,
        why=reason(content, candidate.column, weakly_named=candidate.strength == 1),
        certain=content.nearly_fits or all_run(content, candidate.column),
        state=content.state,
        clock=content.clock,
        notation=content.notation,
    )
