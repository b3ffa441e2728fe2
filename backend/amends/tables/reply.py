"""Tables of replies: templates and their uses."""

from piccolo.columns import UUID, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import Language, Occasion, Stance, Tone
from amends.tables.case import Case
from amends.tables.indexes import Index
from amends.tables.team import Member


class ReplyTemplate(Table, tablename="reply_template"):
    """A reply that fits many cases; archived, never deleted, while cases tell what became of it."""

    id = UUID(primary_key=True)
    title = Varchar(length=120)
    text = Text()
    language = Varchar(length=2, choices=Language)
    stance = Varchar(length=20, choices=Stance)
    occasion = Varchar(length=10, choices=Occasion)
    tone = Varchar(length=10, choices=Tone)
    source = Varchar(length=16)  # any, a kind of site, or a platform
    starter = Varchar(length=40, null=True, default=None, unique=True)  # its name in the starter set
    created_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)
    changed_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    archived_at = Timestamptz(null=True, default=None)


class ReplyUse(Table, tablename="reply_use"):
    """A public reply that began as a template, once for each case; its outcome is the case's."""

    id = UUID(primary_key=True)
    template = ForeignKey(ReplyTemplate, on_delete=OnDelete.cascade, null=False)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    used_at = Timestamptz(default=None)

    once_a_case = Unique([template, case])


INDEXES = (
    # Answering: what became of the last uses
    Index("ix_reply_use_used_at", ReplyUse, (ReplyUse.used_at,)),
    # Replies: the library by name
    Index("ix_reply_template_title", ReplyTemplate, (ReplyTemplate.title, ReplyTemplate.id)),
)
