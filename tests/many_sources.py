"""One history of which tables have several sources, codes that decide, and keys of all kinds."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from balanstest_analysis.dossier.dossier import Dossier
from tests.histories import crowded_world, world_tables, write_csv, write_dossier
from tests.slow_reference import NOBODY

Rows = list[list[Any]]
DATA = """
[[data.calls]]
path = "dialler.csv"
columns = { called_at = "moment" }
where = { richting = ["uit", ""] }
[data.calls.values.code]
net_contact = ["JA", "NEE", "DNC", "GEEN"]
converted = ["JA", "GEEN"]
no_contact = ["NT"]
[data.calls.values.grond]
consent = ["toestemming"]
requested = ["op verzoek"]
callback = ["terugbellen"]
relation = ["klant"]
[[data.calls]]
path = "calls.csv"
[[data.events]]
path = "gifts.csv"
where = { status = ["Betaald", "1"], test = ["0"] }
[data.events.values.soort]
purchase = ["Koop"]
service = ["dienst"]
volunteer = ["Vrijwilliger"]
[[data.events]]
path = "mandates.csv"
columns = { customer_id = "relatie", occurred_on = "begin", ends_on = "einde" }
[[data.objections]]
from_calls = { code = ["DNC"] }
[[data.objections]]
path = "objections.csv"
where = { stand = ["actief"] }
[[data.objections]]
path = "more_objections.csv"
[data.complaints]
path = "complaints.csv"
"""
CHANGED = """
[data.calls]
path = "calls.csv"
[data.calls.values.code]
net_contact = ["Ja", "Geen tijd", "Bel mij niet"]
converted = ["Ja"]
no_contact = ["Voicemail"]
[data.events]
path = "events.csv"
[data.objections]
from_calls = { code = ["Bel mij niet"] }
"""
TWO_BUREAUS = """
[[data.calls]]
path = "noord.csv"
columns = { customer_id = "lid", called_at = "moment" }
[data.calls.values.uitkomst]
net_contact = ["Nee", "Verzet"]
converted = ["Ja"]
no_contact = ["Voicemail"]
[[data.calls]]
path = "zuid.csv"
[data.calls.values.code]
net_contact = ["N", "V"]
converted = ["J"]
no_contact = ["GG"]
[data.events]
path = "events.csv"
[data.objections]
from_calls = { uitkomst = ["Verzet"], code = ["V"] }
"""
KINDS = {"purchase": "koop", "service": "Dienst", "volunteer": "vrijwilliger", "": ""}
GROUNDS = {"": "", "consent": "Toestemming", "requested": "op verzoek", "callback": "Terugbellen"}
CODES_IN_TURN = ("Ja", "Geen tijd", "Bel mij niet", *[" Voicemail"] * 4, "weg", "")
ODDLY = ("{}", ' "{}"', "{}.0", "'{}", "\u00a0{}")


def write_many_sources(folder: Path) -> Dossier:
    """Return the dossier of a history of which every table has several sources."""
    world = crowded_world(
        seed=11, customers=60, has_kind=True, has_ends_on=True, with_legs=True, with_nobody=True
    )
    found = world_tables(dataclasses.replace(world, own_term=30))
    for name, (header, rows) in found.items():
        place = header.index("customer_id")
        for turn, row in enumerate(rows):
            row[place] = _key(row[place], turn + len(name))
    told = _write_calls(folder, found["calls"][1])
    _write_events(
        folder, [dict(zip(found["events"][0], r, strict=True)) for r in found["events"][1]]
    )
    header, rows = found["objections"]
    stood = [[*row, "ingetrokken" if turn % 5 == 0 else "actief"] for turn, row in enumerate(rows)]
    write_csv(folder / "objections.csv", [*header, "stand"], stood[::4])
    write_csv(folder / "more_objections.csv", header, [*rows[1::6], *told])
    write_csv(folder / "complaints.csv", *found["complaints"])
    return write_dossier(folder, DATA, scope="current_term_months = 30")


def _key(key: str, turn: int) -> str:
    if key in NOBODY:
        return key
    return ODDLY[turn % len(ODDLY)].format(100_100 + int(key))


def _write_calls(folder: Path, rows: Rows) -> Rows:
    """Write the calls, half of them as codes; return objections that the codes tell as well.

    Their columns are customer, moment, flags, basis, campaign and number.
    """
    coded = []
    for turn, (key, at, reached, converted, basis, campaign, number) in enumerate(rows[::2]):
        code = ("JA" if reached == "true" else "GEEN") if converted == "ja" else "NT"
        if code == "NT" and reached == "true":
            code = ("NEE", "NEE", "NEE", "NEE", "DNC")[turn % 5]
        way = ("uit", "in", "", "uit", "uit")[turn % 5]
        coded.append([key, at, code, way, GROUNDS[basis], campaign, number])
    header = ["customer_id", "moment", "code", "richting", "grond", "campaign", "call_id"]
    write_csv(folder / "dialler.csv", header, coded)
    header = ["customer_id", "called_at", "net_contact", "converted", "basis"]
    write_csv(folder / "calls.csv", [*header, "campaign", "call_id"], rows[1::2])
    return [[row[0], row[1][:10], ""] for row in coded if row[2] == "DNC" and row[3] != "in"]


def _write_events(folder: Path, rows: list[dict[str, Any]]) -> None:
    contracts = [row for row in rows if row["kind"] in {"contract", "donation"}]
    others = [row for row in rows if row["kind"] not in {"contract", "donation"}]
    states = ("Betaald", " Betaald ", "1", "Mislukt", "Terugbetaald")
    gifts = [
        [row["customer_id"], row["occurred_on"], row["amount"], KINDS[row["kind"]], status, test]
        for turn, row in enumerate(others)
        for status, test in [(states[turn % 5], int(turn % 7 == 0))]
    ]
    header = ["customer_id", "occurred_on", "amount", "soort", "status", "test"]
    write_csv(folder / "gifts.csv", header, gifts)
    begun = [[row["customer_id"], row["occurred_on"], row["ends_on"]] for row in contracts]
    write_csv(folder / "mandates.csv", ["relatie", "begin", "einde"], begun)


def write_changed_codes(folder: Path) -> Dossier:
    """Return the dossier of calls of which voicemail has another code from July on."""
    rows = [
        [str(100 + n % 40), f"2024-{month:02d}-{1 + n % 28:02d} 10:{n % 60:02d}", code]
        for month in range(1, 13)
        for n in range(180)
        for code in [CODES_IN_TURN[n % 9]]
        for code in ["Geen tijd" if month > 6 and code == " Voicemail" else code]
    ]
    write_csv(folder / "calls.csv", ["customer_id", "called_at", "code"], rows)
    events = [[str(100 + n), "2023-06-01"] for n in range(40)]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], events)
    return write_dossier(folder, CHANGED)


def write_unlike_sources(folder: Path) -> Dossier:
    """Return the dossier of two bureaus of which the second notes a fifth of the objections."""
    days = [
        f"{year}-{month:02d}-{day:02d}"
        for year in (2023, 2024)
        for month in range(1, 13)
        for day in (4, 11)
    ]
    moments = [f"{day} 10:{n:02d}" for day in days for n in range(20)]
    noord = [("Verzet", "Nee", "Voicemail", "Nee", "Ja")[n % 5] for n in range(len(moments))]
    zuid = [
        "N"
        if code == "Verzet" and n % 25
        else {"Verzet": "V", "Voicemail": "GG"}.get(code, code[0])
        for n, code in enumerate(noord)
    ]
    for number, (name, header, codes) in enumerate(
        [
            ("noord", ["lid", "moment", "uitkomst"], noord),
            ("zuid", ["customer_id", "called_at", "code"], zuid),
        ],
        start=1,
    ):
        given = enumerate(zip(moments, codes, strict=True), start=1000 * number)
        rows = [[str(key), moment, code] for key, (moment, code) in given]
        write_csv(folder / f"{name}.csv", header, rows)
    events = [[str(1000 * n + m), "2022-06-01"] for n in (1, 2) for m in range(len(moments))]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], events)
    return write_dossier(folder, TWO_BUREAUS)
