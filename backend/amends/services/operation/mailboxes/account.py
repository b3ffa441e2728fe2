"""The mailbox as admins set it up: tried before it is kept, its password sealed."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, columns_of, convert, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.gateways.mailboxes import Fetched, MailboxReader, Visit
from amends.gateways.secrets import Secrets
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.capture.mailboxes import TROUBLE_AFTER, is_plain
from amends.rules.team.host_names import wire_host
from amends.services.team import audit, members
from amends.services.team.members import Act

LONGEST_PASSWORD = 1_000
FAILURES = {
    "login": N_("The server refuses this user or password."),
    "folder": N_("The mailbox has no such folder."),
    "certificate": N_("The certificate of the server is not valid, or it does not speak TLS on this port."),
    "private": N_("The server has a private address. Name it in AMENDS_ALLOW_PRIVATE_TARGETS to allow it."),
    "slow": N_("The server takes too long."),
    "unreachable": N_("The server cannot be reached."),
    "sealed": N_("The password cannot be opened: the encryption key has changed. Enter it again."),
}
"""What admins read of a visit that failed."""


class MailboxWrong(Invalid):
    """Something about this mailbox is missing or wrong."""


class MailboxRefused(Conflict):
    "This mailbox cannot be read."


class MailboxUnknown(NotFound):
    "No mailbox is set up."


class MailboxFields(msgspec.Struct, frozen=True, kw_only=True):
    """What an admin types; without a password the one before stays."""

    host: str
    port: int
    user: str
    password: str
    folder: str


class MailboxShown(msgspec.Struct, frozen=True, kw_only=True):
    """The mailbox; never its password."""

    id: UUID
    host: str
    port: int
    user: str
    folder: str
    next_at: datetime
    fetched_at: datetime | None
    failures: int
    failure: str


class Kept(MailboxShown, frozen=True, kw_only=True):
    """The same as it is fetched."""

    sealed: str
    validity: int
    last: int
    marked: int
    made_at: datetime


KEPT = f"SELECT {columns_of(Kept, table='mailbox')} FROM mailbox"
TROUBLE = "SELECT 1 AS one FROM mailbox WHERE failures >= :most"


async def find() -> Kept | None:
    """The mailbox, if there is one."""
    rows = await run(KEPT)
    return convert(rows[0], Kept) if rows else None


async def is_in_trouble() -> bool:
    """Whether it has failed several times in a row."""
    return bool(await run(TROUBLE, most=TROUBLE_AFTER))


def sentence(failure: str) -> str:
    """What admins read of a failure; nothing where there is none."""
    return _(FAILURES[failure]) if failure in FAILURES else ""


def visit_of(kept: Kept, password: str) -> Visit:
    """What the worker wants of it now."""
    since = (kept.fetched_at or kept.made_at).date().isoformat()
    return Visit(
        host=kept.host,
        port=kept.port,
        plain=is_plain(kept.host, kept.port),
        user=kept.user,
        password=password,
        folder=kept.folder,
        validity=kept.validity,
        last=kept.last,
        marked=kept.marked,
        since=since,
    )


async def attempt(act: Act, fields: MailboxFields, reader: MailboxReader, secrets: Secrets) -> Fetched:
    """Whether a mailbox can be read as it is typed; nothing is fetched, marked or kept. Slow.

    Raises OnlyAdminsMay, MailboxWrong, MailboxRefused.
    """
    members.only_admins(act.by)
    values = _checked(fields)
    found = await find()
    password = fields.password or _password_before(found, secrets, values)
    if not password:
        sentence = _("Enter the password.")
        raise MailboxWrong(sentence, fields={"password": sentence})
    plain = is_plain(values["host"], values["port"])
    looked = await reader.look(Visit(**values, plain=plain, password=password))
    if looked.outcome != "fetched":
        raise MailboxRefused(_(FAILURES[looked.outcome]))
    return looked


async def save(act: Act, fields: MailboxFields, looked: Fetched, secrets: Secrets) -> None:
    """Keeps a mailbox that was just tried; mails that come from now on are taken, not those before.

    Raises OnlyAdminsMay, MailboxWrong.
    """
    members.only_admins(act.by)
    values = _checked(fields)
    async with transaction():
        before = await find()
        box = before.id if before else uuid4()
        password = fields.password or _password_before(before, secrets, values)
        last = max(0, looked.next - 1)
        fresh: dict[str, Any] = {"next_at": act.now, "failures": 0, "failure": ""}
        if before is None or not _is_same(before, values) or before.validity != looked.validity:
            fresh |= {"validity": looked.validity, "last": last, "marked": last}
        row = {**values, **fresh, "sealed": secrets.seal(password, of=box)}
        if before is None:
            await add(tables.Mailbox, id=box, made_by=act.by.id, made_at=act.now, **row)
        else:
            table = tables.Mailbox
            columns: dict[Any, Any] = {getattr(table, name): value for name, value in row.items()}
            await table.update(columns).where(table.id == box)
        was = {name: getattr(before, name) for name in values} if before else {}
        changed = {**values, **({"password": "changed"} if fields.password else {})}
        await audit.record_change("mailbox", was, changed, by=act.by, now=act.now)


async def remove(act: Act) -> None:
    """It is fetched no more; mails that came from it stay. Raises OnlyAdminsMay, MailboxUnknown."""
    members.only_admins(act.by)
    async with transaction():
        before = await find()
        if before is None:
            raise MailboxUnknown
        await tables.Mailbox.delete().where(tables.Mailbox.id == before.id)
        told = {"host": before.host, "user": before.user}
        await audit.record_change("mailbox", told, {}, by=act.by, now=act.now)


def _is_same(before: Kept, values: dict[str, Any]) -> bool:
    return all(getattr(before, name) == values[name] for name in ("host", "port", "user", "folder"))


def _password_before(before: Kept | None, secrets: Secrets, values: dict[str, Any]) -> str:
    """The one that is kept, for the same server and user alone: no other server may be sent it."""
    if before is None or (before.host, before.port, before.user) != tuple(
        values[name] for name in ("host", "port", "user")
    ):
        return ""
    return secrets.open(before.sealed, of=before.id)


def _checked(fields: MailboxFields) -> dict[str, Any]:
    """The columns, with a sentence for each field that is wrong. Raises MailboxWrong."""
    host, user, folder = fields.host.strip().rstrip("."), fields.user.strip(), fields.folder.strip()
    wrong = {}
    if not wire_host(host) or len(host) > 253:
        wrong["host"] = _("Enter the name of the server, such as imap.example.org.")
    if not 0 < fields.port < 65_536:
        wrong["port"] = _("Enter a port, such as 993.")
    if not 1 <= len(user) <= 254 or not user.isprintable():
        wrong["user"] = _("Enter the user of the mailbox, often its address.")
    if len(fields.password) > LONGEST_PASSWORD or not fields.password.isprintable():
        wrong["password"] = _("This password cannot be used: it is too long, or holds line breaks.")
    if len(folder) > 200 or not folder.isprintable():
        wrong["folder"] = _("Enter the name of a folder, such as INBOX.")
    if wrong:
        raise MailboxWrong(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    return {"host": host, "port": fields.port, "user": user, "folder": folder or "INBOX"}
