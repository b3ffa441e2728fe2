"""`amends backup`: one file of everything, whichever database it is, while everybody works on."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, complain, say

if TYPE_CHECKING:
    from datetime import datetime

    from amends.services.operation.backups import Made, Source
    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`backup [--to DIR] [--encrypt] [--with-keys] [--no-files]`."""
    command = commands.add_parser("backup", help="write everything into one file, and check it")
    command.add_argument("--to", type=Path, metavar="DIR", help="the folder, instead of AMENDS_BACKUP_DIR")
    command.add_argument(
        "--encrypt", action="store_true", help="encrypt it with a passphrase, asked at a terminal"
    )
    command.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file"
    )
    command.add_argument(
        "--with-keys", action="store_true", help="write the keys beside it, sealed with the passphrase"
    )
    command.add_argument("--no-files", action="store_true", help="leave out pictures and attachments")
    command.add_argument("--scheduled", action="store_true", help=argparse.SUPPRESS)  # by the worker
    command.add_argument(
        "--kept", type=int, default=0, metavar="NUMBER", help="how many stay of all in the folder"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when a picture or attachment was altered and so is not in it."""
    import asyncio

    from amends.cli.terminal import chosen_settings
    from amends.clock import utc_now
    from amends.database import migrate
    from amends.services.operation import backups

    chosen = chosen_settings()
    passphrase = passphrase_of(given.passphrase_file, ask=given.encrypt) or chosen.backup_passphrase
    if migrate.current(chosen.database_url) is None:
        raise CannotStart("There is nothing to back up: this database has no tables yet.")
    if given.with_keys and not passphrase:
        raise CannotStart("Keys are written sealed only. Add --encrypt or --passphrase-file FILE.")
    source = source_of(chosen, with_files=not given.no_files)
    folder, now = (given.to or chosen.backup_dir).absolute(), utc_now()
    try:
        made = asyncio.run(backups.make(source, folder, now=now, passphrase=passphrase))
        keys = _write_keys(chosen, made, passphrase) if given.with_keys else None
        if given.kept:
            backups.rotate(folder, kept=given.kept)
    except OSError as error:
        raise CannotStart(f"No backup was made in {folder}: {error.strerror or error}.") from None
    if given.scheduled:
        return _told_the_worker(made)
    if not given.no_files and not migrate.pending(chosen.database_url):
        asyncio.run(_noted(chosen, made, now))
    return _told(made, keys)


def _write_keys(settings: "Settings", made: "Made", passphrase: str) -> Path:
    from amends.gateways.backups import key_files

    keys = key_files.Keys(encryption_keys=settings.encryption_keys, secret_key=settings.secret_key)
    return key_files.write(made.path, keys, passphrase)


def _told_the_worker(made: "Made") -> int:
    import json

    altered = len(made.manifest.files.altered) if made.manifest.files else 0
    problem = f"{altered} files were altered and are left out. See amends verify." if altered else ""
    say(json.dumps({**_figures(made), "problem": problem}))
    return 0


async def _noted(settings: "Settings", made: "Made", now: "datetime") -> None:
    from amends.cli.terminal import opened
    from amends.services.operation.backups import schedule

    async with opened(settings):
        await schedule.note_made_by_hand(**_figures(made), now=now)


def _figures(made: "Made") -> dict[str, Any]:
    files = len(made.manifest.files.names) if made.manifest.files else 0
    return {"name": made.path.name, "size": made.size, "rows": made.manifest.rows, "files": files}


def source_of(settings: "Settings", *, with_files: bool = True) -> "Source":
    """What this installation keeps; of its keys only the fingerprints."""
    from amends.cli.wiring import files_of
    from amends.rules.operation.backups import fingerprint
    from amends.services.operation.backups import Source

    return Source(
        url=settings.database_url,
        evidence=files_of(settings) if with_files else None,
        keys=tuple(map(fingerprint, settings.encryption_keys)),
    )


def passphrase_of(path: Path | None, *, ask: bool, twice: bool = True) -> str:
    """From the first line of a file, or asked at the terminal; empty when neither was wanted."""
    from amends.settings import LEAST_PASSPHRASE

    if path:
        try:
            passphrase = path.read_text().partition("\n")[0].strip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotStart(f"{path} cannot be read: {getattr(error, 'strerror', 'no text')}.") from None
    elif ask:
        passphrase = _asked(twice=twice)
    else:
        return ""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise CannotStart(f"A passphrase has at least {LEAST_PASSPHRASE} characters.")
    return passphrase


def _asked(*, twice: bool) -> str:
    import getpass
    import sys

    if not sys.stdin.isatty():
        raise CannotStart("There is no terminal to ask for a passphrase. Use --passphrase-file FILE.")
    passphrase = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("The same again: ") != passphrase:
        raise CannotStart("These were two different passphrases. Nothing was written.")
    return passphrase


def _told(made: "Made", keys: Path | None) -> int:
    files = made.manifest.files
    inside = f"{made.manifest.rows} rows" + (f" and {len(files.names)} files" if files else " and no files")
    say(f"{made.path}")
    say(f"{inside}, {made.size} bytes, opened again and checked.")
    if keys:
        say(f"{keys}")
        say("The keys, sealed with the same passphrase: whoever has both files and it can read everything.")
    else:
        say("The encryption keys are not in it: keep them elsewhere, or sealed addresses are lost with them.")
    if files and files.altered:
        complain(
            f"{len(files.altered)} files were altered and are left out. `amends verify` names their cases."
        )
        return 1
    return 0
