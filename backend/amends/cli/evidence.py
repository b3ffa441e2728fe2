"""`amends evidence`: moving pictures and attachments between the data folder and object storage."""

import argparse
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, complain, say, with_database

if TYPE_CHECKING:
    from amends.services.operation.evidence_moves import Moved
    from amends.settings import Settings

FOLDER, S3 = "folder", "s3"


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`evidence move --to s3|folder [--remove]`."""
    command = commands.add_parser("evidence", help="move pictures and attachments")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="{move}")
    move = verbs.add_parser("move", help="copy all files from the folder to object storage, or back")
    move.add_argument("--to", required=True, choices=[S3, FOLDER], help="where they go")
    move.add_argument(
        "--remove", action="store_true", help="erase each at its old place once its copy was read back"
    )
    move.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when a file no longer matches its name: it stays where it is."""
    return with_database(lambda settings: _move(settings, given.to, removes=given.remove))


async def _move(settings: "Settings", to: str, *, removes: bool) -> int:
    from amends.cli.wiring import files_of, folder_files_of
    from amends.clock import utc_now
    from amends.services.operation import evidence_moves

    if not settings.object_storage:
        raise CannotStart("No object storage is set. Set AMENDS_S3_BUCKET and its keys for this command.")
    folder, objects = folder_files_of(settings), files_of(settings)
    source, target = (folder, objects) if to == S3 else (objects, folder)
    return _told(await evidence_moves.move(source, target, empties=removes, now=utc_now(), tell=_progress))


def _progress(moved: "Moved") -> None:
    say(f"{moved.looked_at} files so far.")


def _told(moved: "Moved") -> int:
    say(
        f"{moved.copied} files were copied and read back, {moved.there} were there already, "
        f"{moved.erased} were erased at their old place."
    )
    if moved.altered:
        complain(
            f"{len(moved.altered)} files were altered and stay where they are. `amends verify` names them."
        )
        return 1
    return 0
