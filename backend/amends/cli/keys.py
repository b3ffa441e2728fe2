"""`amends keys`: makes an encryption key, seals everything with the first one, forgets what none opens."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, complain, say, with_database

if TYPE_CHECKING:
    from amends.settings import Settings


LOST = "Bring their key back; else write addresses anew, and remove second factors with `amends member`."


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`keys new`, `keys rotate`, `keys forget`, `keys restore FILE`."""
    command = commands.add_parser("keys", help="replace the keys that seal secrets")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="{new,rotate,forget,restore}")
    new = verbs.add_parser("new", help="print a fresh key, and nothing else")
    new.set_defaults(run=run_new)
    rotate = verbs.add_parser("rotate", help="seal every secret anew with the first key")
    rotate.set_defaults(run=run_rotate)
    forget = verbs.add_parser("forget", help="remove the targets whose address no key opens")
    forget.set_defaults(run=run_forget)
    restore = verbs.add_parser("restore", help="take the keys that lie beside a backup into the data folder")
    restore.add_argument("file", type=Path, metavar="FILE", help="the file that ends in .keys")
    restore.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file"
    )
    restore.set_defaults(run=run_restore)


def run_new(_given: argparse.Namespace) -> int:
    """Prints a key alone, so that a script can take it."""
    from amends.gateways.secrets import new_key

    say(new_key())
    return 0


def run_rotate(_given: argparse.Namespace) -> int:
    """Exit code 1 when something could not be opened: it still needs a key that is not there."""

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import secrets_of
        from amends.services.nudge import sealed_addresses
        from amends.services.operation import sealing

        secrets = secrets_of(settings)
        done = await sealing.rotate(secrets)
        say(f"Sealed with the first key: {', '.join(f'{one.opened} {one.kind}' for one in done)}.")
        lost = [f"{one.unreadable} {one.kind}" for one in done if one.unreadable]
        if lost:
            names = ", ".join((await sealed_addresses.look(secrets)).unreadable)
            complain(f"No key opens: {', '.join(lost)}{f' ({names})' if names else ''}. {LOST}")
        return 1 if lost else 0

    return with_database(work)


def run_forget(_given: argparse.Namespace) -> int:
    """Names the targets that were removed."""

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import secrets_of
        from amends.services.nudge import sealed_addresses

        names = await sealed_addresses.forget(secrets_of(settings))
        say(f"{len(names)} targets were removed{': ' if names else ''}{', '.join(names)}.")
        return 0

    return with_database(work)


def run_restore(given: argparse.Namespace) -> int:
    """Keys that are here already stay behind those of the file, so that what they sealed still opens."""
    from amends.cli.backup import passphrase_of
    from amends.cli.terminal import chosen_settings
    from amends.gateways.backups import key_files

    if not given.file.is_file():
        raise CannotStart(f"There is no file {given.file}.")
    passphrase = passphrase_of(given.passphrase_file, ask=True, twice=False)
    keys, here = key_files.read(given.file, passphrase), chosen_settings()
    both = tuple(dict.fromkeys([*keys.encryption_keys, *here.encryption_keys]))
    _replace(here.data_dir / "encryption_keys", ",".join(both), here.encryption_keys)
    _replace(here.data_dir / "secret_key", keys.secret_key, (here.secret_key,))
    say(f"{len(keys.encryption_keys)} encryption keys and the secret key are in {here.data_dir}.")
    say("Start every process of Amends again; everybody signs in again.")
    return 0


def _replace(path: Path, content: str, read: tuple[str, ...]) -> None:
    """Another content of a file of keys, whole or not at all, if the settings were read from it."""
    import os

    if not path.exists() or path.read_text().strip() != ",".join(read):
        raise CannotStart(
            f"{path} is not what Amends reads: the environment names the keys. Change that instead."
        )
    draft = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
