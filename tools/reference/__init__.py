"""The pages of the documentation that are made from the code, so that they cannot go stale."""

from __future__ import annotations

import shutil
from pathlib import Path

from balanstest_analysis.dossier.json_schema import SCHEMA_FILE, schema_text
from tools.reference.api_page import api_pages
from tools.reference.command_page import command_page
from tools.reference.dossier_page import dossier_page
from tools.reference.findings_page import findings_page
from tools.reference.result_page import result_page
from tools.reference.rules_page import rules_page
from tools.reference.tables_page import tables_page

NAVIGATION = """# Reference

Made from the code when this site is built.

```{toctree}
:maxdepth: 1

dossier
tables
command-line
findings
result
rules
api/index
```
"""


def write_reference(folder: Path) -> None:
    """Write every page of the reference, in place of what was there.

    Args:
        folder: to write in; it is emptied first.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pages = {
        "index": NAVIGATION,
        "dossier": dossier_page(),
        "tables": tables_page(),
        "command-line": command_page(),
        "findings": findings_page(),
        "result": result_page(),
        "rules": rules_page(),
        **{f"api/{name}": text for name, text in api_pages().items()},
    }
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    published = folder / "published"
    published.mkdir()
    (published / SCHEMA_FILE).write_text(schema_text(), "utf-8")
