"""Which Chromium do the browser tests drive, and with which arguments?"""

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser")
SHELL = "chromium-headless-shell"
"""Debian's build without windows: it draws the same pages for less than half the processor time."""


def executable() -> str | None:
    """The system's own Chromium ($CHROMIUM first), or None where Playwright's has to do.

    Google Chrome is not looked for: it ignores --load-extension.
    """
    return os.environ.get("CHROMIUM") or _found(*NAMES)


def arguments() -> list[str]:
    """Chromium's sandbox does not work as root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def launch_options() -> dict[str, Any]:
    """Keyword arguments for `launch`, for pages alone: the build without windows where there is one."""
    found = os.environ.get("CHROMIUM") or _found(SHELL, *NAMES)
    return {**({"executable_path": found} if found else {}), "headless": True, "args": arguments()}


def launch_options_for_extensions() -> dict[str, Any]:
    """Keyword arguments for `launch_persistent_context`.

    Without a system browser it is Playwright's full build, for a headless shell cannot load extensions.
    """
    where = {"executable_path": found} if (found := executable()) else {"channel": "chromium"}
    return {**where, "headless": True, "args": arguments()}


def _found(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)
