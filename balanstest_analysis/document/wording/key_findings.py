"""What was found about the keys of customers: who is nobody, and how tables differ."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText


def _about(table: str, one: str, more: str) -> dict[str, FindingText]:
    """Return the sentences about the keys of one table."""
    return {
        f"placeholder_keys_{table}": FindingText(
            singular=f"Bij {{n}} {one} staat geen klantnummer, of een woord als ‘onbekend’.",
            plural=f"Bij {{n}} {more} staat geen klantnummer, of een woord als ‘onbekend’.",
            consequence=(
                "Daarachter kunnen verschillende mensen schuilgaan. Deze regels zijn weggelaten."
            ),
        ),
        f"one_key_many_rows_{table}": FindingText(
            singular=f"{{n}} {one} hoort bij een sleutel die niet één klant kan zijn.",
            plural=f"{{n}} {more} horen bij een sleutel die niet één klant kan zijn.",
            consequence=(
                "Die sleutel staat bij een te groot deel van de gegevens. Welke klanten daarachter "
                "schuilgaan, is niet nagegaan."
            ),
        ),
        f"key_form_differs_{table}": FindingText(
            singular="{n} klant komt wel overeen als de sleutels gelijk worden geschreven.",
            plural="{n} klanten komen wel overeen als de sleutels gelijk worden geschreven.",
            consequence="De tabellen schrijven de klantsleutel verschillend.",
        ),
    }


def _calls_named(table: str, one: str, more: str) -> dict[str, FindingText]:
    """Return the sentence about calls that are named and are not there."""
    return {
        f"no_call_id_match_{table}": FindingText(
            singular=f"{{n}} {one} noemt een belpoging die er bij die klant niet is.",
            plural=f"{{n}} {more} noemen een belpoging die er bij die klant niet is.",
            consequence=(
                "Dat is meer dan de helft. Beide tabellen nummeren belpogingen verschillend."
            ),
        )
    }


KEY_TEXTS: Final = {
    code: text
    for table, one, more in (
        ("calls", "belpoging", "belpogingen"),
        ("events", "aankoop of gift", "aankopen of giften"),
        ("objections", "melding van verzet", "meldingen van verzet"),
        ("complaints", "klacht", "klachten"),
    )
    for code, text in _about(table, one, more).items()
    if code != "key_form_differs_calls"
}
KEY_TEXTS.update(_calls_named("objections", "melding van verzet", "meldingen van verzet"))
KEY_TEXTS.update(_calls_named("complaints", "klacht", "klachten"))
