"""Static files with hashed names and long caching."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from amends.web.security import Policy

FOLDER = Path(__file__).parent / "static"
TEXT_TYPES = ("text/", "image/svg+xml", "application/json", "application/manifest+json")
WORTH_PACKING = 600  # bytes
JOINED = {"vendor/guarded-htmx.js": ("vendor/htmx.min.js", "vendor/hx-csp.js")}
"""Files that come together or not at all: htmx reads the page once it runs, guarded or not (R-44)."""
FOR_EVER = "public, max-age=31536000, immutable"
NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""The policy of a file that is opened by itself; what a page loads is under the page's own."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_ENDS = re.compile(r"(?<=[{};,])\n|\n(?=\})")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file, in memory; `packed` is its gzip form where that is smaller."""

    content: bytes
    packed: bytes | None
    media_type: str


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """All files, under one digest: a script that imports its neighbour finds it under the same address."""

    digest: str
    files: dict[str, StaticFile]


@cache
def loaded() -> StaticFiles:
    """Every file of the folder, read at the first use."""
    files = {}
    whole = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            name = path.relative_to(FOLDER).as_posix()
            files[name] = _read(path)
            whole.update(name.encode() + b"\0" + hashlib.sha256(files[name].content).digest())
    for name, parts in JOINED.items():
        if files.keys() >= set(parts):
            files[name] = _packed(b"\n".join(files.pop(part).content for part in parts), "text/javascript")
    return StaticFiles(whole.hexdigest()[:16], files)


def static(name: str) -> str:
    """The address of a file. Raises FileNotFoundError: a template cannot name one that is not there."""
    if name not in loaded().files:
        raise FileNotFoundError(f"There is no static file {name}.")
    return f"/static/{loaded().digest}/{name}"


@get("/static/{digest:str}/{name:path}", opt={"policy": Policy.PUBLIC}, include_in_schema=False)
async def show(
    request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[Path]
) -> Response[bytes]:
    """One file, for ever; an old digest gets today's file, to be asked for again next time."""
    found = loaded().files.get(name.as_posix().lstrip("/"))
    if found is None:
        raise NotFoundException
    tag = f'"{loaded().digest}"'
    headers = {
        "cache-control": FOR_EVER if digest == loaded().digest else "no-cache",
        "etag": tag,
        "vary": "accept-encoding",
        "content-security-policy": NOTHING,
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    content = found.content
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["content-encoding"] = found.packed, "gzip"
    return Response(content, media_type=found.media_type, headers=headers)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".js":
        media_type = "text/javascript"
    if path.suffix == ".css":
        content = _lean(content.decode()).encode()
    return _packed(content, media_type)


def _lean(styles: str) -> str:
    """Styles without comments, indentation and line ends: painting waits for every byte of them."""
    lines = (line.strip() for line in COMMENT.sub("", styles).splitlines())
    return LINE_ENDS.sub("", "\n".join(line for line in lines if line))


def _packed(content: bytes, media_type: str) -> StaticFile:
    is_text = media_type.startswith(TEXT_TYPES)
    packed = gzip.compress(content, 9, mtime=0) if is_text and len(content) >= WORTH_PACKING else None
    return StaticFile(content, packed, media_type)
