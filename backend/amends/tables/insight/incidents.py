"""Tables of incidents: cases that are handled together, with roles, facts, tasks, timeline and review."""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import IncidentState, ReviewState, TaskState
from amends.tables.case import Case
from amends.tables.follow_up import FollowUp
from amends.tables.indexes import Index
from amends.tables.team import Member


class Incident(Table, tablename="incident"):
    """Cases that are handled together; see `rules.desk.incidents`.

    `noticed_at` is from when deadlines count. `line_…` is the holding statement, which was
    written `line_version` times; `public_…` is the published version of it, which replies may use.
    """

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    version = Integer(default=1)
    title = Varchar(length=120)
    kind = Varchar(length=20)
    state = Varchar(length=8, choices=IncidentState, default=IncidentState.OPEN)
    scope = Varchar(length=48, default="")
    on_hold = Boolean(default=True)
    since = Timestamptz(default=None)  # posts of its scope that were captured since are suggested
    noticed_at = Timestamptz(default=None)
    opened_at = Timestamptz(default=None)
    closed_at = Timestamptz(null=True, default=None)
    line_en = Text(default="")
    line_fr = Text(default="")
    line_version = Integer(default=0)
    public_en = Text(default="")
    public_fr = Text(default="")
    published_version = Integer(default=0)
    published_at = Timestamptz(null=True, default=None)


class IncidentCase(Table, tablename="incident_case"):
    """That a case belongs to an incident, or was taken out of it; a released one is not held."""

    id = UUID(primary_key=True)
    incident = ForeignKey(Incident, on_delete=OnDelete.cascade, null=False)
    number = ForeignKey(Case, target_column="number", on_delete=OnDelete.cascade, null=False, index=True)
    linked = Boolean(default=True)
    linked_at = Timestamptz(default=None)
    released_at = Timestamptz(null=True, default=None)
    released_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)

    once_an_incident = Unique([incident, number])


class IncidentMember(Table, tablename="incident_member"):
    """Who has a role in an incident; one member each."""

    id = UUID(primary_key=True)
    incident = ForeignKey(Incident, on_delete=OnDelete.cascade, null=False)
    role = Varchar(length=16)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)

    one_member_each = Unique([incident, role])


class IncidentFact(Table, tablename="incident_fact"):
    """One line of the fact sheet, with where it is from and when."""

    id = UUID(primary_key=True)
    incident = ForeignKey(Incident, on_delete=OnDelete.cascade, null=False, index=True)
    state = Varchar(length=8)
    words = Text()
    source = Varchar(length=200, default="")
    at = Timestamptz(default=None)
    by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)


class IncidentPlace(Table, tablename="incident_place"):
    """Whether the incident is spoken of on one platform."""

    id = UUID(primary_key=True)
    incident = ForeignKey(Incident, on_delete=OnDelete.cascade, null=False)
    platform = Varchar(length=32)
    state = Varchar(length=8)
    at = Timestamptz(default=None)

    once_a_platform = Unique([incident, platform])


class IncidentTask(Table, tablename="incident_task"):
    """Something that is to be done; one with a date and a case to stand on is owed as a follow-up.

    `step` names one of a checklist, others have `words`; `target` is what an action of the review changes.
    """

    id = UUID(primary_key=True)
    incident = ForeignKey(Incident, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=8)
    step = Varchar(length=24, default="")
    words = Text(default="")
    target = Varchar(length=8, default="")
    about = UUID(null=True, default=None)  # the playbook or the prepared reply that an action changes
    before_text = Text(null=True, default=None)  # how that read when the action was added
    after_text = Text(null=True, default=None)  # and when it was settled
    owner = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    due_at = Timestamptz(null=True, default=None)
    state = Varchar(length=9, choices=TaskState, default=TaskState.OPEN)
    settled_at = Timestamptz(null=True, default=None)
    follow_up = ForeignKey(FollowUp, on_delete=OnDelete.set_null, null=True, default=None, index=True)

    one_task_each = Unique([incident, position])


class IncidentEvent(Table, tablename="incident_event"):
    """One line of an incident's timeline: what was done, by whom, and the words as they were then.

    Lines are added and never changed; `pinned` alone says that the review tells this one.
    """

    id = UUID(primary_key=True)
    incident = ForeignKey(Incident, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=10)
    at = Timestamptz(default=None)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    told = JSONB()
    pinned = Boolean(null=True, default=None)  # None: by its kind

    one_event_each = Unique([incident, position])


class IncidentReview(Table, tablename="incident_review"):
    """What was learnt of a closed incident (P77)."""

    id = UUID(primary_key=True)
    incident = ForeignKey(Incident, on_delete=OnDelete.cascade, null=False, unique=True)
    version = Integer(default=1)
    state = Varchar(length=9, choices=ReviewState, default=ReviewState.DRAFT)
    worked = Text(default="")
    failed = Text(default="")
    decisions = Text(default="")
    opened_at = Timestamptz(default=None)
    changed_at = Timestamptz(null=True, default=None)


INDEXES = (
    # Incidents: the list of one state, newest first
    Index("ix_incident_state", Incident, (Incident.state, Incident.number)),
)
