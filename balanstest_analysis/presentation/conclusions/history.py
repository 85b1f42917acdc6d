"""What the history tells beside the organisation's answers to questions 1b, 2b and 2c."""

from __future__ import annotations

from collections.abc import Callable

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import MonthBlock, yearly_blocks
from balanstest_analysis.presentation.conclusions.rules import assumed_kinds, ends_count
from balanstest_analysis.presentation.kept_rows import are_kept
from balanstest_analysis.published.compliance import CallsAfterwards
from balanstest_analysis.published.result import PublishedResult


def question_evidence(kind: str | None, result: PublishedResult) -> str:
    """Return what the history tells about a question; empty where it tells nothing.

    Args:
        kind: ``"months"``, ``"start"`` or ``"frequency"``, as the questionnaire states it.
        result: published.
    """
    match kind:
        case "months":
            return _months(result)
        case "start":
            return _afterwards(result, _start, _NO_START)
        case "frequency":
            return _afterwards(result, _frequency, _NO_FREQUENCY)
        case _:
            return ""


def _months(result: PublishedResult) -> str:
    if any(are_kept(entry.rows) for entry in result.outcomes.values()):
        return ""
    blocks = [(block, _contacts(block)) for block in yearly_blocks(result)]
    total = sum(contacts for _, contacts in blocks)
    if not all(contacts for _, contacts in blocks) or not total:
        return ""
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    parts = [
        f"{wording.percentage(contacts / total, 0)} "
        f"{wording.in_months(block.month_from, block.month_to)}"
        for block, contacts in blocks
    ]
    event = wording.reference_event(result.relations.counted)
    since = f"De maanden zijn geteld vanaf {event}{ends_count(result)}.{assumed_kinds(result)}"
    if len(blocks) == 1:
        where = wording.in_months(blocks[0][0].month_from, blocks[0][0].month_to)
        return f"{since} Alle {wording.count(total)} {plural} in de overzichten vielen {where}."
    return (
        f"{since} Van de {wording.count(total)} {plural} in de overzichten viel "
        f"{wording.enumerated(parts)}."
    )


def _contacts(block: MonthBlock) -> int:
    """Every published outcome tells about the same contacts; a coarser row may cross an end."""
    return max((number for number in block.contacts.values() if number), default=0)


def _afterwards(
    result: PublishedResult,
    told: Callable[[PublishedResult, CallsAfterwards], str],
    not_seen: str,
) -> str:
    """Return what is told of the calls after the relation ended, or why nothing is."""
    if result.compliance is None:
        return not_seen
    points = result.compliance.afterwards
    return _FEW if points is None else told(result, points)


def _start(result: PublishedResult, points: CallsAfterwards) -> str:
    event = wording.reference_event(result.relations.counted)
    return (
        "Van de mensen die na het einde van de relatie zijn gebeld, is de helft voor het eerst "
        f"gebeld {_by(points.first_median)}, 5% {_by(points.first_low)} en 95% "
        f"{_by(points.first_high)} (voltooide maanden sinds {event}). Belpogingen van vóór het "
        "begin van de aangeleverde gegevens zijn niet bekend."
    )


def _by(month: int) -> str:
    return "al in maand 0" if month == 0 else f"in maand {month} of eerder"


def _frequency(_result: PublishedResult, points: CallsAfterwards) -> str:
    return (
        "Mensen die na het einde van de relatie zijn gebeld, zijn per kalenderjaar doorgaans "
        f"{points.calls_median} keer gebeld en {points.contacts_median} keer bereikt (mediaan); "
        f"95% is hooguit {points.calls_high} keer gebeld en hooguit {points.contacts_high} keer "
        "bereikt. Het maximum wordt niet vermeld, omdat het tot één persoon herleidbaar kan zijn."
    )


def tells_nothing(kind: str | None, result: PublishedResult) -> bool:
    """Return whether a question is about persons, of whom ready-made counts tell nothing.

    Args:
        kind: as for `question_evidence`.
        result: published.
    """
    return kind in {"start", "frequency"} and result.compliance is None


_UNTOLD = "Uit de aangeleverde tellingen is niet op te maken"
_NO_START = f"{_UNTOLD} wanneer een bepaalde persoon is gebeld."
_NO_FREQUENCY = f"{_UNTOLD} hoe vaak een bepaalde persoon is gebeld."
_FEW = "Er zijn te weinig oud-klanten gebeld om hierover iets te publiceren."
