"""Labels of the kinds of follow-ups and of how often a reminder repeats."""

from amends.i18n import N_
from amends.rules.follow_up.kinds import KINDS
from amends.rules.vocabulary import Repeats

FOLLOW_UPS = {kind: one.title for kind, one in KINDS.items()}

RHYTHMS = {
    Repeats.DAILY: N_("every day"),
    Repeats.WEEKLY: N_("every week"),
    Repeats.MONTHLY: N_("every month"),
}
