"""What is still open: what page one misses, and everything that waits for somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.presentation.conclusions.beyond_cap import advice_unknown
from balanstest_analysis.presentation.conclusions.composition import from_counts
from balanstest_analysis.presentation.conclusions.criteria import contacts_needed, quoted
from balanstest_analysis.presentation.conclusions.criterion_card import stated_unseen
from balanstest_analysis.presentation.conclusions.refusals import for_a_lawyer
from balanstest_analysis.presentation.conclusions.requested import requested_months
from balanstest_analysis.presentation.places import DECISION
from balanstest_analysis.published.decision import Decision
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.result import PublishedResult

FEW = 3


def missing_points(result: PublishedResult) -> tuple[str, ...]:
    """Return what the dossier or the data still lack, for page one; often nothing.

    Args:
        result: published.
    """
    return (*_gaps(result), *_lawyer(result), *_untested(result), *_absent(result))


def open_points(
    result: PublishedResult,
    earlier: Sequence[EarlierReport] = (),
    *,
    has_signatories: bool = False,
) -> tuple[str, ...]:
    """Return everything that is open when the report is made, whoever it waits for.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.
        has_signatories: whether the dossier says who are to sign.
    """
    return (
        *missing_points(result),
        *_advice(result),
        *_unseen(result),
        *_uncertain_law(result),
        *_stated_when(result, earlier),
        *_unchecked(result),
        *_signatures(has_signatories=has_signatories),
    )


def _gaps(result: PublishedResult) -> Iterator[str]:
    if not result.gaps:
        return
    yield f"**NOG IN TE VULLEN:** {literal('; '.join(_gap_groups(result)))}."


def _lawyer(result: PublishedResult) -> Iterator[str]:
    names = for_a_lawyer(result)
    if names:
        yield (
            f"Het oordeel van een jurist over {wording.enumerated(names)} bij telefoonnummers van "
            "vóór 1 juli 2021."
        )


def _gap_groups(result: PublishedResult) -> Iterator[str]:
    """Yield the gaps in the report's order, those of one section together."""
    titles = {item.number: item.title for item in questionnaire(result.template).questions}
    groups: dict[str, list[str]] = {}
    for code in result.gaps:
        kind = "answers" if code in titles else _WEIGHED.get(code, code.partition(".")[0])
        groups.setdefault(kind, []).append(wording.gap(code, titles.get(code, "")))
    for kind, words in groups.items():
        if kind == "answers" and len(words) > FEW:
            numbers = [code for code in result.gaps if code in titles]
            yield f"vragen {wording.enumerated(numbers)}"
        elif kind in _MANY and len(words) > FEW:
            many = _every(kind, words) or _MANY[kind].format(n=wording.spelled(len(words)))
            yield f"{many}{_days_and_hours(result) if kind == 'measures' else ''}"
        else:
            yield f"{wording.GAP_GROUPS.get(kind, '')}{wording.enumerated(words)}"


def _every(kind: str, words: Sequence[str]) -> str:
    """Return that every condition is open, where it is."""
    every = kind == "conditions" and len(words) == len(wording.CONDITION_TEXTS)
    return f"alle {wording.spelled(len(words))} de voorwaarden" if every else ""


def _days_and_hours(result: PublishedResult) -> str:
    """Return that rules about days or hours are among them, which page one counts apart."""
    told = [word for code, word in _WHEN.items() if f"measures.{code}" in result.gaps]
    return f", waaronder die over {wording.enumerated(told)}" if told else ""


_WHEN = {"forbidden_day": "dagen", "outside_hours": "tijdstippen"}
# Why calling is needed stands with the weighing, and not with the opinions.
_WEIGHED = {"review.necessity": "necessity"}
# What is told with its number where it is too much for one page; each stands by name in the body.
_MANY = {
    "conditions": "{n} van de vijf voorwaarden",
    "review": "{n} onderdelen van de adviezen en de vaststelling",
    "processing": "{n} onderdelen van de verantwoording van de verwerking",
    "measures": "maatregel, verantwoordelijke en datum bij {n} regels",
    "replies": "reactie op {n} punten die tegen de termijn pleiten",
}


def _untested(result: PublishedResult) -> Iterator[str]:
    if result.proposal.status in {"not_allowed", "undetermined"}:
        return  # the proposal itself names what is untested, and what its test takes
    for criterion in result.criteria:
        if criterion.status == "too_little_data":
            yield (
                f"Voor het criterium {quoted(criterion.name)} zijn er te weinig gegevens."
                f"{contacts_needed(criterion, result)}"
            )


def _absent(result: PublishedResult) -> Iterator[str]:
    for outcome in OUTCOMES:
        if not result.outcomes[outcome].available:
            yield wording.OUTCOME_WORDS[outcome].no_data


def _advice(result: PublishedResult) -> Iterator[str]:
    """Yield what a request waits for: the committee, and a decision that goes as far."""
    asked = result.proposal.requested_term_months
    if result.proposal.route != "request" or asked is None:
        return
    yield (
        "Het advies van het Compliance Comité over de aanvraag voor een termijn van "
        f"{wording.months(asked)}."
    )
    decision = result.decision
    if isinstance(decision, Decision) and decision.term_months < asked:
        yield (
            "Een besluit over de gevraagde termijn: het besluit van de organisatie gaat niet "
            f"verder dan {wording.months(decision.term_months)}."
        )


def _unseen(result: PublishedResult) -> Iterator[str]:
    found = requested_months(result)
    if found is None or found.last >= found.asked - 1:
        return
    rest = wording.in_months(found.last + 1, found.asked - 1).removeprefix("in ")
    yield f"Cijfers over {rest}, die onder de gevraagde termijn vallen."


def _uncertain_law(result: PublishedResult) -> Iterator[str]:
    if result.rests_on_opinion:
        yield "Of een lidmaatschap in de zin van de wet een gift is, staat niet vast."
    cap = result.regime.cap_months
    if cap is not None and result.has_term and not result.regime.cap_verified:
        yield (
            "Of een latere versie van de Code Telemarketing de grens van "
            f"{wording.months(cap)} wijzigt, is niet nagegaan."
        )


def _stated_when(result: PublishedResult, earlier: Sequence[EarlierReport]) -> Iterator[str]:
    """Yield that criteria may have been stated after the outcomes were known."""
    found = stated_unseen(result, earlier)
    if not found or result.proposal.status == "not_allowed":
        return
    which, verb = f"het criterium {quoted(found[0].name)}", "is"
    if len(found) > 1:
        named = f" {wording.enumerated([quoted(item.name) for item in found])}"
        which, verb = f"de criteria{named if len(found) < len(result.criteria) else ''}", "zijn"
    why = "er is geen eerder rapport gevonden"
    if earlier:
        stood = "stond deze eis" if len(found) == 1 else "stonden deze eisen"
        why = f"in het vorige rapport {stood} niet, of anders"
    yield (
        f"Of {which} {verb} gesteld voordat de uitkomsten bekend waren, is niet na te gaan: {why}."
    )


def _unchecked(result: PublishedResult) -> Iterator[str]:
    if from_counts(result):
        yield "Hoe de aangeleverde aantallen zijn geteld, is niet nagegaan."
        yield "Over welke jaren de aangeleverde aantallen gaan, is niet vermeld."
        yield from filter(None, [advice_unknown(result)])


def _signatures(*, has_signatories: bool) -> Iterator[str]:
    if has_signatories:  # else who are to sign is a gap of its own
        yield f"De ondertekening; zie {DECISION}."
