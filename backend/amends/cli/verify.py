"""`amends verify`: whether anything that was recorded has been altered since."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli import anchors
from amends.cli.terminal import complain, say, with_database

if TYPE_CHECKING:
    from amends.services.operation.verification import Found, Verified
    from amends.settings import Settings

SHOWN = 1_000
"""Faults that are printed; the last line says how many more there are."""

NOT_LOOKED_AT = (
    "Not looked at: time stamps, which were checked when they came, and whether the certificate of their "
    "authority was revoked since. `openssl ts -verify` checks one of a dossier."
)


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`verify`, of one case or all, with heads kept elsewhere."""
    command = commands.add_parser("verify", help="look whether anything recorded was altered since")
    command.add_argument("--case", type=int, metavar="NUMBER", help="this case alone")
    command.add_argument("--no-files", action="store_true", help="leave out pictures and attachments")
    command.add_argument(
        "--anchors", type=Path, metavar="FILE", help="compare with anchors and heads that were kept in a file"
    )
    command.add_argument(
        "--anchor",
        action="append",
        default=[],
        metavar="HASH",
        help="compare with an anchor, as a digest or a dossier names it; may be given again",
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when something does not fit."""
    kept = anchors.read(given.anchors) if given.anchors else anchors.KeptElsewhere([], [])
    typed = [anchors.typed(one) for one in given.anchor]

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import files_of
        from amends.services.operation import time_stamps, verification

        files = None if given.no_files else files_of(settings)
        done = await verification.verify(
            files, number=given.case, heads=kept.heads, kept=kept.anchors + typed
        )
        if given.case is not None and not done.cases:
            complain(f"There is no case {given.case}.")
            return 1
        if await time_stamps.newest_good():
            say(NOT_LOOKED_AT)
        return _told(done, files_read=files is not None)

    return with_database(work)


def _told(done: "Verified", *, files_read: bool) -> int:
    files = f"{done.files} files" if files_read else "no files"
    say(f"{done.cases} cases, {done.entries} entries and {files} were looked at.")
    if done.events:
        say(f"So were {done.events} events of the audit log.")
    if done.erased:
        say(f"The words of {done.erased} entries were erased on purpose; the entries verify.")
    for one in done.found[:SHOWN]:
        say(_sentence(one))
    if len(done.found) > SHOWN:
        say(f"and {len(done.found) - SHOWN} more.")
    if not done.found:
        say("Nothing was altered.")
    return 1 if done.found else 0


def _sentence(one: "Found") -> str:
    from amends.rules.case.verification import ABOUT_LOG, SENTENCES

    if one.fault in ABOUT_LOG:
        return f"Audit log, event {one.position}: {SENTENCES[one.fault]}"
    what, number = ("entry", f"#{one.number}") if one.number else ("anchor", "")
    where = ", ".join(filter(None, (number, f"{what} {one.position}" if one.position else "")))
    return f"{where or what}: {SENTENCES[one.fault]}{f' ({one.file})' if one.file else ''}"
