"""`amends extension`: packs the browser extension for the stores."""

import argparse
from pathlib import Path
from typing import Any

from amends.cli.terminal import CannotStart, say
from amends.gateways.extension_package import STORES, file_name, packed, source


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`extension pack`."""
    command = commands.add_parser("extension", help="make the packages of the browser extension")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="{pack}")
    pack = verbs.add_parser("pack", help="write one zip for Chrome and Edge and one for Firefox")
    pack.add_argument(
        "--to", type=Path, default=Path(), metavar="FOLDER", help="where they go; else into this folder"
    )
    pack.set_defaults(run=run_pack)


def run_pack(given: argparse.Namespace) -> int:
    """Writes the packages and says what each is for."""
    folder = source()
    if folder is None:
        raise CannotStart(
            "The extension is not in this installation. Run the command in a checkout of Amends."
        )
    for store, browsers in STORES.items():
        target = given.to / file_name(store)
        try:
            given.to.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed(folder, store))
        except OSError as error:
            raise CannotStart(
                f"{target} cannot be written: {error.strerror}. Choose a folder with --to."
            ) from error
        say(f"{target}\t{browsers}")
    return 0
