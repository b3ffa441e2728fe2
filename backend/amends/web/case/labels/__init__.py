"""Labels of stages, outcomes, severities, natures, stances, channels, fault and customer status."""

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.rules.vocabulary import Channel, CustomerStatus, Nature, Outcome, Severity, Stage, Stance

STAGES = {
    Stage.NEW: mark("New"),
    Stage.ACKNOWLEDGE: mark("To acknowledge"),
    Stage.CONTACT: mark("To contact"),
    Stage.WORKING: mark("Working"),
    Stage.WAITING: mark("Waiting for them"),
    Stage.RESOLVED: mark("Fixed, to confirm"),
    Stage.SECOND_CHANCE: mark("Second chance planned"),
    Stage.CHECKED_IN: mark("Check-in sent"),
    Stage.ESCALATED: mark("Escalated"),
    Stage.WATCHED: mark("Watched in silence"),
    Stage.CLOSED: mark("Closed"),
}

OUTCOMES = {
    Outcome.WON_BACK: mark("Won back"),
    Outcome.SETTLED: mark("Settled"),
    Outcome.CONCEDED: mark("Conceded"),
    Outcome.LOST: mark("Lost"),
    Outcome.LET_GO: mark("Let go"),
    Outcome.BLOCKED: mark("Blocked"),
    Outcome.REFERRED: mark("Referred"),
    Outcome.NOT_OURS: mark("Not ours"),
    Outcome.DUPLICATE: mark("Duplicate"),
    Outcome.ERASED: mark("Erased"),
}

SEVERITIES = {
    Severity.S1: mark("Threat, leak, danger, or going viral"),
    Severity.S2: mark("Customer with a loss, or wide reach"),
    Severity.S3: mark("Normal"),
    Severity.S4: mark("Rant without a request"),
}

NATURES = {
    Nature.COMPLAINT: mark("Complaint"),
    Nature.CRITICISM: mark("Criticism"),
    Nature.MISUNDERSTANDING: mark("Misunderstanding"),
    Nature.FALSE_CLAIM: mark("False claim"),
    Nature.HARASSMENT: mark("Harassment"),
    Nature.THREAT: mark("Threat"),
    Nature.SPAM: mark("Spam"),
}

STANCES = {
    Stance.ANSWER: mark("Answer"),
    Stance.CLARIFY: mark("Clarify"),
    Stance.FIX: mark("Fix"),
    Stance.WATCH_IN_SILENCE: mark("Watch in silence"),
    Stance.ESCALATE: mark("Escalate"),
    Stance.BLOCK: mark("Block"),
    Stance.CONCEDE: mark("Concede"),
    Stance.LET_GO: mark("Let go"),
}

CUSTOMER_STATUSES = {
    CustomerStatus.VERIFIED: mark("A customer, verified"),
    CustomerStatus.CLAIMED: mark("Says they are a customer"),
    CustomerStatus.UNKNOWN: mark("Not known"),
    CustomerStatus.NOT_A_CUSTOMER: mark("Not a customer"),
}

FAULTS = {
    "ours": mark("Ours"),
    "shared": mark("Shared"),
    "theirs": mark("Theirs"),
    "nobodys": mark("Nobody's"),
    "unclear": mark("Not clear yet"),
}

CHANNELS = {
    Channel.PUBLIC_REPLY: mark("Public reply"),
    Channel.DIRECT_MESSAGE: mark("Direct message"),
    Channel.EMAIL: mark("E-mail"),
    Channel.PHONE: mark("Phone"),
    Channel.IN_PERSON: mark("In person"),
}


def severity_title(value: str) -> str:
    """What a severity means, to be read beside its letter."""
    return next((_(title) for severity, title in SEVERITIES.items() if severity == value), "")
