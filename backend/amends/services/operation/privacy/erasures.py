"""Erasure of a person: everything of them goes, counts stay, and timelines still verify (Art. 17).

What was erased cannot be brought back. The database is compacted by the worker afterwards: until then the
bytes may still lie in its files.
"""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from amends.database import add, run, run_with_rows, transaction
from amends.errors import Forbidden, Invalid
from amends.gateways.erased_list import ErasedAccounts, ErasedList
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.case import stored_texts
from amends.rules.follow_up.kinds import FinishedBy, which
from amends.rules.operation.privacy import CUSTOMER_TABLES, Erased, Held, SearchWords
from amends.rules.vocabulary import EntryKind, Language, Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import attachments, legal_hold_checks, locks, timeline
from amends.services.case.legal_hold_checks import Hold
from amends.services.insight import near_texts
from amends.services.operation.privacy import findings, mention_erasures, mention_searches, mentions
from amends.services.operation.privacy.findings import A_PART, Findings
from amends.services.operation.privacy.mention_searches import Searched, StillSearching
from amends.services.operation.privacy.mentions import Mention
from amends.services.person import legal_holds
from amends.services.team import audit, teams
from amends.services.team.members import Act, Member
from amends.tables.operation import Erasure


class ErasureNotYours(Forbidden):
    "Only admins erase people. Ask one of them."


class NameDoesNotMatch(Invalid):
    """Type the name of the person as shown above."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would go: rows by links, rows that name the person elsewhere; `holds` forbid it.

    `numbers` are those of the cases that these mentions stand in, by their ids.
    """

    found: Findings
    mentions: list[Mention]
    holds: list[Hold]
    numbers: Mapping[str, int]
    search: Searched


async def preview(author: UUID, *, by: Member, now: datetime) -> Preview:
    """What erasing the person behind an account would do. Raises ErasureNotYours, AuthorUnknown."""
    if not by.role.reaches(Role.ADMIN):
        raise ErasureNotYours
    found = await findings.find(author)
    return await _seen(found, await mention_searches.of(found, now=now))


async def _seen(found: Findings, search: Searched) -> Preview:
    named = search.mentions
    holds = await legal_holds.of_person(found.author) if found.author else []
    numbers = await mention_erasures.numbers_of(named)
    return Preview(found=found, mentions=named, holds=holds, numbers=numbers, search=search)


async def erase(
    act: Act,
    author: UUID,
    *,
    name: str,
    keeping: Collection[str] = (),
    secrets: Secrets,
    erased_list: ErasedList,
) -> UUID:
    """Erases a person for good; `keeping` are mentions that stay, since they are about somebody else.

    Raises ErasureNotYours, AuthorUnknown, StillSearching, NameDoesNotMatch, UnderLegalHold.
    """
    if not act.by.role.reaches(Role.ADMIN):
        raise ErasureNotYours
    async with transaction():
        await locks.hold_accounts([author])
        seen = await _seen(
            found := await findings.find(author), await mention_searches.of(found, now=act.now)
        )
        if not seen.search.is_finished:
            raise StillSearching
        legal_hold_checks.must_not_be_held(seen.holds)
        if " ".join(name.split()) != " ".join(seen.found.name.split()):
            raise NameDoesNotMatch(fields={"name": _("Type the name as shown above: nothing was erased.")})
        chosen = _chosen(seen, keeping)
        with_mails = await attachments.cases_with(await _mails(seen.found, chosen))
        for case in {*await mention_erasures.cases_of(chosen, seen.found), *with_mails}:
            await legal_hold_checks.must_be_removable(case)
        accounts = [secrets.digests(str(key))[0] for key in sorted(seen.found.values("author", "key"))]
        made = ErasedAccounts(
            id=str(uuid4()), at=act.now, accounts=tuple(accounts), kept=tuple(sorted(keeping))
        )
        await _erase(seen, made, by=act.by)
        cases = len(seen.found.numbers)
        await audit.record(AuditKind.PERSON_ERASED, by=act.by, now=act.now, count=cases)
    erased_list.add([made])
    return UUID(made.id)


async def erase_again(author: UUID, known: ErasedAccounts) -> None:
    """Step: the same after a restore, for an account whose erasure the backup did not know."""
    found = await findings.find(author)
    search = Searched(mentions=await mentions.find(found))
    await _erase(await _seen(found, search), known, by=None)


async def _erase(seen: Preview, made: ErasedAccounts, *, by: Member | None) -> None:
    chosen = _chosen(seen, made.kept)
    await erase_found(seen.found, chosen, findings.words_of(seen.found), made, by=by)


async def erase_found(
    found: Findings,
    chosen: Sequence[Mention],
    words: SearchWords,
    made: ErasedAccounts,
    *,
    by: Member | None,
) -> None:
    """Step: what was found goes, and in the `chosen` rows about others whatever these words name.

    `made` says when, and is kept; `by` is nobody after a restore, and where the time of a case was over.
    """
    now, others = made.at, await mention_erasures.cases_of(chosen, found)
    await locks.hold_cases({*found.numbers, *others.values()})
    of_mails = [] if made.case else await _mails(found, chosen)
    files = sorted({*_files(found), *of_mails})
    await attachments.leave_out(of_mails, now=now)
    rows = {held.table: await _go(held, found, now) for held in CUSTOMER_TABLES}
    await _close_cases(found, now)
    rows |= await mention_erasures.erase(chosen, words, others, now=now)
    await near_texts.forget_unused()
    for case in found.values("case_file", "id"):
        await timeline.record(case, EntryKind.ERASED, by=by, now=now, by_term=bool(made.case) or None)
    for case in others:
        await timeline.record(case, EntryKind.ERASED, by=by, now=now, mention=True)
    await _keep(made, found, rows, files, by)


def _chosen(seen: Preview, keeping: Collection[str]) -> list[Mention]:
    """The mentions that go."""
    return [one for one in seen.mentions if one.is_certain or one.id not in keeping]


async def _keep(
    made: ErasedAccounts, found: Findings, rows: dict[str, int], files: list[str], by: Member | None
) -> None:
    await add(
        Erasure,
        unless="id",
        id=UUID(made.id),
        at=made.at,
        member=by.id if by else None,
        cases=len(found.numbers),
        rows={table: count for table, count in rows.items() if count},
        accounts=list(made.accounts),
        kept=list(made.kept),
        files=files or None,
        of_case=UUID(made.case) if made.case else None,
    )


async def _mails(found: Findings, chosen: Sequence[Mention]) -> list[str]:
    """The files of mails that go: cases hold each as an attached file, too."""
    return sorted({*found.values("mail", "sha256"), *await mention_erasures.originals_of(chosen)})


def _files(found: Findings) -> list[str]:
    return sorted(
        found.values("evidence", "sha256")
        | found.values("evidence", "shown_sha256")
        | found.values("attachment", "sha256")
        | found.values("attachment", "shown_sha256")
        | found.values("mail", "sha256")
        | found.values("dossier_link", "sha256")
    )


async def _go(held: Held, found: Findings, now: datetime) -> int:
    """Erases what was found of one table; how many rows."""
    keys = [*found.rows.get(held.table, {})]
    if not keys or held.erased is Erased.STAYS:
        return 0
    if held.erased is Erased.PAYLOAD:
        for entry in keys:
            await mention_erasures.erase_payloads("entry = :key", now, key=entry)
        return len(keys)
    key = findings.key_of(held.table)
    for start in range(0, len(keys), A_PART):
        part = [(one,) for one in keys[start : start + A_PART]]
        kind = "uuid" if isinstance(keys[0], UUID) else "int"
        where = f'"{key}" IN (VALUES :rows)'
        await run_with_rows(_statement(held, where), part, types=(kind,))
    return len(keys)


KEPT_ALIVE = which(lambda one: one.finished_by in (FinishedBy.PROBLEM, FinishedBy.INCIDENT))
"""Follow-ups that stand on a case and are about a problem or an incident: others still owe them."""


def _statement(held: Held, where: str) -> str:
    if held.erased is Erased.ROW:
        return f"DELETE FROM {held.table} WHERE {where}"
    emptied = ", ".join(f'"{name}" = {_nothing(held.table, name)}' for name in held.words)
    kept = f" AND kind NOT IN ({', '.join(map(repr, map(str, KEPT_ALIVE)))})"
    return f"UPDATE {held.table} SET {emptied} WHERE {where}{kept if held.table == 'follow_up' else ''}"


def _nothing(table: str, name: str) -> str:
    column = findings.columns(table)[name]
    if column._meta.null:
        return "NULL"
    return "'{}'" if name in findings.is_json(table) else "''"


CLOSED = """
UPDATE case_file SET stage = 'closed', outcome = 'erased', closed_at = COALESCE(closed_at, :now),
moved_at = :now, title = :title, approval = NULL, draft_by = NULL, draft_template = NULL, draft_reader = NULL,
draft_occasion = NULL, draft_held_until = NULL, snoozed_until = NULL, came_back_at = NULL, due_at = NULL,
due_kind = NULL, look_asked_at = NULL, contact_request = NULL, check_in_answer = NULL, review_on = NULL,
version = version + 1, counted_version = version + 1 WHERE id = :case_id
"""
DROPPED = f"""
UPDATE follow_up SET state = 'dropped', settled_at = :now, next_at = NULL, news = NULL
WHERE "case" = :case_id AND state = 'due' AND kind NOT IN ({", ".join(map(repr, map(str, KEPT_ALIVE)))})
"""


async def _close_cases(found: Findings, now: datetime) -> None:
    """Each case is closed as erased, keeps its counts, and owes nothing any more."""
    team = await teams.find()
    with use_language(team.language if team else Language.ENGLISH):
        title = _(stored_texts.ERASED)
    for case in found.values("case_file", "id"):
        await run(CLOSED, case_id=case, now=now, title=title)
        await run(DROPPED, case_id=case, now=now)


async def all_of_them() -> Sequence[Any]:
    """Erasures of people, the newest first: when, by whom, how much, and whether it is cleaned up."""
    return await run(
        "SELECT e.id, e.at, e.cases, CAST(e.rows AS TEXT) AS rows, e.cleaned_at, member.name AS by_name "
        "FROM erasure AS e LEFT JOIN member ON member.id = e.member WHERE e.of_case IS NULL "
        "ORDER BY e.at DESC LIMIT 100"
    )
