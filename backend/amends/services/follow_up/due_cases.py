"""SQL of the cases on which something active is due, for Today, the masthead and the digest."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from amends.services.follow_up import active

OPEN = "stage <> 'closed'"
"""So written, both engines know their partial indexes."""
AWAKE = active.awake("case_file", now=":now@")
ELSEWHERE = "id NOT IN (SELECT id FROM asked)"
"""Of a case that `asked` does not show already."""
OVERDUE, DUE_TODAY = "due_at <= :now@", "due_at > :now@ AND due_at < :midnight@"

JOINED = 'follow_up AS f JOIN case_file AS c ON c.id = f."case"'
MINE = "(f.owner = :owner OR f.owner IS NULL)"
EARLIEST = (
    f"CASE WHEN c.due_at < f.due_at AND c.{OPEN} AND {active.awake(now=':now@')} "
    "THEN c.due_at ELSE f.due_at END"
)


def asked(*, mine: bool) -> str:
    """The table expression `asked (id, due_at)`: cases shown for follow-ups that their own date may not tell.

    A case's own date is its earliest duty, whoever owns it, and sleeps with the case. So these are the cases
    on which something that stays awake is due before `:midnight`, with the earliest date that counts; with
    `mine` all on which something of `:owner` or of nobody is due.
    """
    whose, date = (MINE, "f.due_at") if mine else (f"f.kind IN ({active.AWAKE_KINDS})", EARLIEST)
    due = f"f.due_at < :midnight@ AND {whose} AND {active.condition(now=':now@')}"
    return (
        f'asked AS (SELECT f."case" AS id, MIN({date}) AS due_at FROM {JOINED} WHERE {due} GROUP BY f."case")'
    )


def due(when: str, *, mine: bool, limit: int) -> str:
    """The first cases (id, due_at, is_asked) that are due `when`, OVERDUE or DUE_TODAY, soonest first."""
    ends = f"ORDER BY due_at, id LIMIT {limit}"
    parts = [f"SELECT id, due_at, 1 AS is_asked FROM asked WHERE {when} {ends}"]
    if not mine:
        own = f"{OPEN} AND {when} AND {AWAKE} AND {ELSEWHERE}"
        parts.append(f"SELECT id, due_at, 0 AS is_asked FROM case_file WHERE {own} {ends}")
    union = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part_{place}" for place, part in enumerate(parts))
    return f"SELECT id, due_at, is_asked FROM ({union}) AS due_cases {ends}"


def count(when: str, *, mine: bool, limit: int) -> str:
    """How many cases are due `when`; beyond `limit` they are not counted on."""
    numbers = [f"(SELECT COUNT(*) FROM (SELECT 1 AS one FROM asked WHERE {when} LIMIT {limit}) AS few)"]
    if not mine:
        own = f"SELECT 1 AS one FROM case_file WHERE {OPEN} AND {when} AND {AWAKE} AND {ELSEWHERE}"
        numbers.append(f"(SELECT COUNT(*) FROM ({own} LIMIT {limit}) AS few)")
    return f"({' + '.join(numbers)})"
