"""Tables of the team: members, sessions, sign-in, calendars, rotas, absences, policies."""

from piccolo.columns import (
    JSONB,
    UUID,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.reference import LazyTableReference
from piccolo.table import Table

from amends.rules.vocabulary import Language, Role
from amends.tables.indexes import Index


class Team(Table, tablename="team"):
    """The one team of this installation; there is no row until it has been set up."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second team cannot be written
    name = Varchar(length=120)
    language = Varchar(length=2, choices=Language, default=Language.ENGLISH)
    zone = Varchar(length=64)
    country = Varchar(length=2)
    subdivision = Varchar(length=16, default="")
    new_cases = Varchar(length=8, null=True, default=None)  # which its targets are told of; null: none
    second_factor = Boolean(default=False)  # approvers, leads and admins need one
    stay_signed_in = Boolean(default=False)  # members may, for thirty days on a device of their own
    week = JSONB()  # seven lists of [start, end) minutes, Monday first
    logo = Text(null=True, default=None)  # as customers see it, in base64
    audit_months = Integer(default=12)  # how long the audit log is kept
    readers_see_log = Boolean(default=False)  # readers may open the audit log, as admins may
    created_at = Timestamptz(default=None)


class Counter(Table, tablename="counter"):
    """A number that only grows: that of the last problem, or how often something happened.

    On SQLite also that of the last case; PostgreSQL has the sequence `case_number` for it.

    Rows are forgotten with what they hang on; these are not, so that what is measured never goes back.
    """

    name = Varchar(length=32, primary_key=True)
    value = Integer(default=0)


class Heartbeat(Table, tablename="heartbeat"):
    """When each worker last showed that it is alive."""

    name = Varchar(length=128, primary_key=True)
    started_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None, index=True)
    note = Text(default="")


class Member(Table, tablename="member"):
    """One of our own people who uses the product."""

    id = UUID(primary_key=True)
    email = Varchar(length=254, unique=True)  # folded
    name = Varchar(length=120)
    role = Varchar(length=8, choices=Role, default=Role.AGENT)
    language = Varchar(length=2, choices=Language, default=Language.ENGLISH)
    reads = Varchar(length=200, default="")  # tags of other languages that they read, separated by spaces
    zone = Varchar(length=64)
    password_hash = Text(null=True, default=None)
    quiet_from = Integer(default=19 * 60)  # minutes of the member's day
    quiet_until = Integer(default=8 * 60 + 30)
    quiet_week_ends = Boolean(default=True)
    hears_urgent = Boolean(default=False)  # S1 while on duty breaks through quiet hours
    new_cases = Varchar(length=8, null=True, default=None)  # told at once; null: by their duty
    daily_budget = Integer(default=6)  # messages a day at once; the rest waits for the digest
    digest_at = Integer(null=True, default=9 * 60)  # minutes of the member's day; null: no digest
    digest_weekly = Boolean(default=True)  # leads: the team's week, on Mondays
    digested_on = Date(null=True, default=None)  # the member's last day for which a digest was decided
    disabled_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)


class Location(Table, tablename="location"):
    """A shop or a brand of the team, to which cases may belong.

    `key` is the folded name. `pages` are the addresses of its public pages, one a line, by which a captured
    post is known to be about it. A retired one stays on its cases and is offered no more. At most one is the
    default: it gets new cases whose page names no other.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=60)
    key = Varchar(length=180, unique=True)
    kind = Varchar(length=8)
    pages = Text(default="")
    is_default = Boolean(default=False)
    made_at = Timestamptz(default=None)
    retired_at = Timestamptz(null=True, default=None)


class Session(Table, tablename="session"):
    """One signed-in browser of one member; only a hash of its token is kept."""

    id = UUID(primary_key=True)
    token_hash = Varchar(length=64, unique=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    proved_at = Timestamptz(null=True, default=None)  # the password was typed last
    kept = Boolean(default=False)  # on a device of the member's own
    address = Varchar(length=64, default="")
    program = Varchar(length=200, default="")  # what the browser calls itself


class UsedForm(Table, tablename="used_form"):
    """A form that was sent, and where its answer led: sent again, it is answered the same way."""

    key_hash = Varchar(length=64, primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=True, index=True)  # none: behind a link
    location = Text(default="")
    used_at = Timestamptz(default=None, index=True)


class Browser(Table, tablename="browser"):
    """A named, revocable token of one member: a paired extension, or a program of theirs."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=120)
    prefix = Varchar(length=16)
    token_hash = Varchar(length=64, unique=True)
    scopes = JSONB()
    is_program = Boolean(default=False)  # made by its member for a program, no paired browser
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(null=True, default=None)
    expires_at = Timestamptz(default=None)
    revoked_at = Timestamptz(null=True, default=None)


class OneTimeCode(Table, tablename="one_time_code"):
    """A code that is good once and not for long: to pair a browser or to choose a password."""

    id = UUID(primary_key=True)
    purpose = Varchar(length=16)
    code_hash = Varchar(length=64, unique=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)


class FailedSignIn(Table, tablename="failed_sign_in"):
    """How often signing in failed, by account and by address, and until when it is refused."""

    key_hash = Varchar(length=64, primary_key=True)
    failures = Integer(default=0)
    failed_at = Timestamptz(default=None)
    refused_until = Timestamptz(null=True, default=None)


class KnownNetwork(Table, tablename="known_network"):
    """A network from which a member has signed in, as a hash of both; its failures are counted apart."""

    network_hash = Varchar(length=64, primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    seen_at = Timestamptz(default=None)


class Absence(Table, tablename="absence"):
    """A member is away for a while; until then the deputy hears of what is theirs, or the team."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    deputy = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    begins_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    created_at = Timestamptz(default=None)


class Duty(Table, tablename="duty"):
    """A member is on duty for a while: they hear of S1 at once."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    begins_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None, index=True)
    instead = Boolean(default=False)  # of whom the rota names, not beside them


class WeeklyDuty(Table, tablename="weekly_duty"):
    """A member is on duty on some days of the week, every week or every so many from a day on.

    Hours are minutes of the wall clock of the on-duty calendar; one that ends before it begins ends the next
    day.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    days = JSONB()  # 0 is Monday
    begins = Integer()
    ends = Integer()
    every = Integer(default=1)  # weeks
    first = Date(default=None)  # the week of this day is the first one
    created_at = Timestamptz(default=None)


class Rotation(Table, tablename="rotation"):
    """Members take turns, a week each, and hand over at the same hour of the same day of the week."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second rotation cannot be written
    members = JSONB()  # their ids, in order
    weekday = Integer()  # 0 is Monday
    minute = Integer()  # of the wall clock of the on-duty calendar
    first = Date(default=None)  # the first turn begins on the first such weekday from this day on
    changed_at = Timestamptz(default=None)


class Notice(Table, tablename="notice"):
    """What a member is told of: a duty, turns or an absence given by somebody else, or a late visit.

    `about` is the id of that row, which may be gone or another's by the time it is told. `nudge` is the
    message that tells it, together with others; none before that is decided.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    about = UUID(default=None)
    nudge: ForeignKey[Table] = ForeignKey(  # by name: nudges stand above the team in the order of subjects
        LazyTableReference("Nudge", module_path="amends.tables.nudge"),
        on_delete=OnDelete.cascade,
        null=True,
        default=None,
        index=True,
    )
    given_at = Timestamptz(default=None)


class Calendar(Table, tablename="calendar"):
    """Working time that is not the team's: `on_duty`, that of whoever is on duty. No row, no calendar."""

    id = UUID(primary_key=True)
    name = Varchar(length=32, unique=True)
    zone = Varchar(length=64)
    country = Varchar(length=2, default="")  # whose public holidays do not count; none when empty
    subdivision = Varchar(length=16, default="")
    week = JSONB()  # seven lists of [start, end) minutes, Monday first
    closed_days = Boolean(default=False)  # whether the team's closed days do not count here either
    changed_at = Timestamptz(default=None)


class ClosedDay(Table, tablename="closed_day"):
    """A day or several, the last included, besides week-ends and public holidays."""

    id = UUID(primary_key=True)
    first = Date(default=None)
    last = Date(default=None)
    words = Varchar(length=120, default="")
    created_at = Timestamptz(default=None)


class Policy(Table, tablename="policy"):
    """One version of the team's times; the last one counts. Without a row those of a small shop do."""

    id = UUID(primary_key=True)
    version = Integer(unique=True)
    name = Varchar(length=16)  # of the preset that it equals, or "own"
    terms = JSONB()  # rules.team.policies.Policy in plain words
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


class ReplyRules(Table, tablename="reply_rules"):
    """One version of the team's rules of answering; the last one counts. Without a row the usual ones do."""

    id = UUID(primary_key=True)
    version = Integer(unique=True)
    rules = JSONB()  # rules.team.reply_rules.ReplyRules in plain words
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


INDEXES = (
    # The worker: what members are to be told of
    Index("ix_notice_pending", Notice, (Notice.given_at,), where="nudge IS NULL"),
)
