"""What `balanstest init` remarks above the columns of a source, in Dutch: for you to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from balanstest_analysis.cli.code_mapping import quoted
from balanstest_analysis.document import wording
from balanstest_analysis.document.personal import screened
from balanstest_analysis.history.columns.kind_words import kind_in_name
from balanstest_analysis.history.recognition.lost_zeros import LostZeros
from balanstest_analysis.history.recognition.recognition import Sketch

# What an event without a kind is taken for anyhow.
_ASSUMED: Final = frozenset({"", "purchase", "donation"})
_KINDS: Final = {
    "contract": "contracten, zoals abonnementen",
    "service": "afgenomen diensten",
    "volunteer": "vrijwilligerswerk",
    "public_event": "deelname aan een publieksactie",
}


def kind_lines(sketch: Sketch) -> Iterator[str]:
    """Yield of which kind events are, where no column tells it, and how to state another.

    Args:
        sketch: of events.
    """
    ours = {match.ours for match in sketch.matches}
    if sketch.table != "events" or "kind" in ours:
        return
    yield "# Geen kolom zegt van welke soort een rij is. Elke rij geldt daarom bij goede doelen"
    yield "# als gift, ook een machtiging, en elders als aankoop."
    title = sketch.sheet or sketch.path.stem
    kind = kind_in_name(title)
    if kind in _ASSUMED:
        yield "# Klopt dat, doe dan niets. Is elke rij iets anders, zoals een abonnement, haal dan"
        yield "# de # weg en noem die soort:"
        kind = "contract"
    else:
        name = quoted(screened(title, "de naam"))
        yield f"# De naam {name} wijst op {_KINDS[kind]}."
        yield "# Is elke rij dat, haal dan de # weg:"
    yield f'# kinds = ["{kind}"]'
    if "ends_on" not in ours:
        yield "# Zonder einddatum, zoals hier, is een gift of aankoop op de dag zelf voorbij."


def empty_key_lines(sketches: Sequence[Sketch]) -> Iterator[str]:
    """Yield that rows of exports name no customer, and how to leave them out.

    Args:
        sketches: the exports that are read.
    """
    bare = sum(
        match.bare
        for sketch in sketches
        for match in sketch.matches
        if match.ours == "customer_id" and match.certain and match.bare < sketch.rows
    )
    if bare:
        rows = "één rij" if bare == 1 else f"{wording.number(bare)} rijen"
        yield f"# In {rows} van de bestanden staat geen nummer van een klant, wat `check` weigert."
        yield "# Is dat niet meer te achterhalen, haal dan de # weg: zulke rijen tellen in geen"
        yield "# enkele tabel mee, en worden vermeld."
        yield '# empty_customer_id = "left-out"'


def zeros_lines(lost: LostZeros | None) -> Iterator[str]:
    """Yield that zeros in front of the numbers of customers seem lost, and how to put them back.

    Args:
        lost: what is known of it, or None where nothing says so.
    """
    if lost is None:
        return
    beside = quoted(screened(lost.beside, "een ander bestand"))
    digits = lost.found
    lengths = str(digits.longest)
    if digits.shortest != digits.longest:
        lengths = f"{digits.shortest} tot {digits.longest}"
    yield f"# De nummers van klanten hebben hier {lengths} cijfers, en nooit een nul vooraan. In"
    yield f"# {beside} zijn het er altijd {lost.digits}. Is dat dezelfde nummering, dan zijn hier"
    yield "# nullen weggevallen; haal de # weg om ze terug te zetten:"
    yield f"# customer_id_digits = {lost.digits}"
