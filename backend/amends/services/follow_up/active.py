"""Predicate "to be shown or told" in SQL, generated from the table of follow-up kinds."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from amends.rules.follow_up.kinds import OUTLIVE_CASE, which
from amends.tables.follow_up import in_sql

AWAKE_KINDS = in_sql(which(lambda one: not one.sleeps))
LASTING_KINDS = in_sql(sorted(OUTLIVE_CASE))


def awake(c: str = "c", *, now: str = ":now") -> str:
    """The condition that a case is not snoozed at `now`."""
    return f"({c}.snoozed_until IS NULL OR {c}.snoozed_until <= {now})"


def goes_on(f: str = "f", c: str = "c") -> str:
    """The condition that a follow-up's case is open, or that the follow-up outlives its closing."""
    return f"({c}.stage <> 'closed' OR {f}.kind IN ({LASTING_KINDS}))"


def looked_up(f: str = "f", *, now: str = ":now", also: str = "1 = 1") -> str:
    """The same of a follow-up `f` alone: its case is looked up, follow-up by follow-up.

    For what is counted, or read from an index in its order, until there is enough: joined, PostgreSQL would
    read all cases first. `also` narrows the case, `c` in it.
    """
    case = f"{goes_on(f)} AND ({awake(now=now)} OR {f}.kind IN ({AWAKE_KINDS})) AND {also}"
    found = f'(SELECT {case} FROM case_file AS c WHERE c.id = {f}."case")'
    return f"{f}.state = 'due' AND {f}.paused_at IS NULL AND {found}"


def condition(f: str = "f", c: str = "c", *, now: str = ":now", until_woken: bool = False) -> str:
    """The condition that a follow-up `f` of the case `c` is active: it is shown and told once it is due.

    Both are aliases in a query that joins the two tables. `rules.follow_up.active` says the same in Python,
    and what `until_woken` is for.
    """
    is_awake = f"{c}.snoozed_until IS NULL" if until_woken else awake(c, now=now)
    return (
        f"{f}.state = 'due' AND {f}.paused_at IS NULL "
        f"AND {goes_on(f, c)} AND ({is_awake} OR {f}.kind IN ({AWAKE_KINDS}))"
    )
