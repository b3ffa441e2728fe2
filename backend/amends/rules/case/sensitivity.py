"""Sensitive cases: whose openings are recorded in the audit log, and everybody on the case is told so."""

from amends.rules.vocabulary import Nature, Severity, Stage


def is_sensitive(
    *, severity: Severity | None, nature: Nature | None, stage: Stage, on_legal_hold: bool = False
) -> bool:
    """An S1, a threat, what was escalated, or a case on legal hold; closing a case changes nothing of it."""
    return on_legal_hold or severity is Severity.S1 or nature is Nature.THREAT or stage is Stage.ESCALATED
