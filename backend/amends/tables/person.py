"""Tables of persons: persons, account matches, measures, customer and contributor links."""

from piccolo.columns import JSONB, UUID, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.person.matching import Verdict
from amends.rules.vocabulary import Language
from amends.tables.case import Author, Case
from amends.tables.follow_up import FollowUp
from amends.tables.indexes import Index
from amends.tables.team import Member


class Person(Table, tablename="person"):
    """The human behind the authors that members joined, or about whom they wrote something down."""

    id = UUID(primary_key=True)
    name = Varchar(length=200, default="")
    contact = Text(default="")
    notes = Text(default="")
    made_at = Timestamptz(default=None)


class AuthorPair(Table, tablename="author_pair"):
    """The last word about two authors, the one with the smaller id first; `before` is the way back."""

    id = UUID(primary_key=True)
    one = ForeignKey(Author, on_delete=OnDelete.cascade, null=False)
    other = ForeignKey(Author, on_delete=OnDelete.cascade, null=False, index=True)
    verdict = Varchar(length=10, choices=Verdict)
    reasons = JSONB()
    before = JSONB(null=True, default=None)
    decided_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    decided_at = Timestamptz(default=None)

    once = Unique([one, other])


class Measure(Table, tablename="measure"):
    """That a member blocked, muted, hid or reported accounts: what they did and saw, not what a platform did.

    `no_copy` says why no post was kept before; `follow_up` is when somebody looks again.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=12)
    place = Varchar(length=300, default="")
    reference = Varchar(length=120, default="")
    proof_url = Text(default="")
    no_copy = Text(default="")
    words = Text(default="")
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
    follow_up = ForeignKey(FollowUp, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    result = Varchar(length=10, null=True, default=None)
    result_words = Text(default="")
    result_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    result_at = Timestamptz(null=True, default=None)


class MeasureAccount(Table, tablename="measure_account"):
    """An account that a measure is about."""

    id = UUID(primary_key=True)
    measure = ForeignKey(Measure, on_delete=OnDelete.cascade, null=False)
    author = ForeignKey(Author, on_delete=OnDelete.cascade, null=False, index=True)

    once_a_measure = Unique([measure, author])


class CustomerLink(Table, tablename="customer_link"):
    """One link of a case. Its code is kept as it is: it is published under a post, and shows nothing."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    purpose = Varchar(length=10)
    code = Varchar(length=8, unique=True)
    language = Varchar(length=2, choices=Language)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    posted_at = Timestamptz(null=True, default=None)  # when a recorded public reply first had it
    answers = Integer(default=0)
    answered_at = Timestamptz(null=True, default=None)


class ContributorLink(Table, tablename="contributor_link"):
    """One colleague's link to one case; only a hash of its token is kept."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    token_hash = Varchar(length=64, unique=True)
    name = Varchar(length=80)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)


class LegalHold(Table, tablename="legal_hold"):
    """That a case, or every case of a person, must not be erased or removed, and until when it stands unseen.

    One that was lifted stays, with who lifted it and why.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    reason = Text(default="")
    review_on = Date(default=None)
    placed_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    placed_at = Timestamptz(default=None)
    lifted_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    lifted_at = Timestamptz(null=True, default=None)
    lifted_reason = Text(default="")
    follow_up = ForeignKey(FollowUp, on_delete=OnDelete.set_null, null=True, default=None, index=True)


INDEXES = (
    # Today: legal holds whose review has come
    Index("ix_legal_hold_review", LegalHold, (LegalHold.review_on,), where="lifted_at IS NULL"),
)
