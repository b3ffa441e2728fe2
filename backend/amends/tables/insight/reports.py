"""Tables of reports and near texts: figures of each case and day, what reads alike."""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
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

from amends.tables.case import Case
from amends.tables.indexes import Index
from amends.tables.nudge import Nudge, Target
from amends.tables.team import Member


class CaseFact(Table, tablename="case_fact"):
    """A case as reports count it, written by the worker.

    `flags` and `times` are those of `rules.insight.case_facts`. The number is no foreign key: the
    row of a removed case is what tells which days are to be added up again.
    """

    number = Integer(primary_key=True)
    day = Date(default=None)
    platform = Varchar(length=32)
    severity = Varchar(length=2)
    lang = Varchar(length=35)
    flags = Integer()  # one bit for each, by its place
    times = JSONB()


class CaseEvent(Table, tablename="case_event"):
    """Something that happened to a case on a day."""

    id = UUID(primary_key=True)
    number = Integer(index=True)
    day = Date(default=None)
    event = Varchar(length=24)


class StaleDay(Table, tablename="stale_day"):
    """A day whose figures are to be added up again."""

    day = Date(primary_key=True, default=None)


class DayFigure(Table, tablename="day_figure"):
    """The figures of one day for one value of one dimension (`rules.insight.day_figures`)."""

    id = UUID(primary_key=True)
    dimension = Varchar(length=10)
    value = Varchar(length=36)
    day = Date(default=None, index=True)
    flags = JSONB()
    events = JSONB()
    times = JSONB()

    once_a_day = Unique([dimension, value, day])


class ReportReader(Table, tablename="report_reader"):
    """An address to which a report is sent by mail every week or month, by the mail server of a target."""

    id = UUID(primary_key=True)
    address = Varchar(length=254)
    rhythm = Varchar(length=8)
    language = Varchar(length=5)
    location = Varchar(length=36, default="")  # of whose cases; of all where it is empty
    target = ForeignKey(Target, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    paused = Boolean(default=False)
    planned_to = Date(default=None)  # the last day of which nothing more is sent
    added_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    created_at = Timestamptz(default=None)

    once_a_rhythm = Unique([address, rhythm, location])


class ReportLetter(Table, tablename="report_letter"):
    """One report to one reader: what it says stays as it was decided, in each try and ever after.

    `nudge` is what takes it there; none once the target through which it went is gone.
    """

    id = UUID(primary_key=True)
    reader = ForeignKey(ReportReader, on_delete=OnDelete.cascade, null=False, index=True)
    nudge = ForeignKey(Nudge, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    first = Date(default=None)
    last = Date(default=None)
    content = JSONB()
    created_at = Timestamptz(default=None)


class PeriodTotal(Table, tablename="period_total"):
    """How many customers, orders or comments there were on some days, as a member typed it.

    Its key says of which days and unit it is, so that there is one of each.
    """

    key = Varchar(length=40, primary_key=True)
    first = Date(default=None)
    last = Date(default=None)
    unit = Varchar(length=10)
    number = BigInt()
    typed_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    typed_at = Timestamptz(default=None)


class NearText(Table, tablename="near_text"):
    """One distinct text in its normal form (`rules.case.near_texts`), and the group of those that read alike.

    A group has the id of its first text. A text that no case has any more is deleted.
    """

    id = UUID(primary_key=True)
    digest = Varchar(length=32, unique=True)
    words = Text(default="")
    text_group = UUID(default=None, index=True)


class NearBand(Table, tablename="near_band"):
    """One of the sixteen numbers by which texts that may read alike are found."""

    id = UUID(primary_key=True)
    hash = BigInt()
    text = ForeignKey(NearText, on_delete=OnDelete.cascade, null=False, index=True)


class CaseText(Table, tablename="case_text"):
    """The text of a case's first post."""

    number = ForeignKey(
        Case, target_column="number", on_delete=OnDelete.cascade, primary_key=True, null=False
    )
    text = ForeignKey(NearText, on_delete=OnDelete.cascade, null=False, index=True)


class OwnerFigures(Table, tablename="owner_figures"):
    """That figures by owner are on: who switched them on, and when. There is no row while they are off."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    switched_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    switched_at = Timestamptz(default=None)


INDEXES = (
    # Insights: the cases behind a number, newest first. The worker: a day added up again
    Index("ix_case_fact_day", CaseFact, (CaseFact.day, CaseFact.number)),
    # The worker: what happened on a day that is added up again
    Index("ix_case_event_day", CaseEvent, (CaseEvent.day, CaseEvent.number)),
    # Insights: the cases to which something happened, newest first
    Index("ix_case_event_event", CaseEvent, (CaseEvent.event, CaseEvent.day, CaseEvent.number)),
    # The worker: texts that may read like a new one
    Index("ix_near_band_hash", NearBand, (NearBand.hash, NearBand.text)),
)
