"""What bytes are that no table can be read from: databases, statistics, packing, and scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_STARTS: Final = (
    (b"%PDF", "a PDF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"),
    (b"Rar!", "a RAR file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"\x04\x22\x4d\x18", "an LZ4 file"),
    (b"\x02\x21\x4c\x18", "an LZ4 file"),
    (b"\xff\x06\x00\x00sNaPpY", "a Snappy file"),
    (b"\x1f\x9d", "a file of compress (.Z)"),
    (b"LZIP", "an lzip file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x00\x01\x00\x00Standard ", "an Access database"),
    (b"{\\rtf", "a document of a word processor"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR E", "encrypted Parquet"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"FEA1", "a Feather file"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"$FL2", "a file of SPSS"),
    (b"$FL3", "a file of SPSS"),
    (b"<stata_dta>", "a file of Stata"),
    (b"HEADER RECORD*******LIB", "a file of SAS"),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60", "a file of SAS"),
    (b"RDX", "a file of R"),
    (b"RDA", "a file of R"),
    (b"X\n\x00\x00\x00", "a file of R"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut of Windows"),
    (b"[InternetShortcut]", "a shortcut to a web page"),
    (b"-----BEGIN PGP", "encrypted"),
    (
        b"version https://git-lfs.github.com/spec/",
        "a pointer of Git LFS (`git lfs pull` fetches the file itself)",
    ),
    (b"MIME-Version:", "a web page (MHTML)"),
)
_DUCKDB_AT: Final = 8
_STATA: Final = re.compile(rb"[\x66-\x73][\x01\x02]\x01\x00")
_PICKLE: Final = re.compile(rb"\x80(?:[\x04\x05]\x95|[\x02\x03][c}\](])")
_DBASE: Final = re.compile(
    rb"[\x02\x03\x30-\x32\x43\x63\x83\x8b\xcb\xf5\xfb].[\x01-\x0c][\x01-\x1f].{8}\x00\x00",
    re.DOTALL,
)
_SYLK: Final = re.compile(rb"ID;P[A-Z]*(?:;[A-Z]+)*[\r\n]+(?:P;P|[BCF];[A-Z]\d?|O;)")
_DIF: Final = re.compile(rb"TABLE\r?\n0,1\r?\n")
_SQL: Final = re.compile(
    rb"(?:--[^\r\n]*\s+|/\*.*?\*/;?\s*)*"
    rb"(?:insert into|create (?:table|database)|drop table|lock tables|set [@a-z_]+ ?=)",
    re.DOTALL | re.IGNORECASE,
)
_SQL_REMARK: Final = re.compile(rb"(?:--\s+)*-- (?:\w+ )*(?:sql |database )?dump\b", re.IGNORECASE)
_PATTERNS: Final[tuple[tuple[Callable[[bytes], object], str], ...]] = (
    (_STATA.match, "a file of Stata"),
    (_PICKLE.match, "a pickle of Python"),
    (_DBASE.match, "a dBase file (.dbf)"),
    (_SYLK.match, "a SYLK file (.slk)"),
    (_DIF.match, "a DIF file"),
    (_SQL.match, "SQL"),
    (_SQL_REMARK.match, "SQL"),
)


def foreign_kind(start: bytes) -> str:
    r"""Return what a file is from which no table can be read, or empty.

    Args:
        start: its first bytes, some hundreds.

    Examples:
        >>> foreign_kind(b"\x72\x02\x01\x00"), foreign_kind(b"ID;PWXL;N;E\r\nC;Y1;X1;K")
        ('a file of Stata', 'a SYLK file (.slk)')
        >>> foreign_kind(b"ID;Plaats\r\nC;Y;1\r\n")
        ''
    """
    for mark, kind in _STARTS:
        if start.startswith(mark):
            return kind
    if start[_DUCKDB_AT:].startswith(b"DUCK"):
        return "a DuckDB database"
    plain = start.removeprefix(b"\xef\xbb\xbf")
    return next((kind for matches, kind in _PATTERNS if matches(plain)), "")
