"""What is loaded before the first page is served, and what is left for when it is asked for."""

import subprocess
import sys

import pytest

LOADED_WHEN_ASKED_FOR = {
    "PIL": "pictures, in a process of their own",
    "alembic": "migrations, in a process of their own",
    "apprise": "nudges, in a process of their own",
    "holidays": "public holidays",
    "joserfc": "sign-in by providers",
    "markdown": "the help",
    "obstore": "evidence in object storage, where one is set",
    "segno": "the picture of a second factor",
    "sqlalchemy": "migrations",
    "weasyprint": "PDFs, in a process of their own",
    "webauthn": "passkeys",
    "zxcvbn": "new passwords",
}
"""Each of them is megabytes of memory and tens of milliseconds that few processes need."""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    code = "import amends.cli.server, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize("library", LOADED_WHEN_ASKED_FOR)
def test_a_server_starts_without_what_it_needs_later(library: str, loaded: set[str]):
    assert "amends" in loaded
    why = LOADED_WHEN_ASKED_FOR[library]
    assert library not in loaded, f"Import {library} inside the function that needs it: it is for {why}."


def test_what_the_start_has_loaded_is_left_out_of_later_garbage_collections():
    keep = "from amends.cli.server import keep_what_is_loaded; keep_what_is_loaded(); "
    code = f"import gc; {keep}print(gc.get_freeze_count())"
    frozen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(frozen) > 100_000
