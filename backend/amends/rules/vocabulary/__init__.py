"""Vocabulary: the glossary's lists of values, as they are stored and sent."""

from enum import StrEnum

from amends.rules.vocabulary.campaigns import CampaignState as CampaignState
from amends.rules.vocabulary.campaigns import Verdict as Verdict
from amends.rules.vocabulary.drills import DrillDeed as DrillDeed
from amends.rules.vocabulary.fields import FieldKind as FieldKind
from amends.rules.vocabulary.incidents import ActionTarget as ActionTarget
from amends.rules.vocabulary.incidents import FactState as FactState
from amends.rules.vocabulary.incidents import IncidentEntry as IncidentEntry
from amends.rules.vocabulary.incidents import IncidentKind as IncidentKind
from amends.rules.vocabulary.incidents import IncidentRole as IncidentRole
from amends.rules.vocabulary.incidents import IncidentState as IncidentState
from amends.rules.vocabulary.incidents import PlaceState as PlaceState
from amends.rules.vocabulary.incidents import ReviewState as ReviewState
from amends.rules.vocabulary.incidents import TaskKind as TaskKind
from amends.rules.vocabulary.incidents import TaskState as TaskState
from amends.rules.vocabulary.locations import LocationKind as LocationKind
from amends.rules.vocabulary.measures import MeasureDeed as MeasureDeed
from amends.rules.vocabulary.measures import MeasureKind as MeasureKind
from amends.rules.vocabulary.measures import MeasureResult as MeasureResult
from amends.rules.vocabulary.nudges import Audience as Audience
from amends.rules.vocabulary.nudges import NewCases as NewCases
from amends.rules.vocabulary.nudges import News as News
from amends.rules.vocabulary.nudges import NudgeKind as NudgeKind
from amends.rules.vocabulary.nudges import NudgeState as NudgeState
from amends.rules.vocabulary.playbooks import PlaybookSubject as PlaybookSubject
from amends.rules.vocabulary.playbooks import StepKind as StepKind
from amends.rules.vocabulary.playbooks import StepState as StepState
from amends.rules.vocabulary.problems import ProblemEntry as ProblemEntry
from amends.rules.vocabulary.problems import ProblemState as ProblemState
from amends.rules.vocabulary.remedies import RemedyKind as RemedyKind
from amends.rules.vocabulary.remedies import RemedyState as RemedyState
from amends.rules.vocabulary.replies import Occasion as Occasion
from amends.rules.vocabulary.replies import Tone as Tone
from amends.rules.vocabulary.threats import ContactRole as ContactRole
from amends.rules.vocabulary.threats import DossierGiven as DossierGiven
from amends.rules.vocabulary.threats import Telling as Telling
from amends.rules.vocabulary.threats import ThreatDeed as ThreatDeed
from amends.rules.vocabulary.timeline import EntryKind as EntryKind


class Role(StrEnum):
    """What a member may do, each more than the one before.

    Readers change nothing, agents work cases, approvers read the drafts of others, leads decide the hard
    ones, admins set up. `rules.team.permissions` is the table.
    """

    READER = "reader"
    AGENT = "agent"
    APPROVER = "approver"
    LEAD = "lead"
    ADMIN = "admin"

    def reaches(self, needed: "Role") -> bool:
        """Whether this role may do what `needed` may do."""
        return RANKS[self] >= RANKS[needed]


RANKS = {role: rank for rank, role in enumerate(Role)}


class Language(StrEnum):
    """The languages in which the product speaks."""

    ENGLISH = "en"
    FRENCH = "fr"


class Stage(StrEnum):
    """Where a case is on its way; exactly one."""

    NEW = "new"
    ACKNOWLEDGE = "acknowledge"
    CONTACT = "contact"
    WORKING = "working"
    WAITING = "waiting"
    RESOLVED = "resolved"
    SECOND_CHANCE = "second_chance"
    CHECKED_IN = "checked_in"
    ESCALATED = "escalated"
    WATCHED = "watched"
    CLOSED = "closed"


OPEN_STAGES = tuple(stage for stage in Stage if stage is not Stage.CLOSED)


class Turn(StrEnum):
    """Whose move it is while a case is in a stage."""

    OURS = "ours"
    THEIRS = "theirs"
    NOBODY = "nobody"


THEIR_STAGES = (Stage.WAITING, Stage.CHECKED_IN)
TURNS = (
    dict.fromkeys(OPEN_STAGES, Turn.OURS)
    | dict.fromkeys(THEIR_STAGES, Turn.THEIRS)
    | dict.fromkeys((Stage.WATCHED, Stage.CLOSED), Turn.NOBODY)
)


class Outcome(StrEnum):
    """How a closed case ended; exactly one."""

    WON_BACK = "won_back"
    SETTLED = "settled"
    CONCEDED = "conceded"
    LOST = "lost"
    LET_GO = "let_go"
    BLOCKED = "blocked"
    REFERRED = "referred"
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"
    ERASED = "erased"


FINAL_OUTCOMES = frozenset({Outcome.DUPLICATE, Outcome.ERASED})
"""Outcomes after which a case is never opened again."""


class FollowUpKind(StrEnum):
    """What we owe next on a case."""

    TRIAGE = "triage"
    ACKNOWLEDGE = "acknowledge"
    APPROVAL = "approval"
    CONTACT = "contact"
    NEXT_STEP = "next_step"
    RESOLVE_BY = "resolve_by"
    PROMISE = "promise"
    WAIT_PING = "wait_ping"
    WAIT_CLOSE = "wait_close"
    CONFIRM_FIX = "confirm_fix"
    SECOND_CHANCE = "second_chance"
    CHECK_IN_ANSWER = "check_in_answer"
    ESCALATION_REVIEW = "escalation_review"
    WATCH_REVIEW = "watch_review"
    WATCH_CLOSE = "watch_close"
    REMINDER = "reminder"
    MENTION = "mention"
    REMEDY_REQUEST = "remedy_request"
    CAME_BACK = "came_back"
    REWRITE = "rewrite"
    BLOCK_REVIEW = "block_review"
    MEASURE_REVIEW = "measure_review"
    LEGAL_HOLD_REVIEW = "legal_hold_review"
    QUESTION = "question"
    ANSWERED = "answered"
    CORRECTION = "correction"
    INCIDENT_TASK = "incident_task"
    PUBLIC_ENDING = "public_ending"


class Repeats(StrEnum):
    """How often a member's own reminder comes again."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class FollowUpState(StrEnum):
    """Whether we still owe it."""

    DUE = "due"
    DONE = "done"
    DROPPED = "dropped"


class Severity(StrEnum):
    """How bad it is for the person and for us if we do nothing."""

    S1 = "s1"
    S2 = "s2"
    S3 = "s3"
    S4 = "s4"

    @classmethod
    def stored(cls, word: str | None) -> "Severity | None":
        """The severity that a row holds; None while its case is not weighed."""
        return cls(word) if word else None

    def worse(self) -> "Severity":
        """One degree worse; S1 stays."""
        ranks = list(Severity)
        return ranks[max(ranks.index(self) - 1, 0)]


class Nature(StrEnum):
    """What sort of words the post is made of (P12)."""

    COMPLAINT = "complaint"
    CRITICISM = "criticism"
    MISUNDERSTANDING = "misunderstanding"
    FALSE_CLAIM = "false_claim"
    HARASSMENT = "harassment"
    THREAT = "threat"
    SPAM = "spam"


class Stance(StrEnum):
    """What we decided to do about a post, with a reason (P47)."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    FIX = "fix"
    WATCH_IN_SILENCE = "watch_in_silence"
    ESCALATE = "escalate"
    BLOCK = "block"
    CONCEDE = "concede"
    LET_GO = "let_go"


class CustomerStatus(StrEnum):
    """Whether the person is a customer, as far as we know (P14)."""

    VERIFIED = "verified"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    NOT_A_CUSTOMER = "not_a_customer"


class Channel(StrEnum):
    """How a touchpoint travelled between us and the person."""

    PUBLIC_REPLY = "public_reply"
    DIRECT_MESSAGE = "direct_message"
    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in_person"


PRIVATE_CHANNELS = tuple(channel for channel in Channel if channel is not Channel.PUBLIC_REPLY)


class PostKind(StrEnum):
    """What the author published."""

    POST = "post"
    COMMENT = "comment"
    REVIEW = "review"
    PAGE = "page"


class Relation(StrEnum):
    """Why two cases are linked (P63, P74)."""

    SAME_PROBLEM = "same_problem"
    SAME_INCIDENT = "same_incident"
    RELATED = "related"
