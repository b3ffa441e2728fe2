"""`amends mail-in`: takes one mail from standard input, as a mail server hands it on."""

import argparse
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import complain, say, with_database

if TYPE_CHECKING:
    from amends.settings import Settings

TRY_AGAIN = getattr(os, "EX_TEMPFAIL", 75)
"""What makes a mail server keep the mail and try again later (sysexits.h)."""
REFUSED = getattr(os, "EX_DATAERR", 65)
"""What makes it send the mail back to whoever wrote it."""


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`mail-in` has no options."""
    command = commands.add_parser("mail-in", help="take one mail from standard input")
    command.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Keeps the mail; 0 once it is kept, also where it was before.

    75 where it could not be kept now, so that the mail server tries again; 65 for one that is too large.
    """
    from amends.rules.capture.mail_messages import MOST_BYTES, MailIsTooLarge

    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        return with_database(lambda settings: _keep(settings, content))
    except MailIsTooLarge as error:
        complain(error.detail)
        return REFUSED
    except Exception as error:  # noqa: BLE001 - whatever it is: the mail server keeps the mail
        traceback.print_exception(error, file=sys.stderr)
        complain("the mail was not kept; the mail server is told to try again.")
        return TRY_AGAIN


async def _keep(settings: "Settings", content: bytes) -> int:
    from amends.cli.wiring import files_of, mails_of
    from amends.clock import utc_now
    from amends.services.capture import mails

    is_new = await mails.keep(content, reader=mails_of(), files=files_of(settings), now=utc_now())
    say("The mail was kept." if is_new else "This mail was kept before.")
    return 0
