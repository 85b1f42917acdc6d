"""The exports of one morning, made up: a dialler's, a workbook of a CRM, and complaints."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path
from typing import Any

from tests.awkward_workbooks import write_workbook

CODES = {  # with how often each is given
    "Geen gehoor": 22,
    "Voicemail": 16,
    "Niet thuis": 10,
    "In gesprek": 4,
    "Nummer onjuist": 3,
    "Geen interesse": 18,
    "Geen tijd": 6,
    "Donateur": 6,
    "Ja, eenmalig": 5,
    "Terugbellen": 5,
    "Verzet": 3,
    "Bel me niet meer": 2,
}
CONVERTED = ("Donateur", "Ja, eenmalig")
OBJECTED = ("Verzet", "Bel me niet meer")
REACHED = ("Geen interesse", "Geen tijd", *CONVERTED, *OBJECTED)
TITLE = [["Overzicht relaties"], ["Gemaakt voor het bestuur"]]
NAMES = ("Zoë Janßen", "André Vos", "Chloé de Wit", "Jörg Smit")


def write_trial(folder: Path, customers: int = 1500) -> list[Path]:
    """Write the three files and return them; days of the month are 1 to 28."""
    folder.mkdir()
    chance = random.Random(15)
    keys = [f"R{number:06d}" for number in range(1, customers + 1)]
    made = [_call(key, chance) for key in keys for _ in range(chance.choice((1, 2, 3)))]
    calls = list({(row[0], row[3]): row for row in made}.values())
    calls.sort(key=lambda row: dt.datetime.strptime(row[3], "%d-%m-%Y %H:%M"))
    header = ["Relatienummer", "Naam", "Telefoonnummer", "Beldatum", "Resultaat", "Agent"]
    dialler = folder / "beltool.csv"
    with dialler.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *calls])
    return [dialler, _workbook(folder, keys, chance), _complaints(folder, calls, chance)]


def _call(key: str, chance: random.Random) -> list[str]:
    day = next(day for day in iter(lambda: _day(chance, 2025, 12), None) if day.weekday() < 5)
    day += dt.timedelta(hours=chance.randrange(10, 16))
    code = chance.choices(list(CODES), list(CODES.values()))[0]
    name, number = chance.choice(NAMES), f"06{chance.randrange(10**7, 10**8)}"
    return [key, name, number, f"{day:%d-%m-%Y %H:%M}", code, chance.choice(NAMES)]


def _day(chance: random.Random, year: int, months: int) -> dt.datetime:
    return dt.datetime(year, chance.randint(1, months), chance.randint(1, 28))


def _workbook(folder: Path, keys: list[str], chance: random.Random) -> Path:
    gifts: list[list[Any]] = [
        [key, f"{_day(chance, chance.choice((2023, 2024)), 12):%d-%m-%Y}", chance.choice(AMOUNTS)]
        for key in keys
        for _ in range(chance.choice((0, 1, 1, 1, 2, 2)))
    ]
    mandates: list[list[Any]] = [_mandate(key, chance) for key in keys if chance.random() < 0.3]
    objections = [[key, f"{_day(chance, 2025, 12):%d-%m-%Y}"] for key in keys[::40]]
    path = folder / "crm.xlsx"
    sheets = {
        "Giften": [*TITLE, ["Relatienr", "Giftdatum", "Bedrag"], *gifts],
        "Machtigingen": [
            *TITLE,
            ["Relatienr", "Ingangsdatum", "Einddatum", "Maandbedrag"],
            *mandates,
        ],
        "Verzet": [*TITLE, ["Relatienr", "Datum verzet"], *objections],
    }
    write_workbook(path, sheets)
    return path


AMOUNTS = ("€ 7,50", "€ 25,00", "€ 1.250,00", "€ 10,00")


def _mandate(key: str, chance: random.Random) -> list[str]:
    end = f"{_day(chance, 2024, 12):%d-%m-%Y}" if chance.random() < 0.7 else ""
    return [key, f"{_day(chance, 2022, 12):%d-%m-%Y}", end, chance.choice(AMOUNTS[:2])]


def _complaints(folder: Path, calls: list[list[str]], chance: random.Random) -> Path:
    path = folder / "klachten.csv"
    told = "Belde te laat; erg vervelend,\nen weer op 0612345678"
    rows = []
    for call in calls[: -len(calls) // 10 : 40]:
        day = dt.datetime.strptime(call[3], "%d-%m-%Y %H:%M") + dt.timedelta(chance.randint(1, 20))
        rows.append([call[0], f"{day:%d-%m-%Y}", told])
    with path.open("w", encoding="utf-8", newline="") as file:
        header = ["Relatienummer", "Klachtdatum", "Omschrijving klacht"]
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return path
