"""Command line: one module for each command; heavy imports are delayed until they are used."""

import argparse
import tempfile
import traceback
from collections.abc import Sequence

import amends
from amends.cli import (
    anchors,
    backup,
    demo,
    doctor,
    evidence,
    export,
    extension,
    keys,
    mail_in,
    member,
    migrate,
    person,
    privacy,
    recount,
    restore,
    retention,
    serve,
    token,
    verify,
    work,
)
from amends.cli.terminal import complain

NOUNS = (
    serve,
    work,
    migrate,
    member,
    token,
    keys,
    doctor,
    recount,
    mail_in,
    verify,
    anchors,
    backup,
    restore,
    evidence,
    export,
    person,
    privacy,
    retention,
    demo,
    extension,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command: 0 when it did what was asked, 1 with a sentence when it did not, 2 for its usage."""
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has heard enough
        return 1
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, never a traceback
        return _explained(error)
    return code


def parser() -> argparse.ArgumentParser:
    """Every command with its words."""
    top = argparse.ArgumentParser(prog="amends", description="Customer cases that begin in public.")
    top.add_argument("--version", action="version", version=f"amends {amends.__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar=_listed())
    for noun in NOUNS:
        noun.arguments(commands)
    return top


def _listed() -> str:
    return "{" + ",".join(noun.__name__.rpartition(".")[2].replace("_", "-") for noun in NOUNS) + "}"


def _explained(error: Exception) -> int:
    """One sentence for what a person can put right; a file with the details for what only we can."""
    from amends.cli.terminal import CannotStart
    from amends.database import WrongDatabaseUrl
    from amends.errors import AmendsError
    from amends.settings import WrongSetting

    if isinstance(error, AmendsError):
        complain(" ".join([error.detail, *getattr(error, "fields", {}).values()][:1]))
        for field, sentence in getattr(error, "fields", {}).items():
            if sentence != error.detail:
                complain(f"{field}: {sentence}")
        return 1
    if isinstance(error, CannotStart | WrongSetting | WrongDatabaseUrl):
        complain(str(error))
        return 1
    with tempfile.NamedTemporaryFile("w", prefix="amends-", suffix=".txt", delete=False) as report:
        traceback.print_exception(error, file=report)
    complain(
        f"Something went wrong that should not ({type(error).__name__}). The details are in {report.name}."
    )
    return 1
