"""Dates of the demonstration, counted back from now in the team's working time."""

from datetime import datetime, timedelta

from amends.rules.team.calendars import Calendar, add_working, working_between, working_day_seconds
from amends.services.operation.demo.stories import CHECK_IN, Story

YEAR = timedelta(days=365)
"""No story is longer."""


def begin_of(story: Story, calendar: Calendar, now: datetime) -> datetime:
    """When its post was captured: so long before `story.ago` that its steps up to the check-in fit."""
    steps = [step.name for step in story.steps]
    told = story.steps[: steps.index(CHECK_IN)] if CHECK_IN in steps else story.steps
    worked = sum(step.after for step in told)
    if isinstance(story.ago, timedelta):
        return before(calendar, now - story.ago, worked)
    return before(calendar, now, worked + story.ago)


def after(calendar: Calendar, at: datetime, working_days: float) -> datetime:
    """So many working days later; `at` itself, in whatever hour of the night, when it is none."""
    if not working_days:
        return at
    return add_working(calendar, at, _seconds(calendar, working_days))


def before(calendar: Calendar, at: datetime, working_days: float) -> datetime:
    """So many working days earlier; `at` itself, in whatever hour of the night, when it is none."""
    if not working_days:
        return at
    worked = working_between(calendar, at - YEAR, at)
    return add_working(calendar, at - YEAR, worked - _seconds(calendar, working_days))


def _seconds(calendar: Calendar, working_days: float) -> int:
    return round(working_days * working_day_seconds(calendar))
