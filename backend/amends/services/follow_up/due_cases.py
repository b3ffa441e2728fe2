"""SQL of the cases on which something active is due, for Today, the masthead and the digest."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable

from amends.database import by_date, counted
from amends.rules.follow_up.kinds import weight
from amends.rules.vocabulary import FollowUpKind
from amends.services.follow_up import active

OPEN = "stage <> 'closed'"
"""So written, both engines know their partial indexes."""
CASES = "case_file AS c"
AWAKE = active.awake(now=":now@")
ELSEWHERE = "c.id NOT IN (SELECT id FROM asked)"
"""Of a case `c` that `asked` does not show already."""
OVERDUE, DUE_TODAY, BY_MIDNIGHT = "{at} <= :now@", "{at} > :now@ AND {at} < :midnight@", "{at} < :midnight@"
"""When something is due, `at` being its date."""
FIRST = by_date("due_at", "number")
"""Soonest first; of those that are due at one moment, as imported ones are, the lowest number."""

JOINED = 'follow_up AS f JOIN case_file AS c ON c.id = f."case"'
OWNERS = ("f.owner = :owner", "f.owner IS NULL")
MINE_OF_CASE = "COALESCE(f.owner, :owner) = :owner"
"""The same of the few follow-ups of one case: so written, SQLite does not read all of the owner's instead."""
OWN = f"CASE WHEN c.{OPEN} AND {AWAKE} THEN c.due_at END"
"""The date of a case itself, while it is open and awake."""
WEIGHT = " ".join(["CASE f.kind", *(f"WHEN '{kind}' THEN {weight(kind)}" for kind in FollowUpKind), "END"])
WEIGHTS = sorted({weight(kind) for kind in FollowUpKind})


SIGNED = ("stage", "severity", "check_in_answer", "came_back_at")
SHOWN = tuple(f"c.{column}" for column in SIGNED)
"""What `asked` tells of its cases besides their id, number and date: the signs of danger."""


def asked(*, mine: bool, when: str = BY_MIDNIGHT) -> str:
    """The table expression `asked`: cases shown for what their own date may not tell, with `SHOWN` of them.

    A case's own date is its earliest duty, whoever owns it, and sleeps with the case. So these are the cases
    on which something that stays awake is due `when`, with the date that lists show; with `mine` all on
    which something of `:owner` or of nobody is due.
    """
    whose = OWNERS if mine else (f"f.kind IN ({active.AWAKE_KINDS})",)
    due = f"{when.format(at='f.due_at')} AND {active.condition(now=':now@')}"
    dates = f"f.due_at AS at, {WEIGHT} AS weight, {'NULL' if mine else OWN} AS own"
    columns = f"c.id AS id, c.number AS number, {dates}, {', '.join(SHOWN)}"
    # apart, each by an index of its own: with an OR SQLite reads what is due to everybody
    parts = (f"SELECT {columns} FROM {JOINED} WHERE {owner} AND {due}" for owner in whose)
    shown = ", ".join(f"MIN({column}) AS {column}" for column in ("number", *SIGNED))
    return (
        f"asked AS (SELECT id, {_shown_date(when, mine=mine)} AS due_at, {shown} "
        f"FROM ({' UNION ALL '.join(parts)}) AS duties GROUP BY id)"
    )


def _shown_date(within: str, *, mine: bool) -> str:
    """The date by which a case is shown and put in order: of what is late, else of what is due later today,
    that which matters most, and of that the earliest; as `due_rows` shows it.
    """
    dates = []
    for late in (OVERDUE,) if within is OVERDUE else (OVERDUE, DUE_TODAY):
        if not mine:
            dates.append(f"MIN(CASE WHEN {late.format(at='own')} THEN own END)")
        dates += [f"MIN(CASE WHEN {late.format(at='at')} AND weight = {one} THEN at END)" for one in WEIGHTS]
    return f"COALESCE({', '.join(dates)})"


def due(
    when: str, *, mine: bool, limit: int, tables: str = CASES, where: str = "", by_signs: bool = False
) -> str:
    """The `FIRST` cases (id, due_at, is_asked) that are due `when`, OVERDUE or DUE_TODAY.

    `where` narrows them to some cases `c` of `tables`; its `{at}` is the date for which they are shown.
    With `by_signs` it names nothing but what `asked` tells, too, and the case as `{c}`: none is looked up.
    """
    ends = f"ORDER BY {FIRST} LIMIT {limit}"
    parts = [f"SELECT {_columns('asked')}, 1 AS is_asked FROM {_asked(when, tables, where, by_signs)} {ends}"]
    if not mine:
        parts.append(f"SELECT {_columns('c')}, 0 AS is_asked FROM {_own(when, tables, where)} {ends}")
    return f"SELECT id, due_at, is_asked FROM ({union(parts)}) AS due_cases {ends}"


def count(when: str, *, mine: bool, tables: str = CASES, where: str = "", by_signs: bool = False) -> str:
    """How many cases are due `when`, narrowed as in `due`, as far as anybody counts."""
    parts = [_asked(when, tables, where, by_signs)]
    if not mine:
        parts.append(_own(when, tables, where))
    return f"({' + '.join(counted(part) for part in parts)})"


def upcoming(*, mine: bool) -> str:
    """The case (id, due_at, is_asked) on which something active falls due next."""
    owners = OWNERS if mine else ("1 = 1",)
    runs = f"f.due_at > :now@ AND {active.condition(now=':now@')}"
    parts = [
        f'SELECT f."case" AS id, f.due_at, 1 AS is_asked FROM {JOINED} WHERE {owner} AND {runs} '
        "ORDER BY f.due_at, f.id LIMIT 1"
        for owner in owners
    ]
    return f"SELECT id, due_at, is_asked FROM ({union(parts)}) AS next_cases ORDER BY due_at, id LIMIT 1"


def union(parts: Iterable[str]) -> str:
    """Queries that have an order and a limit of their own, one after the other."""
    return " UNION ALL ".join(f"SELECT * FROM ({part}) AS part_{place}" for place, part in enumerate(parts))


def _columns(table: str) -> str:
    return f"{table}.id AS id, {table}.number AS number, {table}.due_at AS due_at"


def _asked(when: str, tables: str, where: str, by_signs: bool) -> str:
    """Of `asked`, those that fit; each case is looked up: joined, SQLite would read the ids of all first."""
    dated = when.format(at="asked.due_at")
    if not where:
        return f"asked WHERE {dated}"
    if by_signs:
        return f"asked WHERE {dated} AND {where.format(at='asked.due_at', c='asked')}"
    if tables == CASES:
        fits = f"SELECT {where.format(at='asked.due_at')} FROM {CASES} WHERE c.id = asked.id"
        return f"asked WHERE {dated} AND ({fits})"
    return f"{tables} JOIN asked ON asked.id = c.id WHERE {dated}{_narrowed(where, 'asked.due_at')}"


def _own(when: str, tables: str, where: str) -> str:
    dated = f"c.{OPEN} AND {when.format(at='c.due_at')} AND {AWAKE} AND {ELSEWHERE}"
    return f"{tables} WHERE {dated}{_narrowed(where, 'c.due_at')}"


def _narrowed(where: str, at: str) -> str:
    return f" AND {where.format(at=at, c='c')}" if where else ""
