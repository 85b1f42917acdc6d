"""What a dossier asks of each source of a table, with its names and codes in the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from os.path import normpath

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DossierError
from balanstest_analysis.history.columns.campaign_names import CAMPAIGN, is_of_campaigns
from balanstest_analysis.history.columns.columns import (
    AGE_COLUMNS,
    NO_CONTACT,
    TABLES,
    Request,
)


def requests(dossier: Dossier, table: str) -> tuple[Request, ...]:
    """Return what a dossier asks of each source of a table that has rows.

    Raises:
        DossierError: as `request`; or two sources are one and the same.
    """
    sources = dossier.data.tables()[table]
    places = [(normpath(s.path or ""), s.table, rows_asked(s)) for s in sources if s.has_rows]
    if len(set(places)) < len(places):
        raise DossierError(
            f"`{dossier.path.name}`: two sources of `data.{table}` are the same file, sheet or "
            "table. Remove one, or tell their rows apart with `where`."
        )
    numbers = [number for number, source in enumerate(sources) if source.has_rows]
    return tuple(request(dossier, table, number) for number in numbers)


def rows_asked(source: TableSource) -> str:
    """Return what tells the rows of two sources in one file apart: sheet, codes and columns."""
    return repr((source.sheet, sorted(source.where.items()), sorted(source.columns.items())))


def request(dossier: Dossier, table: str, number: int = 0) -> Request:
    """Return what a dossier asks of a source of a table.

    With a table of events the months are computed from it, and the two columns of calls that
    could stand in for it are not read.

    Raises:
        DossierError: ``columns`` or ``values`` of the table name a column that is not known, or
            give one word two meanings.
    """
    sources = dossier.data.tables()[table]
    source = sources[number]
    _refuse_unknown(dossier, _place(table, sources, number), table, source)
    skipped = AGE_COLUMNS if table == "calls" and dossier.data.events else ()
    columns = tuple(c for c in TABLES[table] if c.read and c.name not in skipped)
    times = _times(dossier, _place(table, sources, number), table, source)
    names, codes = _mapped(dossier, table, source)
    if NO_CONTACT in codes:
        _refuse_contradiction(dossier, table, names, codes)
    _refuse_codes_of_persons(dossier, table, source, names)
    return Request(
        table=table,
        source=source,
        columns=columns,
        names={ours: theirs for ours, theirs in names.items() if ours != NO_CONTACT},
        times=times,
        codes={flag: texts for flag, texts in codes.items() if flag != NO_CONTACT},
        no_contact=codes.get(NO_CONTACT, ()),
        words=_words(dossier, table, source),
        where={names.get(name, name): tuple(codes) for name, codes in source.where.items()},
        told=_told(dossier, names) if table == "calls" else {},
        leaves_out_empty_keys=dossier.data.empty_customer_id is not None,
    )


def _place(table: str, sources: Collection[TableSource], number: int) -> str:
    """Return the place of a source in the dossier, with its number where there are several."""
    return f"data.{table}" if len(sources) == 1 else f"data.{table}[{number + 1}]"


def _told(dossier: Dossier, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the codes of calls that tell of an objection, by column of the file."""
    found: dict[str, tuple[str, ...]] = {}
    for source in dossier.data.objections or ():
        for name, codes in source.from_calls.items():
            theirs = names.get(name, name)
            found[theirs] = tuple(dict.fromkeys([*found.get(theirs, ()), *codes]))
    return found


def _mapped(
    dossier: Dossier, table: str, source: TableSource
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the names in the file and the codes per flag, whichever way they are written."""
    names, codes = _names(source), dict[str, tuple[str, ...]]()
    coded = _coded(table)
    for name, given in source.values.items():
        if is_of_campaigns(table, name, given):
            continue
        listed = {name: given} if isinstance(given, list) else given
        for flag, texts in listed.items():
            is_code = flag in coded
            theirs = _names(source).get(name, name) if is_code else name
            ours = coded[flag] if is_code else flag
            if flag in codes or (isinstance(given, dict) and names.get(ours, theirs) != theirs):
                raise DossierError(
                    f"`{dossier.path.name}`: `data.{table}` maps `{ours}` twice. Keep one."
                )
            if flag not in coded:
                codes[flag] = tuple(texts)
            names |= {ours: theirs} if isinstance(given, dict) and ours != theirs else {}
    return names, codes


def _names(source: TableSource) -> dict[str, str]:
    """Return the names in the file, by name here; of a day and a time that of the day."""
    return {
        ours: theirs if isinstance(theirs, str) else theirs[0]
        for ours, theirs in source.columns.items()
    }


def _times(dossier: Dossier, place: str, table: str, source: TableSource) -> dict[str, str]:
    """Return the columns with the time of a moment that stands in two columns, by name here.

    Raises:
        DossierError: a column that holds no moment has two names, or both are one.
    """
    pairs = {ours: pair for ours, pair in source.columns.items() if not isinstance(pair, str)}
    moments = [column.name for column in TABLES[table] if column.kind == "moment"]
    for ours, (day, time) in pairs.items():
        where = f"`{dossier.path.name}`: `{place}.columns.{ours}` names"
        if ours not in moments:
            only = f", as {' and '.join(map(repr, moments))} can be" if moments else ""
            raise DossierError(
                f"{where} two columns, and is no moment of a day and a time{only}. Keep one: "
                f"{ours} = {day!r}."
            )
        if day == time:
            raise DossierError(
                f"{where} {day!r} twice. Name the column with the day and that with the time, or "
                "one column if it holds both."
            )
    return {ours: time for ours, (_, time) in pairs.items()}


def _coded(table: str) -> dict[str, str]:
    """Return the column of each code of ours, such as ``kind`` of ``donation``."""
    return {code: c.name for c in TABLES[table] if c.kind == "code" for code in c.codes}


def _words(dossier: Dossier, table: str, source: TableSource) -> dict[str, dict[str, str]]:
    """Return what words of the export mean, by column with codes of ours or with campaigns."""
    words: dict[str, dict[str, str]] = {}
    coded = _coded(table)
    given = [
        (CAMPAIGN if is_of_campaigns(table, name, listed) else coded.get(code, ""), code, texts)
        for name, listed in source.values.items()
        if isinstance(listed, dict)
        for code, texts in listed.items()
    ]
    for column, code, texts in (one for one in given if one[0]):
        meant = words.setdefault(column, {})
        for text in texts:
            other = meant.setdefault(text.strip().lower(), code)
            if other != code:
                raise DossierError(
                    f"`{dossier.path.name}`: `data.{table}.values` lists {text!r} under `{other}` "
                    f"and under `{code}`. Keep one."
                )
    return words


def _refuse_contradiction(
    dossier: Dossier,
    table: str,
    names: Mapping[str, str],
    codes: Mapping[str, tuple[str, ...]],
) -> None:
    """Refuse codes for nobody reached without those for a contact, or that are under both."""
    where = f"`{dossier.path.name}`: `data.{table}.values`"
    column = names.get("net_contact", "net_contact")
    if "net_contact" not in codes or names.get(NO_CONTACT, column) != column:
        raise DossierError(
            f"{where} names `{NO_CONTACT}` without `net_contact` beside it. List the codes of both."
        )
    for flag in codes.keys() - {NO_CONTACT}:
        for code in sorted(set(codes[flag]) & set(codes[NO_CONTACT])):
            raise DossierError(
                f"{where} lists {code!r} under `{flag}` and under `{NO_CONTACT}`. Keep one."
            )


def _refuse_unknown(dossier: Dossier, place: str, table: str, source: TableSource) -> None:
    names = [column.name for column in TABLES[table]]
    flags = [column.name for column in TABLES[table] if column.kind == "flag"]
    flags += [NO_CONTACT] if flags else []
    inner = [*flags, *_coded(table)]
    where = f"`{dossier.path.name}`: `{place}"
    _only(f"{where}.columns`", source.columns, names)
    for name, given in source.values.items():
        if is_of_campaigns(table, name, given):
            continue
        inside = isinstance(given, dict)
        _only(
            f"{where}.values{f'.{name}' if inside else ''}`",
            given if inside else [name],
            inner if inside else flags,
        )


def _refuse_codes_of_persons(
    dossier: Dossier, table: str, source: TableSource, names: Mapping[str, str]
) -> None:
    """Refuse keys of persons where codes are asked: what is left out by them is shown."""
    keys = [column.name for column in TABLES[table] if column.kind == "key"]
    persons = {*keys, *(names.get(key, key) for key in keys)}
    for column in source.where:
        if column in persons:
            raise DossierError(
                f"`{dossier.path.name}`: `data.{table}.where` names `{column}`, which holds "
                "customers and no codes. Name the column that tells which rows count."
            )


def _only(where: str, given: Collection[str], allowed: Collection[str]) -> None:
    for name in given:
        if name not in allowed:
            choices = f"allowed are {', '.join(allowed)}" if allowed else "none is allowed here"
            raise DossierError(f"{where} names `{name}`; {choices}. Correct or remove it.")
