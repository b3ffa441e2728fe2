"""Which Chromium do the browser tests drive, and with which arguments?"""

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser")


def executable() -> str | None:
    """The system's own Chromium ($CHROMIUM first), or None where Playwright's has to do.

    Google Chrome is not looked for: it ignores --load-extension.
    """
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def arguments() -> list[str]:
    """Chromium's sandbox does not work as root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def launch_options() -> dict[str, Any]:
    """Keyword arguments for `launch` and `launch_persistent_context`.

    Without a system browser it is Playwright's full build, for its headless shell cannot load extensions.
    """
    where = {"executable_path": found} if (found := executable()) else {"channel": "chromium"}
    return {**where, "headless": True, "args": arguments()}
