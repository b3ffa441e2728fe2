"""Labels of stages, outcomes, severities, natures, stances, channels, fault and customer status."""

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import Channel, CustomerStatus, Nature, Outcome, Severity, Stage, Stance

STAGES = {
    Stage.NEW: N_("New"),
    Stage.ACKNOWLEDGE: N_("To acknowledge"),
    Stage.CONTACT: N_("To contact"),
    Stage.WORKING: N_("Working"),
    Stage.WAITING: N_("Waiting for them"),
    Stage.RESOLVED: N_("Fixed, to confirm"),
    Stage.SECOND_CHANCE: N_("Second chance planned"),
    Stage.CHECKED_IN: N_("Check-in sent"),
    Stage.ESCALATED: N_("Escalated"),
    Stage.WATCHED: N_("Watched in silence"),
    Stage.CLOSED: N_("Closed"),
}

OUTCOMES = {
    Outcome.WON_BACK: N_("Won back"),
    Outcome.SETTLED: N_("Settled"),
    Outcome.CONCEDED: N_("Conceded"),
    Outcome.LOST: N_("Lost"),
    Outcome.LET_GO: N_("Let go"),
    Outcome.BLOCKED: N_("Blocked"),
    Outcome.REFERRED: N_("Referred"),
    Outcome.NOT_OURS: N_("Not ours"),
    Outcome.DUPLICATE: N_("Duplicate"),
    Outcome.ERASED: N_("Erased"),
}

SEVERITIES = {
    Severity.S1: N_("Threat, leak, danger, or going viral"),
    Severity.S2: N_("Customer with a loss, or wide reach"),
    Severity.S3: N_("Normal"),
    Severity.S4: N_("Rant without a request"),
}

NATURES = {
    Nature.COMPLAINT: N_("Complaint"),
    Nature.CRITICISM: N_("Criticism"),
    Nature.MISUNDERSTANDING: N_("Misunderstanding"),
    Nature.FALSE_CLAIM: N_("False claim"),
    Nature.HARASSMENT: N_("Harassment"),
    Nature.THREAT: N_("Threat"),
    Nature.SPAM: N_("Spam"),
}

STANCES = {
    Stance.ANSWER: N_("Answer"),
    Stance.CLARIFY: N_("Clarify"),
    Stance.FIX: N_("Fix"),
    Stance.WATCH_IN_SILENCE: N_("Watch in silence"),
    Stance.ESCALATE: N_("Escalate"),
    Stance.BLOCK: N_("Block"),
    Stance.CONCEDE: N_("Concede"),
    Stance.LET_GO: N_("Let go"),
}

CUSTOMER_STATUSES = {
    CustomerStatus.VERIFIED: N_("A customer, verified"),
    CustomerStatus.CLAIMED: N_("Says they are a customer"),
    CustomerStatus.UNKNOWN: N_("Not known"),
    CustomerStatus.NOT_A_CUSTOMER: N_("Not a customer"),
}

FAULTS = {
    "ours": N_("Ours"),
    "shared": N_("Shared"),
    "theirs": N_("Theirs"),
    "nobodys": N_("Nobody's"),
    "unclear": N_("Not clear yet"),
}

CHANNELS = {
    Channel.PUBLIC_REPLY: N_("Public reply"),
    Channel.DIRECT_MESSAGE: N_("Direct message"),
    Channel.EMAIL: N_("E-mail"),
    Channel.PHONE: N_("Phone"),
    Channel.IN_PERSON: N_("In person"),
}


def severity_title(value: str) -> str:
    """What a severity means, to be read beside its letter."""
    return next((_(title) for severity, title in SEVERITIES.items() if severity == value), "")
