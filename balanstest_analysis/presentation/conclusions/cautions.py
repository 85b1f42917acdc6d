"""What a reader must know before the number is used: at most six lines, the gravest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.presentation.conclusions.against_place import against_place
from balanstest_analysis.presentation.conclusions.criteria import quoted
from balanstest_analysis.presentation.conclusions.doubts import doubtful_data
from balanstest_analysis.presentation.conclusions.quarters import longer_than_before
from balanstest_analysis.presentation.conclusions.reach import campaigns_limit
from balanstest_analysis.presentation.conclusions.rules import rule_warnings
from balanstest_analysis.presentation.conclusions.set_aside import reason_of
from balanstest_analysis.presentation.kept_rows import are_kept, earlier_reports
from balanstest_analysis.presentation.late_events import doubted, is_certain
from balanstest_analysis.presentation.places import (
    APPENDIX_A,
    FINDINGS,
    LIMITS,
    ORGANISATION,
    WEIGHING,
    Place,
)
from balanstest_analysis.published.criteria import Tested
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.result import PublishedResult

MOST = 6
NAMED = 2
AS_DELIVERED = (
    "Dit rapport berust op aantallen per maand zoals de organisatie ze heeft aangeleverd; hoe zij "
    "zijn geteld, is niet nagegaan."
)


def cautions(
    result: PublishedResult,
    earlier: Sequence[EarlierReport] = (),
    *,
    as_delivered: bool = False,
    reason_for_longer: str = "",
) -> tuple[str, ...]:
    """Return the lines, together with what the proposal says first of the rules at most six.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.
        as_delivered: whether the organisation delivered counts instead of a history.
        reason_for_longer: why the term is longer than last time, in the organisation's words.
    """
    longer = longer_than_before(result, earlier)
    if longer and reason_for_longer:
        longer = f"{longer} De reden van de organisatie: {reason_of(reason_for_longer)}"
    lines = tuple(_lines(result, longer, as_delivered=as_delivered))
    room = MOST - len(rule_warnings(result))
    if len(lines) <= room:
        return lines
    rest = len(lines) - room + 1
    return (*lines[: room - 1], f"Nog {wording.spelled(rest)} punten staan bij {LIMITS}.")


def _lines(result: PublishedResult, longer: str, *, as_delivered: bool) -> Iterator[str]:
    against = against_place(result)
    if result.proposal.status != "not_allowed":
        yield from (_placed(line, WEIGHING) for line in _set_aside(result))
    yield from (_placed(line, against) for line in _chosen_afterwards(result))
    if as_delivered:
        yield _placed(AS_DELIVERED, APPENDIX_A)
    if any(isinstance(item.support, Tested) for item in result.criteria):
        yield from (_placed(line, LIMITS) for line in filter(None, [campaigns_limit(result)]))
    yield from _found(result, against if result.has_term else FINDINGS)
    yield from (_placed(line, against) for line in filter(None, [longer]))
    yield from (_placed(line, LIMITS) for line in _kept(result))
    yield from (_placed(line, ORGANISATION) for line in _kinds(result))
    if not result.regime.verified:
        words = f"De regels van de {result.regime.name} konden niet in een bron worden nagegaan."
        yield _placed(words, ORGANISATION)


def _found(result: PublishedResult, place: Place) -> Iterator[str]:
    """Yield what was found in the history; the last line says where more of it stands."""
    lines = [line for line in (doubtful_data(result), _breaches(result)) if line]
    yield from (_placed(line, place) if line is lines[-1] else line for line in lines)


def _placed(line: str, place: Place) -> str:
    """Return a line with the page on which more of it stands."""
    return f"{line} Zie {place}."


def _set_aside(result: PublishedResult) -> Iterator[str]:
    shorter = " De termijn kan daarom nog korter uitvallen." if result.has_term else ""
    for item in result.proposal.set_aside:
        yield (
            f"Het criterium {quoted(item.criterion)} is niet getoetst; de organisatie laat het "
            f"buiten beschouwing. Haar reden: {reason_of(item.reason)}{shorter}"
        )


def _chosen_afterwards(result: PublishedResult) -> Iterator[str]:
    if result.criteria_changes:
        yield (
            "De criteria zijn gewijzigd nadat de uitkomst bekend was. Wat na de uitkomst is "
            "gekozen, geldt niet als vooraf vastgesteld."
        )


def _breaches(result: PublishedResult) -> str:
    """Return of how many rules breaches were found; the findings tell each with its count."""
    found = {item.code for item in result.findings}
    doubt = None if is_certain(result) else doubted(result)
    broken = (found & wording.BREACHES) - ({doubt.code} if doubt else set())
    when = wording.enumerated([word for code, word in _WHEN.items() if code in found])
    rules = f"{wording.spelled(len(broken))} {'regel' if len(broken) == 1 else 'regels'}"
    told = [f"In de belhistorie zijn overtredingen gevonden van {rules}{_names(broken)}."]
    told = told if broken else []
    told += [_PERHAPS] if doubt else []
    if told and when:
        told.append(f"Ook is gebeld op {when} {_NOT_ALLOWED}")
    return " ".join(told)


def _names(broken: Collection[str]) -> str:
    """Return which rules were broken, where they are few enough for page one."""
    if len(broken) > NAMED:
        return ""
    names = [name for code, name in RULES.items() if code in broken]
    return f": {wording.enumerated([f'‘{name[0].lower()}{name[1:]}’' for name in names])}"


_PERHAPS = (
    "Er is gebeld zonder bekende klantrelatie; of dat een overtreding is, staat niet voor elke "
    "belpoging vast."
)


_WHEN = {"forbidden_day": "dagen", "outside_hours": "tijdstippen"}
_NOT_ALLOWED = "waarop dat volgens de toegepaste regels niet mag."


def _kept(result: PublishedResult) -> Iterator[str]:
    """Yield that rows of earlier reports stand among those of this one."""
    rows = [row for name in OUTCOMES for row in result.outcomes[name].rows]
    if are_kept(rows):
        yield (
            "Niet alle aantallen in de overzichten komen uit dit rapport; een deel komt uit "
            f"{earlier_reports(rows)}."
        )


def _kinds(result: PublishedResult) -> Iterator[str]:
    """Yield which relations that were delivered do not count."""
    found = {finding.code for finding in result.findings}
    if "kind_without_ground" in found and result.relations.left_out:
        kinds = wording.enumerated(
            [wording.EVENT_KINDS[kind] for kind in result.relations.left_out]
        )
        yield (
            f"Niet alle relaties tellen mee: {kinds} geven deze organisatie geen grond om te "
            "bellen."
        )
