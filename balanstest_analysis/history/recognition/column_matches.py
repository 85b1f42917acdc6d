"""How well the columns of an export fit ours: by their names, and by totals over their cells.

Cells are read as the tables themselves are: what fits here is accepted there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.casts import CALL_ID, cast, readable_type, text_of
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
from balanstest_analysis.history.engines.engine import Engine, all_totals_of
from balanstest_analysis.history.recognition.column_contents import Content, all_run, reason
from balanstest_analysis.history.sources.key_checks import are_numbers_of_persons
from balanstest_analysis.history.sources.part_notations import (
    Found,
    evidence_of,
    read_moment,
    with_moments,
)
from balanstest_analysis.history.sources.parts import Part, part_of_rows

_LIKELY = Notation(dates="day-first", decimal=",")
_LIKE_A_DAY = (
    r"^\D{0,12}\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([ T].*)?$|^(19|20)\d{6}$|^\d{1,2} [A-Za-z]{3}"
    r"|^[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)
_FEW_TEXTS = frozenset({"flag", "code", "text"})
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
        bare: cells in which nothing stands.
        notation: how its cells are written, as far as that is decided.
    """

    ours: str
    theirs: str
    why: str
    certain: bool
    state: str = ""
    clock: int = 0
    time: str = ""
    bare: int = 0
    notation: Notation = field(default=ISO, repr=False, compare=False)


@dataclass(frozen=True)
class _Candidate:
    column: Column
    theirs: str
    strength: int  # 2 by its name, 1 by a name that says little, 0 by its content alone

    @property
    def key(self) -> str:
        return f"{self.column.name} {self.theirs}"


_Pair = tuple[_Candidate, Content]
_Marks = Callable[[_Candidate, ir.Column], dict[str, ir.BooleanValue]]


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
    cells = {c: rows[c.theirs] for c in readable}
    first = all_totals_of(engine, _asked(rows, cells, _marks))
    likely = [
        c for c in readable if c.strength or 0 < first[f"days {c.key}"] == first[f"filled {c.key}"]
    ]
    notations, wrong = _read(engine, rows, likely)
    return {
        c.key: Content(
            rows=first["rows"],
            filled=first[f"filled {c.key}"],
            wrong=wrong[f"wrong {c.key}"],
            personal=first[f"personal {c.key}"] or _numbers_of_persons(engine, rows, c),
            clock=first[f"clock {c.key}"],
            state=notations[c.key][1],
            notation=notations[c.key][0],
        )
        for c in likely
    }


def _asked(rows: ir.Table, cells: Mapping[_Candidate, ir.Column], marks: _Marks) -> list[ir.Table]:
    """Return questions for the number of rows, and of cells that have each mark.

    Of a column that holds few different texts, each is looked at once.
    """
    questions: list[ir.Table] = []
    others = {"rows": rows.count()}
    for candidate, cell in cells.items():
        if candidate.column.kind in _FEW_TEXTS and candidate.column.name != CALL_ID:
            texts = rows.group_by(text=cell).agg(cells=rows.count())
            found = marks(candidate, texts.text).items()
            sums = {name: texts.cells.sum(where=mark) for name, mark in found}
            questions.append(texts.aggregate(**sums))
        else:
            found = marks(candidate, cell).items()
            others |= {name: rows.count(where=mark) for name, mark in found}
    return [rows.aggregate(**others), *questions]


def _filled(candidate: _Candidate, cell: ir.Column) -> ir.BooleanValue:
    text = text_of(cell)
    return text.notnull() & ~says_empty(text, candidate.column)


def _marks(candidate: _Candidate, cell: ir.Column) -> dict[str, ir.BooleanValue]:
    text, key = text_of(cell), candidate.key
    clock = text.re_search(r"\d:\d\d") & ~text.re_search(r"\b0?0:00(:00)?(\.0+)?\b")
    personal = looks_like_someone if candidate.column.kind == "key" else looks_personal
    return {
        f"filled {key}": _filled(candidate, cell),
        f"personal {key}": personal(text),
        f"clock {key}": clock.fill_null(False),
        f"days {key}": text.re_search(_LIKE_A_DAY).fill_null(False),
    }


def _read(
    engine: Engine, rows: ir.Table, candidates: Sequence[_Candidate]
) -> tuple[dict[str, tuple[Notation, str]], dict[str, int]]:
    """Return how columns are written, with what the dossier must state, and their wrong cells."""
    if not candidates:
        return {}, {}
    part, names = _part_of(rows, candidates)
    found = evidence_of(engine, part)
    notations = {c.key: _notation(c, names[c], found) for c in candidates}
    how = {names[c]: notations[c.key][0] for c in candidates}
    stored = with_moments(replace(part, notations=how)).stored

    def wrong(candidate: _Candidate, cell: ir.Column) -> dict[str, ir.BooleanValue]:
        name = names[candidate]
        read = cast(cell, candidate.column, how[name], moment=read_moment(stored, name))
        return {f"wrong {candidate.key}": read.wrong & _filled(candidate, cell)}

    cells = {candidate: stored[name] for candidate, name in names.items()}
    return notations, all_totals_of(engine, _asked(stored, cells, wrong))


def _part_of(
    rows: ir.Table, candidates: Sequence[_Candidate]
) -> tuple[Part, dict[_Candidate, str]]:
    """Return columns as a part, and by which name: one of theirs may be two of ours."""
    names = {c: f"k{at}" for at, c in enumerate(candidates)}
    columns = tuple(replace(c.column, name=name) for c, name in names.items())
    stored = rows.select(**{name: rows[c.theirs] for c, name in names.items()})
    return part_of_rows(stored, columns), names


def _numbers_of_persons(engine: Engine, rows: ir.Table, candidate: _Candidate) -> int:
    """Return 1 where a column of keys as a whole holds numbers of persons."""
    if candidate.column.kind != "key":
        return 0
    stored = rows.select(customer_id=rows[candidate.theirs])
    return int(are_numbers_of_persons(engine, part_of_rows(stored, (candidate.column,))))


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


def _of_days(fitting: Sequence[_Pair], weak: Sequence[_Pair]) -> list[Match]:
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
        bare=content.rows - content.filled,
        notation=content.notation,
    )
