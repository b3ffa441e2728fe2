"""How does Amends come to run on a bare machine? It makes .venv beside pyproject.toml and starts there.

Standard library only, and old syntax: the Python that starts this may be older than the one Amends needs.
"""

import contextlib
import errno
import hashlib
import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Iterator, NoReturn  # noqa: UP035

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "set-up.log"
LOCK = ROOT / ".set-up.lock"
VERSIONS = "constraints.txt"
INPUTS = ("pyproject.toml", "hatch_build.py", VERSIONS)
OLDEST = (3, 11)
PIP = (str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2")
PIP_WHEEL = "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
NETWORK_WORDS = re.compile(
    r"dns error|failed to fetch|could not be fetched|connect error|connection (broken|refused|error)|"
    r"name resolution|name or service not known|network is unreachable|timed out|max retries|proxyerror",
    re.IGNORECASE,
)


def start(*command: str, extra: str = "") -> None:
    """Becomes `.venv/bin/python command…`, after the set-up where one is needed."""
    prepare(extra)
    arguments = [str(PYTHON), *command]
    # What Python compiles is kept, beside the set-up: compiling it all anew would double the time of a start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "compiled"))
    if os.name == "nt":
        sys.exit(subprocess.call(arguments))
    os.execv(arguments[0], arguments)


def prepare(extra: str = "") -> None:
    """Makes .venv ready for this pyproject.toml and this Python; the second time it only compares a hash."""
    if is_ready(extra):
        return
    try:
        with only_one():
            if not is_ready(extra):
                print("Setting up .venv, once; this takes a minute or less.", file=sys.stderr, flush=True)
                make_venv()
                install("--editable", f"{ROOT}[{extra}]" if extra else str(ROOT))
                stamp(extra).write_text(fingerprint())
    except OSError as problem:
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            stop(f"{problem.filename} cannot be written; give yourself that right, or copy Amends elsewhere")
        stop(f"the set-up in {ROOT} failed: {problem}")
    except KeyboardInterrupt:
        stop("the set-up was interrupted; start again to finish it")


def is_ready(extra: str) -> bool:
    """The tests' set-up holds everything that serving needs."""
    want = fingerprint()
    return any(file.is_file() and file.read_text() == want for file in {stamp(extra), stamp("test")})


def stamp(extra: str) -> Path:
    return VENV / f".amends-{extra or 'serve'}"


def fingerprint() -> str:
    """Changes with the project, with the Python that starts us, and when the folder is moved."""
    parts = [(ROOT / name).read_bytes() for name in INPUTS]
    return hashlib.sha256(b"\0".join([*parts, sys.version.encode(), os.fsencode(str(ROOT))])).hexdigest()


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Lets one process set up at a time; the others wait here and then find it done."""
    with LOCK.open("a") as lock:
        if os.name != "nt":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """Keeps a .venv that works; makes it anew when its Python is gone or too old."""
    if is_new_enough(str(PYTHON)):
        return
    python, uv = find_python(), find_uv()
    if python:
        made = is_fine(python, "-m", "venv", "--without-pip", "--clear", str(VENV))
    else:
        made = is_fine(uv, "venv", "--clear", "--python", ">=3.11,<3.15", str(VENV)) if uv else False
    if not made and not python:
        this = f"{sys.version.split()[0]} ({sys.executable})"
        stop(f"Python 3.11 or newer is needed and this is {this}; install it and start again")
    if not made:
        stop(f"no virtual environment could be made in {VENV}; remove that folder and start again")


def is_new_enough(python: str) -> bool:
    """Whether this Python can be started at all (a version manager's shim may not) and is 3.11 or newer."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return is_fine(python, "-c", question)


def is_fine(*command: str) -> bool:
    try:
        return not subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False


def find_python() -> str:
    """This Python, else the newest of the PATH's that is new enough, else nothing."""
    if sys.version_info >= OLDEST:
        return sys.executable
    names = [shutil.which(f"python3.{minor}") for minor in range(19, 10, -1)]
    return next((name for name in names if name and is_new_enough(name)), "")


def find_uv() -> str:
    found = shutil.which("uv")
    return found if found and is_fine(found, "--version") else ""


def install(*requirements: str) -> None:
    """Installs into .venv: with uv, brought by pip if need be, else with pip itself.

    uv takes a tenth of pip's time, and the first start is to be short. The versions are those written down:
    what somebody else released since has not been tried here.
    """
    uv = find_uv() or bring_uv()
    wanted = ("--constraint", str(ROOT / VERSIONS), *requirements)
    if uv:
        run(uv, "pip", "install", "--quiet", "--python", str(PYTHON), *wanted)
    else:
        run(*PIP, "install", *wanted)


def bring_uv() -> str:
    """uv inside .venv, or nothing where the package index has none for this kind of machine."""
    if not is_fine(str(PYTHON), "-m", "pip", "--version"):
        bring_pip()
    uv = PYTHON.with_name("uv.exe" if os.name == "nt" else "uv")
    fine = is_fine(*PIP, "install", "--only-binary=:all:", "uv") and is_fine(str(uv), "--version")
    return str(uv) if fine else ""


def run(*command: str) -> None:
    """Runs an installer into the log; stops with its last line, or with what a missing network means."""
    with LOG.open("w", encoding="utf-8") as log:
        failed = subprocess.call(command, stdout=log, stderr=subprocess.STDOUT, cwd=str(ROOT))
    if not failed:
        return
    said = LOG.read_text(encoding="utf-8", errors="replace")
    if NETWORK_WORDS.search(said):
        stop(f"the packages could not be fetched; check the network and start again (details: {LOG})")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    reasons = [line for line in lines if re.search(r"error|pyproject\.toml", line, re.IGNORECASE)]
    reason = (reasons or lines or ["no reason was given"])[-1].rstrip(".")
    stop(f"the packages could not be installed: {reason} (details: {LOG})")


def bring_pip() -> None:
    """Gives .venv a pip: a new one from the package index, else the one Python carries.

    Debian leaves the carried one (`ensurepip`) out of python3, and it is old and slow where it is there.
    """
    content, file = pip_wheel(), VENV / PIP_WHEEL
    if content:
        file.write_bytes(content)
        run(str(PYTHON), f"{file}/pip", "install", "--quiet", "--no-index", str(file))
    elif is_fine(str(PYTHON), "-c", "import ensurepip; ensurepip.version()"):
        run(str(PYTHON), "-m", "ensurepip")
    else:
        stop("pip could not be fetched; check the network, or install python3-venv or uv, and start again")


def pip_wheel() -> bytes:
    """The wheel whose SHA-256 stands above, or nothing when the index does not give it."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    try:
        page = fetch(index).decode("utf-8", "replace")
        found = re.search(r'href="([^"]+/' + re.escape(PIP_WHEEL) + ")", page)
        content = fetch(urllib.parse.urljoin(index, found.group(1))) if found else b""
    except (OSError, ValueError, http.client.HTTPException):
        return b""
    return content if hashlib.sha256(content).hexdigest() == PIP_SHA256 else b""


def fetch(url: str) -> bytes:
    """What stands at the address, also without certificates: the file's hash is what is trusted."""
    try:
        answer = urllib.request.urlopen(url, timeout=30)
    except urllib.error.URLError as problem:
        if not isinstance(problem.reason, ssl.SSLCertVerificationError):
            raise
        answer = urllib.request.urlopen(url, timeout=30, context=ssl._create_unverified_context())
    with answer:
        content: bytes = answer.read()
        return content


def stop(sentence: str) -> NoReturn:
    sys.exit(f"amends: {sentence}.")
