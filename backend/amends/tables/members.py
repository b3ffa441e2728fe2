"""What do we remember of members, of who is signed in, and of their browsers?"""

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
from piccolo.table import Table

from amends.rules.vocabulary import Language, Role


class Member(Table, tablename="member"):
    """One of our own people who uses the product."""

    id = UUID(primary_key=True)
    email = Varchar(length=254, unique=True)  # folded
    name = Varchar(length=120)
    role = Varchar(length=8, choices=Role, default=Role.AGENT)
    language = Varchar(length=2, choices=Language, default=Language.ENGLISH)
    zone = Varchar(length=64)
    password_hash = Text(null=True, default=None)
    quiet_from = Integer(default=19 * 60)  # minutes of the member's day
    quiet_until = Integer(default=8 * 60 + 30)
    quiet_week_ends = Boolean(default=True)
    hears_urgent = Boolean(default=False)  # S1 while on duty breaks through quiet hours
    daily_budget = Integer(default=6)  # messages a day at once; the rest waits for the digest
    digest_at = Integer(null=True, default=9 * 60)  # minutes of the member's day; null: no digest
    digest_weekly = Boolean(default=True)  # leads: the team's week, on Mondays
    digested_on = Date(null=True, default=None)  # the member's last day for which a digest was decided
    disabled_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)


class Session(Table, tablename="session"):
    """One signed-in browser of one member; only a hash of its token is kept."""

    id = UUID(primary_key=True)
    token_hash = Varchar(length=64, unique=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    address = Varchar(length=64, default="")
    program = Varchar(length=200, default="")  # what the browser calls itself


class Browser(Table, tablename="browser"):
    """A named, revocable token of one member: a paired extension, or a program of theirs."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=120)
    prefix = Varchar(length=16)
    token_hash = Varchar(length=64, unique=True)
    scopes = JSONB()
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
