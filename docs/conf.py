"""How the documentation is built: `make docs`, or `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS.parent), str(DOCS / "extensions")]

from tools.reference import write_reference  # noqa: E402

write_reference(DOCS / "reference")

project = "balanstest_analysis"
author = "The makers of balanstest_analysis"
version = release = metadata.version("balanstest-analysis")
language = "en"

extensions = [
    *("myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"),
    *("mathml", "accessible", "dutch_words"),
]
exclude_patterns = ["_build"]

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3

default_role = "code"
autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 90
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = "Balanstest klanttermijn"
html_math_renderer = "mathml"
html_static_path = ["static"]
html_extra_path = ["reference/published"]  # the schema of the dossier, at a place that stays
html_css_files = ["site.css"]
html_js_files = ["scrolling.js"]
templates_path = ["templates"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_last_updated_fmt = None


def leave_out_absent_pages(app: Any, name: str, source: list[str]) -> None:
    """Take from the contents on the front page what this version does not have."""
    if name == "index":
        start, *contents = source[0].split("```{toctree}")
        kept = ["\n".join(line for line in part.split("\n") if is_there(line)) for part in contents]
        source[0] = "```{toctree}".join([start, *kept])


def is_there(line: str) -> bool:
    """Return whether a line of the contents is no name of a page, or one of a page that exists."""
    named = bool(line) and not line.startswith((":", "`"))
    return not named or any(DOCS.glob(f"{line}.md"))


def name_the_language(
    app: Any, name: str, template: str, context: dict[str, Any], tree: Any
) -> None:
    """Say of the pages in Dutch that they are, so that they are read out in it."""
    if name.startswith("nl/"):
        context["language"] = "nl"


def setup(app: Any) -> None:
    """Connect what this site does by itself."""
    app.connect("source-read", leave_out_absent_pages)
    app.connect("html-page-context", name_the_language)
