"""`amends demo`: creates demo data."""

import argparse
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import say, with_database

if TYPE_CHECKING:
    from amends.rules.vocabulary import Language
    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`demo [--remove]`."""
    command = commands.add_parser("demo", help="fill in a lively team with thirty cases, or remove it")
    command.add_argument("--remove", action="store_true", help="remove everything that `demo` made")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Makes the demonstration, or removes it."""
    return with_database(_remove if given.remove else _make)


async def _make(settings: "Settings") -> int:
    from amends.cli.wiring import files_of
    from amends.clock import utc_now
    from amends.services.operation.demo import make
    from amends.settings import terminal_language

    made = await make(now=utc_now(), files=files_of(settings), language=_language(terminal_language()))
    say(f"{made.cases} cases and {made.members} members were made. `amends demo --remove` removes them.")
    if made.email:
        say(f"Sign in as {made.email} with the password {made.password}")
    say(f"Open {settings.base_url} in a browser. If nothing answers there, start Amends first.")
    return 0


def _language(code: str) -> "Language":
    """The language of the terminal where Amends speaks it, else English."""
    from amends.rules.vocabulary import Language

    return Language(code) if code in list(Language) else Language.ENGLISH


async def _remove(settings: "Settings") -> int:
    from amends.cli.wiring import files_of
    from amends.clock import utc_now
    from amends.services.operation.demo import remove

    gone = await remove(files_of(settings), now=utc_now())
    say(f"{gone.cases} cases and {gone.members} members of the demonstration were removed.")
    return 0
