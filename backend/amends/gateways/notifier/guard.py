"""Sandbox guard: an audit hook that refuses files, programs and connections in the child process."""

import os
import ssl
import sys
import sysconfig
import zoneinfo
from collections.abc import Callable
from typing import Any

PROGRAMS = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.forkpty",
    "os.startfile",
    "os.kill",
    "pty.spawn",
    "ctypes.",
    "syslog.",
    "webbrowser.",
    "signal.pthread_kill",
    "sqlite3.",
    "winreg.",
    "_winapi.",
)
CHANGES = (
    "os.chdir",
    "os.chflags",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.mkfifo",
    "os.putenv",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.setxattr",
    "os.symlink",
    "os.truncate",
    "os.utime",
    "shutil.",
    "tempfile.",
)
_LISTS = ("os.listdir", "os.scandir")
_CONNECTS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SYSTEM_FILES = (
    "/dev/null",
    "/dev/urandom",
    "/etc/gai.conf",
    "/etc/host.conf",
    "/etc/hosts",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/resolv.conf",
)

Judge = Callable[[object, object], bool]


def readable_roots() -> tuple[str, ...]:
    """The folders and files that may be read: interpreter, libraries, certificates, zones, resolver."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    certificates = ssl.get_default_verify_paths()
    found = [
        *(sysconfig.get_path(name) for name in names),
        *zoneinfo.TZPATH,
        *(part for part in (certificates.openssl_cafile, certificates.openssl_capath) if part),
        *_SYSTEM_FILES,
    ]
    return tuple(os.path.realpath(path) for path in found)


def install(refusals: list[str], *, may_connect: Judge) -> None:
    """Set the hook, for good: it cannot be removed. Each refusal is noted as words without values."""
    roots = readable_roots()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        words = _objection(event, arguments, roots, may_connect)
        if words:
            refusals.append(words)
            # An OSError, because that is what services expect and handle.
            raise PermissionError(words)

    sys.addaudithook(hook)


def _objection(event: str, arguments: tuple[Any, ...], roots: tuple[str, ...], may_connect: Judge) -> str:
    """What speaks against this event; nothing, for most."""
    if event in _CONNECTS:
        return "" if _is_allowed_peer(arguments[1], may_connect) else "private address"
    if event == "open" or event in _LISTS:
        return "" if _is_harmless_read(event, arguments, roots) else "file on the server"
    if event == "socket.bind":
        return "listening socket"
    if event.startswith(PROGRAMS):
        return "program on the server"
    return "change on the server" if event.startswith(CHANGES) else ""


def _is_allowed_peer(peer: object, may_connect: Judge) -> bool:
    """A socket's peer; None means that it is connected already, and was judged then."""
    if peer is None:
        return True
    return isinstance(peer, tuple) and len(peer) >= 2 and may_connect(peer[0], peer[1])


def _is_harmless_read(event: str, arguments: tuple[Any, ...], roots: tuple[str, ...]) -> bool:
    """Only reading, and only below the roots. An open descriptor was judged when it was opened."""
    path = arguments[0]
    if isinstance(path, int):
        return True
    if event == "open" and _is_write(arguments[1], arguments[2]):
        return False
    real = os.path.realpath(os.fsdecode(path or "."))
    return any(real == root or real.startswith(root + os.sep) for root in roots)


def _is_write(mode: object, flags: object) -> bool:
    if isinstance(mode, str) and set(mode) & set("wax+"):
        return True
    return isinstance(flags, int) and bool(flags & _WRITES)
