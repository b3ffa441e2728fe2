"""How do the pages get their one front-end library? From the npm registry, checked, at build time.

No Node.js is needed: a package of the registry is a tar file, and pyproject.toml says which one and gives its
hashes (`tool.hatch.build.hooks.custom`). Files that are there and right are kept: a second build is offline.
"""

import base64
import hashlib
import io
import os
import ssl
import tarfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REGISTRY = "https://registry.npmjs.org"
TIMEOUT_SECONDS = 60


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the files of `files` into `folder` before a wheel, an sdist or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        bring(self.config, Path(self.root))


def bring(wanted: dict[str, Any], root: Path) -> None:
    """Brings the wanted files that are missing or differ; stops with one sentence when it cannot."""
    folder = root / wanted["folder"]
    hashes = {folder / Path(name).name: digest for name, digest in wanted["files"].items()}
    if all(file.is_file() and integrity(file.read_bytes()) == digest for file, digest in hashes.items()):
        return
    with tarfile.open(fileobj=io.BytesIO(downloaded(wanted))) as package:
        for name in wanted["files"]:
            content = package.extractfile(f"package/{name}")
            file = folder / Path(name).name
            folder.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name}.{os.getpid()}")
            part.write_bytes(content.read() if content else b"")
            part.replace(file)
    for file, digest in hashes.items():
        if integrity(file.read_bytes()) != digest:
            raise SystemExit(
                f"{file.name} of {wanted['package']} is not the file whose hash pyproject.toml gives."
            )


def downloaded(wanted: dict[str, Any]) -> bytes:
    """The package's tar file, which is the one that was looked at: its hash is the npm lock file's."""
    registry = os.environ.get("NPM_CONFIG_REGISTRY", REGISTRY).rstrip("/")
    name, version = wanted["package"], wanted["version"]
    url = f"{registry}/{name}/-/{name}-{version}.tgz"
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS, context=certificates()) as answer:
            content: bytes = answer.read()
    except OSError as problem:
        raise SystemExit(f"{url} could not be fetched: {problem}.") from problem
    if integrity(content) != wanted["integrity"]:
        raise SystemExit(f"{url} is not the file whose hash pyproject.toml gives; nothing was installed.")
    return content


def certificates() -> ssl.SSLContext:
    """The machine's certificates and certifi's: a bare Debian and python.org's macOS builds have none."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def integrity(content: bytes) -> str:
    """The hash as npm's lock files write it (Subresource Integrity)."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
