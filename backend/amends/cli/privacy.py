"""`amends privacy`: what is held of people, and why."""

import argparse
import sys
from typing import Any


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`privacy report`."""
    command = commands.add_parser("privacy", help="what is held of people, and why")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="VERB")
    report = verbs.add_parser("report", help="print every table with its purpose, as CSV")
    report.add_argument("--language", choices=("en", "fr"), default="en")
    report.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints it; asks no database, since every installation holds the same tables."""
    from amends.i18n import use_language
    from amends.rules.vocabulary import Language
    from amends.web.operation import privacy_report

    with use_language(Language(given.language)):
        sys.stdout.buffer.write(privacy_report.as_csv())
    return 0
