"""What a proposed table says about codes: results of a dialler, objections, rows that count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from balanstest_analysis.document.visible import escaped_unseen
from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.history.columns.kind_words import is_no_gift, suggested
from balanstest_analysis.history.columns.report_subjects import REPORTS
from balanstest_analysis.history.recognition.deciding_columns import RowFilter
from balanstest_analysis.history.recognition.recognition import Sketch
from balanstest_analysis.history.recognition.result_codes import ResultCodes, divided


def dialler_lines(sketch: Sketch) -> Iterator[str]:
    """Yield how result codes become flags: active where enough of them is clear."""
    wanted = _flags_wanted(sketch)
    if sketch.dialler is None or not wanted:
        return
    column = quoted(sketch.dialler.column)
    yield f"# De kolom {column} bevat resultaatcodes van de beltool."
    if not sketch.dialler.numbers:
        yield "# Het zijn er te veel om te tonen, of er kunnen gegevens van personen tussen staan."
        return
    yield "# Gevonden codes, met hun aantal:"
    for code, number in sketch.dialler.numbers.items():
        yield f"#   {quoted(code)}: {number}"
    if sketch.dialler.hidden:
        yield f"# Niet getoond, omdat zij namen kunnen zijn: {sketch.dialler.hidden}."
    codes = divided(sketch.dialler.numbers)
    yield from _division(column, codes, wanted)
    if codes.doubtful:
        yield f"# Twijfelachtig, en daarom niet ingedeeld: {names(codes.doubtful)}. Een contact is"
        yield "# een gesprek met de juiste persoon; wie te veel meetelt, verlaagt elk percentage."
    if codes.unknown:
        yield f"# Nog door u te verdelen: {names(codes.unknown)}."


def _flags_wanted(sketch: Sketch) -> set[str]:
    certain = {match.ours for match in sketch.matches if match.certain}
    return {"net_contact", "converted"} - certain


def _division(column: str, codes: ResultCodes, wanted: set[str]) -> Iterator[str]:
    mark = "" if codes.is_usable else "# "
    yield "# Een verdeling op grond van de woorden; kijk haar na. Wie converteert, is bereikt: zet"
    yield "# zo'n code onder converted én onder net_contact. Bij no_contact is niemand bereikt, of"
    yield "# ging het gesprek niet over het aanbod, zoals bij een afspraak om terug te bellen."
    if mark:
        yield "# Zij is niet volledig: vul haar aan en haal de # weg."
    yield f"{mark}[data.calls.values.{column}]"
    flags = {"converted": codes.converted, "net_contact": codes.net_contact}
    for flag in flags.keys() & wanted if len(wanted) == 1 else flags:
        yield f"{mark}{flag} = [{names(flags[flag])}]"
    if "net_contact" in wanted and (codes.no_contact or mark):
        yield f"{mark}no_contact = [{names(codes.no_contact)}]"


def objections_in(sketches: Sequence[Sketch]) -> dict[str, tuple[str, ...]]:
    """Return the codes of calls that tell of an objection, by the column they stand in."""
    found: dict[str, tuple[str, ...]] = {}
    for sketch in sketches:
        if sketch.table == "calls" and sketch.dialler is not None:
            codes = divided(sketch.dialler.numbers).objections
            before = found.get(sketch.dialler.column, ())
            if codes:
                found[sketch.dialler.column] = tuple(dict.fromkeys([*before, *codes]))
    return found


def from_calls_lines(found: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield that codes of the dialler are objections."""
    if found:
        yield "# Verzet volgens de beltool; wie ook in een verzetbestand staat, telt één keer."
        inside = ", ".join(f"{quoted(name)} = [{names(codes)}]" for name, codes in found.items())
        yield f"from_calls = {{ {inside} }}"


def where_lines(sketch: Sketch) -> Iterator[str]:
    """Yield which rows count: active where every code is clear, else as a comment."""
    clear = [found for found in sketch.filters if found.is_clear]
    doubtful = [found for found in sketch.filters if not found.is_clear]
    if clear:
        yield "# Alleen deze rijen tellen mee."
        yield f"[data.{sketch.table}.where]"
        for found in clear:
            yield f"{_kept(found)}  # niet: {names(found.status.others)}"
    for found in doubtful:
        yield from _doubts(found, sketch.table)
        if not clear:
            yield f"# [data.{sketch.table}.where]"
        yield f"# {_kept(found)}"


def _doubts(found: RowFilter, table: str) -> Iterator[str]:
    yield f"# De kolom {quoted(found.column)} bepaalt misschien welke rijen tellen."
    if found.ends:
        yield "# Een contract dat is opgezegd of verlopen, telt mee, met zijn einddatum."
    if found.status.others:
        sure = "Zeker niet"
        if table in REPORTS:
            sure = "Niet over bellen"
        elif found.ends:
            sure = "Misschien niet"
        yield f"# {sure}: {names(found.status.others)}."
    if found.status.unknown:
        yield f"# Nog door u te bepalen: {names(found.status.unknown)}."
    if found.hidden:
        yield f"# Niet getoond, omdat zij namen kunnen zijn: {found.hidden}."
    if found.empty:
        yield f"# Zonder code, en dan niet geteld: {found.empty}."
    yield "# Tellen niet alle rijen, haal dan de # weg en vul aan:"


def word_lines(sketch: Sketch) -> Iterator[str]:
    """Yield what words of the export may mean in ours: a comment, for it is never assumed."""
    columns = {column.name: column for column in TABLES[sketch.table]}
    for ours, found in sketch.words.items():
        meant: dict[str, list[str]] = {}
        for word in found.numbers:
            meant.setdefault(suggested(columns[ours], word), []).append(word)
        others = meant.pop("", [])
        no_gifts = [word for word in others if is_no_gift(columns[ours], word)]
        unknown = [word for word in others if word not in no_gifts]
        yield f"# De woorden van {quoted(found.column)} ({ours}) betekenen misschien dit; haal de #"
        yield f"# weg als het klopt. Onze codes zijn: {', '.join(columns[ours].codes)}."
        yield f"# [data.{sketch.table}.values.{quoted(found.column)}]"
        for code, words in meant.items():
            yield f"# {code} = [{names(words)}]"
        if no_gifts:
            yield f"# Geen gift van de donateur, laat die rijen weg met `where`: {names(no_gifts)}."
        if unknown:
            yield f"# Nog door u te verdelen: {names(unknown)}."


def _kept(found: RowFilter) -> str:
    return f"{quoted(found.column)} = [{names(found.status.counting)}]"


def names(texts: Sequence[str]) -> str:
    """Return texts as they stand between the brackets of a list."""
    return ", ".join(quoted(text) for text in texts)


def quoted(text: str) -> str:
    """Return a text as TOML and JSON both write it; what cannot be seen is written as its code."""
    return escaped_unseen(json.dumps(text, ensure_ascii=False))
