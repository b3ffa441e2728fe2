"""Tables of the desk: themes, links between cases, views, watches, presence."""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.case import Case
from amends.tables.indexes import Index
from amends.tables.team import Member


class Theme(Table, tablename="theme"):
    """One entry of the team's list; `parent` is the wider theme it belongs to, which has none itself.

    `key` is the folded name; folding makes at most three letters of one. A retired theme stays on its cases
    and is offered no more.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=60)
    key = Varchar(length=180, unique=True)
    parent: ForeignKey["Theme"] = ForeignKey(
        "self", on_delete=OnDelete.restrict, null=True, default=None, index=True
    )
    made_at = Timestamptz(default=None)
    retired_at = Timestamptz(null=True, default=None)


class CaseTheme(Table, tablename="case_theme"):
    """A theme of a case: `given` by a member, or only because a narrower one of the same kind was.

    So one index says which cases belong to a wide theme, too, the newest first.
    """

    id = UUID(primary_key=True)
    number = ForeignKey(Case, target_column="number", on_delete=OnDelete.cascade, null=False)
    theme = ForeignKey(Theme, on_delete=OnDelete.restrict, null=False)
    given = Boolean(default=True)

    once_a_theme = Unique([number, theme])


class CaseLink(Table, tablename="case_link"):
    """That two cases have something in common; the one with the smaller number is `one`."""

    id = UUID(primary_key=True)
    one = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    other = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    relation = Varchar(length=16)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)

    once_a_link = Unique([one, other])


class View(Table, tablename="view"):
    """The filters of a list under a name: a member's own, or everybody's."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=60)
    shared = Boolean(default=False)
    filters = JSONB()  # as they stand in the address
    made_at = Timestamptz(default=None)


class Watch(Table, tablename="watch"):
    """A member wants to see what becomes of a case that is somebody else's; `version` is the one they saw."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    version = Integer(default=0)
    since = Timestamptz(default=None)

    one_watch_each = Unique([case, member])


class Presence(Table, tablename="presence"):
    """That a member typed on a case a moment ago; worth nothing half a minute later."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    at = Timestamptz(default=None)

    one_presence_each = Unique([case, member])


INDEXES = (
    # Cases: those of one theme, newest first
    Index("ix_case_theme_theme", CaseTheme, (CaseTheme.theme, CaseTheme.number)),
)
