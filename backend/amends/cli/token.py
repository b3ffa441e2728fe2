"""`amends token`: creates, lists and revokes API tokens."""

import argparse
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import say, with_database

if TYPE_CHECKING:
    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`token create`, `token list`, `token revoke`."""
    command = commands.add_parser("token", help="make, list and revoke tokens for programs")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="{create,list,revoke}")
    create = verbs.add_parser("create", help="print a new token, and nothing else; it is shown this once")
    create.add_argument("email", help="the member for whom the program speaks")
    create.add_argument("--name", required=True, help="what the token is for")
    create.set_defaults(run=run_create)
    verbs.add_parser("list", help="list the live tokens by their first letters").set_defaults(run=run_list)
    revoke = verbs.add_parser("revoke", help="make a token useless at once")
    revoke.add_argument("prefix", help="the first letters, as `token list` shows them")
    revoke.set_defaults(run=run_revoke)


def run_create(given: argparse.Namespace) -> int:
    """Prints a token alone, so that a script can take it."""

    async def work(_settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.services.team import browsers

        say(await browsers.create(given.email, name=given.name, now=utc_now()))
        return 0

    return with_database(work)


def run_list(_given: argparse.Namespace) -> int:
    """Lists the tokens that are good, of every member."""

    async def work(_settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.services.team import browsers, members

        now = utc_now()
        for member in await members.everyone():
            for one in await browsers.of_member(member.id, now=now):
                used = f"{one.seen_at:%Y-%m-%d}" if one.seen_at else "never"
                until = f"until: {one.expires_at:%Y-%m-%d}"
                say("\t".join([one.prefix, member.email, one.name, f"used: {used}", until]))
        return 0

    return with_database(work)


def run_revoke(given: argparse.Namespace) -> int:
    """Makes a token useless at once."""

    async def work(_settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.services.team import browsers

        await browsers.revoke(given.prefix, by=None, now=utc_now())
        say(f"The token {given.prefix} is no longer good.")
        return 0

    return with_database(work)
