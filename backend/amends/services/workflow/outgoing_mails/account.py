"""Account for outgoing mail, as admins set it up: tried before it is kept, its password sealed."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, columns_of, convert, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.gateways.mail_sender import Handed, MailSender, SmtpServer
from amends.gateways.secrets import Secrets
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.texts import clean, clean_name
from amends.rules.team.host_names import wire_host
from amends.rules.team.mail_addresses import wire_form
from amends.rules.workflow import outgoing_mails as rules
from amends.rules.workflow.outgoing_mails import Letter
from amends.services.team import audit, members
from amends.services.team.members import Act

LONGEST_PASSWORD = 1_000
LONGEST_SIGNATURE = 1_000
TROUBLE_AFTER = 3
"""Failures in a row after which admins are told on Today."""
FAILURES = {
    "login": N_("The server refuses this user or password."),
    "certificate": N_("The certificate of the server is not valid, or it does not speak TLS on this port."),
    "private": N_("The server has a private address. Name it in AMENDS_ALLOW_PRIVATE_TARGETS to allow it."),
    "slow": N_("The server takes too long."),
    "unreachable": N_("The server cannot be reached."),
    "sealed": N_("The password cannot be opened: the encryption key has changed. Enter it again."),
    "later": N_("The server refuses for now and asks to try again later."),
    "refused": N_("The server refuses this mail."),
    "account": N_("The account for outgoing mail was removed."),
    "file": N_("A file that goes with it was removed, or is damaged."),
    "storage": N_("The storage of its files cannot be reached."),
    "unsure": N_("The connection ended before the server said that it took the mail."),
}
"""What is said of a try that failed."""
OF_ACCOUNT = frozenset({"login", "certificate", "private", "slow", "unreachable", "sealed"})
"""Failures that say something of the account, and nothing of one mail."""


class MailAccountWrong(Invalid):
    """Something about this mail account is missing or wrong."""


class MailAccountRefused(Conflict):
    "Mail cannot be sent by this account."


class MailAccountUnknown(NotFound):
    "No account for outgoing mail is set up."


class MailAccountFields(msgspec.Struct, frozen=True, kw_only=True):
    """What an admin types; without a password the one before stays."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    name: str
    reply_to: str
    signature: str


class MailAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The account as it is kept."""

    id: UUID
    host: str
    port: int
    security: str
    user: str
    sealed: str
    sender: str
    name: str
    reply_to: str
    signature: str
    failures: int
    failure: str
    sent_at: datetime | None


KEPT = f"SELECT {columns_of(MailAccount, table='mail_account')} FROM mail_account"
TROUBLE = "SELECT 1 AS one FROM mail_account WHERE failures >= :most"
WELL = "UPDATE mail_account SET failures = 0, failure = '', sent_at = :now WHERE id = :account"
FAILED = "UPDATE mail_account SET failures = failures + 1, failure = :failure WHERE id = :account"
SERVER = ("host", "port", "security", "user")
"""What a kept password is bound to: no other server may be sent it."""


async def find() -> MailAccount | None:
    """The account, if there is one."""
    rows = await run(KEPT)
    return convert(rows[0], MailAccount) if rows else None


async def is_in_trouble() -> bool:
    """Whether it has failed several times in a row."""
    return bool(await run(TROUBLE, most=TROUBLE_AFTER))


def sentence(failure: str) -> str:
    """What is said of a failure; nothing where there is none."""
    return _(FAILURES[failure]) if failure in FAILURES else ""


def server_of(account: MailAccount, secrets: Secrets) -> SmtpServer:
    """Whom its mails are handed to. Raises SecretUnreadable."""
    given = {name: getattr(account, name) for name in SERVER}
    hello = account.sender.rpartition("@")[2]
    return SmtpServer(**given, password=secrets.open(account.sealed, of=account.id), hello=hello)


async def note(account: UUID, failure: str, *, now: datetime) -> None:
    """Step: how its last try went; a failure of one mail says that the account works."""
    if failure in OF_ACCOUNT:
        await run(FAILED, account=account, failure=failure)
    elif not failure:
        await run(WELL, account=account, now=now)


async def attempt(act: Act, fields: MailAccountFields, sender: MailSender, secrets: Secrets) -> None:
    """Whether the account lets us in as it is typed; nothing is sent or kept. Slow.

    Raises OnlyAdminsMay, MailAccountWrong, MailAccountRefused.
    """
    server, _values = await _typed(act, fields, secrets)
    _must_be_accepted(await sender.look(server))


async def send_test(act: Act, fields: MailAccountFields, sender: MailSender, secrets: Secrets) -> str:
    """A mail to whoever tests the account, as it is typed; nothing is kept: the address. Slow.

    Raises OnlyAdminsMay, MailAccountWrong, MailAccountRefused.
    """
    server, values = await _typed(act, fields, secrets)
    letter = Letter(
        identity=rules.identity_of(uuid4(), values["sender"]),
        sender=values["sender"],
        name=values["name"],
        reply_to=values["reply_to"],
        to=act.by.email,
        subject=_("Test mail of Amends"),
        text=rules.signed(_("Mails from Amends arrive here."), values["signature"]),
        written_at=act.now,
        mark=secrets.marks()[0],
    )
    content = rules.as_bytes(letter)
    _must_be_accepted(await sender.send(server, sender=values["sender"], to=act.by.email, content=content))
    return act.by.email


def _must_be_accepted(handed: Handed) -> None:
    if handed.outcome == "accepted":
        return
    told = clean(handed.said, 300).text.strip()
    answer = f" {handed.code} {told}" if handed.code and told else ""
    raise MailAccountRefused(_(FAILURES[handed.outcome]) + answer)


async def save(act: Act, fields: MailAccountFields, secrets: Secrets) -> None:
    """Keeps an account that was just tried. Raises OnlyAdminsMay, MailAccountWrong."""
    members.only_admins(act.by)
    values = _checked(fields)
    async with transaction():
        before = await find()
        account = before.id if before else uuid4()
        password = fields.password or _password_before(before, secrets, values)
        row = {**values, "failures": 0, "failure": "", "sealed": secrets.seal(password, of=account)}
        if before is None:
            await add(tables.MailAccount, id=account, made_by=act.by.id, made_at=act.now, **row)
        else:
            table = tables.MailAccount
            columns: dict[Any, Any] = {getattr(table, name): value for name, value in row.items()}
            await table.update(columns).where(table.id == account)
        was = {name: getattr(before, name) for name in values} if before else {}
        changed = {**values, **({"password": "changed"} if fields.password else {})}
        await audit.record_change("mail_account", was, changed, by=act.by, now=act.now)


async def remove(act: Act) -> None:
    """No mail is sent any more; one that waits is not sent. Raises OnlyAdminsMay, MailAccountUnknown."""
    members.only_admins(act.by)
    async with transaction():
        before = await find()
        if before is None:
            raise MailAccountUnknown
        await tables.MailAccount.delete().where(tables.MailAccount.id == before.id)
        told = {"host": before.host, "user": before.user, "sender": before.sender}
        await audit.record_change("mail_account", told, {}, by=act.by, now=act.now)


async def _typed(act: Act, fields: MailAccountFields, secrets: Secrets) -> tuple[SmtpServer, dict[str, Any]]:
    """The server as it is typed, with the password that is kept where none is typed."""
    members.only_admins(act.by)
    values = _checked(fields)
    password = fields.password or _password_before(await find(), secrets, values)
    if values["user"] and not password:
        wrong = _("Enter the password.")
        raise MailAccountWrong(wrong, fields={"password": wrong})
    given = {name: values[name] for name in SERVER}
    return SmtpServer(**given, password=password, hello=values["sender"].rpartition("@")[2]), values


def _password_before(before: MailAccount | None, secrets: Secrets, values: dict[str, Any]) -> str:
    if before is None or any(getattr(before, name) != values[name] for name in SERVER):
        return ""
    return secrets.open(before.sealed, of=before.id)


def _checked(fields: MailAccountFields) -> dict[str, Any]:
    """The columns, with a sentence for each field that is wrong. Raises MailAccountWrong."""
    host, user = fields.host.strip().rstrip("."), fields.user.strip()
    sender, reply_to = address(fields.sender), address(fields.reply_to)
    wrong = _wrong_server(fields, host, user)
    if sender is None:
        wrong["sender"] = _("Enter the address from which mails come, such as help@example.org.")
    if fields.reply_to.strip() and reply_to is None:
        wrong["reply_to"] = _("Enter an address, or leave it empty.")
    if len(fields.signature) > LONGEST_SIGNATURE:
        wrong["signature"] = _("Keep it under 1,000 characters.")
    if wrong:
        raise MailAccountWrong(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    return {
        "host": host,
        "port": fields.port,
        "security": fields.security,
        "user": user,
        "sender": sender,
        "name": clean_name(fields.name)[:120],
        "reply_to": reply_to or "",
        "signature": clean(fields.signature, LONGEST_SIGNATURE).text.strip(),
    }


def _wrong_server(fields: MailAccountFields, host: str, user: str) -> dict[str, str]:
    wrong = {}
    if not host or not wire_host(host) or len(host) > 253:
        wrong["host"] = _("Enter the name of the server, such as smtp.example.org.")
    if not 0 < fields.port < 65_536:
        wrong["port"] = _("Enter a port, such as 465.")
    if fields.security not in rules.SECURITIES:
        wrong["security"] = _("Choose how the connection is protected.")
    elif fields.security == "none" and not rules.may_be_plain(host):
        wrong["security"] = _("Without TLS only a server on this computer can be used.")
    if len(user) > 254 or not user.isprintable():
        wrong["user"] = _("Enter the user of the account, often its address.")
    if len(fields.password) > LONGEST_PASSWORD or not fields.password.isprintable():
        wrong["password"] = _("This password cannot be used: it is too long, or holds line breaks.")
    return wrong


def address(typed: str) -> str | None:
    """A mail address as servers read it; None where it is none, or not every server takes it."""
    wired = wire_form(typed)
    return wired if wired and wired.isascii() and wired.isprintable() else None
