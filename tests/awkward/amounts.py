"""Amounts in the notations that programs have, and numbers in workbooks."""

from __future__ import annotations

from typing import Any

from tests.awkward.export import (
    CALLS,
    EVENT_HEADER,
    EVENTS,
    PLAIN,
    Export,
    Write,
    all_of,
    amounts,
    text,
)
from tests.awkward.plain_count import called, count_months, given
from tests.awkward_workbooks import write_workbook

AMOUNTS, NUMBERS = "amounts", "workbook-numbers-ambiguous"


def _book_amounts(*cells: Any) -> Write:
    table = [list(EVENT_HEADER), *([*r[:2], c] for r, c in zip(EVENTS, cells, strict=True))]
    return all_of(
        text(PLAIN), lambda folder: write_workbook(folder / "events.csv", {"Giften": table})
    )


READ_AMOUNTS = {
    "25,00 EUR": ("25,00 EUR", "12,50 EUR", "1.234,50 EUR", "0,00 EUR"),
    "EUR 25.00": ("EUR 25.00", "EUR 12.50", "EUR 1,234.50", "EUR 0.00"),
    "€ 25,-": ("€ 25,-", "€ 12,50", "€ 1.234,50", "€ 0,-"),
    "€25,--": ("€25,--", "€12,50", "€1234,50", "€0,--"),
    "25,00 €": ("25,00 €", "12,50 €", "1.234,50 €", "0,00 €"),
    "1 234,50 with a blank": ("25,00", "12,50", "1 234,50", "0,00"),
    "1 234,50 with a no-break blank": ("25,00", "12,50", "1\u00a0234,50", "0,00"),
    "1 234,50 with a narrow blank": ("25,00", "12,50", "1\u202f234,50", "0,00"),
    "1'234.50 of the Swiss": ("25.00", "12.50", "1'234.50", "0.00"),
    "25,00 euro": ("25,00 euro", "12,50 euro", "1.234,50 euro", "0,00 euro"),
    "twelve decimals": ("25.000000000001", "12.5", "1234.5", "0"),
    "+25,00": ("+25,00", "+12,50", "+1234,50", "0,00"),
    ".50 without a zero": (".50", "12.50", "1234.50", "0"),
    "1.234.567,89": ("1.234.567,89", "12,50", "1.234,50", "0"),
}

TAKEN_BACK = {
    "25,00- for what was taken back": ("25,00-", "12,50", "1234,50", "0,00"),
    "(25,00) for what was taken back": ("(25,00)", "12,50", "1234,50", "0,00"),
    "-€ 25,00 for what was taken back": ("-€ 25,00", "€ 12,50", "€ 1234,50", "€ 0,00"),
    "€ -25,00 for what was taken back": ("€ -25,00", "€ 12,50", "€ 1234,50", "€ 0,00"),
    "a minus of typographers": ("\u221225,00", "12,50", "1234,50", "0,00"),
}

NOT_AMOUNTS = {
    "dollars": (("$ 25.00", "$ 12.50", "$ 1.50", "$ 0.00"), "another currency than the euro"),
    "25.00 USD": (
        ("25.00 USD", "1.00 USD", "2.00 USD", "0.00 USD"),
        "another currency than the euro",
    ),
    "one pound among euros": (("€ 25", "£ 12", "€ 3", "€ 0"), "another currency than the euro"),
    "an error of Excel": (("25", "#DEEL/0!", "3", "0"), "row 3: `amount` is"),
    "words": (("25", "vijf", "3", "0"), "row 3: `amount` is"),
    "a day": (("25", "01-02-2024", "3", "0"), "row 3: `amount` is"),
    "thousands in two ways": (("1.234", "2,345", "3", "0"), "`amount`"),
    "1e3": (("25", "abc1e3", "3", "0"), "row 3: `amount` is"),
}

WITHOUT_FIRST = count_months(called(*CALLS), given(*EVENTS[1:]))

EXPORTS = (
    *(
        Export(name=f"amounts as {name}", kind=AMOUNTS, write=amounts(*found))
        for name, found in READ_AMOUNTS.items()
    ),
    *(
        Export(name=f"amounts as {name}", kind=AMOUNTS, write=amounts(*found), months=WITHOUT_FIRST)
        for name, found in TAKEN_BACK.items()
    ),
    *(
        Export(name=f"amounts as {name}", kind=AMOUNTS, write=amounts(*found), refused=(part,))
        for name, (found, part) in NOT_AMOUNTS.items()
    ),
    Export(
        name="numbers in a workbook with three decimals",
        kind=NUMBERS,
        write=_book_amounts(1.234, 12.5, 1234.567, 0),
    ),
    Export(name="whole numbers in a workbook", kind=NUMBERS, write=_book_amounts(1, 12, 1234, 0)),
    Export(
        name="numbers in a workbook beside clear text",
        kind=NUMBERS,
        write=_book_amounts("€ 25,00", 1.234, "1.234,50", 0),
    ),
    Export(
        name="numbers in a workbook, all as text that can be thousands",
        kind=NUMBERS,
        write=_book_amounts("1.234", "2.345", "1.111", "0"),
        refused=("`amount` can be read with a decimal point and with a decimal comma",),
    ),
    Export(
        name="numbers below zero in a workbook",
        kind=NUMBERS,
        write=_book_amounts(-1.234, 12.5, 1234.567, 0),
        months=WITHOUT_FIRST,
    ),
    Export(
        name="a truth value among the amounts of a workbook",
        kind=NUMBERS,
        write=_book_amounts(25, True, 3, 0),
        refused=("row 3: `amount`",),
    ),
)
