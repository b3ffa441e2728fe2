"""Tables of nudges: targets, nudges, deliveries, message links."""

from piccolo.columns import UUID, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.vocabulary import NudgeKind, NudgeState
from amends.tables.follow_up import FollowUp
from amends.tables.indexes import Index
from amends.tables.team import Member, Session


class Target(Table, tablename="target"):
    """A sealed address where nudges for a member are delivered; for the team when there is no member."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    name = Varchar(length=80)
    sealed = Text()
    masked = Varchar(length=200)
    position = Integer(default=1)  # 1 is told first, 2 when the first was not enough
    failures = Integer(default=0)  # since the last success
    told_at = Timestamptz(null=True, default=None)  # the last message: the next one may wait for others
    succeeded_at = Timestamptz(null=True, default=None)
    paused_until = Timestamptz(null=True, default=None)  # the service asked for a pause
    gone_at = Timestamptz(null=True, default=None)  # a browser that ended its subscription: nothing is sent
    session = ForeignKey(  # of a browser that is reached by web push: signing out there ends it
        Session, on_delete=OnDelete.set_null, null=True, default=None, index=True
    )
    created_at = Timestamptz(default=None)


BROWSERS = Target.masked.like("webpush:%")
"""The targets that are browsers, reached by web push."""


class PushKey(Table, tablename="push_key"):
    """The key by which push services know this installation; another one would end every subscription."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    sealed = Text()
    public = Varchar(length=100)  # what browsers subscribe with
    created_at = Timestamptz(default=None)


class Nudge(Table, tablename="nudge"):
    """A reminder to us that a follow-up needs somebody: a row first, a message after.

    Its key says what it is about (follow-up, generation, rung, target), so that it is decided once. A digest,
    a notice and the test of a target have no follow-up. `holder` is the fencing token of its sender.
    """

    id = UUID(primary_key=True)
    kind = Varchar(length=8, default=NudgeKind.RUNG)
    key = Varchar(length=200, unique=True)
    follow_up = ForeignKey(FollowUp, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    generation = Integer(default=0)
    rung = Integer(default=0)
    audience = Varchar(length=8)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=True, default=None)
    target = ForeignKey(Target, on_delete=OnDelete.cascade, null=False, index=True)
    state = Varchar(length=8, choices=NudgeState, default=NudgeState.READY)
    run_at = Timestamptz(default=None)  # when it may be tried; while sending, when its lease ends
    holder = Varchar(length=32, default="")
    message = UUID(null=True, default=None)  # those that went out together share it
    attempts = Integer(default=0)
    failure = Varchar(length=200, default="")
    created_at = Timestamptz(default=None)
    settled_at = Timestamptz(null=True, default=None)


class Delivery(Table, tablename="delivery"):
    """One attempt to send one nudge, with its result."""

    id = UUID(primary_key=True)
    nudge = ForeignKey(Nudge, on_delete=OnDelete.cascade, null=False, index=True)
    attempt = Integer()
    at = Timestamptz(default=None)
    result = Varchar(length=16)
    detail = Varchar(length=200, default="")


class MessageLink(Table, tablename="message_link"):
    """A link in one message by which its member may act once on one follow-up; only its hash is kept."""

    id = UUID(primary_key=True)
    token_hash = Varchar(length=64, unique=True)
    follow_up = ForeignKey(FollowUp, on_delete=OnDelete.cascade, null=False, index=True)
    generation = Integer()
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)


class Dismissal(Table, tablename="dismissal"):
    """Somebody did not want more time for this kind of follow-up; it is not proposed again for a while."""

    kind = Varchar(length=20, primary_key=True)
    dismissed_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    dismissed_at = Timestamptz(default=None)


INDEXES = (
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
)
