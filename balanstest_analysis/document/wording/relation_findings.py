"""What was found about the kinds of relation, and about legal persons."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText

RELATION_TEXTS: Final = {
    "kind_without_ground": FindingText(
        singular=(
            "Bij {n} belpoging had de gebelde alleen een relatie die op de rapportdatum geen grond "
            "geeft om te bellen."
        ),
        plural=(
            "Bij {n} belpogingen had de gebelde alleen een relatie die op de rapportdatum geen "
            "grond geeft om te bellen."
        ),
        consequence=(
            "Deze belpogingen tellen niet mee in de percentages, want een termijn gaat over "
            "mensen die nog gebeld kunnen worden. Belpogingen van dagen waarop zo’n relatie nog "
            "wel meetelde, zijn daarmee geen overtreding. Bijlage C laat de termijn zien als "
            "alle relaties meetellen."
        ),
    ),
    "legal_person": FindingText(
        singular="Bij {n} belpoging was de gebelde een rechtspersoon.",
        plural="Bij {n} belpogingen was de gebelde een rechtspersoon.",
        consequence=(
            "Daarvoor gelden andere regels; deze belpogingen tellen niet mee. Zelfstandigen zonder "
            "personeel en eenmanszaken zijn natuurlijke personen en tellen wel mee."
        ),
    ),
    "one_end_before_starts": FindingText(
        singular="{n} contract eindigde ruim voor het begin.",
        plural="{n} contracten eindigden op dezelfde dag, ruim voor hun begin.",
        consequence=(
            "Waarschijnlijk schrijft het systeem die dag waar geen einde is, en tellen lopende "
            "contracten als beëindigd."
        ),
    ),
    "kind_assumed": FindingText(
        singular="Van {n} regel in de tabel met aankopen en giften is de soort niet vermeld.",
        plural="Van {n} regels in de tabel met aankopen en giften is de soort niet vermeld.",
        consequence=(
            "Aangenomen is de soort die bij de sector past: bij goede doelen een gift, anders een "
            "aankoop."
        ),
    ),
}
