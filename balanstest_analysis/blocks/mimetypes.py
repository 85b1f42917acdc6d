"""The names under which a notebook carries what the exporters and the run look for."""

from __future__ import annotations

TYPST = "text/x-typst"
# A notebook may hold no JSON object under a name of our own, so this is JSON as text.
TABLES = "application/x-balanstest-tables"
SENTINEL = "application/x-balanstest-sentinel"
DOCUMENT_METADATA = "balanstest"
