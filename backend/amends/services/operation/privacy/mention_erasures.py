"""Erasure of what names a person in cases and texts about others: the name goes, the rest stays."""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from amends.database import run, run_with_rows
from amends.rules.case.searches import index_of
from amends.rules.operation.privacy import SearchWords, without
from amends.services.capture import mails
from amends.services.operation.privacy.findings import Findings, is_json, key_of
from amends.services.operation.privacy.mentions import Mention

OF_TABLE = {
    "case_file": "SELECT c.id, c.number, c.id AS key FROM case_file AS c WHERE c.id IN (VALUES :rows)",
    "particulars": "SELECT c.id, c.number, e.id AS key FROM entry AS e "
    'JOIN case_file AS c ON c.id = e."case" '
    "WHERE e.id IN (VALUES :rows)",
    "capture": "SELECT c.id, c.number, capture.id AS key FROM capture JOIN post ON post.id = capture.post "
    'JOIN case_file AS c ON c.id = post."case" WHERE capture.id IN (VALUES :rows)',
    **{
        table: f'SELECT c.id, c.number, t.id AS key FROM {table} AS t JOIN case_file AS c ON c.id = t."case" '
        "WHERE t.id IN (VALUES :rows)"
        for table in ("follow_up", "attachment", "remedy", "case_story", "mail")
    },
}
"""The cases that rows of a table belong to."""


async def cases_of(chosen: Iterable[Mention], found: Findings) -> dict[UUID, int]:
    """The cases of others in which the person is named, and in which a post of theirs was: number by id."""
    rows = await _cases(chosen)
    cases = {row["id"]: row["number"] for row in rows.values() if not found.is_theirs("case_file", row["id"])}
    return dict(sorted(cases.items(), key=lambda one: one[1]))


async def numbers_of(named: Iterable[Mention]) -> dict[str, int]:
    """The number of the case that each mention stands in, by its id; those of no case are left out."""
    return {mention: row["number"] for mention, row in (await _cases(named)).items()}


async def _cases(named: Iterable[Mention]) -> dict[str, Mapping[str, Any]]:
    by_table: dict[str, list[UUID]] = {}
    for one in named:
        if one.table in OF_TABLE:
            by_table.setdefault(one.table, []).append(UUID(one.key))
    return {
        f"{table}:{row['key']}": row
        for table, keys in by_table.items()
        for row in await run_with_rows(OF_TABLE[table], [(key,) for key in keys], types=("uuid",))
    }


async def originals_of(chosen: Iterable[Mention]) -> list[str]:
    """The files of the mails among them: what stands in the words of a mail stands in its bytes too."""
    keys = [(UUID(one.key),) for one in chosen if one.table == "mail"]
    if not keys:
        return []
    text = "SELECT sha256 FROM mail WHERE sha256 IS NOT NULL AND id IN (VALUES :rows)"
    return [row["sha256"] for row in await run_with_rows(text, keys, types=("uuid",))]


async def erase(
    chosen: Sequence[Mention], words: SearchWords, cases: dict[UUID, int], *, now: datetime
) -> dict[str, int]:
    """Step: leaves the person out of these rows; how many, by table."""
    for one in chosen:
        if one.table == "particulars":
            await erase_payloads("entry = :key", now, key=UUID(one.key))
        else:
            await _leave_out(one, words)
        if one.table == "mail" and "sender" in one.columns:  # they wrote it, and its bytes say so
            await mails.forget(UUID(one.key))
        if one.table == "mail":
            await mails.leave_original(UUID(one.key))
        if one.table == "capture":  # an altered copy would be a fault: what names it tells nothing any more
            await erase_payloads("body LIKE :named", now, named=f"%{one.key}%")
    for number in cases.values():
        await _forget_words(number, words)
    return {f"{table} (named)": count for table, count in Counter(one.table for one in chosen).items()}


async def erase_payloads(where: str, now: datetime, **values: object) -> None:
    """Step: salt and body of these entries go; their hashes stay, and the chain verifies."""
    await run(
        "UPDATE particulars SET salt = NULL, body = NULL, erased_at = :now "
        f"WHERE erased_at IS NULL AND {where}",
        quick=False,
        now=now,
        **values,
    )


async def _leave_out(one: Mention, words: SearchWords) -> None:
    values: dict[str, object] = {}
    for name in one.columns:
        value = one.row[name]
        if name in is_json(one.table):
            value = json.loads(without(json.dumps(value, ensure_ascii=False), words))
            values[name] = json.dumps(value)
        else:
            values[name] = without(str(value), words)
    column = ", ".join(f'"{name}" = :{name}' for name in values)
    key: object = UUID(one.key) if len(one.key) == 36 else one.key
    await run(
        f'UPDATE {one.table} SET {column} WHERE "{key_of(one.table)}" = :the_key',
        quick=False,
        the_key=key,
        **values,
    )


async def _forget_words(number: int, words: SearchWords) -> None:
    """The case is found by these words no more."""
    gone = {token for word in words for token in index_of(word).split()}
    for row in await run("SELECT words FROM case_words WHERE number = :number", number=number):
        left = " ".join(token for token in row["words"].split() if token not in gone)
        await run("UPDATE case_words SET words = :left WHERE number = :number", left=left, number=number)
