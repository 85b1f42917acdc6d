"""What the history tells beside the organisation's answers to questions 1b, 2b and 2c."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import Block, Result, yearly_blocks


def question_evidence(kind: str | None, result: Result) -> str:
    """Return what the history tells about a question; empty where it tells nothing.

    Args:
        kind: ``"months"``, ``"start"`` or ``"frequency"``, as the questionnaire states it.
        result: the published result.
    """
    told = {"months": _months, "start": _start, "frequency": _frequency}
    return told[kind](result) if kind else ""


def _months(result: Result) -> str:
    blocks = [(block, _contacts(block)) for block in yearly_blocks(result)]
    total = sum(contacts for _, contacts in blocks)
    if not all(contacts for _, contacts in blocks) or not total:
        return ""
    plural = wording.DENOMINATORS[result["settings"]["denominator"]][1]
    parts = [
        f"{wording.percentage(contacts / total, 0)} "
        f"{wording.in_months(block.month_from, block.month_to)}"
        for block, contacts in blocks
    ]
    event = wording.reference_event(result["sector"])
    return (
        f"Van de {wording.count(total)} {plural} in de overzichten hierna viel "
        f"{wording.enumerated(parts)} sinds {event}."
    )


def _contacts(block: Block) -> int:
    """Every published outcome tells about the same contacts; a coarser row may cross an end."""
    return max((number for number in block.exposure.values() if number), default=0)


def _start(result: Result) -> str:
    compliance = result.get("compliance")
    if compliance is None:
        return _COUNTS
    points = compliance.get("afterwards")
    if points is None:
        return _FEW
    low, middle, high = (points[f"first_{name}"] for name in ("low", "median", "high"))
    event = wording.reference_event(result["sector"])
    return (
        f"Van wie na het einde van de relatie is gebeld, kreeg de helft de eerste belpoging "
        f"{_by(middle)}, 5% {_by(low)} en 95% {_by(high)}, gerekend in voltooide maanden sinds "
        f"{event}. Belpogingen van vóór de aangeleverde historie ontbreken."
    )


def _by(month: int) -> str:
    return "in maand 0" if month == 0 else f"uiterlijk in maand {month}"


def _frequency(result: Result) -> str:
    compliance = result.get("compliance")
    if compliance is None:
        return _COUNTS
    points = compliance.get("afterwards")
    if points is None:
        return _FEW
    calls, contacts = points["calls_median"], points["contacts_median"]
    return (
        "Wie na het einde van de relatie is gebeld, kreeg in een kalenderjaar doorgaans (mediaan) "
        f"{wording.counted(calls, 'belpoging', 'belpogingen')} en werd "
        f"{contacts} keer bereikt; 95% kreeg niet meer dan "
        f"{wording.counted(points['calls_high'], 'belpoging', 'belpogingen')} en werd niet vaker "
        f"dan {points['contacts_high']} keer bereikt. Het hoogste aantal gaat over één persoon en "
        "wordt niet gepubliceerd."
    )


_COUNTS = (
    "De organisatie leverde tellingen aan; wanneer en hoe vaak één persoon is gebeld, is daaraan "
    "niet te zien."
)
_FEW = "Er zijn te weinig oud-klanten gebeld om hierover iets te publiceren."
