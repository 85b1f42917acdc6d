"""Criteria that were changed after the outcomes had been seen."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.published.criteria import CriteriaChange
from balanstest_analysis.published.result import PublishedResult

_HASH_DIGITS = 8


def changed_afterwards(result: PublishedResult) -> Iterator[str]:
    """Yield every noted change of the criteria, and that the last one is not the whole story.

    Args:
        result: one without changes gives nothing.
    """
    changes = result.criteria_changes
    for change in changes:
        yield " ".join(_sentences(change))
    if changes and changes[-1].new_hash != result.criteria_hash:
        yield (
            "Na de laatste aangetekende wijziging zijn de criteria of hun redenen opnieuw "
            "veranderd, zonder dat datum en aanleiding in het dossier staan."
        )


def _sentences(change: CriteriaChange) -> Iterator[str]:
    changed = literal("; ".join(change.changed))
    old, new = (digest[:_HASH_DIGITS] for digest in (change.old_hash, change.new_hash))
    yield (
        f"Gewijzigd op {wording.date(change.date)} en {literal(change.note)}: {changed} "
        f"(kenmerk van de criteria was {literal(old)}, werd {literal(new)})."
    )
    if change.reason:
        yield f"Reden van de organisatie: {literal(wording.one_line(change.reason))}"
    yield _effect(change.old_term_months, change.new_term_months)
    yield "Wat na de uitkomst is gekozen, geldt niet als vooraf vastgesteld."


def _effect(old: int | None, new: int | None) -> str:
    if old is None and new is None:
        return "Voor en na de wijziging was er geen voorstel."
    if old is None or new is None:
        before, after = (
            "geen voorstel" if term is None else wording.months(term) for term in (old, new)
        )
        return f"Voor de wijziging was de uitkomst {before}, erna {after}."
    if old == new:
        return f"Het voorstel bleef {wording.months(new)}."
    return f"Het voorstel ging daarmee van {wording.months(old)} naar {wording.months(new)}."
