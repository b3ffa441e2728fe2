"""`amends verify`: whether anything that was recorded has been altered since."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, complain, say, with_database

if TYPE_CHECKING:
    from amends.rules.case.verification import Anchor
    from amends.services.operation.verification import Found, Verified
    from amends.settings import Settings

SHOWN = 1_000
"""Faults that are printed; the last line says how many more there are."""


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`verify`, of one case or all, with heads kept elsewhere."""
    command = commands.add_parser("verify", help="look whether anything recorded was altered since")
    command.add_argument("--case", type=int, metavar="NUMBER", help="this case alone")
    command.add_argument("--no-files", action="store_true", help="leave out pictures and attachments")
    command.add_argument(
        "--anchors", type=Path, metavar="FILE", help="the heads of all timelines as they were kept before"
    )
    command.add_argument(
        "--keep-anchors", type=Path, metavar="FILE", help="keep the heads of all timelines in a new file"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when something does not fit."""
    anchors = _read(given.anchors) if given.anchors else []
    if given.keep_anchors and given.keep_anchors.exists():
        raise CannotStart(f"{given.keep_anchors} is there already; anchors go into a new file.")

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import files_of
        from amends.services.operation import verification

        files = None if given.no_files else files_of(settings)
        done = await verification.verify(files, number=given.case, anchors=anchors)
        if given.case is not None and not done.cases:
            complain(f"There is no case {given.case}.")
            return 1
        if given.keep_anchors:
            _write(given.keep_anchors, done.heads)
        return _told(done, files_read=files is not None)

    return with_database(work)


def _told(done: "Verified", *, files_read: bool) -> int:
    files = f"{done.files} files" if files_read else "no files"
    say(f"{done.cases} cases, {done.entries} entries and {files} were looked at.")
    for one in done.found[:SHOWN]:
        say(_sentence(one))
    if len(done.found) > SHOWN:
        say(f"and {len(done.found) - SHOWN} more.")
    if not done.found:
        say("Nothing was altered.")
    return 1 if done.found else 0


def _sentence(one: "Found") -> str:
    from amends.rules.case.verification import SENTENCES

    where = f"#{one.number}" + (f", entry {one.position}" if one.position else "")
    return f"{where}: {SENTENCES[one.fault]}{f' ({one.file})' if one.file else ''}"


def _read(path: Path) -> "list[Anchor]":
    from amends.rules.case.verification import Anchor

    try:
        rows = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
        return [Anchor(int(row["case"]), int(row["position"]), str(row["hash"])) for row in rows]
    except OSError as error:
        raise CannotStart(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise CannotStart(
            f"{path} holds no anchors; `amends verify --keep-anchors FILE` writes them."
        ) from None


def _write(path: Path, heads: "Iterable[Anchor]") -> None:
    lines = (
        json.dumps({"case": one.case_number, "position": one.position, "hash": one.hash}) for one in heads
    )
    with path.open("x") as file:
        file.writelines(f"{line}\n" for line in lines)
