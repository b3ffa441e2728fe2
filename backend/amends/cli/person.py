"""`amends person`: the copy of a person's data, and their erasure."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, complain, say, with_database

if TYPE_CHECKING:
    from uuid import UUID

    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`person export` and `erase`."""
    command = commands.add_parser("person", help="give a person a copy of their data, or erase them")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="VERB")
    export = verbs.add_parser("export", help="write everything held of a person into a ZIP")
    _who(export)
    export.add_argument("--to", required=True, type=Path, metavar="FILE", help="a new file")
    export.add_argument("--language", choices=("en", "fr"), default="en", help="of its page")
    export.set_defaults(run=run_export)
    erase = verbs.add_parser("erase", help="erase a person for good; without --name, only says what would go")
    _who(erase)
    erase.add_argument("--name", default="", help="the name of the person, to confirm; it cannot be undone")
    erase.set_defaults(run=run_erase)


def _who(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--person", required=True, metavar="WHO", help="a handle, or the id in the address of their page"
    )
    command.add_argument("--by", required=True, metavar="EMAIL", help="the lead or admin who does it")


def run_export(given: argparse.Namespace) -> int:
    """Writes one new file, mode 0600; what may belong to others stays out."""
    if given.to.exists():
        raise CannotStart(f"{given.to} is there already. Name a new file.")

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import files_of
        from amends.clock import utc_now
        from amends.i18n import use_language
        from amends.rules.vocabulary import Language
        from amends.rules.vocabulary.audit import AuditKind
        from amends.services.operation.privacy import copies
        from amends.services.team import audit, members, teams
        from amends.services.team.members import Act
        from amends.web.operation import readable_copy

        member, now = await members.by_email(given.by), utc_now()
        author = await _author(given.person)
        if author is None:
            return 1
        gathered, choice = await copies.gather(author, by=member, now=now), copies.Choice()
        team = await teams.find()
        with use_language(Language(given.language)):
            page = readable_copy.page_of_copy(gathered, choice, team=team.name if team else "")
        descriptor = os.open(given.to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as into:
            digest = await copies.pack(
                Act(member, now), gathered, choice, page, into, files=files_of(settings)
            )
        await audit.record(AuditKind.EXPORTED, by=member, now=now, what="person_copy")
        left_out = sum(not choice.takes(part) for part in gathered.parts)
        say(f"{given.to}: SHA-256 {digest}; {left_out} parts that may belong to others were left out.")
        return 0

    return with_database(work)


def run_erase(given: argparse.Namespace) -> int:
    """Says what would go; with the name of the person, erases them, the files and the traces at once."""

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import files_of, secrets_of
        from amends.clock import utc_now
        from amends.gateways.erased_list import ErasedList
        from amends.services.operation.privacy import cleaning, erasures
        from amends.services.team import members
        from amends.services.team.members import Act

        member, now = await members.by_email(given.by), utc_now()
        author = await _author(given.person)
        if author is None:
            return 1
        seen = await erasures.preview(author, by=member, now=now)
        for table, rows in seen.found.rows.items():
            say(f"{table}: {len(rows)}")
        for one in seen.mentions:
            say(f"named in {one.id}{', which stays' if one.is_doubtful else ''}: {one.excerpt!r}")
        if not given.name:
            say(f"Nothing was erased. To erase for good, add --name {seen.found.name!r}.")
            return 0
        await erasures.erase(
            Act(member, now),
            author,
            name=given.name,
            keeping=[one.id for one in seen.mentions if one.is_doubtful],
            secrets=secrets_of(settings),
            erased_list=ErasedList(settings.data_dir),
        )
        cleaned = await cleaning.clean_up(files_of(settings), now=now)
        say("Erased." if cleaned else "Erased. The background worker still has to clean up the database.")
        return 0

    return with_database(work)


async def _author(who: str) -> "UUID | None":
    """The one account of this handle or id; else says why there is none."""
    from amends.services.person import people

    found = await people.accounts_called(who)
    if len(found) == 1:
        return found[0].id
    if not found:
        complain(f"There is no account {who}.")
    else:
        complain(f"There are {len(found)} accounts {who}. Give the id of one:")
        for one in found:
            complain(f"{one.id}  {one.platform}  {one.name}")
    return None
