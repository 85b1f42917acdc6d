"""What was found about rows: which do not count, and which are there more than once."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText

_EVENTS: Final = "de tabel met aankopen en giften"


def _left_out(table: str, one: str, more: str) -> dict[str, FindingText]:
    return {
        f"rows_left_out_by_where_{table}": FindingText(
            singular=f"{{n}} {one} telt volgens de opgave van de organisatie niet mee.",
            plural=f"{{n}} {more} tellen volgens de opgave van de organisatie niet mee.",
            consequence="De codes die wel tellen, staan in het dossier.",
        )
    }


def _repeated(table: str, one: str, more: str) -> dict[str, FindingText]:
    return {
        f"repeated_rows_{table}": FindingText(
            singular=f"{{n}} {one} staat dubbel in de gegevens.",
            plural=f"{{n}} {more} staan dubbel in de gegevens.",
            consequence=(
                "De percentages veranderen daar niet door. Hoe dubbele regels ontstaan, is niet "
                "nagegaan."
            ),
        )
    }


_COUNTING: Final = {
    "status_column_ignored": FindingText(
        singular="{n} regel telt misschien niet mee, gezien een kolom die niet is gebruikt.",
        plural="{n} regels tellen misschien niet mee, gezien een kolom die niet is gebruikt.",
        consequence="Die regels zijn meegeteld. Welke codes tellen, is niet opgegeven.",
    ),
    "status_column_ignored_events": FindingText(
        singular="{n} aankoop of gift is volgens een ongebruikte kolom mislukt of teruggedraaid.",
        plural="{n} aankopen of giften zijn volgens een ongebruikte kolom mislukt of "
        "teruggedraaid.",
        consequence="Daaruit ontstaat geen relatie. Welke codes tellen, is niet opgegeven.",
    ),
    "status_column_ignored_calls": FindingText(
        singular="{n} gesprek is volgens een ongebruikte kolom geen uitgaand gesprek.",
        plural="{n} gesprekken zijn volgens een ongebruikte kolom geen uitgaande gesprekken.",
        consequence="Die horen niet bij de belpogingen. Welke codes tellen, is niet opgegeven.",
    ),
    "subject_column_ignored_objections": FindingText(
        singular="{n} melding van verzet gaat volgens een ongebruikte kolom misschien niet over "
        "bellen.",
        plural="{n} meldingen van verzet gaan volgens een ongebruikte kolom misschien niet over "
        "bellen.",
        consequence="Die meldingen zijn meegeteld. Welke codes tellen, is niet opgegeven.",
    ),
    "subject_column_ignored_complaints": FindingText(
        singular="{n} klacht gaat volgens een ongebruikte kolom misschien niet over bellen.",
        plural="{n} klachten gaan volgens een ongebruikte kolom misschien niet over bellen.",
        consequence="Die klachten zijn meegeteld. Welke codes tellen, is niet opgegeven.",
    ),
    "end_column_ignored": FindingText(
        singular=f"Bij {{n}} regel in {_EVENTS} staat een datum in een ongebruikte kolom met "
        "einddatums.",
        plural=f"Bij {{n}} regels in {_EVENTS} staat een datum in een ongebruikte kolom met "
        "einddatums.",
        consequence="De maanden zouden dan vanaf het begin van de relatie worden geteld.",
    ),
    "end_column_in_doubt": FindingText(
        singular=f"Bij {{n}} regel in {_EVENTS} staat een datum in een ongebruikte kolom die "
        "misschien einddatums bevat.",
        plural=f"Bij {{n}} regels in {_EVENTS} staat een datum in een ongebruikte kolom die "
        "misschien einddatums bevat.",
        consequence="De maanden zijn geteld vanaf het begin van die relaties.",
    ),
    "reference_on_or_after_call": FindingText(
        singular="Bij {n} belpoging valt de opgegeven peildatum niet vóór de beldag.",
        plural="Bij {n} belpogingen valt de opgegeven peildatum niet vóór de beldag.",
        consequence=(
            "Die belpogingen tellen niet mee. Of de stand op de dag van de export is geleverd in "
            "plaats van die op de beldag, is niet nagegaan."
        ),
    ),
    "reference_after_conversions": FindingText(
        singular="Bij {n} conversie valt de opgegeven peildatum niet vóór de beldag.",
        plural="Bij {n} conversies valt de opgegeven peildatum niet vóór de beldag.",
        consequence="Dat is de stand na het gesprek.",
    ),
}

_ONCE: Final = {
    "legs_of_one_call": FindingText(
        singular="{n} regel hoort bij een gesprek dat al is geteld.",
        plural="{n} regels horen bij een gesprek dat al is geteld.",
        consequence="Delen van één gesprek, met hetzelfde nummer, zijn als één belpoging geteld.",
    ),
    "call_id_repeats": FindingText(
        singular="{n} belpoging heeft een gespreksnummer dat ook bij een ander gesprek staat.",
        plural="{n} belpogingen hebben een gespreksnummer dat ook bij een ander gesprek staat.",
        consequence="Of die kolom het nummer van het gesprek bevat, is niet nagegaan.",
    ),
    "calls_at_one_moment": FindingText(
        singular="{n} belpoging begon op het moment van een andere naar dezelfde persoon.",
        plural="{n} belpogingen begonnen op het moment van een andere naar dezelfde persoon.",
        consequence=(
            "Zij hebben een ander gespreksnummer en zijn waarschijnlijk twee keer aangeleverd."
        ),
    ),
    "conversions_left_out": FindingText(
        singular="{n} conversie telt niet mee, omdat een eerdere relatie ontbreekt of nog loopt.",
        plural="{n} conversies tellen niet mee, omdat een eerdere relatie ontbreekt of nog loopt.",
        consequence=(
            "Dat zijn de meeste. De relatie van vóór het gesprek lijkt door de conversie te zijn "
            "vervangen of verlengd."
        ),
    ),
    "some_conversions_left_out": FindingText(
        singular="{n} conversie telt niet mee, omdat een eerdere relatie ontbreekt of nog loopt.",
        plural="{n} conversies tellen niet mee, omdat een eerdere relatie ontbreekt of nog loopt.",
        consequence=(
            "Dat is naar verhouding veel vaker dan bij andere belpogingen. Is de conversie "
            "vastgelegd met een datum vóór het gesprek, of in plaats van de eerdere relatie, dan "
            "is het percentage conversies te laag."
        ),
    ),
    "objections_left_out": FindingText(
        singular="{n} verzet telt niet mee, omdat een eerdere relatie ontbreekt of nog loopt.",
        plural=(
            "{n} meldingen van verzet tellen niet mee, omdat een eerdere relatie ontbreekt of nog "
            "loopt."
        ),
        consequence=(
            "Dat zijn de meeste. Wie verzet aantekende, lijkt uit de aankopen en giften te zijn "
            "verwijderd. Het percentage verzet is dan veel te laag en de termijn te lang."
        ),
    ),
    "some_objections_left_out": FindingText(
        singular="{n} verzet telt niet mee, omdat een eerdere relatie ontbreekt of nog loopt.",
        plural=(
            "{n} meldingen van verzet tellen niet mee, omdat een eerdere relatie ontbreekt of nog "
            "loopt."
        ),
        consequence=(
            "Dat is naar verhouding veel vaker dan bij andere belpogingen. Zijn mensen die verzet "
            "aantekenden uit de aankopen en giften verwijderd, dan is het percentage verzet te "
            "laag en kan de termijn te lang zijn."
        ),
    ),
    "few_calls_at_one_moment": FindingText(
        singular="{n} belpoging begon op het moment van een andere naar dezelfde persoon.",
        plural="{n} belpogingen begonnen op het moment van een andere naar dezelfde persoon.",
        consequence="Zij hebben een ander gespreksnummer en zijn als eigen belpoging geteld.",
    ),
    "same_file_twice": FindingText(
        singular="{n} bestand is een kopie van een ander bestand van dezelfde tabel.",
        plural="{n} bestanden zijn een kopie van een ander bestand van dezelfde tabel.",
        consequence="Elk bestand is één keer gelezen.",
    ),
    "objections_told_twice": FindingText(
        singular="{n} melding van verzet staat zowel in de beltool als in het verzetbestand.",
        plural="{n} meldingen van verzet staan zowel in de beltool als in het verzetbestand.",
        consequence="Elk verzet is één keer geteld, bij het gesprek waarin het is gemeld.",
    ),
    "counts_added_up": FindingText(
        singular="{n} regel met aantallen heeft dezelfde maand, campagne en groep als een andere.",
        plural="{n} regels met aantallen hebben dezelfde maand, campagne en groep als een andere.",
        consequence=(
            "Die regels zijn bij elkaar opgeteld. Of bestanden elkaar overlappen, is niet nagegaan."
        ),
    ),
    "count_row_like_average": FindingText(
        singular="{n} regel met aantallen is in alles het gemiddelde van de andere.",
        plural="{n} regels met aantallen zijn in alles het gemiddelde van de andere.",
        consequence=(
            "Die regel is als een maand meegeteld. Of het een regel met gemiddelden is, is niet "
            "nagegaan."
        ),
    ),
    "few_groups": FindingText(
        singular="De klanten in de aangeleverde aantallen staan in {n} groep. Dat is te weinig.",
        plural="De klanten in de aangeleverde aantallen staan in {n} groepen. Dat is te weinig.",
        consequence=(
            "De indeling is daarom niet gebruikt, en met herhaald bellen van dezelfde klant is "
            "geen rekening gehouden. Verdeel de klanten over minstens 20 groepen, of lever de "
            "belhistorie zelf aan."
        ),
    ),
}

ROW_TEXTS: Final = {
    **_COUNTING,
    **_ONCE,
    **_left_out("calls", "belpoging", "belpogingen"),
    **_left_out("events", "aankoop of gift", "aankopen of giften"),
    **_left_out("objections", "melding van verzet", "meldingen van verzet"),
    **_left_out("complaints", "klacht", "klachten"),
    **_left_out("counts", "regel met aantallen", "regels met aantallen"),
    **_repeated("events", "aankoop of gift", "aankopen of giften"),
    **_repeated("objections", "melding van verzet", "meldingen van verzet"),
    **_repeated("complaints", "klacht", "klachten"),
}
