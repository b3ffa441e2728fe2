"""Words of retention: what each period is for."""

from amends.i18n import N_
from amends.rules.operation.retention import Term

PERIODS: dict[str, tuple[str, str]] = {
    "ended": (N_("Cases that ended"), N_("Won back, settled, conceded, lost, blocked or closed otherwise.")),
    "silence": (N_("Silence on purpose"), N_("Watched in silence, then closed without action.")),
    "refused": (N_("Not about us"), N_("Captured, and refused in triage.")),
    "threat": (
        N_("Threats"),
        N_("Flagged as a threat, or referred, however it ended. It goes before other periods."),
    ),
    "drafts": (
        N_("Drafts that were never sent"),
        N_("Emptied on closed cases, without a notice. The case itself stays."),
    ),
}
"""Each period of the plan: its name, and which cases it is for."""
TERMS: dict[Term, str] = {
    Term.ENDED: N_("Cases that ended"),
    Term.SILENCE: N_("Silence on purpose"),
    Term.REFUSED: N_("Not about us"),
    Term.THREAT: N_("Threats"),
    Term.MERGED: N_("Duplicates of erased cases"),
}
