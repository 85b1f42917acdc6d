"""axe-core on every page of the documentation.

``python -m studies.site_pages`` builds the site and writes ``studies/site_pages.csv``, in some
minutes; a slice runs with the tests. It ends with an error where a page has a fault.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from tests.built_site import built_site, faults_on, pages_of

TABLE = Path(__file__).with_name("site_pages.csv")


def main() -> int:
    """Look at every page, write the table, and return 1 where one has a fault."""
    with tempfile.TemporaryDirectory() as folder:
        site = built_site(Path(folder))
        rows = [(page, "; ".join(found)) for page, found in faults_on(site, pages_of(site))]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("page", "faults"), *rows])
    return int(any(faults for _, faults in rows))


if __name__ == "__main__":
    sys.exit(main())
