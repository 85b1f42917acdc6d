"""What was found about the kinds of relation, and about legal persons."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText

RELATION_TEXTS: Final = {
    "kind_without_ground": FindingText(
        singular=(
            "{n} belpoging ging naar iemand met alleen een relatie die op de rapportdatum geen "
            "grond geeft om te bellen."
        ),
        plural=(
            "{n} belpogingen gingen naar mensen met alleen een relatie die op de rapportdatum geen "
            "grond geeft om te bellen."
        ),
        consequence=(
            "Zij tellen niet mee in de percentages, want een termijn gaat over mensen die nog "
            "gebeld kunnen worden. Belpogingen van dagen waarop zo’n relatie nog wel meetelde, "
            "zijn daarmee geen overtreding. Bijlage C laat de termijn zien als alle relaties "
            "meetellen."
        ),
    ),
    "legal_person": FindingText(
        singular="{n} belpoging ging naar een rechtspersoon.",
        plural="{n} belpogingen gingen naar rechtspersonen.",
        consequence=(
            "Daarvoor gelden andere regels; deze belpogingen tellen niet mee. Zelfstandigen zonder "
            "personeel en eenmanszaken zijn natuurlijke personen en tellen wel mee."
        ),
    ),
    "kind_assumed": FindingText(
        singular="Van {n} gebeurtenis vermelden de gegevens de soort niet.",
        plural="Van {n} gebeurtenissen vermelden de gegevens de soort niet.",
        consequence=(
            "Aangenomen is de soort die bij de sector past: bij goede doelen een gift, anders een "
            "aankoop."
        ),
    ),
}
