"""What seems not to have been delivered: months of a table, the last days, what a column held."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText

_EXPECTED: Final = "Naar het verloop in de overige maanden waren er veel meer te verwachten."
_CODES: Final = "Welke resultaatcodes in die maanden zijn gebruikt, is niet nagegaan."

UNDELIVERED_TEXTS: Final = {
    "months_without_objections": FindingText(
        singular=(
            "Over {n} kalendermaand waarin is gebeld, bevat de tabel met verzet vrijwel geen "
            "regels."
        ),
        plural=(
            "Over {n} kalendermaanden waarin is gebeld, bevat de tabel met verzet vrijwel geen "
            "regels."
        ),
        consequence=(
            f"{_EXPECTED} Ontbreken die regels, dan is het percentage verzet te laag en kan de "
            "termijn te lang uitvallen. Of er in die maanden verzet was, is niet nagegaan."
        ),
    ),
    "months_without_told_objections": FindingText(
        singular=(
            "In {n} kalendermaand waarin is gebeld, wijst vrijwel geen resultaatcode op verzet."
        ),
        plural=(
            "In {n} kalendermaanden waarin is gebeld, wijst vrijwel geen resultaatcode op verzet."
        ),
        consequence=(
            f"{_EXPECTED} Is verzet toen anders vastgelegd, dan is het percentage verzet te laag "
            f"en kan de termijn te lang uitvallen. {_CODES}"
        ),
    ),
    "months_without_complaints": FindingText(
        singular=(
            "Over {n} kalendermaand waarin is gebeld, bevat de tabel met klachten vrijwel geen "
            "regels."
        ),
        plural=(
            "Over {n} kalendermaanden waarin is gebeld, bevat de tabel met klachten vrijwel geen "
            "regels."
        ),
        consequence=(
            f"{_EXPECTED} Ontbreken die regels, dan is het percentage klachten te laag en kan de "
            "termijn te lang uitvallen. Of er in die maanden klachten waren, is niet nagegaan."
        ),
    ),
    "months_without_contacts": FindingText(
        singular="In {n} kalendermaand waarin is gebeld, is vrijwel geen netto contact vastgelegd.",
        plural="In {n} kalendermaanden waarin is gebeld, is vrijwel geen netto contact vastgelegd.",
        consequence=f"{_EXPECTED} {_CODES}",
    ),
    "months_without_conversions": FindingText(
        singular="In {n} kalendermaand met netto contacten is vrijwel geen conversie vastgelegd.",
        plural="In {n} kalendermaanden met netto contacten is vrijwel geen conversie vastgelegd.",
        consequence=(
            f"{_EXPECTED} {_CODES} Ook is niet nagegaan of de gesprekken over dit aanbod gingen."
        ),
    ),
    "silent_campaigns": FindingText(
        singular=(
            "Bij {n} campagne is vrijwel geen conversie, verzet of klacht vastgelegd, terwijl de "
            "andere campagnes er bij even oude relaties veel hadden."
        ),
        plural=(
            "Bij {n} campagnes is vrijwel geen conversie, verzet of klacht vastgelegd, terwijl de "
            "andere campagnes er bij even oude relaties veel hadden."
        ),
        consequence=(
            "Is de uitkomst van deze gesprekken elders vastgelegd, dan zijn de percentages te "
            "laag. Waar die is gebleven, is niet nagegaan."
        ),
    ),
    "codes_that_changed": FindingText(
        singular=(
            "Van {n} resultaatcode verandert het gebruik in bepaalde maanden sterk, terwijl een "
            "code met een andere betekenis tegelijk de andere kant op gaat."
        ),
        plural=(
            "Van {n} resultaatcodes verandert het gebruik in bepaalde maanden sterk: wat bij de "
            "ene wegvalt, lijkt bij een code met een andere betekenis terug te komen."
        ),
        consequence=(
            "Is dezelfde uitkomst toen anders vastgelegd, dan zijn de percentages van die maanden "
            "niet met de andere te vergelijken en kan de termijn te lang uitvallen. Waar deze "
            "codes in die maanden voor stonden, is niet nagegaan."
        ),
    ),
    "sources_that_differ": FindingText(
        singular=(
            "Bij {n} bron van belpogingen, zoals een belbureau, is veel minder of veel meer "
            "conversie, verzet of klacht vastgelegd dan bij de andere, bij even oude relaties en "
            "in dezelfde kwartalen."
        ),
        plural=(
            "Bij {n} bronnen van belpogingen, zoals belbureaus, is veel minder of veel meer "
            "conversie, verzet of klacht vastgelegd dan bij de andere, bij even oude relaties en "
            "in dezelfde kwartalen."
        ),
        consequence=(
            "Legt een belbureau uitkomsten anders vast, geeft het ze niet door of heeft het "
            "gesprekken verwijderd, dan kloppen de percentages niet en kan de termijn te lang of "
            "te kort uitvallen. Hoe deze uitkomsten bij elke bron zijn vastgelegd, is niet "
            "nagegaan."
        ),
    ),
    "ends_on_one_day_of_year": FindingText(
        singular="{n} relatie eindigde op dezelfde dag van het jaar als veel andere.",
        plural="{n} relaties eindigden op een en dezelfde dag van het jaar.",
        consequence=(
            "Dat zijn er veel meer dan op enige andere dag. Liepen zij werkelijk tot die dag, "
            "zoals bij een kalenderjaar, dan klopt dat. Is het een administratieve einddatum, dan "
            "tellen de maanden vanaf een verkeerde dag."
        ),
    ),
    "no_rows_at_the_end": FindingText(
        singular=(
            "Tussen de laatste aangeleverde regel en de laatste dag van de analyse ligt {n} week."
        ),
        plural=(
            "Tussen de laatste aangeleverde regel en de laatste dag van de analyse liggen {n} "
            "weken."
        ),
        consequence=(
            "In het jaar daarvoor duurde het nooit zo lang tot de volgende regel. Zijn de gegevens "
            "vóór die laatste dag uitgevoerd, dan zijn gesprekken meegeteld die nog niet lang "
            "genoeg waren gevolgd. Of dat zo is, is niet nagegaan."
        ),
    ),
    "files_at_a_limit": FindingText(
        singular="{n} bestand heeft een aantal regels waarbij systemen een uitvoer vaak afbreken.",
        plural="{n} bestanden hebben een aantal regels waarbij systemen een uitvoer vaak afbreken.",
        consequence="Of het bronsysteem meer regels heeft, is niet nagegaan.",
    ),
    "contacts_still_customer": FindingText(
        singular="{n} gesprek telt mee, hoewel de relatie volgens de resultaatcode nog liep.",
        plural="{n} gesprekken tellen mee, hoewel de relatie volgens de resultaatcode nog liep.",
        consequence=(
            "Volgens de aangeleverde gegevens was die relatie voorbij. Of de einddatums "
            "kloppen, is niet nagegaan. Eindigen relaties te vroeg, dan zijn de maanden te hoog en "
            "kan de termijn te lang uitvallen."
        ),
    ),
    "conversions_without_purchase": FindingText(
        singular="Na {n} conversie volgt binnen 60 dagen geen aankoop of gift van die klant.",
        plural="Na {n} conversies volgt binnen 60 dagen geen aankoop of gift van die klant.",
        consequence=(
            "Uit de tijd na die gesprekken zijn wel andere aankopen of giften aangeleverd. Zijn "
            "deze conversies later herroepen en verwijderd, dan is het percentage conversies te "
            "hoog en kan de termijn te lang uitvallen. Ook is niet nagegaan of elke klant "
            "hetzelfde nummer houdt."
        ),
    ),
    "purchases_without_conversion": FindingText(
        singular="Na {n} gesprek zonder conversie volgt binnen 30 dagen een aankoop of gift.",
        plural="Na {n} gesprekken zonder conversie volgt binnen 30 dagen een aankoop of gift.",
        consequence=(
            "Dat is meer dan twee keer zo vaak als twee maanden na eerdere gesprekken, bij even "
            "oude relaties en ook in dezelfde kalendermaanden. Kwamen ze uit het gesprek voort, "
            "dan is het percentage conversies te laag en kan de termijn te kort uitvallen. Welke "
            "resultaatcodes deze gesprekken hebben, is niet nagegaan."
        ),
    ),
    "one_call_per_customer": FindingText(
        singular="{n} belpoging is de enige van deze klant, zoals bij elke klant.",
        plural="{n} belpogingen betreffen elk een andere klant.",
        consequence=(
            "Niemand is vaker dan één keer gebeld. Is alleen de laatste belpoging per klant "
            "aangeleverd, dan ontbreken eerdere gesprekken en wat daarop volgde."
        ),
    ),
    "only_who_came_back": FindingText(
        singular=(
            "{n} contact uit de eerste maanden bracht niets op, en de klant kocht of gaf later "
            "toch weer."
        ),
        plural=(
            "{n} contacten uit de eerste maanden brachten niets op, en vrijwel al deze mensen "
            "kochten of gaven later toch weer."
        ),
        consequence=(
            "Wie niet terugkwam, lijkt uit de aangeleverde gegevens te zijn verwijderd, met de "
            "belpogingen erbij. Over die maanden is het percentage conversies dan te hoog en dat "
            "van verzet en klachten te laag, en kan de termijn te lang zijn."
        ),
    ),
    "contacts_minutes_apart": FindingText(
        singular="{n} contact begon binnen twee minuten na een ander contact met dezelfde persoon.",
        plural="{n} contacten begonnen binnen twee minuten na een ander met dezelfde persoon.",
        consequence=(
            "Dat is meer dan één op de vijftig. Zijn gesprekken dubbel aangeleverd, dan komt elk "
            "percentage te laag uit."
        ),
    ),
    "contacts_at_one_distance": FindingText(
        singular="{n} contact kwam steeds even lang na een ander contact met dezelfde persoon.",
        plural="{n} contacten kwamen steeds even lang na een ander contact met dezelfde persoon.",
        consequence=(
            "Dat is een tiende van alle contacten of meer. Zijn gesprekken dubbel aangeleverd, met "
            "de tijden van twee klokken, dan komt elk percentage te laag uit."
        ),
    ),
    "few_contacts_minutes_apart": FindingText(
        singular="{n} contact begon binnen twee minuten na een ander contact met dezelfde persoon.",
        plural="{n} contacten begonnen binnen twee minuten na een ander met dezelfde persoon.",
        consequence="Zij zijn elk als eigen contact geteld.",
    ),
    "months_stand_still": FindingText(
        singular=(
            "{n} belpoging vermeldt evenveel maanden als een belpoging aan dezelfde klant van ten "
            "minste drie maanden eerder."
        ),
        plural=(
            "{n} belpogingen vermelden evenveel maanden als een belpoging aan dezelfde klant van "
            "ten minste drie maanden eerder."
        ),
        consequence=(
            "Zijn de maanden geteld op de dag van de export en niet op die van het gesprek, dan "
            "staat elke belpoging in een verkeerde maand en klopt de termijn niet."
        ),
    ),
    "months_begin_at_one": FindingText(
        singular="{n} netto contact ligt in maand 1 en geen enkel in maand 0.",
        plural="{n} netto contacten liggen in maand 1 en geen enkel in maand 0.",
        consequence=(
            "De eerste maand hoort maand 0 te zijn. Zijn de maanden naar boven afgerond, dan komt "
            "de termijn een maand te lang uit."
        ),
    ),
    "calls_on_one_weekday": FindingText(
        singular="{n} belpoging is op dezelfde dag van de week gedaan als vrijwel alle andere.",
        plural="{n} belpogingen zijn op dezelfde dag van de week gedaan.",
        consequence=(
            "Dat zijn ze vrijwel allemaal. Of dit de dag van het gesprek is, en niet de dag waarop "
            "een bellijst is klaargezet, is niet nagegaan."
        ),
    ),
    "dates_batched_objections": FindingText(
        singular="{n} melding van verzet staat op een klein aantal dagen.",
        plural="{n} meldingen van verzet staan op een klein aantal dagen.",
        consequence=(
            "Dat is ten minste de helft, terwijl op veel meer dagen is gebeld. Waarschijnlijk zijn "
            "dit de dagen van verwerking; verzet wordt dan aan het verkeerde gesprek "
            "toegeschreven, of aan geen. De dag waarop iemand verzet aantekende, is dan niet "
            "aangeleverd."
        ),
    ),
    "dates_batched_complaints": FindingText(
        singular="{n} klacht staat op een klein aantal dagen.",
        plural="{n} klachten staan op een klein aantal dagen.",
        consequence=(
            "Dat is ten minste de helft, terwijl op veel meer dagen is gebeld. Waarschijnlijk zijn "
            "dit de dagen van verwerking; een klacht wordt dan aan het verkeerde gesprek "
            "toegeschreven, of aan geen. De dag waarop iemand klaagde, is dan niet aangeleverd."
        ),
    ),
    "objections_dated_late": FindingText(
        singular="{n} melding van verzet kwam te lang na het laatste contact om mee te tellen.",
        plural="{n} meldingen van verzet kwamen te lang na het laatste contact om mee te tellen.",
        consequence=(
            "Er kwamen er meer lang na een contact dan kort erna. Waarschijnlijk staan de "
            "meldingen op de dag van verwerking, of gaat een deel niet over bellen. Het percentage "
            "verzet komt dan te laag uit en de klanttermijn te lang."
        ),
    ),
    "complaints_dated_late": FindingText(
        singular="{n} klacht kwam te lang na het laatste contact om mee te tellen.",
        plural="{n} klachten kwamen te lang na het laatste contact om mee te tellen.",
        consequence=(
            "Er kwamen er meer lang na een contact dan kort erna. Waarschijnlijk staan de klachten "
            "op de dag van verwerking, of gaat een deel niet over bellen. Het percentage klachten "
            "komt dan te laag uit en de klanttermijn te lang."
        ),
    ),
    "column_never_filled": FindingText(
        singular="{n} regel staat in een bestand waarvan een gelezen kolom nergens is gevuld.",
        plural="{n} regels staan in een bestand waarvan een gelezen kolom nergens is gevuld.",
        consequence=(
            "Is dat de kolom met einddatums, dan geldt elke relatie als nog lopend en tellen "
            "belpogingen in die tijd niet mee. Of de inhoud bij het aanleveren is weggevallen, is "
            "niet nagegaan."
        ),
    ),
}
