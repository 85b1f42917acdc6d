"""What makes an outcome doubtful: the findings by which all that follows may be wrong.

This list alone decides it, for the terminal and for the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

DOUBTS: Final = {
    "few_customer_match_events": "gebelde klanten die bij de aankopen of giften ontbreken",
    "few_customer_match_objections": "mensen met verzet die in de belhistorie ontbreken",
    "few_customer_match_complaints": "mensen met een klacht die in de belhistorie ontbreken",
    "months_without_events": "aankopen of giften die te vroeg lijken te eindigen",
    "events_begin_late": "aankopen of giften die te laat lijken te beginnen",
    "months_without_objections": "maanden vrijwel zonder verzet",
    "months_without_told_objections": "maanden vrijwel zonder resultaatcodes van verzet",
    "months_without_complaints": "maanden vrijwel zonder klachten",
    "months_without_contacts": "maanden vrijwel zonder netto contacten",
    "months_without_conversions": "maanden vrijwel zonder conversies",
    "some_conversions_left_out": "conversies die opvallend vaak niet meetellen",
    "some_objections_left_out": "meldingen van verzet die opvallend vaak niet meetellen",
    "only_who_came_back": "mensen die lijken te zijn verwijderd omdat zij niet terugkwamen",
    "silent_campaigns": "campagnes vrijwel zonder conversie, verzet of klacht",
    "codes_that_changed": "resultaatcodes waarvan het gebruik sterk verandert",
    "sources_that_differ": "bronnen van belpogingen waarvan de uitkomsten sterk afwijken",
    "ends_on_one_day_of_year": "veel relaties die op dezelfde dag van het jaar eindigden",
    "contacts_still_customer": "gesprekken met mensen die volgens de resultaatcode nog klant waren",
    "months_stand_still": "maanden die tussen twee gesprekken niet oplopen",
    "months_begin_at_one": "maanden die bij 1 beginnen in plaats van bij 0",
    "conversions_without_purchase": "conversies waarop geen aankoop of gift volgt",
    "purchases_without_conversion": "aankopen of giften na gesprekken zonder conversie",
    "one_call_per_customer": "klanten die elk maar één keer voorkomen",
    "calls_on_one_weekday": "belpogingen die vrijwel alle op dezelfde dag van de week staan",
    "dates_batched_objections": "meldingen van verzet die op enkele dagen staan",
    "dates_batched_complaints": "klachten die op enkele dagen staan",
    "objections_dated_late": "meldingen van verzet lang na het laatste contact",
    "complaints_dated_late": "klachten lang na het laatste contact",
    "no_rows_at_the_end": "weken zonder gegevens aan het einde",
}


def doubts(codes: Iterable[str]) -> tuple[str, ...]:
    """Return what each finding that makes the outcome doubtful is called, in the order of the list.

    Args:
        codes: of all findings.

    Examples:
        >>> doubts(["outside_hours", "no_rows_at_the_end", "months_without_objections"])
        ('maanden vrijwel zonder verzet', 'weken zonder gegevens aan het einde')
    """
    found = {*codes}
    return tuple(name for code, name in DOUBTS.items() if code in found)
