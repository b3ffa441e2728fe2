"""Labels of the kinds of follow-ups and of how often a reminder repeats."""

from amends.i18n import mark
from amends.rules.follow_up.kinds import KINDS
from amends.rules.vocabulary import Repeats

FOLLOW_UPS = {kind: one.title for kind, one in KINDS.items()}

RHYTHMS = {
    Repeats.DAILY: mark("every day"),
    Repeats.WEEKLY: mark("every week"),
    Repeats.MONTHLY: mark("every month"),
}
