"""What `balanstest init --from` tells: every file and sheet, what it was taken for, what lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from balanstest_analysis.cli.chosen_exports import HISTORY, HOW_TO
from balanstest_analysis.cli.code_mapping import names, objections_in
from balanstest_analysis.cli.proposal import Proposal
from balanstest_analysis.document.personal import is_personal, screened_names
from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.history.recognition.clock_columns import Clock
from balanstest_analysis.history.recognition.column_matches import Match
from balanstest_analysis.history.recognition.lost_zeros import LostZeros
from balanstest_analysis.history.recognition.recognition import Sketch
from balanstest_analysis.history.recognition.result_codes import divided

_NEEDED = {
    "calls": "without them nothing can be counted",
    "events": "without them no month can be counted, unless the calls bring their own",
    "objections": "the report will say that they were not delivered",
    "complaints": "the report will say that they were not delivered",
}
_STATED = ("dates", "decimal")


def listing(proposal: Proposal) -> Iterator[str]:
    """Return the lines that tell what became of exports; names of persons by an ordinal.

    Args:
        proposal: from `column_mapping.proposed_tables`.
    """
    return _screened(_lines(proposal), proposal)


def last_day_lines(proposal: Proposal) -> Iterator[str]:
    """Return until when exports run, by which of them, and which rows lie apart after it.

    Args:
        proposal: from `column_mapping.proposed_tables`.
    """
    return _screened(_last_day(proposal), proposal)


def _screened(lines: Iterator[str], proposal: Proposal) -> Iterator[str]:
    hidden = dict(_hidden_names(proposal))
    longest_first = "|".join(map(re.escape, sorted(hidden, key=len, reverse=True)))
    # Whole names, in one pass: `ir` is no part of `their`, nor of what was just told instead.
    name = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)" if hidden else "(?!)")
    for line in lines:
        yield visible_text(name.sub(lambda found: hidden[found[0]], line))


def _last_day(proposal: Proposal) -> Iterator[str]:
    if proposal.latest is None:
        return
    yield (
        f"The data run through {proposal.last_day}, the last day in {proposal.latest.place}, so "
        f"`data_through` is that day, and a report is named after {proposal.period}, the last "
        "quarter that lies wholly within the data. If nothing is missing until a later day, write "
        "that one: it decides the quarter, and who was followed long enough."
    )
    if ended := ", ".join(f"{sketch.place} on {day}" for sketch, day in proposal.ended):
        yield (
            f"Earlier end: {ended}. If one of these is complete only until an earlier day, write "
            "that day; rows after it are left out by `check` and `report` with `--quarter`."
        )
    for sketch, last in proposal.apart:
        several = last.later > 1
        yield (
            f"{sketch.place}: {last.later:,} row{'s' if several else ''} after that day, from "
            f"{last.from_day} on, {'lie' if several else 'lies'} apart from all others. Correct "
            f"{'them' if several else 'it'} if that is a slip of the pen, or write a later day."
        )


def _hidden_names(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield the names of files, sheets and columns that may hold a person, with what is told."""
    sketches = [*proposal.used, *(sketch for sketch, _ in proposal.left)]
    files = [
        *(sketch.path.name for sketch in sketches),
        *(path.name for path, _ in proposal.unread),
    ]
    kinds = {
        "file": files,
        "sheet": [sketch.sheet for sketch in sketches if sketch.sheet],
        "column": [name for sketch in sketches for name in sketch.every_name],
    }
    for kind, found in kinds.items():
        told = screened_names(dict.fromkeys(found), kind)
        hidden = {name: instead for name, instead in told.items() if is_personal(name)}
        yield from hidden.items()
        if kind == "file":
            titles = ((name.split(".")[0], instead) for name, instead in hidden.items())
            yield from ((title, instead) for title, instead in titles if is_personal(title))


def _lines(proposal: Proposal) -> Iterator[str]:
    for sketch in proposal.used:
        yield f"{sketch.place}: {_rows(sketch)}, taken for {sketch.table}"
        yield from (f"  {line}" for line in _details(sketch))
        if (lost := proposal.lost_zeros.get(sketch.place)) is not None:
            yield f"  in doubt, left as a comment: {_lost(lost)}"
    yield from _several(proposal)
    for column, codes in objections_in(proposal.used).items():
        yield f"objections, also from the calls: {column} is {names(codes)}"
    for sketch, reason in proposal.left:
        yield f"{sketch.place}: {_rows(sketch)}, NOT USED: {reason}"
        if not sketch.table and sketch.others:
            yield f"  columns: {_names(_left(sketch)) or 'no name of them is known here'}"
    for path, reason in proposal.unread:
        yield f"{path.name}: NOT READ: {reason}"
    yield from _absent(proposal)


def _lost(lost: LostZeros) -> str:
    lengths = f"{lost.found.shortest} to {lost.found.longest} digits"
    return (
        f"the numbers of customers have {lengths} and never a zero in front, where those of "
        f"{lost.beside} always have {lost.digits}; if that is one numbering, "
        f"customer_id_digits = {lost.digits} puts the zeros back"
    )


def _several(proposal: Proposal) -> Iterator[str]:
    """Yield which tables come from several files, of which the same row must not be in two."""
    found = Counter(sketch.table for sketch in proposal.used)
    for table, number in found.items():
        if number > 1 and table != "events":
            yield (
                f"{table} come from {number} sources, each [[data.{table}]] with its own columns "
                f"and codes: leave out of one what is in another; {HOW_TO}"
            )


def _rows(sketch: Sketch) -> str:
    return "1 row" if sketch.rows == 1 else f"{sketch.rows:,} rows"


def _details(sketch: Sketch) -> Iterator[str]:
    certain = [_read(match) for match in sketch.matches if match.certain]
    doubtful = [_read(match) for match in sketch.matches if not match.certain]
    doubtful += [f"{c.day} with {c.theirs} as called_at" for c in sketch.clocks if c.fits]
    odd = [_odd(clock) for clock in sketch.clocks if not clock.fits]
    found = {match.ours for match in sketch.matches}
    told = {
        "by": sketch.why.split(", "),
        "reads": certain,
        "in doubt, left as a comment": doubtful,
        "MISSING, to be filled in": [name for name in sketch.missing if name not in found],
        "TO STATE, as every cell can be read in two ways": _unclear(sketch),
        "WILL BE REFUSED": [m.state for m in sketch.matches if m.state not in ("", *_STATED)],
        "the time may stand beside the day, and is not read": odd,
    }
    yield from (f"{what}: {_names(some)}" for what, some in told.items() if some)
    yield from _codes(sketch)
    left = {"personal, never read": sketch.ignored, "left": _left(sketch)}
    yield from (f"{what}: {_names(some)}" for what, some in left.items() if some)


def _odd(clock: Clock) -> str:
    if not clock.filled:
        return f"{clock.theirs} is empty"
    return f"{clock.theirs} holds no time in {clock.wrong:,} row{'s' * (clock.wrong != 1)}"


def _read(match: Match) -> str:
    if match.time:
        return f"{match.theirs} with {match.time} as {match.ours}"
    return match.ours if match.ours == match.theirs else f"{match.theirs} as {match.ours}"


def _unclear(sketch: Sketch) -> list[str]:
    return [f"{m.state} of {m.theirs}" for m in sketch.matches if m.state in _STATED and m.certain]


def _codes(sketch: Sketch) -> Iterator[str]:
    for found in sketch.filters:
        kept, others = _names(found.status.counting), _names(found.status.others)
        if found.is_clear:
            yield f"rows that count: {found.column} is {kept}; not: {others}"
        else:
            told = f"tells that {others} may not count" if others else "may tell which rows count"
            yield f"in doubt, left as a comment: {found.column} {told}"
    if sketch.dialler is None or not sketch.dialler.numbers:
        return
    codes = divided(sketch.dialler.numbers)
    reached = [c for c in codes.net_contact if c not in {*codes.converted, *codes.objections}]
    known = {
        "converted": codes.converted,
        "net contact, not converted": reached,
        "objection, and a net contact": codes.objections,
        "no contact": codes.no_contact,
        "doubtful, in no group": codes.doubtful,
        "for you to divide": codes.unknown,
    }
    yield f"result codes of {sketch.dialler.column}:"
    yield from (f"  {what}: {names(some)}" for what, some in known.items() if some)
    if not codes.is_usable:
        yield "TO DIVIDE: conversions or net contacts were not recognised among these codes"


def _absent(proposal: Proposal) -> Iterator[str]:
    tables = {sketch.table for sketch in proposal.used}
    if "counts" in tables:
        return
    for table in HISTORY:
        if table not in tables and not (table == "objections" and objections_in(proposal.used)):
            yield f"no {table} recognised: {_NEEDED[table]}"


def _left(sketch: Sketch) -> tuple[str, ...]:
    """Return the columns that are left, unless the row of their names may hold a person."""
    return () if sketch.names_may_be_people else sketch.others


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)
