"""`amends member`: adds, lists, disables and enables members, and prints links for a new password."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, say, with_database

if TYPE_CHECKING:
    from amends.services.team.members import Member
    from amends.services.workflow.leaving import Belonging, Belongings
    from amends.settings import Settings

ROLES = ("reader", "agent", "approver", "lead", "admin")
NOBODY = "nobody"
ALL = ""
"""The key of whoever gets what was not named apart."""


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`member add`, `list`, `reset`, `remove-factor`, `disable` and `enable`."""
    command = commands.add_parser("member", help="add, list and let in members")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="VERB")
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
    factor = verbs.add_parser("remove-factor", help="let a member in who has lost phone and recovery codes")
    factor.add_argument("email")
    factor.set_defaults(run=run_remove_factor)
    disable = verbs.add_parser("disable", help="let a member sign in no more, and hand over what is theirs")
    disable.add_argument("email")
    disable.add_argument(
        "--hand-to",
        action="append",
        default=[],
        metavar="[KIND=]EMAIL",
        help="who gets what is theirs, or nobody; with KIND= (cases, follow_ups, approvals, duties, "
        "deputies) who gets that; may be given several times",
    )
    disable.set_defaults(run=run_disable)
    enable = verbs.add_parser("enable", help="let a disabled member sign in again")
    enable.add_argument("email")
    enable.set_defaults(run=run_enable)


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


def run_remove_factor(given: argparse.Namespace) -> int:
    """Removes a member's second factor, of whom the one at the terminal is sure."""

    async def work(_settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.services.team import members, second_factors

        member = await members.by_email(given.email)
        if not await second_factors.remove(member.id, now=utc_now()):
            say(f"{member.name} has no second factor.")
            return 1
        say(f"{member.name} signs in with the password alone now.")
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

        member = await members.present((await members.by_email(given.email)).id, field="email", works=False)
        say(f"To choose a new password, within half an hour: {await _link(settings, 'reset', member)}")
        return 0

    return with_database(work)


def run_disable(given: argparse.Namespace) -> int:
    """Lets a member sign in no more; says what is theirs when it was not said who gets it."""

    async def work(_settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.services.team import members
        from amends.services.workflow import leaving

        now = utc_now()
        member = await members.by_email(given.email)
        left = await leaving.belongings(member.id, now=now)
        wishes = _wishes(given.hand_to) or _asked(member.name, left)
        await leaving.disable(member.id, await _heirs(wishes), by=None, now=now)
        handed = _counted(left) or "nothing"
        say(f"{member.name} <{member.email}> can no longer sign in. Handed over: {handed}.")
        return 0

    return with_database(work)


def run_enable(given: argparse.Namespace) -> int:
    """Lets a member sign in again, with the password they had; tokens stay dead."""

    async def work(_settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.services.team import members

        member = await members.by_email(given.email)
        await members.enable(member.id, by=None, now=utc_now())
        say(f"{member.name} <{member.email}> can sign in again.")
        return 0

    return with_database(work)


def _wishes(hand_to: Sequence[str]) -> dict[str, str]:
    """To whom each kind goes, by the words of `--hand-to`; the kind "" is all that is not named."""
    from amends.services.workflow.leaving import Belonging

    kinds = [kind.value for kind in Belonging]
    wishes = {}
    for wish in hand_to:
        kind, equals, heir = wish.rpartition("=")
        if equals and kind not in kinds:
            raise CannotStart(f"--hand-to {wish}: the kinds are {', '.join(kinds)}.")
        wishes[kind] = heir
    return wishes


def _asked(name: str, left: "Belongings") -> dict[str, str]:
    """Who gets all of it, by a question where somebody sits at the terminal. Raises CannotStart."""
    if not _counted(left):
        return {ALL: NOBODY}
    if not sys.stdin.isatty():
        raise CannotStart(
            f"{name} has: {_counted(left)}. "
            "Say who gets it: --hand-to EMAIL, or --hand-to nobody for the pool."
        )
    say(f"{name} has: {_counted(left)}.")
    return {ALL: input("Who gets it (an e-mail address, or nobody for the pool)? ").strip() or NOBODY}


def _counted(left: "Belongings") -> str:
    from amends.services.workflow.leaving import Belonging

    words = {
        Belonging.CASES: "open cases",
        Belonging.FOLLOW_UPS: "reminders and requests",
        Belonging.APPROVALS: "drafts to read",
        Belonging.DUTIES: "duties",
        Belonging.DEPUTIES: "absences to stand in for",
    }
    return ", ".join(f"{left.count(kind)} {word}" for kind, word in words.items() if left.count(kind))


async def _heirs(wishes: Mapping[str, str]) -> "dict[Belonging, Any]":
    """The ids of who gets each kind; drafts go to whoever gets all only where they are a lead."""
    from amends.rules.vocabulary import Role
    from amends.services.team import members
    from amends.services.workflow.leaving import Belonging

    heirs = {}
    for kind in Belonging:
        email = wishes.get(kind.value, wishes.get(ALL, NOBODY))
        heir = await members.by_email(email) if email != NOBODY else None
        if heir and kind is Belonging.APPROVALS and kind.value not in wishes:
            heir = heir if heir.role.reaches(Role.APPROVER) else None
        heirs[kind] = heir.id if heir else None
    return heirs


def _password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise CannotStart("There was no password in the input. Write it on its first line.")
    return password


async def _link(settings: "Settings", purpose: Any, member: "Member") -> str:  # noqa: ANN401
    from amends.clock import utc_now
    from amends.services.team import members
    from amends.web.team import password

    code = await members.make_link(purpose, member.id, by=None, now=utc_now())
    return password.link(purpose, code, settings)
