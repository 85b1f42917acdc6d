"""What two independent checkers find in a PDF for readers who hear it: `outloud` and `pdfua`.

Neither finds everything: of seven planted faults each found six, and together they found all. None
of them proves conformance.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import outloud
import pdfua


def reading_faults(pdf: bytes) -> list[str]:
    """Return what either checker finds, in its own words.

    Args:
        pdf: the document.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        heard = outloud.check(str(path))
        told = pdfua.validate(str(path))
    crashed = [f"outloud: {heard.error}"] if heard.error else []
    by_ear = [f"outloud {found.rule}: {found.message}" for found in heard.findings]
    by_rule = [f"pdfua {found.rule_id}: {found.message}" for found in told.findings]
    return crashed + by_ear + by_rule
