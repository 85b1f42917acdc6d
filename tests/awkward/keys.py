"""Keys that are none, keys cut off by a program, and keys that two tables write differently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.awkward.export import (
    EVENT_HEADER,
    EVENTS,
    HEADER,
    MANY_CALLS,
    MANY_EVENTS,
    MANY_RIGHT,
    Export,
    Write,
    csv_text,
    put,
    rows,
)

NOBODY, SCIENTIFIC, FLOATS, HINTS = (
    "placeholder-keys",
    "scientific-keys",
    "floats-of-pandas",
    "key-hints",
)
LEFT_OUT = ("placeholder_keys_calls", "placeholder_keys_events")
NOBODIES = (
    *("#VERW!", "#NV", "Err:502", "<null>", "[NULL]", "n.b.", "(onbekend)", "ONBEKENDE KLANT"),
    *("Anonieme gever", "anonymous", "Guest", "geen relatienummer", "zonder klantnummer"),
    *("000000", "0.0", "-1", "9999999", "???", "--", "n/a", "undefined", "(geen)", "test-klant"),
    *("00000000-0000-0000-0000-000000000000", "2147483647", "_", "Unknown_Customer", "NaT"),
)


def _tables(calls: list[list[Any]], events: list[list[Any]], delimiter: str = ",") -> Write:
    def write(folder: Path) -> None:
        put(folder, "calls.csv", csv_text(calls, delimiter))
        put(folder, "events.csv", csv_text(events, delimiter))

    return write


def _nobody(key: str) -> Export:
    calls = [[key, "2025-05-06 10:00", "true", "true"], [key, "2025-06-03 11:00", "true", "false"]]
    events = [[key, "2024-05-05", "10.00"], [key, "2025-05-20", "5.00"]]
    return Export(
        name=f"the key {key} for whom is not known",
        kind=NOBODY,
        write=_tables([*rows(), *calls], [list(EVENT_HEADER), *map(list, EVENTS), *events]),
        findings=LEFT_OUT,
    )


def _keyed(calls: Any, events: Any, **others: Any) -> Export:
    """Return the history of forty donors, with keys written in two ways."""
    write = _tables(
        [list(HEADER), *([calls(row[0]), *row[1:]] for row in MANY_CALLS)],
        [list(EVENT_HEADER), *([events(row[0]), *row[1:]] for row in MANY_EVENTS)],
        ";",
    )
    return Export(write=write, **{"months": MANY_RIGHT, **others})


def _number(key: str) -> int:
    return 870001_000000 + int(key[1:])


def _rounded(pattern: str, comma: bool = True) -> Any:
    def change(key: str) -> str:
        found = pattern.format(_number(key))
        return found.replace(".", ",") if comma else found

    return change


def _parquet(dtype: Any, missing: bool = False) -> Write:
    def write(folder: Path) -> None:
        frame = pd.DataFrame(MANY_CALLS, columns=list(HEADER))
        frame["customer_id"] = frame["customer_id"].str[1:].astype(int).astype(dtype)
        if missing:
            frame.loc[len(frame)] = [np.nan, "2025-06-03 10:00", "true", "true"]
        frame.to_parquet(folder / "calls.parquet")
        events = [list(EVENT_HEADER), *([row[0][1:], *row[1:]] for row in MANY_EVENTS)]
        put(folder, "events.csv", csv_text(events))

    return write


def _digits(key: str) -> str:
    return key[1:]


def _guid(key: str) -> str:
    return f"a3f{_digits(key)}b-0c1d-4e2f-8a9b-0123456789ab"


SAME_IN_BOTH = {
    "8,70001E+11": _rounded("{:.5E}"),
    "8.70001E+11": _rounded("{:.5E}", comma=False),
    "8,7E+11": _rounded("{:.1E}"),
    "9E+11 without decimals": _rounded("{:.0E}"),
    "8,70001e+011 as an old program writes it": lambda key: _rounded("{:.5e}")(key).replace(
        "+", "+0"
    ),
    "twenty digits with zeros at the end": lambda key: f"{_number(key)}123000000"[:15] + "00000",
}
EXPORTS = (
    *map(_nobody, NOBODIES),
    *(
        _keyed(change, change, name=f"keys such as {name}", kind=SCIENTIFIC, refused=("digits",))
        for name, change in SAME_IN_BOTH.items()
    ),
    Export(
        name="keys of digits and an E in the middle, which are codes",
        kind=SCIENTIFIC,
        write=_tables(
            rows(lambda row: (f"1{row[0]}E7A", *row[1:])),
            [list(EVENT_HEADER), *([f"1{row[0]}E7A", *row[1:]] for row in EVENTS)],
        ),
    ),
    _keyed(
        lambda key: key[1:],
        _rounded("{:.5E}"),
        name="keys in scientific notation in the events only",
        kind=SCIENTIFIC,
        refused=("events.csv", "digits"),
    ),
    _keyed(lambda key: f"{_digits(key)}.0", _digits, name="keys 7301.0 in the calls", kind=FLOATS),
    _keyed(
        _digits, lambda key: f"{_digits(key)},00", name="keys 7301,00 in the events", kind=FLOATS
    ),
    Export(
        name="keys as numbers with decimals in Parquet",
        kind=FLOATS,
        write=_parquet("float64"),
        suffix="parquet",
        months=MANY_RIGHT,
    ),
    Export(
        name="keys as single numbers with decimals in Parquet",
        kind=FLOATS,
        write=_parquet("float32"),
        suffix="parquet",
        months=MANY_RIGHT,
    ),
    Export(
        name="keys as numbers with decimals, for one of them is missing",
        kind=FLOATS,
        write=_parquet("float64", missing=True),
        suffix="parquet",
        refused=("`customer_id` is empty",),
    ),
    Export(
        name="keys as whole numbers of 32 bits in Parquet",
        kind=FLOATS,
        write=_parquet("int32"),
        suffix="parquet",
        months=MANY_RIGHT,
    ),
    _keyed(lambda key: f'="{_digits(key)}"', _digits, name='keys as ="7301"', kind=HINTS),
    _keyed(lambda key: f"'{_digits(key)}", _digits, name="keys with a quote before", kind=HINTS),
    _keyed(
        lambda key: f"\u00a0{_digits(key)}\u200b",
        _digits,
        name="keys with blanks that are not seen",
        kind=HINTS,
    ),
    _keyed(lambda key: f"{{{_guid(key).upper()}}}", _guid, name="GUIDs with braces", kind=HINTS),
    _keyed(
        lambda key: _guid(key).replace("-", ""),
        _guid,
        name="GUIDs without hyphens in the calls",
        kind=HINTS,
        findings=("no_customer_match_events", "key_form_differs_events"),
    ),
    _keyed(
        lambda key: key.lower(),
        lambda key: key,
        name="small letters in the calls, capitals in the events",
        kind=HINTS,
        findings=("no_customer_match_events", "key_form_differs_events"),
    ),
    _keyed(
        lambda key: _digits(key).zfill(9),
        _digits,
        name="zeros before the keys of the calls",
        kind=HINTS,
        findings=("no_customer_match_events", "leading_zeros_differ_events"),
    ),
    _keyed(
        lambda key: f"REL-{_digits(key)}",
        _digits,
        name="a prefix before the keys of the calls",
        kind=HINTS,
        findings=("no_customer_match_events", "prefix_differ_events"),
    ),
    _keyed(
        lambda key: f"{_digits(key)[:2]}.{_digits(key)[2:]}",
        _digits,
        name="points in the keys of the calls",
        kind=HINTS,
        findings=("no_customer_match_events", "key_form_differs_events"),
    ),
    _keyed(
        lambda key: key[:-1],
        lambda key: key,
        name="keys of the calls that miss their last sign",
        kind=HINTS,
        findings=("no_customer_match_events",),
    ),
    Export(
        name="one key behind the calls of all who gave no number",
        kind=NOBODY,
        write=_tables(
            [
                *rows(),
                *(
                    ["880000", f"2025-{m:02d}-{d:02d} 10:00", "true", "false"]
                    for m in range(1, 7)
                    for d in range(1, 28)
                ),
            ],
            [list(EVENT_HEADER), *map(list, EVENTS), ["880000", "2024-05-05", "1.00"]],
        ),
        findings=("contacts_at_one_distance", "one_key_many_rows_calls"),
    ),
)
