"""Threat plan: the steps and contacts that a team begins with (P68, P71)."""
# ruff: noqa: E501  (the table reads best with one step a line)

from amends.i18n import N_
from amends.rules.vocabulary import ContactRole

PLAN_NAME = N_("Threat plan")
STARTER_CONTACTS = (
    (N_("Management"), ContactRole.MANAGEMENT, ""),
    (N_("Legal"), ContactRole.LEGAL, ""),
    (N_("Human resources"), ContactRole.HR, ""),
    (N_("Police, emergency number"), ContactRole.POLICE, "112"),
)
"""Name, role and telephone number; 112 is the emergency number in the whole European Union."""
HAND_OVER = N_("Hand the dossier to the person who needs it, and record who got it.")
STARTER_STEPS: tuple[tuple[str, ContactRole | None, int | None], ...] = (
    (N_("Do not answer and do not delete anything."), None, None),
    (N_("Is someone in danger now, or is a place or a time named? Then call the police first."), ContactRole.POLICE, None),
    (N_("Keep a copy of the post with a picture, and of everything else this account wrote."), None, 1),
    (N_("Tell management what happened, by telephone."), ContactRole.MANAGEMENT, 1),
    (N_("Warn the colleagues who are named or meant, and ask where they are."), ContactRole.HR, 1),
    (N_("Ask Legal whether to file a complaint, and what has to be kept for it."), ContactRole.LEGAL, 8),
    (N_("Report the post to its platform, and block the account if that was decided."), None, 8),
    (HAND_OVER, None, 8),
    (N_("Ask the colleagues who had to read it how they are."), ContactRole.HR, 16),
)  # fmt: skip
"""What to do, whom it needs, and within how many hours, up to eight by the clock."""
