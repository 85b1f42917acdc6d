"""The contents behind the first page, and what the signs in the margin mean."""

from __future__ import annotations

from balanstest_analysis.document.blocks import Block, Contents, Paragraph


def contents() -> tuple[Block, ...]:
    """Return the contents, and how to see whose words a sentence is."""
    return (Contents(), Paragraph(text=_SIGNS))


_SIGNS = (
    "Bij een tekst staat in kleine letters waar die vandaan komt. *Organisatie*: woorden van de "
    "organisatie. *Berekend*: volgt uit de aangeleverde gegevens. *Regel*: volgt uit de wet of een "
    "code."
)
