"""Dossiers with counts: one of which a whole report takes seconds, and the smallest there is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def write_counts(folder: Path) -> None:
    """Write a dossier with counts, which is quick to analyse, and rich enough to show its fits."""
    folder.mkdir()
    months = range(12)
    counts = pd.DataFrame({"months_since_purchase": months, "contacts": 1500})
    counts["conversions"] = [round(300 * 0.95**month) for month in months]
    counts["objections"] = [60 + month for month in months]
    counts["complaints"] = 15
    counts.to_csv(folder / "counts.csv", index=False)
    (folder / "balanstest.toml").write_text(COUNTED, "utf-8")


def write_smallest(folder: Path) -> Path:
    """Write a dossier with 120 contacts in one month, and return its path."""
    (folder / "counts.csv").write_text("months_since_purchase,contacts\n0,120\n")
    (folder / "balanstest.toml").write_text(SMALLEST, "utf-8")
    return folder / "balanstest.toml"


COUNTED = """
schema = 1
template = "opt-in"
[organisation]
name = "Voorbeeldfonds"
sector = "charity"
[scope]
category = "Giften"
[data]
data_through = 2026-09-30
[data.counts]
path = "counts.csv"
[settings]
resamples = 200
[[criteria]]
name = "Verzet"
kind = "maximum_rate"
outcome = "objection"
threshold = 0.08
reason = "Voorbeeld."
[[criteria]]
name = "Nettobaat"
kind = "net_benefit"
value_per_conversion = 100.0
cost_per_contact = 5.0
objection_weight = 10.0
complaint_weight = 100.0
reason = "Voorbeeld."
[[criteria]]
name = "Klachten"
kind = "maximum_overall_rate"
outcome = "complaint"
threshold = 0.02
reason = "Voorbeeld."
"""
SMALLEST = """
schema = 1
template = "opt-in"
[organisation]
name = "Stichting Één & Twee"
sector = "charity"
[scope]
category = "periodieke donaties"
[data]
data_through = 2026-09-30
[data.counts]
path = "counts.csv"
[[criteria]]
name = "rendabel"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.03
reason = "Onder drie procent kost bellen meer dan het oplevert."
"""
