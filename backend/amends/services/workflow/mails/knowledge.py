"""What the desk knows of a mail before it decides: cases that it answers, names, or whose person sent it."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from amends.database import run, run_with_rows
from amends.gateways.secrets import Secrets
from amends.rules.capture.mail_decisions import MailKnown, numbers_named
from amends.rules.capture.mail_messages import Mail
from amends.rules.capture.mail_returns import ReturnedMail
from amends.rules.case import searches as words
from amends.rules.case.exchanges import said_by_themselves
from amends.rules.vocabulary import Outcome, Stage
from amends.services.case import searches

MOST_CASES = 20
AN_HOUR = timedelta(hours=1)


class CaseKnown(msgspec.Struct, frozen=True, kw_only=True):
    """A case that a mail may be about."""

    id: UUID
    number: int
    stage: Stage
    outcome: str | None
    kept: int | None
    """The case into which it was merged."""


CASES = """
SELECT c.id, c.number, c.stage, c.outcome, kept.number AS kept FROM case_file AS c
LEFT JOIN case_file AS kept ON kept.id = c.duplicate_of AND c.outcome = 'duplicate'
"""
BY_NUMBER = f"{CASES} WHERE c.number IN (VALUES :rows)"
BY_IDENTITY = f"""
WITH asked (identity) AS (VALUES :rows)
{CASES} WHERE c.id IN (
    SELECT m."case" FROM mail AS m WHERE m.identity <> '' AND m."case" IS NOT NULL
    AND m.identity IN (SELECT identity FROM asked)
    UNION SELECT o."case" FROM outgoing_mail AS o WHERE o.identity IN (SELECT identity FROM asked))
"""
BY_SENDER = f"""
{CASES} WHERE c.id IN (SELECT m."case" FROM mail AS m WHERE m.sender = :sender AND m."case" IS NOT NULL
    AND m.reason <> 'returned')
OR c.author IN (
    SELECT a.id FROM person AS p JOIN author AS a ON a.person = p.id
    WHERE LOWER(p.contact) = :sender)
ORDER BY c.number DESC LIMIT {MOST_CASES}
"""
TOLD = f"""
{CASES.replace("SELECT", "SELECT p.body,", 1)}
JOIN entry AS e ON e."case" = c.id JOIN particulars AS p ON p.entry = e.id
WHERE c.number IN (VALUES :rows) AND p.body LIKE '%"contact"%'
"""
SENT = """
SELECT c.number FROM outgoing_mail AS o JOIN case_file AS c ON c.id = o."case" WHERE o.identity = :identity
"""
LATELY = """
SELECT COUNT(*) AS many FROM mail
WHERE sender = :sender AND "case" = :case_id AND settled_at > :since AND settled_at IS NOT NULL
"""


async def known_of(mail: Mail, *, secrets: Secrets, alert: bool, now: datetime) -> MailKnown:
    """Step: what the rules ask of a mail."""
    answered = await _by(BY_IDENTITY, mail.references, "text")
    named = await _by(BY_NUMBER, numbers_named(mail), "int")
    of_sender = await _of_sender(mail.sender) if mail.sender else []
    numbers = {one.number for one in (*answered, *of_sender)}
    return MailKnown(
        instance=mail.ours if mail.ours in secrets.marks() else "",
        is_alert=alert,
        answered=_open(answered),
        named=_open(named),
        of_sender=_open(of_sender),
        closed=tuple(one.number for one in (*answered, *of_sender) if _is_closed(one)),
        lately=await _lately(mail.sender, numbers, now=now),
        returned=await _returned(mail.returned) if mail.returned else None,
    )


async def _returned(returned: ReturnedMail) -> int | None:
    """The case from which this message was sent."""
    rows = await run(SENT, identity=returned.identity)
    return int(rows[0]["number"]) if rows else None


async def _by(statement: str, values: Sequence[object], kind: str) -> list[CaseKnown]:
    """The cases of these numbers or messages; a merged one stands for the one that was kept."""
    if not values:
        return []
    rows = await run_with_rows(statement, [(one,) for one in values], types=(kind,))
    return await _kept([msgspec.convert(dict(row), CaseKnown, strict=False) for row in rows])


async def _kept(found: Iterable[CaseKnown], *, depth: int = 3) -> list[CaseKnown]:
    here = list(found)
    merged = [one.kept for one in here if one.kept is not None]
    if not merged or not depth:
        return [one for one in here if one.kept is None]
    rows = await run_with_rows(BY_NUMBER, [(one,) for one in merged], types=("int",))
    others = [msgspec.convert(dict(row), CaseKnown, strict=False) for row in rows]
    return [one for one in here if one.kept is None] + await _kept(others, depth=depth - 1)


async def _of_sender(sender: str) -> list[CaseKnown]:
    """Cases on which this address has written, was left by a private link, or is what members know."""
    rows = await run(BY_SENDER, sender=sender)
    found = [msgspec.convert(dict(row), CaseKnown, strict=False) for row in rows]
    return await _kept([*found, *await _left_by_link(sender)])


async def _left_by_link(sender: str) -> list[CaseKnown]:
    question = words.asked(f'"{sender}"')
    if question is None:
        return []
    source = searches.source(question)
    statement = f"SELECT c.number FROM {source.tables} WHERE {source.condition} LIMIT {MOST_CASES}"
    rows = await run(statement, quick=False, **searches.values(question))
    if not rows:
        return []
    told = await run_with_rows(TOLD, [(row["number"],) for row in rows], types=("int",))
    return [
        msgspec.convert({name: row[name] for name in CaseKnown.__struct_fields__}, CaseKnown, strict=False)
        for row in told
        if _gave(row["body"], sender)
    ]


def _gave(body: str | None, sender: str) -> bool:
    particulars = json.loads(body or "{}")
    return said_by_themselves(particulars) and str(particulars.get("contact") or "").lower() == sender


async def _lately(sender: str, numbers: set[int], *, now: datetime) -> int:
    """How many mails of this address came onto one of these cases within the last hour, at most."""
    most = 0
    for one in await _by(BY_NUMBER, sorted(numbers)[:MOST_CASES], "int"):
        rows = await run(LATELY, sender=sender, case_id=one.id, since=now - AN_HOUR)
        most = max(most, int(rows[0]["many"]))
    return most


def _is_closed(one: CaseKnown) -> bool:
    return one.stage is Stage.CLOSED and one.outcome != Outcome.ERASED


def _open(found: Iterable[CaseKnown]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.number for one in found if one.stage is not Stage.CLOSED))
