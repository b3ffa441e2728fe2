"""Programs from npm that check the JavaScript: Biome, the TypeScript compiler and web-ext."""

import subprocess
import sys
from pathlib import Path

from tests.extension.npm_packages import cache_of, environment, installed

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAME = "extension-checks"
TYPES = cache_of(HERE, NAME) / "node_modules" / "@types"
"""The declarations of the browser's interfaces."""


def npm_check(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs one of them in the project's folder."""
    return subprocess.run(
        [installed(HERE, NAME) / ".bin" / program, *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":  # for the Makefile: `python -m tests.extension.npm_checks biome check --write`
    ran = npm_check(*sys.argv[1:])
    sys.stdout.write(ran.stdout)
    sys.stderr.write(ran.stderr)
    sys.exit(ran.returncode)
