"""The library's modules, from their docstrings."""

from __future__ import annotations

from importlib import import_module

from tools.reference.markdown import page

CHAPTERS = {
    "Begin": (
        "dossier.loading",
        "dossier.dossier",
        "analysis.method",
        "analysis.rate_tables",
        "validation.simulate.history",
    ),
    "The method": (
        "history.exposure.build",
        "history.month_table",
        "statistics.outcome_counts",
        "statistics.checked_counts",
        "statistics.rates",
        "statistics.curves",
        "statistics.families",
        "statistics.fitting",
        "statistics.model_averaging",
        "statistics.customer_products",
        "statistics.count_covariance",
        "statistics.count_draws",
        "statistics.evidence",
        "term.margins",
        "term.judging",
        "term.proposal",
    ),
    "Other sides of the proposal": (
        "term.sensitivity",
        "term.recount_proposals",
        "term.weight_frontier",
        "term.family_crossings",
        "statistics.cumulative_incidence",
        "statistics.standardisation",
        "history.month_composition",
    ),
    "Rules and findings": (
        "dossier.regimes",
        "dossier.calling_hours",
        "dossier.calling_rules",
        "history.compliance.review",
        "history.findings",
    ),
    "What is published": (
        "disclosure.publish",
        "disclosure.binning",
        "disclosure.criteria",
        "disclosure.incidence",
    ),
    "Figures": (
        "presentation.figures.rates",
        "presentation.figures.criteria",
        "presentation.figures.weighing",
        "presentation.figures.sensitivity",
        "presentation.figures.composition",
    ),
    "Criteria, keys and errors": ("dossier.criteria", "history.secret", "errors"),
}
INTRODUCTION = """`from balanstest_analysis import load_dossier, analyse, rate_table, fit_curve,
judge, propose_term, simulate_history` gives the names that a notebook needs. The modules below are
those of the method, in the order of `pyproject.toml`."""


def api_pages() -> dict[str, str]:
    """Return an index and one page per module, by name."""
    lists = [f"## {title}\n\n{_links(names)}" for title, names in CHAPTERS.items()]
    pages = {"index": page("Python", INTRODUCTION, *lists)}
    for name in (name for names in CHAPTERS.values() for name in names):
        pages[name] = page(
            name, f"```{{eval-rst}}\n.. automodule:: balanstest_analysis.{name}\n```"
        )
    return pages


def _links(names: tuple[str, ...]) -> str:
    entries = "\n".join(names)
    summaries = "\n".join(f"- [{name}]({name}.md): {_summary(name)}" for name in names)
    return f"{summaries}\n\n```{{toctree}}\n:hidden:\n\n{entries}\n```"


def _summary(name: str) -> str:
    docstring = import_module(f"balanstest_analysis.{name}").__doc__ or ""
    return docstring.strip().splitlines()[0]
