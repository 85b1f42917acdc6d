"""What a result says of the rules: the regime, which relations count, and which rules follow."""

from __future__ import annotations

from balanstest_analysis.dossier.dossier import Dossier, is_allowed
from balanstest_analysis.published.relations import (
    KindGround,
    LaterRules,
    Relations,
)
from balanstest_analysis.published.result import RegimeFacts


def regime_facts(dossier: Dossier) -> RegimeFacts:
    """Return the rules for the term, and whether the dossier has a ground under them."""
    regime = dossier.regime
    return RegimeFacts(
        id=regime.id,
        name=regime.name,
        cap_months=regime.cap_months,
        cap_source=regime.cap_source,
        cap_verified=regime.cap_verified,
        needs_ground=regime.needs_ground,
        verified=regime.verified,
        source=regime.source,
        remark=regime.remark,
        allowed=is_allowed(dossier),
        needs_no_test=dossier.needs_no_test,
        sector_allowed=regime.allows(*dossier.organisation.sectors),
        override_reason=dossier.scope.regime_reason if dossier.scope.regime else None,
    )


def relations_of(dossier: Dossier) -> Relations:
    """Return which relations count for the term."""
    rules = dossier.relations
    cells = rules.grounds_under(rules.regime)
    return Relations(
        grounds=tuple(
            KindGround(kind=kind, ground=cell.ground, paragraph=cell.paragraph)
            for kind, cell in cells.items()
        ),
        kinds_from=rules.kinds_from,
        stated=tuple(sorted(rules.stated)),
        assumed=rules.assumed_kind,
        membership_reason=rules.membership_reason if rules.membership_decides else None,
    )


def rules_after(dossier: Dossier) -> LaterRules | None:
    """Return the known rules that end the proposal; None where there are none."""
    later = dossier.relations.later
    if later is None:
        return None
    return LaterRules(starts_on=later.starts_on.isoformat(), has_ground=later.has_ground)
