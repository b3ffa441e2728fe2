"""`amends extension`: packs the browser extension for the stores."""

import argparse
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import amends
from amends.cli.terminal import CannotStart, say

PACKAGE = Path(amends.__file__).parent
PLACES = (PACKAGE / "_extension", PACKAGE.parents[1] / "extension")
"""In an installed wheel, and in a checkout."""
NOT_LOADED = {".md", ".ts"}
"""What is there for people and for the checks; no browser loads it."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""A zip holds the time of each file: the same files give the same bytes only under one time."""

STORES = {"chrome": "Chrome and Edge", "firefox": "Firefox"}


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
    source = next((folder for folder in PLACES if folder.is_dir()), None)
    if source is None:
        raise CannotStart(
            "The extension is not in this installation. Run the command in a checkout of Amends."
        )
    for store, browsers in STORES.items():
        target = given.to / f"amends-{store}-{amends.__version__}.zip"
        try:
            given.to.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed(source, store))
        except OSError as error:
            raise CannotStart(
                f"{target} cannot be written: {error.strerror}. Choose a folder with --to."
            ) from error
        say(f"{target}\t{browsers}")
    return 0


def packed(source: Path, store: str) -> bytes:
    """The package for one store; the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for file in sorted(source.rglob("*")):
            name = file.relative_to(source)
            if file.is_file() and file.suffix not in NOT_LOADED and not name.name.startswith("."):
                is_manifest = str(name) == "manifest.json"
                _add(package, name.as_posix(), _manifest(file, store) if is_manifest else file.read_bytes())
    return content.getvalue()


def _manifest(file: Path, store: str) -> bytes:
    """The one manifest without what the other browsers need, and with our version."""
    told = json.loads(file.read_text(encoding="utf-8"))
    told["version"] = amends.__version__
    if store == "chrome":
        del told["browser_specific_settings"], told["background"]["scripts"]
    else:
        del told["minimum_chrome_version"], told["background"]["service_worker"]
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every system
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, content)
