"""Tables of the desk: themes, links, concerns, waves, problems, places to watch, views, watches, presence."""

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
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import ProblemState
from amends.tables.case import Case
from amends.tables.follow_up import FollowUp
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


class Concern(Table, tablename="concern"):
    """What several people have written about lately, counted by the worker: one theme, or one text.

    `scope` is "theme:" or "text:" with the id of the theme or of the group of near texts. A dismissed one is
    no problem with so many people.
    """

    scope = Varchar(length=42, primary_key=True)
    people = Integer()
    cases = Integer()
    latest = Integer()  # the number of the newest case
    counted_at = Timestamptz(default=None)
    dismissed_at = Timestamptz(null=True, default=None)
    dismissed_people = Integer(default=0)


class Problem(Table, tablename="problem"):
    """A cause that several people's cases share; see `rules.desk.problems`.

    `line_…` is what replies may say of it in public, `change_…` what its people are told when it is fixed,
    once approved. `cost` is in hundredths of its currency. `scope` is that of the concern it was made of.
    """

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    version = Integer(default=1)
    title = Varchar(length=120)
    state = Varchar(length=8, choices=ProblemState, default=ProblemState.OPEN)
    scope = Varchar(length=42, default="", index=True)
    cause = Text(default="")
    action = Text(default="")
    owner = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    due_at = Timestamptz(null=True, default=None)
    follow_up = ForeignKey(FollowUp, on_delete=OnDelete.set_null, null=True, default=None)
    cost = Integer(null=True, default=None)
    currency = Varchar(length=3, default="")
    line_en = Text(default="")
    line_fr = Text(default="")
    change_en = Text(default="")
    change_fr = Text(default="")
    approved_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    approved_at = Timestamptz(null=True, default=None)
    opened_at = Timestamptz(default=None)
    fixed_at = Timestamptz(null=True, default=None)


class ProblemCase(Table, tablename="problem_case"):
    """That a case belongs to a problem, or was taken out of it and is suggested no more."""

    id = UUID(primary_key=True)
    problem = ForeignKey(Problem, on_delete=OnDelete.cascade, null=False)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    linked = Boolean(default=True)
    linked_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    linked_at = Timestamptz(default=None)
    told_at = Timestamptz(null=True, default=None)
    told_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)

    once_a_problem = Unique([problem, case])


class ProblemEvent(Table, tablename="problem_event"):
    """One line of a problem's history: what was done, by whom, and the words as they were then."""

    id = UUID(primary_key=True)
    problem = ForeignKey(Problem, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=12)
    at = Timestamptz(default=None)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    told = JSONB()

    one_line_each = Unique([problem, position])


class Wave(Table, tablename="wave"):
    """That more people than usual write about one scope, from its beginning until a day without it.

    `scope` is "all", or "platform:", "theme:" or "text:" with its name or id; `people` wrote within `hours`,
    where `usual` do, and `line` is from where we warn. `told_people` is how many were told of last.
    """

    id = UUID(primary_key=True)
    scope = Varchar(length=48, index=True)
    began_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)  # when it was last over its line
    ended_at = Timestamptz(null=True, default=None)
    hours = Integer()
    people = Integer()
    usual = Integer()
    line = Integer()
    weeks = Integer()  # so many weeks before were compared
    told_people = Integer()
    doublings = Integer(default=0)
    verdict = Varchar(length=12)
    facts = JSONB()
    judged = Varchar(length=12, default="")
    judged_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    judged_at = Timestamptz(null=True, default=None)


class WatchedPlace(Table, tablename="watched_place"):
    """A page, search or profile that members visit in turns; see `rules.desk.watched_places`.

    `turn` counts in `members`. `reminded_on` is the day of a visit of whose lateness somebody was told.
    """

    id = UUID(primary_key=True)
    version = Integer(default=1)
    name = Varchar(length=80)
    address = Text(default="")
    every = Integer()  # days
    members = JSONB()  # their ids, in order
    turn = Integer(default=0)
    due_on = Date(default=None, index=True)
    reminded_on = Date(null=True, default=None)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


class PlaceVisit(Table, tablename="place_visit"):
    """That a member was there; `found` is how many cases they found, None while they have not said.

    `due_before` and `turn_before` are what its undo puts back.
    """

    id = UUID(primary_key=True)
    place = ForeignKey(WatchedPlace, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    at = Timestamptz(default=None)
    found = Integer(null=True, default=None)
    by_browser = Boolean(default=False)
    due_before = Date(default=None)
    turn_before = Integer(default=0)


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


PLACES = (WatchedPlace, PlaceVisit)
"""In the order in which they can be created."""

INDEXES = (
    # Cases: one location's, newest first; mostly the open ones are asked for. Locations: whether it has cases
    Index("ix_case_location_number", Case, (Case.location, Case.number), where="location IS NOT NULL"),
    Index(
        "ix_case_location_number_open",
        Case,
        (Case.location, Case.number),
        where="stage <> 'closed' AND location IS NOT NULL",
    ),
    # Problems, Today and the worker: the waves that are not over
    Index("ix_wave_current", Wave, (Wave.people,), where="ended_at IS NULL"),
    # Cases: those of one theme, newest first
    Index("ix_case_theme_theme", CaseTheme, (CaseTheme.theme, CaseTheme.number)),
    # Places to watch: the last visits of one
    Index("ix_place_visit_place", PlaceVisit, (PlaceVisit.place, PlaceVisit.at)),
)
