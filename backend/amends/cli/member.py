"""`amends member`: adds and lists members, and prints links for a new password."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, say, with_database

if TYPE_CHECKING:
    from amends.services.team.members import Member
    from amends.settings import Settings

ROLES = ("agent", "lead", "admin")


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`member add`, `member list`, `member reset`."""
    command = commands.add_parser("member", help="add, list and let in members")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="{add,list,reset}")
    add = verbs.add_parser("add", help="add a member; without a password, prints a link that is good once")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument(
        "--password-stdin", action="store_true", help="read the password from the first line of the input"
    )
    add.set_defaults(run=run_add)
    verbs.add_parser("list", help="list the members").set_defaults(run=run_list)
    reset = verbs.add_parser("reset", help="print a link, good once, for a new password")
    reset.add_argument("email")
    reset.set_defaults(run=run_reset)


def run_add(given: argparse.Namespace) -> int:
    """Adds a member."""
    password = _password() if given.password_stdin else None

    async def work(settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.rules.vocabulary import Role
        from amends.services.team import members

        member = await members.add(
            given.email,
            name=given.name,
            role=Role(given.role),
            password=password,
            now=utc_now(),
            by=None,
        )
        say(f"{member.name} <{member.email}> is a member now ({member.role}).")
        if password is None:
            say(f"To choose a password, within three days: {await _link(settings, 'invite', member)}")
        return 0

    return with_database(work)


def run_list(_given: argparse.Namespace) -> int:
    """Lists the members, those who may sign in first."""

    async def work(_settings: "Settings") -> int:
        from amends.services.team import members

        for member in await members.everyone():
            disabled = ["(disabled)"] if member.disabled else []
            say("\t".join([member.email, member.role, member.name, *disabled]))
        return 0

    return with_database(work)


def run_reset(given: argparse.Namespace) -> int:
    """Prints a link for a new password."""

    async def work(settings: "Settings") -> int:
        from amends.services.team import members

        member = await members.by_email(given.email)
        say(f"To choose a new password, within half an hour: {await _link(settings, 'reset', member)}")
        return 0

    return with_database(work)


def _password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise CannotStart("There was no password in the input. Write it on its first line.")
    return password


async def _link(settings: "Settings", purpose: Any, member: "Member") -> str:  # noqa: ANN401
    from amends.clock import utc_now
    from amends.services.team import codes
    from amends.web.team import password

    return password.link(purpose, await codes.make(purpose, member.id, now=utc_now()), settings)
