"""What was found in the history: how often, what follows from it and what to do."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText
from balanstest_analysis.document.wording.history_findings import HISTORY_TEXTS
from balanstest_analysis.document.wording.relation_findings import RELATION_TEXTS
from balanstest_analysis.document.wording.row_findings import ROW_TEXTS
from balanstest_analysis.document.wording.undelivered_findings import UNDELIVERED_TEXTS

BREACHES: Final = frozenset(
    {
        "after_objection",
        "beyond_cap",
        "beyond_own_term",
        "without_ground",
        "no_earlier_event",
        "objection_processed_late",
    }
)

_CALLS: Final = {
    "after_objection": FindingText(
        singular="{n} belpoging is gedaan nadat de gebelde verzet had aangetekend.",
        plural="{n} belpogingen zijn gedaan nadat de gebelde verzet had aangetekend.",
        consequence=(
            "Dat is een inbreuk op het recht van verzet. Deze belpogingen tellen niet mee in de "
            "analyse. Waarom het blokkadebestand dit niet heeft tegengehouden, is niet nagegaan."
        ),
    ),
    "beyond_cap": FindingText(
        singular=(
            "{n} belpoging is gedaan na afloop van de maximale termijn die op de beldatum gold."
        ),
        plural=(
            "{n} belpogingen zijn gedaan na afloop van de maximale termijn die op de beldatum gold."
        ),
        consequence=(
            "Deze belpogingen tellen niet mee: een organisatie die een grens overschrijdt, mag "
            "daaraan geen langere termijn ontlenen. Hoe het belbestand is samengesteld, is niet "
            "nagegaan."
        ),
    ),
    "beyond_own_term": FindingText(
        singular="{n} belpoging viel buiten de eigen termijn van de organisatie.",
        plural="{n} belpogingen vielen buiten de eigen termijn van de organisatie.",
        consequence=(
            "Deze belpogingen tellen niet mee: een organisatie die haar eigen termijn "
            "overschrijdt, mag daaraan geen langere termijn ontlenen. Hoe het belbestand is "
            "samengesteld, is niet nagegaan."
        ),
    ),
    "no_earlier_event": FindingText(
        singular="Bij {n} belpoging is geen eerdere klantrelatie met de gebelde bekend.",
        plural="Bij {n} belpogingen is geen eerdere klantrelatie met de gebelde bekend.",
        consequence=(
            "Zonder klantrelatie is voorafgaande toestemming nodig. Deze belpogingen tellen niet "
            "mee. Of de gegevens onvolledig zijn, of dat er zonder klantrelatie is gebeld, is niet "
            "nagegaan."
        ),
    ),
    "running_customer": FindingText(
        singular="{n} belpoging is gedaan terwijl de relatie met de gebelde nog liep.",
        plural="{n} belpogingen zijn gedaan terwijl de relatie met de gebelde nog liep.",
        consequence=(
            "De klanttermijn gaat over oud-klanten; deze belpogingen tellen daarom niet mee."
        ),
    ),
    "duplicate_call": FindingText(
        singular="{n} belpoging kwam dubbel in de gegevens voor.",
        plural="{n} belpogingen kwamen dubbel in de gegevens voor.",
        consequence=(
            "Elke belpoging is één keer geteld. Hoe dubbele regels ontstaan, is niet nagegaan."
        ),
    ),
    "converted_without_contact": FindingText(
        singular="{n} belpoging is een conversie zonder netto contact.",
        plural="{n} belpogingen zijn een conversie zonder netto contact.",
        consequence=(
            "Dat kan niet allebei kloppen. Hoe de beltool een netto contact vastlegt, is niet "
            "nagegaan."
        ),
    ),
}

_CODES: Final = {
    "unmapped_codes": FindingText(
        singular="{n} belpoging heeft een resultaatcode die in het dossier nergens bij hoort.",
        plural="{n} belpogingen hebben een resultaatcode die in het dossier nergens bij hoort.",
        consequence=(
            "Zo'n belpoging geldt niet als netto contact en niet als conversie. Of de lijst met "
            "resultaatcodes in het dossier volledig is, is niet nagegaan."
        ),
    ),
}

_EVENTS: Final = {
    "zero_amount_event": FindingText(
        singular="{n} aankoop of gift had een bedrag van nul of minder.",
        plural="{n} aankopen of giften hadden een bedrag van nul of minder.",
        consequence=(
            "Daaruit ontstaat geen klantrelatie; voor de peildatum telt zo’n aankoop of gift niet "
            "mee."
        ),
    ),
    "ended_before_start": FindingText(
        singular="{n} contract eindigde volgens de gegevens voordat het begon.",
        plural="{n} contracten eindigden volgens de gegevens voordat ze begonnen.",
        consequence="Welke datum klopt, is niet nagegaan.",
    ),
}


def _late(singular: str, plural: str) -> FindingText:
    return FindingText(
        singular=f"{{n}} {singular} is van na de laatste dag van de analyse.",
        plural=f"{{n}} {plural} zijn van na de laatste dag van de analyse.",
        consequence="Wat later is, blijft buiten beschouwing.",
    )


_LATE: Final = {
    "after_data_through_calls": _late("belpoging", "belpogingen"),
    "after_data_through_events": _late("aankoop of gift", "aankopen of giften"),
    "after_data_through_objections": _late("melding van verzet", "meldingen van verzet"),
    "after_data_through_complaints": _late("klacht", "klachten"),
}


# said once; whoever complains says so
_HINDER: Final = {"objection": "Ook deze belpogingen kunnen hinderlijk zijn. "}


def _without_contact(outcome: str, singular: str, plural: str) -> FindingText:
    return FindingText(
        singular=(
            f"{{n}} {singular} volgde op een belpoging zonder netto contact en was aan geen "
            "netto contact toe te schrijven."
        ),
        plural=(
            f"{{n}} {plural} volgden op een belpoging zonder netto contact en waren aan geen "
            "netto contact toe te schrijven."
        ),
        consequence=(
            f"{_HINDER.get(outcome, '')}In de percentages, die over netto contacten gaan, "
            f"tellen deze {plural} niet mee. Langer geleden, buiten het gestelde aantal dagen, "
            "kan er wel een netto contact zijn geweest."
        ),
    )


def _reports(outcome: str, singular: str, plural: str) -> dict[str, FindingText]:
    """Return the account of the objections or complaints that are no event in the analysis."""
    return {
        f"{outcome}_unattributed": FindingText(
            singular=f"{{n}} {singular} kon aan geen enkele belpoging worden toegeschreven.",
            plural=f"{{n}} {plural} konden aan geen enkele belpoging worden toegeschreven.",
            consequence=(
                "Binnen het gestelde aantal dagen ging er geen belpoging aan vooraf, of het "
                "opgegeven gespreksnummer komt bij deze klant niet voor. Deze meldingen tellen "
                "niet mee in de percentages."
            ),
        ),
        f"{outcome}_after_unanswered_calls": _without_contact(outcome, singular, plural),
        f"{outcome}_on_excluded_call": FindingText(
            singular=f"{{n}} {singular} volgde op een belpoging die niet meetelt.",
            plural=f"{{n}} {plural} volgden op een belpoging die niet meetelt.",
            consequence="Ook de melding telt dan niet mee in de percentages.",
        ),
        f"{outcome}_on_young_call": FindingText(
            singular=f"{{n}} {singular} volgde op een contact dat nog te recent is.",
            plural=f"{{n}} {plural} volgden op een contact dat nog te recent is.",
            consequence="Contact en melding tellen pas mee als de opvolgtermijn voorbij is.",
        ),
        f"{outcome}_repeated": FindingText(
            singular=f"{{n}} {singular} volgde op een contact dat al meetelde.",
            plural=f"{{n}} {plural} volgden op een contact dat al meetelde.",
            consequence="Per contact telt hooguit één melding van dezelfde soort mee.",
        ),
        f"incomplete_follow_up_{outcome}": FindingText(
            singular=f"{{n}} contact is te recent: er kunnen nog {plural} op volgen.",
            plural=f"{{n}} contacten zijn te recent: er kunnen nog {plural} op volgen.",
            consequence=(
                "Zij tellen voor deze uitkomst nog niet mee; een later rapport neemt ze mee."
            ),
        ),
    }


FINDING_TEXTS: Final = {
    **_CALLS,
    **RELATION_TEXTS,
    **HISTORY_TEXTS,
    **ROW_TEXTS,
    **UNDELIVERED_TEXTS,
    **_CODES,
    **_EVENTS,
    **_LATE,
    **_reports("objection", "melding van verzet", "meldingen van verzet"),
    **_reports("complaint", "klacht", "klachten"),
}


def finding_text(code: str, number: int | None, minimum: int = 10) -> str:
    """Return the Dutch text of a finding, also for a code without sentences of its own.

    Args:
        code: code of the finding.
        number: how often it was found; None where the count is not published.
        minimum: publication minimum.

    Examples:
        >>> finding_text("zero_amount_event", 3)[:28]
        '3 aankopen of giften hadden '
    """
    text = FINDING_TEXTS.get(code, _UNNAMED)
    return text(number, minimum)


_UNNAMED = FindingText(
    singular="{n} bijzonderheid van een andere soort is gevonden.",
    plural="{n} bijzonderheden van een andere soort zijn gevonden.",
    consequence="Ga in de gegevens na wat er aan de hand is.",
)
