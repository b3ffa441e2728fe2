"""Tables of reports: what each case contributes, and what that makes by day."""

from piccolo.columns import JSONB, UUID, Date, Integer, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.indexes import Index


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


INDEXES = (
    # Insights: the cases behind a number, newest first. The worker: a day added up again
    Index("ix_case_fact_day", CaseFact, (CaseFact.day, CaseFact.number)),
    # The worker: what happened on a day that is added up again
    Index("ix_case_event_day", CaseEvent, (CaseEvent.day, CaseEvent.number)),
    # Insights: the cases to which something happened, newest first
    Index("ix_case_event_event", CaseEvent, (CaseEvent.event, CaseEvent.day, CaseEvent.number)),
)
