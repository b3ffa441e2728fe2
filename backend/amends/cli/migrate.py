"""`amends migrate`: runs the schema migrations."""

import argparse
from typing import Any

from amends.cli.terminal import bring_up_to_date, chosen_settings, say


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`migrate` has no options."""
    command = commands.add_parser("migrate", help="bring the database up to date; serve and work do it too")
    command.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Upgrades, all or nothing; several at once wait for each other."""
    behind = bring_up_to_date(chosen_settings())
    say("The database has been brought up to date." if behind else "The database is up to date.")
    return 0
