"""What was found about the way in which a table is written: reported, so that nothing is silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from balanstest_analysis.document.personal import screened
from balanstest_analysis.history.columns.day_numbers import Span
from balanstest_analysis.history.columns.key_forms import TAKEN_OFF
from balanstest_analysis.history.columns.notations import DEFAULT_ZONE
from balanstest_analysis.history.columns.privacy import may_be_a_name, may_be_personal
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.kinds import NAMES
from balanstest_analysis.history.sources.alike import is_named_otherwise
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.same_files import is_without_rows

_NOTHING: Mapping[str, int] = MappingProxyType({})
CODES_SHOWN = 40
_INTERNAL = (
    "unmapped",
    "keys",
    "with_offset",
    "clock",
    "short",
    "empty",
    "content",
    "remarks",
    "table_rows",
    "source",
    "source_rows",
    "days",
    "in_vain",
    "left_out",
)
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", "": ""}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How some files of one table, laid out alike, were read.

    Attributes:
        table: name of the table.
        kind: a kind of `kinds.kind_of`, or ``"database"``.
        files: number of files.
        delimiter: name of the separator of a CSV file, else empty.
        encoding: of a CSV file, else empty.
        skipped_rows: rows above the column names.
        dates: order of day and month per column with days or moments in text.
        decimal: decimal mark per column with amounts in text.
        timezone: of moments that state none.
        with_offset: cells per column that state their offset from UTC.
        clock: cells per column with AM or PM.
        short: cells per column with a year of two digits.
        empty: cells per column that say that they are empty, such as NULL or 9999-12-31; internal.
        keys: rows by what was taken off their key, in words; internal.
        unmapped: rows per code that the dossier maps to nothing, by column of the file; internal.
        content: what tells the rows of a table in a database from any others; internal.
        table_rows: rows of the whole table, as delivered; internal.
        remarks: what else was seen of the files, in words; internal.
        source: the file and its sheet, the files or the table of a database; internal.
        source_rows: rows of the source that it is the first of, as delivered; internal.
        days: first and last day of that source, without what is later than the history; internal.
        in_vain: codes that the dossier lists and that never occur, by column; internal.
        left_out: rows of that source that do not count by the codes of the dossier; internal.
    """

    table: str
    kind: str
    files: int
    delimiter: str = ""
    encoding: str = ""
    skipped_rows: int = 0
    dates: Mapping[str, str] = field(default_factory=dict)
    decimal: Mapping[str, str] = field(default_factory=dict)
    timezone: str = DEFAULT_ZONE
    with_offset: Mapping[str, int] = field(default_factory=dict)
    clock: Mapping[str, int] = field(default_factory=dict)
    short: Mapping[str, int] = field(default_factory=dict)
    empty: Mapping[str, int] = field(default_factory=dict)
    keys: Mapping[str, int] = field(default_factory=dict)
    unmapped: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    content: str = field(default="", repr=False)
    table_rows: int = 0
    remarks: tuple[str, ...] = ()
    source: str = ""
    source_rows: int | None = None
    days: Span | None = None
    in_vain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: int = 0

    def to_dict(self) -> dict[str, object]:
        """Return the provenance that may be published: nothing here counts people."""
        found = asdict(self)
        for internal in _INTERNAL:
            found.pop(internal)
        return found

    def describe(self) -> str:
        """Return the reading as one line.

        Examples:
            >>> Reading(table="calls", kind="csv", files=2, delimiter="comma").describe()
            'csv, 2 files, comma-separated'
        """
        return ", ".join(self._clauses())

    def describe_codes(self, column: str) -> str:
        """Return the codes that are mapped to nothing, most frequent first; no code of a person."""
        codes = sorted(self.unmapped[column].items(), key=lambda item: (-item[1], item[0]))
        if len(codes) > CODES_SHOWN or any(may_be_personal(code) for code, _ in codes):
            return f"{len(codes)} different texts, which are not shown"
        named = [(code, number) for code, number in codes if not may_be_a_name(code, number)]
        shown = [f"{code or '(empty)'} ({number})" for code, number in named]
        hidden = len(codes) - len(named)
        return ", ".join([*shown, *([f"and {hidden} that may be names"] if hidden else [])])

    def _clauses(self) -> Iterator[str]:
        yield self.kind if self.files <= 1 else f"{self.kind}, {self.files} files"
        if self.delimiter:
            yield f"{self.delimiter}-separated"
        if self.encoding:
            yield self.encoding
        if self.skipped_rows:
            rows = "row" if self.skipped_rows == 1 else "rows"
            yield f"{self.skipped_rows} {rows} above the column names"
        for name, order in self.dates.items():
            yield f"{name} {order}"
        for name, mark in self.decimal.items():
            yield f"{name} with decimal {'comma' if mark == ',' else 'point'}"
        if self.timezone != DEFAULT_ZONE:
            yield f"moments in {self.timezone}"
        yield from self._counted_clauses()
        yield from self.remarks

    def _counted_clauses(self) -> Iterator[str]:
        counted = {
            "with an offset from UTC": self.with_offset,
            "with AM or PM": self.clock,
            "with a year of two digits": self.short,
            "read as empty for the word or day in it": self.empty,
        }
        for words, number in self.keys.items():
            yield f"customer_id without {words} in {number} row{'' if number == 1 else 's'}"
        for words, cells in counted.items():
            for name, number in cells.items():
                yield f"{name} {words} in {number} row{'' if number == 1 else 's'}"


def readings_of(
    parts: Sequence[Part],
    unmapped: Mapping[str, Mapping[str, int]],
    content: str = "",
    empty: Mapping[str, int] = _NOTHING,
    litter: int = 0,
) -> tuple[Reading, ...]:
    """Return how the parts of a table were read, with no name of a file that may be a person's.

    Args:
        parts: of one table.
        unmapped: rows per code that the dossier maps to nothing, by column of the file.
        content: what tells the rows of a table in a database from any others.
        empty: cells per column that say that they are empty.
        litter: number of files beside them that were left there by a program, and skipped.
    """
    readings = [
        _reading(part, unmapped if number == 0 else {}, content, empty if number == 0 else {})
        for number, part in enumerate(parts)
    ]
    if litter:
        files = "1 file of a program" if litter == 1 else f"{litter} files of programs"
        told = (*readings[0].remarks, f"{files} skipped, such as a lock")
        readings[0] = replace(readings[0], remarks=told)
    return tuple(readings)


def _reading(
    part: Part,
    unmapped: Mapping[str, Mapping[str, int]],
    content: str,
    empty: Mapping[str, int],
) -> Reading:
    header = part.header or Header("", ())
    columns = {column.name: column.kind for column in part.columns}
    dated = {n: notation for n, notation in part.notations.items() if columns[n] != "amount"}
    amounts = {n: notation for n, notation in part.notations.items() if columns[n] == "amount"}
    return Reading(
        table=part.request.table,
        kind=_kind(part),
        files=len(part.files),
        delimiter=_SEPARATORS[header.delimiter],
        encoding=header.encoding if header.delimiter else "",
        skipped_rows=header.skipped,
        dates={
            n: notation.dates + (" and iso" * bool(notation.iso)) for n, notation in dated.items()
        },
        decimal={name: notation.decimal for name, notation in amounts.items()},
        timezone=part.request.source.timezone or DEFAULT_ZONE,
        with_offset={
            n: notation.with_offset for n, notation in dated.items() if notation.with_offset
        },
        clock={n: notation.clock for n, notation in dated.items() if notation.clock},
        short={n: notation.short for n, notation in dated.items() if notation.short},
        empty=empty,
        keys={TAKEN_OFF[name]: number for name, number in part.keys.taken_off.items()},
        unmapped=unmapped,
        content=content,
        remarks=tuple(_remarks(part)),
        source=_source(part),
    )


def _source(part: Part) -> str:
    """Return where the rows are, without what may be the name of a person."""
    asked = part.request.source
    if len(part.files) > 1:
        return screened(Path(asked.path or "").name, "") or "files"
    sheet = f", sheet {screened(asked.sheet, 'of a name')}" if asked.sheet else ""
    return screened(part.name, "a file") + sheet


def _kind(part: Part) -> str:
    if not part.files:
        return "database"
    return "parquet" if part.header is None else part.header.kind


def _remarks(part: Part) -> Iterator[str]:
    kind = _kind(part)
    otherwise = {file.suffix for file in part.files if is_named_otherwise(file, kind)}
    if otherwise:
        yield f"{NAMES[kind]} by its bytes, whatever the name {', '.join(sorted(otherwise))} says"
    for ours, time in part.request.times.items():
        yield f"{ours} from `{part.request.theirs(ours)}` with the time of `{time}`"
    if part.keys.digits is not None:
        rows = f"{part.keys.filled_up:,} row{'' if part.keys.filled_up == 1 else 's'}"
        yield f"customer_id with zeros in front up to {part.keys.digits} digits in {rows}"
    if part.given:
        yield f"{', '.join(part.given)} from the names of folders"
    bare = sum(map(is_without_rows, part.files)) if kind == "csv" else 0
    if bare:
        yield f"{bare} file{' is' if bare == 1 else 's are'} without rows"
