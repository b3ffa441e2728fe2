"""Properties of each kind of follow-up: the one table that every layer asks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from amends.i18n import N_
from amends.rules.vocabulary import FollowUpKind as Kind


class Lasts(StrEnum):
    """Until when a follow-up that is not settled stays due."""

    STAGE = "stage"
    CASE = "case"
    ALWAYS = "always"


class FinishedBy(StrEnum):
    """What settles it: a move, its own action (kept…), its problem, incident, measure or hold, a reply."""

    MOVE = "move"
    KEEP = "keep"
    TICK = "tick"
    ANSWER = "answer"
    PROBLEM = "problem"
    INCIDENT = "incident"
    MEASURE = "measure"
    HOLD = "hold"
    REPLY = "reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What is true of every follow-up of one kind; the defaults are those of a duty of the case's stage.

    `title` names it on pages. In messages `to_do` says what to do, `asked` who asks, and `to_owner` why its
    owner is told; `asked_of` says to everybody else who asked whom. All are for the catalogue.
    """

    title: str
    to_do: str
    asked: str = ""
    asked_of: str = ""
    to_owner: str = N_("You own this case. Due: %(due)s.")
    lasts: Lasts = Lasts.STAGE
    finished_by: FinishedBy = FinishedBy.MOVE
    movable: bool = True
    """A member may choose another date for it, also where the team's policy counted one."""
    sleeps: bool = True
    """A snooze of its case silences it."""
    own_owner: bool = False
    """It belongs to the member who was asked, whoever owns the case."""
    several: bool = False
    """A case may have any number of them at once."""
    owed_by_case: bool = True
    """It counts as looking after the case: ignoring it gives the case back."""
    gets_more_time: bool = True
    """A longer term is proposed when its nudges are ignored; not where a member chose the date."""
    awaits_answer: bool = False
    """When it is late, the person has been silent for too long."""
    concludes: bool = False
    """It asks for the end of the case, so closing the case does it."""
    ended_by_reopening: bool = False
    """It asks whether a closed case has to be opened again, so opening it does it."""
    rechecks_post: bool = False
    """On its day the post is looked at again."""

    @property
    def dates_case(self) -> bool:
        """It is owed to the person or to readers: the earliest date of these is the date of the case."""
        return self.owed_by_case or self.finished_by is FinishedBy.REPLY

    @property
    def outlives_case(self) -> bool:
        """It is due on a closed case too, until it is settled."""
        return self.lasts is Lasts.ALWAYS


class Shared(TypedDict, total=False):
    """Properties that several kinds share."""

    finished_by: FinishedBy
    sleeps: bool
    own_owner: bool
    several: bool
    owed_by_case: bool
    gets_more_time: bool


class AboutAClosedCase(Shared, total=False):
    """Those that looks at a closed case share."""

    lasts: Lasts
    ended_by_reopening: bool


ASKED_OF_A_MEMBER = Shared(
    finished_by=FinishedBy.TICK,
    sleeps=False,
    own_owner=True,
    several=True,
    owed_by_case=False,
    gets_more_time=False,
)
ABOUT_A_CLOSED_CASE = AboutAClosedCase(
    lasts=Lasts.ALWAYS,
    finished_by=FinishedBy.TICK,
    sleeps=False,
    owed_by_case=False,
    gets_more_time=False,
    ended_by_reopening=True,
)

KINDS: dict[Kind, Properties] = {
    Kind.TRIAGE: Properties(title=N_("Decide"), to_do=N_("decide what to do")),
    Kind.ACKNOWLEDGE: Properties(title=N_("Answer in public"), to_do=N_("answer in public")),
    Kind.APPROVAL: Properties(
        title=N_("Review the draft"), to_do=N_("review the draft"), own_owner=True, sleeps=False
    ),
    Kind.CONTACT: Properties(title=N_("Contact in private"), to_do=N_("contact in private")),
    Kind.NEXT_STEP: Properties(title=N_("Next step"), to_do=N_("take the next step")),
    Kind.RESOLVE_BY: Properties(title=N_("Resolve"), to_do=N_("resolve the case")),
    Kind.PROMISE: Properties(
        title=N_("Promise"),
        to_do=N_("keep the promise"),
        lasts=Lasts.CASE,
        finished_by=FinishedBy.KEEP,
        movable=False,  # its date was given to the person (P31): it is kept, or another one is promised
        sleeps=False,
        several=True,
        gets_more_time=False,
    ),
    Kind.WAIT_PING: Properties(
        title=N_("Write again"), to_do=N_("send a gentle reminder"), awaits_answer=True
    ),
    Kind.WAIT_CLOSE: Properties(
        title=N_("Decide without an answer"),
        to_do=N_("settle the case, or close it without action"),
        awaits_answer=True,
        concludes=True,
    ),
    Kind.CONFIRM_FIX: Properties(
        title=N_("Confirm the fix"), to_do=N_("check that the fix holds"), rechecks_post=True
    ),
    Kind.SECOND_CHANCE: Properties(
        title=N_("Second chance"),
        to_do=N_("send the second-chance message"),
        gets_more_time=False,  # its day suits the person and not us (P54)
        rechecks_post=True,
    ),
    Kind.CHECK_IN_ANSWER: Properties(
        title=N_("Check-in answer"),
        to_do=N_("close the check-in"),
        awaits_answer=True,
        concludes=True,
    ),
    Kind.ESCALATION_REVIEW: Properties(title=N_("Review the escalation"), to_do=N_("review the escalation")),
    Kind.WATCH_REVIEW: Properties(title=N_("Recheck"), to_do=N_("check the post again, without replying")),
    Kind.WATCH_CLOSE: Properties(title=N_("Stop watching"), to_do=N_("stop watching"), concludes=True),
    Kind.REMINDER: Properties(
        title=N_("Reminder"),
        to_do=N_("reminder"),
        to_owner=N_("This reminder is for you. Due: %(due)s."),
        lasts=Lasts.CASE,
        **ASKED_OF_A_MEMBER,
    ),
    Kind.MENTION: Properties(
        title=N_("Mention"),
        to_do=N_("read the note that mentions you"),
        asked=N_("%(name)s mentioned you in a note"),
        asked_of=N_("%(name)s mentioned %(owner)s in a note"),
        to_owner=N_("A note on this case mentions you."),
        lasts=Lasts.ALWAYS,
        **ASKED_OF_A_MEMBER,
    ),
    Kind.REMEDY_REQUEST: Properties(
        title=N_("Approve a remedy"),
        to_do=N_("approve or refuse a remedy"),
        asked=N_("%(name)s asks you to approve a remedy"),
        asked_of=N_("%(name)s asks %(owner)s to approve a remedy"),
        to_owner=N_("It costs more than the team’s limit, so a lead approves it first, under Approvals."),
        lasts=Lasts.CASE,
        **ASKED_OF_A_MEMBER,
    ),
    Kind.CAME_BACK: Properties(
        title=N_("Check the post that came back"),
        to_do=N_("check the post that came back"),
        to_owner=N_("The case is closed, but its post was seen again. Check it; this was due on %(due)s."),
        **ABOUT_A_CLOSED_CASE,
    ),
    Kind.BLOCK_REVIEW: Properties(
        title=N_("Review the block"),
        to_do=N_("check whether the block is still needed"),
        to_owner=N_("The account is blocked. Its review was due on %(due)s."),
        **ABOUT_A_CLOSED_CASE,
    ),
    Kind.MEASURE_REVIEW: Properties(
        title=N_("Review a block or report"),
        to_do=N_("see what became of a block or report"),
        to_owner=N_("You recorded a block or report. What became of it? Due: %(due)s."),
        lasts=Lasts.ALWAYS,
        movable=False,  # its date stands with the measure, and another is chosen there
        **(ASKED_OF_A_MEMBER | {"finished_by": FinishedBy.MEASURE}),
    ),
    Kind.LEGAL_HOLD_REVIEW: Properties(
        title=N_("Review a legal hold"),
        to_do=N_("see whether a legal hold is still needed"),
        to_owner=N_("You placed a legal hold, or kept it last. Is it still needed? Due: %(due)s."),
        lasts=Lasts.ALWAYS,
        movable=False,  # its date stands with the hold, and another is chosen there
        **(ASKED_OF_A_MEMBER | {"finished_by": FinishedBy.HOLD}),
    ),
    Kind.REWRITE: Properties(
        title=N_("Rewrite the draft"),
        to_do=N_("rewrite the public reply"),
        asked=N_("%(name)s sent your draft back"),
        asked_of=N_("%(name)s sent back %(owner)s’s draft"),
        to_owner=N_("Your draft was reviewed and sent back. Rewrite it, or ask on the case."),
        finished_by=FinishedBy.TICK,
        sleeps=False,
        own_owner=True,
        owed_by_case=False,
        gets_more_time=False,
    ),
    Kind.QUESTION: Properties(
        title=N_("Question from a colleague"),
        to_do=N_("answer a colleague’s question"),
        asked=N_("%(name)s asks you a question"),
        asked_of=N_("%(name)s asks %(owner)s a question"),
        to_owner=N_("Two words are enough. Answer on the case."),
        lasts=Lasts.CASE,
        **(ASKED_OF_A_MEMBER | {"finished_by": FinishedBy.ANSWER}),
    ),
    Kind.ANSWERED: Properties(
        title=N_("Answer to your question"),
        to_do=N_("read what became of the question"),
        asked=N_("Your question to %(name)s"),
        asked_of=N_("What %(owner)s asked %(name)s"),
        to_owner=N_("You asked this about the case. This reminder ends when the case moves on."),
        **ASKED_OF_A_MEMBER,
    ),
    Kind.CORRECTION: Properties(
        title=N_("Fix the problem"),
        to_do=N_("fix the problem behind the case"),
        to_owner=N_("You own the problem that this case belongs to. Its fix was due on %(due)s."),
        lasts=Lasts.ALWAYS,
        movable=False,  # its date stands on the page of the problem, and is changed there
        **(ASKED_OF_A_MEMBER | {"finished_by": FinishedBy.PROBLEM}),
    ),
    Kind.INCIDENT_TASK: Properties(
        title=N_("Incident"),
        to_do=N_("do what the incident asks for"),
        to_owner=N_("An incident gives you this task. Open the incident from the case. Due: %(due)s."),
        lasts=Lasts.ALWAYS,
        movable=False,  # its date stands on the page of the incident, and is changed there
        **(ASKED_OF_A_MEMBER | {"finished_by": FinishedBy.INCIDENT}),
    ),
    Kind.PUBLIC_ENDING: Properties(
        title=N_("Public ending"),
        to_do=N_("write under the post how it ended"),
        to_owner=N_("It was resolved in private, and readers of the post do not know. Due: %(due)s."),
        lasts=Lasts.CASE,
        finished_by=FinishedBy.REPLY,
        sleeps=False,
        owed_by_case=False,
        gets_more_time=False,
    ),
}


def of(kind: str) -> Properties:
    """The properties of a kind, by its word as a row holds it."""
    return KINDS[Kind(kind)]


def which(holds: Callable[[Properties], bool]) -> tuple[Kind, ...]:
    """The kinds whose properties fit, in the order of the vocabulary."""
    return tuple(kind for kind in Kind if holds(KINDS[kind]))


OUTLIVE_STAGE = frozenset(which(lambda one: one.lasts is not Lasts.STAGE))
"""What goes on in every open stage of its case."""
OUTLIVE_CASE = frozenset(which(lambda one: one.outlives_case))
"""What goes on when its case is closed."""
ENDED_BY_REOPENING = frozenset(which(lambda one: one.ended_by_reopening))
"""What is done when a closed case is opened again."""
WITH_OWN_OWNER = frozenset(which(lambda one: one.own_owner))
"""What stays with the member who was asked when its case is handed over."""


OURS_IN_ANY_STAGE = which(lambda one: one.dates_case and one.lasts is not Lasts.STAGE)
"""What is our move although the stage of its case waits for the person."""


def weight(kind: Kind) -> int:
    """What comes first of what is due: what dates the case, is owed on a closed one, was asked of one."""
    properties = KINDS[kind]
    return 0 if properties.dates_case else 2 if properties.own_owner else 1
