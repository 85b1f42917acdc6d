"""Flags, kinds and empty cells in the notations that programs have."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from tests.awkward.export import (
    CALLS,
    EVENTS,
    HEADER,
    PLAIN,
    Export,
    Write,
    amounts,
    beside,
    csv_text,
    event_rows,
    flagged,
    text,
    with_events,
)
from tests.awkward.plain_count import RUNS_ON, Event, called, count_months, given

FLAGS, KINDS, EMPTY = "flags", "kind-not-mappable", "null-words"


def _flag_table(dtype: str) -> Write:
    def write(folder: Path) -> None:
        frame = pd.DataFrame(flagged(1, 0)[1:], columns=list(HEADER))
        frame[["net_contact", "converted"]] = frame[["net_contact", "converted"]].astype(dtype)
        frame.to_parquet(folder / "calls.parquet")

    return write


def _ends(*cells: str) -> Write:
    return with_events(beside("ends_on", *cells, table=event_rows(lambda r: (*r[:2], "1"))))


def _two_run() -> dict[int, tuple[int, int]]:
    ends = (dt.date(2024, 8, 15), RUNS_ON, dt.date(2024, 2, 1), RUNS_ON)
    events = [
        Event(e.customer, e.on, 1.0, end) for e, end in zip(given(*EVENTS), ends, strict=True)
    ]
    return count_months(called(*CALLS), events)


def _kinds(*words: str) -> Write:
    return with_events(beside("kind", *words, table=event_rows()))


def _bases(*words: str) -> Write:
    return text(csv_text(beside("basis", *words)))


TICKS = """[data.calls.values]
net_contact = ["X"]
converted = ["X"]"""

IN_WORDS = """[data.events.values]
kind = { donation = ["Gift", "Periodieke gift"], contract = ["Machtiging"] }"""

GROUNDS = """[data.calls.values]
basis = { relation = ["klant"], consent = ["opt-in"] }"""

FLAG_PAIRS = {
    "t and f": ("t", "f"),
    "T and F": ("T", "F"),
    "1.0 and 0.0": ("1.0", "0.0"),
    "1,0 and 0,0": ("1,0", "0,0"),
    "True and False": ("True", "False"),
    "aan and uit": ("aan", "uit"),
    "On and Off": ("On", "Off"),
    "y and n": ("y", "n"),
    "JA and NEE with blanks": (" JA ", " NEE"),
    "WAHR and FALSCH": ("WAHR", "FALSCH"),
    "-1 and 0, as Access writes them": ("-1", "0"),
    "1 and 2": ("1", "2"),
    "ja and nothing": ("ja", ""),
    "X and nothing": ("X", ""),
    "+ and -": ("+", "-"),
}

NOT_READ = {
    "-1 and 0, as Access writes them": "row 2: `net_contact` is",
    "1 and 2": "row 2: `converted` is",
    "ja and nothing": "row 4: `net_contact` is empty",
    "X and nothing": "row 2: `net_contact` is",
    "+ and -": "row 2: `net_contact` is",
}

EMPTIES = (
    *(
        "NULL",
        "\\N",
        "null",
        "None",
        "NaN",
        "nan",
        "<NA>",
        "n/a",
        "N/A",
        "n.v.t.",
        "-",
        "0000-00-00",
    ),
    *("(leeg)", "NaT", "0000-00-00 00:00:00", "00-00-0000"),
)

EXPORTS = (
    *(
        Export(
            name=f"flags as {name}",
            kind=FLAGS,
            write=text(csv_text(flagged(*pair), ";")),
            refused=(NOT_READ[name],) if name in NOT_READ else (),
        )
        for name, pair in FLAG_PAIRS.items()
    ),
    Export(
        name="flags as X and nothing, stated",
        kind=FLAGS,
        write=text(csv_text(flagged("X", ""))),
        calls=TICKS,
        findings=("unmapped_codes",),
    ),
    *(
        Export(
            name=f"flags as {dtype} in Parquet",
            kind=FLAGS,
            write=_flag_table(dtype),
            suffix="parquet",
        )
        for dtype in ("uint8", "float32", "bool", "int64")
    ),
    Export(
        name="kinds in Dutch",
        kind=KINDS,
        write=_kinds("Gift", "Gift", "Machtiging", "Periodieke gift"),
        refused=("row 2: `kind` is 'Gift'", "[data.events.values]"),
    ),
    Export(
        name="kinds in Dutch, stated",
        kind=KINDS,
        write=_kinds("Gift", "gift ", "MACHTIGING", "Periodieke gift"),
        events=IN_WORDS,
        findings=("kind_without_ground",),  # a contract gives a charity no ground
    ),
    Export(
        name="kinds in Dutch, one of them not stated",
        kind=KINDS,
        write=_kinds("Gift", "Loterij", "Machtiging", "Periodieke gift"),
        events=IN_WORDS,
        refused=("row 3: `kind` is 'Loterij'",),
    ),
    Export(
        name="kinds of ours in capitals, and none for some",
        kind=KINDS,
        write=_kinds("DONATION", "Donation", "donation", ""),
    ),
    Export(
        name="grounds in Dutch, stated",
        kind=KINDS,
        write=_bases("klant", "klant", "klant", "opt-in", "klant"),
        calls=GROUNDS,
    ),
    Export(
        name="grounds in Dutch",
        kind=KINDS,
        write=_bases("klant", "klant", "klant", "opt-in", "klant"),
        refused=("row 2: `basis` is 'klant'",),
    ),
    Export(
        name="a kind stated that never occurs",
        kind=KINDS,
        write=_kinds("donation", "donation", "donation", "donation"),
        events=IN_WORDS,
    ),
    *(
        Export(
            name=f"{word} as the end of contracts that run",
            kind=EMPTY,
            write=_ends("2024-08-15", word, "2024-02-01", word),
            months=_two_run(),
        )
        for word in EMPTIES
    ),
    *(
        Export(
            name=f"{word} where a flag should be",
            kind=EMPTY,
            write=text(PLAIN.replace("false,false", f"{word},false")),
            refused=("row 4: `net_contact`",),
        )
        for word in ("NULL", "\\N", "-", "n/a")
    ),
    Export(
        name="NULL where the moment of a call should be",
        kind=EMPTY,
        write=text(PLAIN.replace("2025-02-03 23:30", "NULL")),
        refused=("row 4: `called_at`",),
    ),
    *(
        Export(
            name=f"{word} as an amount", kind=EMPTY, write=amounts("25,00", word, "1234,50", "0")
        )
        for word in ("NULL", "\\N", "n.v.t.", "nan", "-")
    ),
    Export(
        name="NA as a campaign",
        kind=EMPTY,
        write=text(csv_text(beside("campaign", "NA", "NA", "geen", "-", "NA"))),
    ),
    *(
        Export(
            name=f"the error {word} as the end of a contract, in text",
            kind="xlsx-errors-other-spelling",
            write=_ends("2024-08-15", word, "2024-02-01", ""),
            refused=("row 3: `ends_on`",),
        )
        for word in ("#N/B", "#VERW!", "#DEEL/0!", "#WAARDE!", "#NAAM?", "Err:504", "#N/A N/A")
    ),
)
