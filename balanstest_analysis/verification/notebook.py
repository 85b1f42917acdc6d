"""The notebook of a report, read and never run: what it shows is what the web page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from balanstest_analysis.document.opening import parsed_json
from balanstest_analysis.verification.claims.page import Page, Passage, Sheet, page_of
from balanstest_analysis.verification.claims.phrase import both
from balanstest_analysis.verification.findings import Finding
from balanstest_analysis.verification.one_story import differs, page_faults
from balanstest_analysis.verification.parcel import HTML, NOTEBOOK, RESULT, Parcel
from balanstest_analysis.verification.pictures import sources_of
from balanstest_analysis.verification.values import Value

_SENTINEL: Final = "application/x-balanstest-sentinel"
_LAST: Final = both("the last cell", "de laatste cel")
_NUMBERED: Final = re.compile(r"^(Figuur )?\d+ ")
# a notebook has no numbers of tables, and names them by where they stand
_REFERENCE: Final = re.compile(
    r"\b(?:de tabel (?:bij vraag \d[a-z]|met de criteria)|tabel \d+)(?!\w)"
)
_SCRIPT: Final = re.compile(r"<(script|iframe|object|embed|form|base)\b|\son\w+\s*=", re.IGNORECASE)


def notebook_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield where the notebook carries another result than the report, or shows another page.

    Args:
        parcel: with a run directory.
    """
    if NOTEBOOK not in parcel.files:
        return
    outputs = [*_outputs(Value(content=parcel.json(NOTEBOOK)))]
    carried = next((one.at(_SENTINEL) for one in outputs if one.at(_SENTINEL).text), None)
    if carried is None:
        yield differs(
            NOTEBOOK,
            _LAST,
            both("no result", "geen uitkomsten"),
            both("the result of the report", "de uitkomsten van het rapport"),
        )
    elif _carried(carried) != parcel.files.get(RESULT):
        yield differs(
            NOTEBOOK,
            _LAST,
            both("another result", "andere uitkomsten"),
            both("that of {}", "die van {}", RESULT),
        )
    html = parcel.text(HTML)
    if html is None:
        return
    shown = "".join(_joined(one.at("text/html")) for one in outputs)
    page = _unnumbered(page_of(html))
    yield from page_faults(_unnumbered(page_of(shown)), page, NOTEBOOK, HTML)
    if sources_of(shown) != sources_of(html):
        yield differs(
            NOTEBOOK,
            both("the figures", "de figuren"),
            both("other figures", "andere figuren"),
            both("those of {}", "die van {}", HTML),
        )


def _outputs(notebook: Value) -> Iterator[Value]:
    for cell in notebook.at("cells").items:
        for output in cell.at("outputs").items:
            yield output.at("data")


def _joined(text: Value) -> str:
    return text.text or "".join(one.text for one in text.items)


def _carried(sentinel: Value) -> bytes:
    try:
        return Value(content=parsed_json(sentinel.text)).at("result").text.encode()
    except ValueError:
        return b""


def _unnumbered(page: Page) -> Page:
    """Return a page without the numbers of tables and figures, which a notebook has none of."""
    return Page(
        passages=[_without_number(one) for one in page.passages],
        sheets=[
            Sheet(**{**vars(one), "caption": _NUMBERED.sub("", one.caption)}) for one in page.sheets
        ],
    )


def _without_number(passage: Passage) -> Passage:
    if passage.kind not in {"caption", "sheet"}:
        return Passage(**{**vars(passage), "text": _REFERENCE.sub("de tabel", passage.text)})
    return Passage(**{**vars(passage), "text": _NUMBERED.sub(r"\1", passage.text)})


def script_faults(parcel: Parcel) -> Iterator[Finding]:
    """Yield what in the web page could act: a report has nothing that does.

    Args:
        parcel: with a web page.
    """
    found = _SCRIPT.search(parcel.text(HTML) or "")
    if found is not None:
        said = " ".join(found[0].split())
        yield Finding(
            level="whole", code="added", file=HTML, place=both("the page", "de pagina"), found=said
        )
