"""Files of text: separators, encodings, headers and titles, lines and quotes."""

from __future__ import annotations

from tests.awkward.export import (
    DUTCH,
    PLAIN,
    RIGHT,
    SEMICOLON,
    Export,
    beside,
    csv_text,
    raw,
    rows,
    text,
)

MEGABYTES_10 = 10 * 1024 * 1024
ONLY_HEADER = csv_text(rows()[:1])


def _campaign(name: str) -> list[list[str]]:
    return beside("campaign", *[name] * 5)


EXPORTS = (
    Export(kind="separators", name="plain", write=text(PLAIN)),
    Export(kind="separators", name="semicolons", write=text(SEMICOLON)),
    Export(kind="separators", name="tabs", write=text(csv_text(rows(), "\t"))),
    Export(kind="separators", name="pipes", write=text(csv_text(rows(), "|"))),
    Export(
        kind="separators",
        name="a separator that the dossier states",
        write=text(SEMICOLON),
        calls='delimiter = ";"',
    ),
    Export(
        kind="separators",
        name="another separator than the dossier states",
        write=text(SEMICOLON),
        calls='delimiter = ","',
        refused=("has no column `customer_id`",),
    ),
    Export(
        kind="line-ends",
        name="carriage returns and line feeds",
        write=text(csv_text(rows(), end="\r\n")),
    ),
    Export(kind="line-ends", name="carriage returns only", write=text(csv_text(rows(), end="\r"))),
    Export(
        kind="line-ends",
        name="mixed line ends",
        write=text(csv_text(rows(), end="\r\n") + "001,2025-05-05 10:00,true,false\n"),
        months={**RIGHT, 16: (1, 0)},
    ),
    Export(kind="separators", name="a mark before the text", write=text(PLAIN, "utf-8-sig")),
    Export(kind="encodings", name="sixteen bits", write=text(DUTCH, "utf-16")),
    Export(
        kind="encodings",
        name="sixteen bits, cut off",
        write=raw(PLAIN.encode("utf-16") + b"\x00"),
        refused=("is not utf-16 text",),
    ),
    Export(
        kind="encodings",
        name="sixteen bits without a mark",
        write=text(PLAIN, "utf-16-le"),
        months=RIGHT,
    ),
    Export(
        kind="encodings",
        name="sixteen bits without a mark, stated",
        write=text(PLAIN, "utf-16-le"),
        calls='encoding = "utf-16"',
        months=RIGHT,
    ),
    Export(
        kind="encodings",
        name="Windows-1252",
        write=text(csv_text(_campaign("Één é\x80"[:-1] + "€"), ";"), "cp1252"),
    ),
    Export(
        kind="encodings",
        name="Windows-1252, stated",
        write=text(csv_text(_campaign("België")), "cp1252"),
        calls='encoding = "windows-1252"',
    ),
    Export(
        kind="encodings",
        name="two encodings in one file",
        write=raw(csv_text(_campaign("é")).encode() + b"001,2025-05-05,0,0,\xe9\n"),
        refused=("neither UTF-8 nor Windows-1252",),
    ),
    Export(
        kind="encodings",
        name="bytes that no text has",
        write=raw(PLAIN.encode() + b"001,2025-05-05\x81,0,0\n"),
        refused=("neither UTF-8 nor Windows-1252",),
    ),
    Export(
        kind="encodings",
        name="NUL bytes",
        write=raw(PLAIN.replace("003", "00\x003").encode()),
        refused=("NUL bytes",),
    ),
    Export(
        kind="headers",
        name="the names of the columns in two rows",
        write=text(SEMICOLON.replace("net_contact;converted\n", ";\n;;net_contact;converted\n", 1)),
        refused=("has its column names in two rows, 1 and 2.",),
    ),
    Export(
        kind="headers",
        name="a title, a blank line and a date above",
        write=text("Export van 1 mei\n\n" + DUTCH),
    ),
    Export(
        kind="headers",
        name="Excel's own line about the separator",
        write=text("sep=;\n" + SEMICOLON),
    ),
    Export(
        kind="headers",
        name="rows to skip, stated",
        write=text("a\nb\n" + SEMICOLON),
        calls="skip_rows = 2",
    ),
    Export(
        kind="headers",
        name="fewer rows to skip than there are",
        write=text("a\nb\n" + SEMICOLON),
        calls="skip_rows = 1",
        refused=("has no column",),
    ),
    Export(
        kind="headers",
        name="a title above a header that lacks a column",
        write=text("Titel\n" + SEMICOLON.replace("converted", "verkocht")),
        refused=("has no column `converted`; found are `customer_id`",),
    ),
    Export(
        kind="lines",
        name="a row too short",
        write=text(PLAIN + "001,2025-05-05,false\n"),
        refused=("line 7 has 3 cells; the header has 4",),
    ),
    Export(
        kind="lines",
        name="a row too long, under a title",
        write=text("Titel\n" + PLAIN + "001,2025-05-05,false,false,\n"),
        refused=("line 8 has 5 cells; the header has 4",),
    ),
    Export(
        kind="footers",
        name="a total below",
        write=text(SEMICOLON + "Totaal;;;\n"),
        findings=("rows_below_table",),
    ),
    Export(
        kind="lines", name="an empty column at the end", write=text(SEMICOLON.replace("\n", ";\n"))
    ),
    Export(
        kind="headers",
        name="a needed column that is empty",
        write=text(csv_text(rows(lambda row: (*row[:3], "")))),
        refused=("row 2: `converted` is empty", "(And 4 more rows: 3, 4, 5, 6.)"),
    ),
    Export(
        kind="headers",
        name="the same column twice",
        write=text(csv_text([[*row, row[3]] for row in rows()])),
        refused=("more than one column `converted`",),
    ),
    Export(kind="lines", name="blank lines", write=text(PLAIN.replace("\n", "\n\n"))),
    Export(
        kind="lines",
        name="spaces around everything",
        write=text(csv_text(rows(lambda r: [f" {c} " for c in r]))),
    ),
    Export(
        kind="lines",
        name="quotes around everything",
        write=text('"' + PLAIN.strip().replace(",", '","').replace("\n", '"\n"') + '"\n'),
    ),
    Export(
        kind="lines",
        name="a loose quote",
        write=text(PLAIN + '"001,2025-05-05,false,false\n'),
        refused=("loose quote",),
    ),
    Export(
        kind="lines",
        name="a line end within quotes",
        write=text(csv_text(_campaign("voor\njaar"))),
    ),
    Export(
        kind="lines",
        name="a cell of ten megabytes",
        write=text(PLAIN + f"001,{'9' * MEGABYTES_10},true,false\n"),
        refused=("`calls.csv`",),
    ),
    Export(
        kind="lines",
        name="a cell of ten megabytes in another encoding",
        write=text(PLAIN + f"001,{'é' * MEGABYTES_10},true,false\n", "cp1252"),
        refused=("longer than any field",),
    ),
    Export(kind="headers", name="nothing at all", write=text(""), refused=("row 1 is empty",)),
    Export(
        kind="headers",
        name="only a header",
        write=text(ONLY_HEADER),
        refused=("no rows below its header",),
    ),
    Export(
        kind="headers",
        name="no header",
        write=text(PLAIN.split("\n", 1)[1]),
        refused=("does not look like column names",),
    ),
)
