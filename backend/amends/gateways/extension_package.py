"""Packages of the browser extension: one zip for each kind of browser."""

import io
import json
import zipfile
from pathlib import Path

import amends

PACKAGE = Path(amends.__file__).parent
PLACES = (PACKAGE / "_extension", PACKAGE.parents[1] / "extension")
"""In an installed wheel, and in a checkout."""
NOT_LOADED = {".md", ".ts"}
"""What is there for people and for the checks; no browser loads it."""
FOR_STORES = "store"
"""The folder with what the stores ask for beside the package."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""A zip holds the time of each file: the same files give the same bytes only under one time."""

STORES = {"chrome": "Chrome and Edge", "firefox": "Firefox"}
"""The packages, with the browsers that load each."""


def source() -> Path | None:
    """The folder of the extension; None where an installation came without it."""
    return next((folder for folder in PLACES if folder.is_dir()), None)


def file_name(store: str) -> str:
    """What the package for one store is called."""
    return f"amends-{store}-{amends.__version__}.zip"


def packed(source: Path, store: str) -> bytes:
    """The package for one store; the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for file in sorted(source.rglob("*")):
            name = file.relative_to(source)
            is_loaded = file.suffix not in NOT_LOADED and name.parts[0] != FOR_STORES
            if file.is_file() and is_loaded and not name.name.startswith("."):
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
