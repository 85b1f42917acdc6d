"""Days, flags and amounts in the notations that most exports have, codes, and persons as keys."""

from __future__ import annotations

from tests.awkward.export import (
    CALLS,
    DUTCH,
    PLAIN,
    Export,
    amounts,
    csv_text,
    dated,
    flagged,
    rows,
    text,
)

AMBIGUOUS = (
    "customer_id;called_at;net_contact;converted\n001;01-02-2025;ja;nee\n002;03-02-2025;ja;nee\n"
)
DIALLER = """[data.calls.values]
resultaat = { converted = ["Donateur"], net_contact = ["Donateur", "Geen interesse"] }"""
RESULTS = ("Geen interesse", "Donateur", "Geen gehoor", "Geen interesse", "Geen interesse")


def _codes(*codes: str) -> str:
    table = [["customer_id", "called_at", "resultaat"]]
    table += [[*row[:2], code] for row, code in zip(CALLS, codes, strict=True)]
    return csv_text(table, ";")


EXPORTS = (
    Export(kind="moments", name="moments in Dutch", write=text(DUTCH)),
    Export(
        kind="moments",
        name="moments with slashes",
        write=text(csv_text(dated("{d}/{m}/{y} {H}:{M}:00"), ";")),
    ),
    Export(
        kind="moments",
        name="moments without zeros",
        write=text(csv_text(dated("{j}-{n}-{y} {h}:{M}"), ";")),
    ),
    Export(
        kind="moments",
        name="moments with a T",
        write=text(csv_text(dated("{y}-{m}-{d}T{H}:{M}:00"))),
    ),
    Export(kind="moments", name="months first", write=text(csv_text(dated("{m}/{d}/{y} {H}:{M}")))),
    Export(
        kind="moments",
        name="days that can be months",
        write=text(AMBIGUOUS),
        refused=("`called_at` can be read with the day first and with the month first",),
    ),
    Export(
        kind="moments",
        name="days that can be months, stated day first",
        write=text(AMBIGUOUS),
        calls='dates = "day-first"',
        months={13: (1, 0), 7: (1, 0)},
    ),
    Export(
        kind="moments",
        name="days that can be months, stated month first",
        write=text(AMBIGUOUS),
        calls='dates = "month-first"',
        months={12: (1, 0), 8: (1, 0)},
    ),
    Export(
        kind="moments",
        name="years of two digits",
        write=text(csv_text(dated("{d}-{m}-{yy} {H}:{M}"), ";")),
        refused=("years of two digits in 5 rows", 'State dates = "day-first" or'),
    ),
    Export(
        kind="moments",
        name="years of two digits, stated day first",
        write=text(csv_text(dated("{d}-{m}-{yy} {H}:{M}"), ";")),
        calls='dates = "day-first"',
    ),
    Export(
        kind="moments",
        name="two ways to write a day in one column",
        write=text(DUTCH.replace("05-04-2025", "2025-04-05").replace("03-02-2025", "2025-02-03")),
    ),
    Export(
        kind="moments",
        name="two ways to write a day in one column, one of them not clear",
        write=text(
            DUTCH.replace("31-12-2024", "2024-12-31") + "001;01-02-2025 10:00;false;false\n"
        ),
        refused=(
            "with the month first, in each of the 5 rows written so, the first of which is `",
        ),
    ),
    Export(
        kind="moments",
        name="a stated way to write a day, and another in the file",
        write=text(DUTCH),
        calls='dates = "iso"',
        refused=("row 2: `called_at` is '31-12-2024 14:05'",),
    ),
    Export(
        kind="moments",
        name="a day that does not exist",
        write=text(DUTCH.replace("03-02-2025", "30-02-2025")),
        refused=("row 4: `called_at` is '30-02-2025 23:30'",),
    ),
    Export(
        kind="moments",
        name="half past two, when the clock has no such hour",
        write=text(PLAIN.replace("2025-04-05 11:15", "2025-03-30 02:30")),
        months={6: (1, 1), 12: (1, 0), 14: (1, 0)},
    ),
    Export(
        kind="moments",
        name="moments with offsets across both changes of the clock",
        write=text(
            "customer_id,called_at,net_contact,converted\n"
            "001,2024-12-30T23:30:00Z,1,0\n"  # 31 December in Amsterdam: month 12
            "002,2025-07-12T22:30:00Z,1,1\n"  # 13 July in Amsterdam: month 13
            "003,2025-03-30T01:00:00+00:00,0,0\n"
            "004,2025-10-26T00:30:00Z,1,0\n"
            "001,2025-04-30 23:30-01:00,1,0\n"  # 1 May in Amsterdam: month 16
        ),
        months={12: (1, 0), 13: (1, 1), 16: (1, 0)},
    ),
    Export(
        kind="moments",
        name="moments of two zones and without one, on the nights the clock changes",
        write=text(
            "customer_id,called_at,net_contact,converted\n"
            "001,2025-03-30T01:59:59+01:00,1,0\n"
            "002,2025-03-30T03:00:00+02:00,1,1\n"
            "003,2025-10-26T02:30:00+02:00,0,0\n"
            "003,2025-10-26T02:30:00+01:00,1,0\n"
            "001,2025-10-25T22:30:00Z,1,0\n"  # 26 October in Amsterdam, summer time
            "002,2025-10-26 23:30,1,0\n"
        ),
        months={14: (1, 0), 9: (1, 1), 20: (1, 0), 21: (1, 0), 16: (1, 0)},
    ),
    Export(
        kind="moments",
        name="moments of another zone, stated",
        write=text(PLAIN.replace("2024-12-31 14:05", "2024-12-30 23:30")),
        calls='timezone = "UTC"',
    ),
    Export(
        kind="moments",
        name="a zone that does not exist",
        write=text(PLAIN),
        calls='timezone = "Amsterdam"',
        refused=("`timezone` is 'Amsterdam'",),
    ),
    Export(kind="flags", name="ja and nee", write=text(csv_text(flagged("ja", "nee")))),
    Export(kind="flags", name="J and N", write=text(csv_text(flagged("J", "N")))),
    Export(kind="flags", name="WAAR and ONWAAR", write=text(csv_text(flagged("WAAR", "ONWAAR")))),
    Export(kind="flags", name="yes and no", write=text(csv_text(flagged("Yes", "No")))),
    Export(kind="flags", name="ones and zeros", write=text(csv_text(flagged("1", "0")))),
    Export(
        kind="flags",
        name="a flag of another language",
        write=text(csv_text(flagged("sim", "no"))),
        refused=("row 2: `net_contact` is",),
    ),
    Export(
        kind="amounts", name="decimal commas", write=amounts("25,00", "12,50", "1.234,50", "0,00")
    ),
    Export(
        kind="amounts",
        name="thousands with a comma",
        write=amounts("25.00", "12.50", "1,234.50", "0.00"),
    ),
    Export(
        kind="amounts", name="euro signs", write=amounts("€ 25,00", "€ 12,50", "€1.234,50", "€ 0")
    ),
    Export(
        kind="amounts",
        name="amounts that can be thousands",
        write=amounts("25", "12", "1.234", "0"),
        refused=("`amount` can be read with a decimal point and with a decimal comma",),
    ),
    Export(
        kind="amounts",
        name="amounts that can be thousands, stated",
        write=amounts("25", "12", "1.234", "0"),
        events='decimal = ","',
    ),
    Export(
        kind="amounts",
        name="both decimal marks",
        write=amounts("25,00", "12,50", "1234.50", "0,00"),
    ),
    Export(
        kind="codes-of-diallers",
        name="the codes of a dialler",
        write=text(_codes(*RESULTS)),
        calls=DIALLER,
        findings=("unmapped_codes",),
    ),
    Export(
        kind="codes-of-diallers",
        name="a code of a dialler that never occurs",
        write=text(_codes(*["Geen gehoor"] * 5)),
        calls=DIALLER,
        refused=("never holds any of the codes 'Donateur'.", "'Donateur', 'Geen interesse'"),
    ),
    Export(
        kind="persons",
        name="telephone numbers as keys",
        write=text(PLAIN.replace("003", "06-12345678")),
        refused=("`customer_id` has 1 cell that looks like", "telephone number"),
    ),
    Export(
        kind="persons",
        name="e-mail addresses as keys",
        write=text(PLAIN.replace("003", "a.b@voorbeeld.nl")),
        refused=("`customer_id` has 1 cell that looks like", "telephone number"),
    ),
    Export(
        kind="persons",
        name="bank accounts as keys",
        write=text(PLAIN.replace("003", "NL91ABNA0417164300")),
        refused=("bank account",),
    ),
    Export(
        kind="persons",
        name="a column of names as the key",
        write=text(PLAIN.replace("customer_id", "Achternaam")),
        calls='columns = { customer_id = "Achternaam" }',
        refused=("maps `customer_id` to `Achternaam`",),
    ),
    Export(
        kind="persons",
        name="names and numbers that are not mapped",
        write=text(
            csv_text(
                [[*row, "naam" if row[0] == "customer_id" else "0612345678"] for row in rows()]
            )
        ),
    ),
)
