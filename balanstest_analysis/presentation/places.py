"""The places of a report that its sentences refer to, each with its anchor and its name.

A sentence takes a place as it is: ``f"Zie {APPENDIX_C}."`` reads *Zie bijlage C (bladzijde 14)* on
paper, and on the screen *bijlage C* is a link. ``AGAINST.page`` is the page alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Reference


@dataclass(frozen=True, kw_only=True)
class Place:
    """A heading or a table that can be referred to.

    Attributes:
        anchor: of the block.
        words: what it is called in a sentence.
    """

    anchor: str
    words: str

    def __str__(self) -> str:
        return str(Reference(anchor=self.anchor, words=self.words))

    @property
    def capital(self) -> str:
        """The reference at the beginning of a sentence."""
        return str(Reference(anchor=self.anchor, words=wording.capital(self.words)))

    @property
    def page(self) -> str:
        """The reference as a page alone: *bladzijde 9* on paper, the words on the screen."""
        return str(Reference(anchor=self.anchor, words=self.words, form="page"))

    @property
    def number(self) -> str:
        """The reference to a table or figure by its number."""
        return str(Reference(anchor=self.anchor, words=self.words, form="number"))


ORGANISATION: Final = Place(anchor="organisatie", words="het onderdeel over de regels")
CONDITIONS: Final = Place(anchor="voorwaarden", words="de voorwaarden")
CURVES: Final = Place(anchor="krommen", words="het onderdeel over de krommen")
WEIGHING: Final = Place(anchor="weging", words="de weging")
AGAINST: Final = Place(anchor="tegen", words="‘Wat tegen het voorstel pleit’")
FINDINGS: Final = Place(anchor="bevindingen", words="‘Bevindingen over de belhistorie’")
LIMITS: Final = Place(anchor="beperkingen", words="‘Beperkingen’")
ARGUMENT: Final = Place(anchor="onderdeel-4", words="onderdeel 4")
REQUESTED: Final = Place(anchor="gevraagd", words="‘De gevraagde maanden’")
OPEN: Final = Place(anchor="open", words="‘Wat nog openstaat’")
OPINIONS: Final = Place(anchor="adviezen", words="de adviezen")
DECISION: Final = Place(anchor="besluit", words="‘Besluit en vaststelling’")
APPENDIX_A: Final = Place(anchor="bijlage-a", words="bijlage A")
APPENDIX_B: Final = Place(anchor="bijlage-b", words="bijlage B")
APPENDIX_C: Final = Place(anchor="bijlage-c", words="bijlage C")
APPENDIX_D: Final = Place(anchor="bijlage-d", words="bijlage D")
APPENDIX_E: Final = Place(anchor="bijlage-e", words="bijlage E")
APPENDIX_F: Final = Place(anchor="bijlage-f", words="bijlage F")
APPENDIX_G: Final = Place(anchor="bijlage-g", words="bijlage G")
APPENDIX_H: Final = Place(anchor="bijlage-h", words="bijlage H")
CRITERIA_TABLE: Final = Place(anchor="tabel-criteria", words="de tabel met de criteria")
INCIDENCE_TABLE: Final = Place(anchor="tabel-mensen", words="de tabel over mensen")


def question(number: str) -> Place:
    """Return the place of a question of the template.

    Examples:
        >>> question("3b")
        Place(anchor='vraag-3b', words='vraag 3b')
    """
    return Place(anchor=f"vraag-{number.replace('.', '-')}", words=f"vraag {number}")


def rates_table_place(number: str) -> Place:
    """Return the place of the overview of a question.

    Examples:
        >>> rates_table_place("3c")
        Place(anchor='tabel-3c', words='de tabel bij vraag 3c')
    """
    return Place(anchor=f"tabel-{number}", words=f"de tabel bij vraag {number}")
