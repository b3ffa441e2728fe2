"""Labels of capacity: the acts that are counted, and how a case is left in silence."""

from amends.i18n import N_
from amends.rules.insight.capacity import ActKind
from amends.rules.vocabulary import Stage

ACTS = {
    ActKind.DECIDE: N_("Decide what to do"),
    ActKind.ANSWER: N_("Write a public reply"),
    ActKind.CONTACT: N_("Write or call in private"),
    ActKind.STEP: N_("Take a step on a case"),
    ActKind.CHECK: N_("Read or check something"),
    ActKind.SECOND_CHANCE: N_("Offer a second chance"),
}
SILENCES = {
    Stage.NEW: (N_("Watch in silence"), N_("Watched for a week, then checked again.")),
    Stage.ACKNOWLEDGE: (N_("Close without a reply"), N_("Closed. If they write again, it can be reopened.")),
}
"""What the button says, and what becomes of the case."""
