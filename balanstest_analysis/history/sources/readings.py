"""What was found about the way in which a table is written: reported, so that nothing is silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from balanstest_analysis.history.columns.notations import DEFAULT_ZONE
from balanstest_analysis.history.columns.privacy import may_be_a_name, may_be_personal
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.input_files import kind_of
from balanstest_analysis.history.sources.file_layouts import Part

CODES_SHOWN = 40
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", "": ""}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How some files of one table, laid out alike, were read.

    Attributes:
        table: name of the table.
        kind: ``"csv"``, ``"xlsx"``, ``"parquet"`` or ``"database"``.
        files: number of files.
        delimiter: name of the separator of a CSV file, else empty.
        encoding: of a CSV file, else empty.
        skipped_rows: rows above the column names.
        dates: order of day and month per column with days or moments in text.
        decimal: decimal mark per column with amounts in text.
        timezone: of moments that state none.
        with_offset: cells per column that state their offset from UTC.
        unmapped: rows per code that the dossier maps to nothing, by column of the file; internal.
        content: what tells the rows of a table in a database from any others; internal.
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
    unmapped: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    content: str = field(default="", repr=False)

    def to_dict(self) -> dict[str, object]:
        """Return the provenance that may be published: nothing here counts people."""
        found = asdict(self)
        for internal in ("unmapped", "with_offset", "content"):
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
            yield f"{self.skipped_rows} rows above the column names"
        for name, order in self.dates.items():
            yield f"{name} {order}"
        for name, mark in self.decimal.items():
            yield f"{name} with decimal {'comma' if mark == ',' else 'point'}"
        if self.timezone != DEFAULT_ZONE:
            yield f"moments in {self.timezone}"
        for name, number in self.with_offset.items():
            yield f"{name} with an offset from UTC in {number} rows"


def readings_of(
    parts: Sequence[Part], unmapped: Mapping[str, Mapping[str, int]], content: str = ""
) -> tuple[Reading, ...]:
    """Return how the parts of a table were read, without the names of its files.

    Args:
        parts: of one table.
        unmapped: rows per code that the dossier maps to nothing, by column of the file.
        content: what tells the rows of a table in a database from any others.
    """
    return tuple(
        _reading(part, unmapped if number == 0 else {}, content)
        for number, part in enumerate(parts)
    )


def _reading(part: Part, unmapped: Mapping[str, Mapping[str, int]], content: str) -> Reading:
    header = part.header or Header("", ())
    columns = {column.name: column.kind for column in part.columns}
    dated = {n: notation for n, notation in part.notations.items() if columns[n] != "amount"}
    amounts = {n: notation for n, notation in part.notations.items() if columns[n] == "amount"}
    return Reading(
        table=part.request.table,
        kind=kind_of(part.files[0]) if part.files else "database",
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
        unmapped=unmapped,
        content=content,
    )
