"""What is each stored value called on screen? Every closed list of the vocabulary, in words to translate."""

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.rules.vocabulary import (
    Channel,
    CustomerStatus,
    FollowUpKind,
    Language,
    Nature,
    Occasion,
    Outcome,
    Platform,
    PostKind,
    Repeats,
    Role,
    Severity,
    Stage,
    Stance,
    Tone,
)

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

FOLLOW_UPS = {
    FollowUpKind.TRIAGE: mark("Look at it and decide"),
    FollowUpKind.ACKNOWLEDGE: mark("Answer in public"),
    FollowUpKind.APPROVAL: mark("Approve the draft"),
    FollowUpKind.CONTACT: mark("Write in private"),
    FollowUpKind.NEXT_STEP: mark("Next step"),
    FollowUpKind.RESOLVE_BY: mark("Resolve"),
    FollowUpKind.PROMISE: mark("Promise"),
    FollowUpKind.REMINDER: mark("Reminder"),
    FollowUpKind.WAIT_PING: mark("Write again"),
    FollowUpKind.WAIT_CLOSE: mark("Decide without an answer"),
    FollowUpKind.CONFIRM_FIX: mark("Confirm the fix"),
    FollowUpKind.SECOND_CHANCE: mark("Second chance"),
    FollowUpKind.CHECK_IN_ANSWER: mark("Answer to the check-in"),
    FollowUpKind.ESCALATION_REVIEW: mark("Review the escalation"),
    FollowUpKind.WATCH_REVIEW: mark("Look again"),
    FollowUpKind.WATCH_CLOSE: mark("Stop watching"),
}

RHYTHMS = {
    Repeats.DAILY: mark("every day"),
    Repeats.WEEKLY: mark("every week"),
    Repeats.MONTHLY: mark("every month"),
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

OCCASIONS = {
    Occasion.FIRST: mark("First answer"),
    Occasion.FOLLOWING: mark("Once more in public"),
    Occasion.SOLUTION: mark("Solution"),
    Occasion.CLOSING: mark("Last word"),
}

TONES = {
    Tone.APOLOGY: mark("Apology"),
    Tone.EMPATHY: mark("Empathy"),
    Tone.THANKS: mark("Thanks"),
    Tone.DISTANCE: mark("Distance"),
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

PLATFORMS = {
    Platform.X: "X",
    Platform.REDDIT: "Reddit",
    Platform.BLUESKY: "Bluesky",
    Platform.MASTODON: "Mastodon",
    Platform.THREADS: "Threads",
    Platform.FACEBOOK: "Facebook",
    Platform.INSTAGRAM: "Instagram",
    Platform.LINKEDIN: "LinkedIn",
    Platform.TIKTOK: "TikTok",
    Platform.YOUTUBE: "YouTube",
    Platform.TRUSTPILOT: "Trustpilot",
    Platform.GOOGLE: "Google",
    Platform.TRIPADVISOR: "Tripadvisor",
    Platform.AMAZON: "Amazon",
    Platform.YELP: "Yelp",
    Platform.PLAY: "Google Play",
    Platform.APPSTORE: "App Store",
    Platform.HACKERNEWS: "Hacker News",
    Platform.STACKEXCHANGE: "Stack Exchange",
    Platform.DISCOURSE: "Discourse",
    Platform.LEMMY: "Lemmy",
    Platform.WEB: mark("Web"),
}

POST_KINDS = {
    PostKind.POST: mark("Post"),
    PostKind.COMMENT: mark("Comment"),
    PostKind.REVIEW: mark("Review"),
    PostKind.PAGE: mark("Page"),
}

ROLES = {Role.AGENT: mark("Agent"), Role.LEAD: mark("Lead"), Role.ADMIN: mark("Admin")}

LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}

NOTICES = {
    "saved": mark("Saved."),
    "moved": mark("Done. The next step is set."),
    "closed": mark("Closed. Nothing is owed on this case any more."),
    "opened": mark("The case is open."),
    "known": mark("This post is a case already. What you wrote was kept with it."),
    "imported": mark("Imported. Every line that is a case now leads to it."),
    "drafted": mark("The reply is kept. Post it on the site, then mark it as posted."),
    "held": mark("The reply is held for ten minutes. Look at it again then."),
    "submitted": mark("Submitted. Somebody reads it before it is posted."),
    "approved": mark("Approved."),
    "rejected": mark("Sent back with your note."),
    "archived": mark("Archived. It is offered no more."),
    "restored": mark("In use again."),
    "brought-in": mark("Imported. What was in the library already was left out."),
    "started": mark("The starter set is in the library. Change what does not sound like you."),
    "noted": mark("Note kept."),
    "recorded": mark("Touchpoint recorded."),
    "assigned": mark("The owner has changed."),
    "severity": mark("The severity has changed."),
    "snoozed": mark("It sleeps until the date that is shown. Promises keep running."),
    "woken": mark("Awake again."),
    "promised": mark("Promise written down. You will be reminded."),
    "reminded": mark("The reminder is set."),
    "ticked": mark("Done."),
    "decided": mark("Decided."),
    "kept": mark("Promise kept."),
    "broken": mark("Promise marked as broken."),
    "rescheduled": mark("The date has changed."),
    "joined": mark("One person from now on."),
    "two-people": mark("Nobody is asked about these two again."),
    "offered": mark("The offer is written down."),
    "lead-asked": mark("It costs more than the ceiling: a lead is asked."),
    "taken-off": mark("The case is back in the pool."),
    "split": mark("The post has a case of its own now."),
    "undone": mark("Undone. Everything is as it was."),
    "test-sent": mark("Test sent. Look where your nudges arrive."),
    "paired": mark("This browser is paired."),
    "removed": mark("Removed."),
    "ended": mark("Signed out there."),
    "dismissed": mark("Not proposed again for 90 days."),
    "retried": mark("It will be tried again now."),
    "signed-out": mark("You are signed out."),
    "password": mark("Your new password counts from now on."),
}
"""What a page says after `?notice=`: a closed table, so that an address cannot put words into our mouth."""

_TABLES = (
    STAGES,
    OUTCOMES,
    FOLLOW_UPS,
    RHYTHMS,
    SEVERITIES,
    NATURES,
    STANCES,
    OCCASIONS,
    TONES,
    CUSTOMER_STATUSES,
    CHANNELS,
    PLATFORMS,
    POST_KINDS,
    ROLES,
    LANGUAGES,
)
_BY_KIND: dict[type, dict] = {type(next(iter(table))): table for table in _TABLES}  # type: ignore[type-arg]


def word(value: object) -> str:
    """What a value of the vocabulary is called in the reader's language."""
    return _(_BY_KIND[type(value)][value])


def notice(key: str | None) -> str:
    """The sentence for `?notice=`; nothing for what is not in the table."""
    return _(NOTICES[key]) if key in NOTICES else ""
