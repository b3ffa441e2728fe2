"""`amends restore`: fills an empty place from a backup, or only looks whether that could be done."""

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.backup import passphrase_of
from amends.cli.terminal import CannotStart, complain, say

if TYPE_CHECKING:
    from amends.rules.operation.backups import Manifest
    from amends.services.operation.backups.restoring import Restored
    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`restore FILE [--into DIR] [--check]`."""
    command = commands.add_parser("restore", help="fill an empty place from a backup")
    command.add_argument("file", type=Path, metavar="FILE", help="the backup")
    command.add_argument(
        "--into", type=Path, metavar="DIR", help="another data folder, with a database of SQLite in it"
    )
    command.add_argument("--check", action="store_true", help="only read the file, and say what is in it")
    command.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit code 1 also when everything was restored and something in it does not fit."""
    from amends.cli.terminal import chosen_settings
    from amends.cli.wiring import files_of
    from amends.clock import utc_now
    from amends.gateways.backups import is_sealed
    from amends.services.operation import backups
    from amends.services.operation.backups.restoring import Place, restore

    if not given.file.is_file():
        raise CannotStart(f"There is no file {given.file}.")
    passphrase = passphrase_of(given.passphrase_file, ask=is_sealed(given.file), twice=False)
    if given.check:
        return _told_content(backups.check(given.file, passphrase))
    chosen = _into(chosen_settings(), given.into)
    try:
        place = Place(
            url=chosen.database_url,
            folder=chosen.data_dir,
            evidence=files_of(chosen),
            keys=chosen.encryption_keys,
        )
        done = restore(given.file, place, now=utc_now(), passphrase=passphrase)
    except OSError as error:
        raise CannotStart(f"Nothing was restored: {error.strerror or error}.") from None
    return _told(done, chosen)


def _into(settings: "Settings", folder: Path | None) -> "Settings":
    if folder is None:
        return settings
    place = folder.absolute()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return dataclasses.replace(
        settings, data_dir=place, database_url=f"sqlite:///{place}/amends.db", object_storage=None
    )


def _told_content(manifest: "Manifest") -> int:
    files = f"{len(manifest.files.names)} files" if manifest.files else "no files"
    say(
        f"Made {manifest.made_at:%Y-%m-%d %H:%M} UTC by Amends {manifest.version} on {manifest.database}, "
        f"revision {manifest.revision}: {manifest.rows} rows and {files}. Every part is as it was written."
    )
    return 0


def _told(done: "Restored", settings: "Settings") -> int:
    from amends.rules.operation.backups import fingerprint

    manifest, verified = done.manifest, done.verified
    say(
        f"{manifest.rows} rows of {manifest.made_at:%Y-%m-%d %H:%M} UTC are in place: "
        f"{verified.cases} cases, {verified.entries} entries and {verified.files} files were verified."
    )
    say("Nobody is signed in. Browsers that were paired then are paired again: end those that should not.")
    ours = set(map(fingerprint, settings.encryption_keys))
    if not ours.intersection(manifest.keys):
        complain(
            "The encryption keys here are other ones. Before you start Amends, bring those of the backup "
            f"({', '.join(manifest.keys)}) to the file encryption_keys. `amends keys forget` does without."
        )
    if verified.found:
        complain(f"{len(verified.found)} entries or files do not fit. `amends verify` names them.")
    return 1 if verified.found else 0
