"""Labels of stages, outcomes, severities, natures, stances, channels, fault and customer status."""

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import Channel, CustomerStatus, Nature, Outcome, Severity, Stage, Stance

STAGES = {
    Stage.NEW: N_("New"),
    Stage.ACKNOWLEDGE: N_("Answer publicly"),
    Stage.CONTACT: N_("Contact privately"),
    Stage.WORKING: N_("In progress"),
    Stage.WAITING: N_("Waiting on customer"),
    Stage.RESOLVED: N_("Fixed, to confirm"),
    Stage.SECOND_CHANCE: N_("Second chance planned"),
    Stage.CHECKED_IN: N_("Check-in sent"),
    Stage.ESCALATED: N_("Escalated"),
    Stage.WATCHED: N_("Watched silently"),
    Stage.CLOSED: N_("Closed"),
}

OUTCOMES = {
    Outcome.WON_BACK: N_("Won back"),
    Outcome.SETTLED: N_("Settled"),
    Outcome.CONCEDED: N_("Conceded"),
    Outcome.LOST: N_("Lost"),
    Outcome.LET_GO: N_("Closed without action"),
    Outcome.BLOCKED: N_("Blocked"),
    Outcome.REFERRED: N_("Referred"),
    Outcome.NOT_OURS: N_("Not about us"),
    Outcome.DUPLICATE: N_("Duplicate"),
    Outcome.ERASED: N_("Erased"),
}

SEVERITIES = {
    Severity.S1: N_("Threat, leak, danger, or going viral"),
    Severity.S2: N_("Customer with a loss, or wide reach"),
    Severity.S3: N_("Usual complaint or question"),
    Severity.S4: N_("Rant without a request"),
}

SEVERITY_WORDS = {
    Severity.S1: N_("critical"),
    Severity.S2: N_("serious"),
    Severity.S3: N_("normal"),
    Severity.S4: N_("rant"),
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
    Stance.FIX: N_("Put it right"),
    Stance.WATCH_IN_SILENCE: N_("Watch silently"),
    Stance.ESCALATE: N_("Escalate"),
    Stance.BLOCK: N_("Block"),
    Stance.CONCEDE: N_("Concede"),
    Stance.LET_GO: N_("Close without action"),
}

CUSTOMER_STATUSES = {
    CustomerStatus.VERIFIED: N_("Verified customer"),
    CustomerStatus.CLAIMED: N_("Claims to be a customer"),
    CustomerStatus.UNKNOWN: N_("Unknown"),
    CustomerStatus.NOT_A_CUSTOMER: N_("Not a customer"),
}

FAULTS = {
    "ours": N_("Ours"),
    "shared": N_("Shared"),
    "theirs": N_("Theirs"),
    "nobodys": N_("Nobody’s"),
    "unclear": N_("Unclear so far"),
}

CHANNELS = {
    Channel.PUBLIC_REPLY: N_("Public reply"),
    Channel.DIRECT_MESSAGE: N_("Direct message"),
    Channel.EMAIL: N_("Email"),
    Channel.PHONE: N_("Phone"),
    Channel.IN_PERSON: N_("In person"),
}


def severity_title(value: str) -> str:
    """What a severity means, to be read beside its letter."""
    return next((_(title) for severity, title in SEVERITIES.items() if severity == value.lower()), "")


def severity_word(value: str) -> str:
    """A severity in one word, to be said with its letter; nothing where it is not set."""
    return next((_(word) for severity, word in SEVERITY_WORDS.items() if severity == value.lower()), "")


def severity_label(value: str) -> str:
    """A severity as it is named everywhere: its letter and its word, "S2 serious"."""
    return f"{value.upper()} {severity_word(value)}"
