"""What do we remember? Piccolo declarations: columns, constraints, indexes. No behaviour."""

from amends.tables.absences import Absence, Duty
from amends.tables.author_pairs import AuthorPair
from amends.tables.authors import Author
from amends.tables.batches import Batch
from amends.tables.calendar_feeds import CalendarFeed
from amends.tables.calendars import Calendar
from amends.tables.captures import Capture, Evidence, Post
from amends.tables.case_links import CaseLink
from amends.tables.case_themes import CaseTheme
from amends.tables.case_words import CaseWords
from amends.tables.cases import Case, Undo
from amends.tables.closed_days import ClosedDay
from amends.tables.contributor_links import ContributorLink
from amends.tables.customer_links import CustomerLink
from amends.tables.follow_ups import FollowUp
from amends.tables.indexes import Index
from amends.tables.members import Browser, FailedSignIn, Member, OneTimeCode, Session
from amends.tables.nudges import Delivery, MessageLink, Nudge, Target
from amends.tables.people import Person
from amends.tables.policies import Policy
from amends.tables.presences import Presence
from amends.tables.proposals import Dismissal
from amends.tables.remedies import Remedy
from amends.tables.reply_rules import ReplyRules
from amends.tables.reply_templates import ReplyTemplate
from amends.tables.reply_uses import ReplyUse
from amends.tables.rotas import Rotation, WeeklyDuty
from amends.tables.teams import Counter, Heartbeat, Team
from amends.tables.themes import Theme
from amends.tables.timeline import Entry, Particulars
from amends.tables.uploads import Upload
from amends.tables.views import View
from amends.tables.watches import Watch

TABLES = (
    Team,
    Counter,
    Heartbeat,
    Member,
    Session,
    Browser,
    OneTimeCode,
    FailedSignIn,
    Person,
    Author,
    AuthorPair,
    ReplyTemplate,
    Case,
    CaseWords,
    Theme,
    CaseTheme,
    CaseLink,
    Remedy,
    ReplyUse,
    CustomerLink,
    ContributorLink,
    Undo,
    Post,
    Capture,
    Evidence,
    Entry,
    Particulars,
    FollowUp,
    Target,
    Nudge,
    Delivery,
    MessageLink,
    Absence,
    Duty,
    Upload,
    Policy,
    Dismissal,
    ClosedDay,
    Calendar,
    WeeklyDuty,
    Rotation,
    CalendarFeed,
    ReplyRules,
    Batch,
    View,
    Watch,
    Presence,
)
"""Every table, in the order in which they can be created."""

INDEXES = (
    # Approvals: remedies that wait for a lead
    Index("ix_remedy_asked", Remedy, (Remedy.offered_at,), where="state = 'asked'"),
    # A person: the accounts that were joined
    Index("ix_author_person", Author, (Author.person,), where="person IS NOT NULL"),
    # A person: who came within days after a block; People: seen last, by key
    Index("ix_author_first_seen", Author, (Author.first_seen_at,)),
    Index("ix_author_last_seen", Author, (Author.last_seen_at, Author.id)),
    # Today: each lane of open cases by date; who sleeps and whose it is are read from the index too
    Index("ix_case_stage_due", Case, (Case.stage, Case.due_at, Case.id, Case.snoozed_until, Case.owner)),
    # Cases: newest first, by key
    Index("ix_case_number_open", Case, (Case.number,), where="stage <> 'closed'"),
    Index("ix_case_stage_number", Case, (Case.stage, Case.number)),
    # Cases: those of one theme, newest first
    Index("ix_case_theme_theme", CaseTheme, (CaseTheme.theme, CaseTheme.number)),
    # Posts that browsers mark: cases closed lately
    Index("ix_case_closed", Case, (Case.closed_at,), where="stage = 'closed'"),
    # Today: one owner's lanes
    Index("ix_case_owner_stage_due", Case, (Case.owner, Case.stage, Case.due_at)),
    # Cases: one owner's, newest first; mostly the open ones are asked for
    Index("ix_case_owner_number", Case, (Case.owner, Case.number)),
    Index("ix_case_owner_number_open", Case, (Case.owner, Case.number), where="stage <> 'closed'"),
    # Today and the summary: what is overdue, soonest first
    Index(
        "ix_case_due_open",
        Case,
        (Case.due_at, Case.id, Case.snoozed_until, Case.owner),
        where="stage <> 'closed'",
    ),
    # Waking: snoozed cases whose time has come
    Index("ix_case_snoozed", Case, (Case.snoozed_until,), where="snoozed_until IS NOT NULL"),
    # A case's page: its follow-ups
    Index("ix_follow_up_case", FollowUp, (FollowUp.case, FollowUp.state)),
    # One live follow-up of a kind per case; promises and reminders may be many
    Index(
        "uq_follow_up_live",
        FollowUp,
        (FollowUp.case, FollowUp.kind),
        where="state = 'due' AND kind <> 'promise' AND kind <> 'reminder'",
        unique=True,
    ),
    # Approvals and the masthead: drafts that wait for a reader, the soonest due first
    Index(
        "ix_follow_up_approval",
        FollowUp,
        (FollowUp.kind, FollowUp.due_at, FollowUp.case),
        where="state = 'due' AND kind = 'approval'",
    ),
    # Figures: what became of the promises that came due
    Index("ix_follow_up_promise", FollowUp, (FollowUp.kind, FollowUp.due_at), where="kind = 'promise'"),
    # Replies: the library by name
    Index("ix_reply_template_title", ReplyTemplate, (ReplyTemplate.title, ReplyTemplate.id)),
    # The sweep: what needs a rung planned
    Index("ix_follow_up_next", FollowUp, (FollowUp.next_at,), where="state = 'due' AND next_at IS NOT NULL"),
    # The worker page and the metrics: what is overdue, the longest first. The agenda: what is due, by key
    Index("ix_follow_up_due", FollowUp, (FollowUp.due_at, FollowUp.id), where="state = 'due'"),
    # The agenda and the calendar feeds: the same of one owner, or of nobody
    Index(
        "ix_follow_up_owner_due",
        FollowUp,
        (FollowUp.owner, FollowUp.due_at, FollowUp.id),
        where="state = 'due'",
    ),
    # The dispatcher: what may be tried
    Index("ix_nudge_ready", Nudge, (Nudge.run_at,), where="state IN ('ready', 'sending')"),
    # Delivery: what else may go to the same target in the same message
    Index(
        "ix_nudge_target_ready", Nudge, (Nudge.target, Nudge.run_at), where="state IN ('ready', 'sending')"
    ),
    # Delivery: how many messages a member had today
    Index("ix_nudge_member_sent", Nudge, (Nudge.member, Nudge.settled_at), where="state = 'sent'"),
    # Settings: dead letters, newest first
    Index("ix_nudge_dead", Nudge, (Nudge.settled_at,), where="state = 'dead'"),
    # The worker page and the figures: how the nudges of the last days ended
    Index("ix_nudge_settled", Nudge, (Nudge.settled_at, Nudge.state), where="settled_at IS NOT NULL"),
    # Extension health: captures of the last days
    Index("ix_capture_received", Capture, (Capture.received_at,)),
    # Evidence that still has to be redrawn
    Index("ix_evidence_redraw", Evidence, (Evidence.kept_at,), where="shown_sha256 IS NULL"),
)

__all__ = [
    "INDEXES",
    "TABLES",
    "Absence",
    "Author",
    "AuthorPair",
    "Batch",
    "Browser",
    "Calendar",
    "CalendarFeed",
    "Capture",
    "Case",
    "CaseLink",
    "CaseTheme",
    "CaseWords",
    "ClosedDay",
    "ContributorLink",
    "Counter",
    "CustomerLink",
    "Delivery",
    "Dismissal",
    "Duty",
    "Entry",
    "Evidence",
    "FailedSignIn",
    "FollowUp",
    "Heartbeat",
    "Index",
    "Member",
    "MessageLink",
    "Nudge",
    "OneTimeCode",
    "Particulars",
    "Person",
    "Policy",
    "Post",
    "Presence",
    "Remedy",
    "ReplyRules",
    "ReplyTemplate",
    "ReplyUse",
    "Rotation",
    "Session",
    "Target",
    "Team",
    "Theme",
    "Undo",
    "Upload",
    "View",
    "Watch",
    "WeeklyDuty",
]
