"""What the theme leaves out for who reads with a screen reader or a keyboard.

Sphinx writes the parameters of a signature as a list of definitions without terms, and Furo's
landmarks have no names and its captions no level. `tests/project/test_site.py` reads every page.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

PARAMETERS = re.compile(r"<dl>\n((?:<dd><em class=\"sig-param\">.*?</dd>\n?)+)</dl>", re.DOTALL)
NAMED = {
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
}


def mended(page: str) -> str:
    """Return a page with names, levels and lists as they should be.

    Args:
        page: as the theme wrote it.

    Examples:
        >>> mended('<aside class="sidebar-drawer">')
        '<aside class="sidebar-drawer" aria-label="Pages">'
    """
    for written, named in NAMED.items():
        page = page.replace(written, named)
    return PARAMETERS.sub(_listed, page)


def _listed(found: re.Match[str]) -> str:
    lines = found[1].replace("<dd>", '<span role="listitem">').replace("</dd>", "</span>")
    return f'<span class="sig-lines" role="list">\n{lines}</span>'


def mend(app: Sphinx, failure: Exception | None) -> None:
    """Mend every page that was written."""
    for path in Path(app.outdir).rglob("*.html") if failure is None else ():
        written = path.read_text("utf-8")
        path.write_text(mended(written), "utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Mend the pages when all are there."""
    app.connect("build-finished", mend)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
