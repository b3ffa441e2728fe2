"""Validation of target addresses by their text alone: schemas, options, control characters."""

import functools
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote, unquote

LONGEST = 2_000
RECEIVERS = frozenset({"to", "cc", "bcc"})
"""The options of a mail address that name mailboxes."""

NEVER = frozenset(
    {
        "blink1",
        "dbus",
        "gio",
        "glib",
        "gnome",
        "growl",
        "kde",
        "macosx",
        "qt",
        "rsyslog",
        "syslog",
        "windows",
    }
)
"""Services that act on the server itself: programs, buses, devices, its log (security.md, 2.3)."""

FORBIDDEN_OPTIONS = frozenset(
    {"keyfile", "pathprefix", "pgpkey", "pgpprv", "pgppub", "subfile", "template"},
)
"""Options that make a service read a file or fetch another address, written without `_` and `-`."""

_ADDRESS = re.compile(r"(?P<schema>[a-z0-9]{1,16})://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_SEVERAL = re.compile(r"[,\s]\s*[a-z0-9]{1,16}://", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Refusal(StrEnum):
    """Why an address is not accepted."""

    not_an_address = "not an address"
    too_long = "address too long"
    control_characters = "control characters in the address"
    several = "several addresses in one"
    never = "service acts on the server"
    unknown = "service unknown"
    option = "option reads files"
    not_understood = "address not understood"
    receiver = "receiver read differently"
    letters = "receiver with other letters"
    server = "server read differently"
    login = "login read differently"


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, with the service or the option it is about."""

    why: Refusal
    word: str = ""


@functools.cache
def enabled_schemas() -> frozenset[str]:
    """The services that may be used: a reviewed list, so that an upgrade of Apprise adds none by itself."""
    return frozenset(Path(__file__).with_name("schemas.txt").read_text("utf-8").split())


def schema_of(address: str) -> str:
    """The name before `://` in lower case, or an empty string."""
    match = _ADDRESS.match(address.strip())
    return match["schema"].lower() if match else ""


def refusal(address: str) -> Refused | None:
    """Why this address may not be used (R-60, 2.3); None when nothing speaks against it."""
    address = address.strip()
    if len(address) > LONGEST:
        return Refused(Refusal.too_long)
    match = _ADDRESS.match(address)
    if match is None or not match["rest"]:
        return Refused(Refusal.not_an_address)
    if _CONTROL.search(fully_unquoted(address)):
        return Refused(Refusal.control_characters)
    where, _, options = match["rest"].partition("?")
    if _SEVERAL.search(where):
        return Refused(Refusal.several)
    return refused_schema(match["schema"].lower()) or refused_options(option_names(options))


def refused_schema(schema: str) -> Refused | None:
    """Whether this service may not be used."""
    if schema in NEVER:
        return Refused(Refusal.never, schema)
    if schema not in enabled_schemas():
        return Refused(Refusal.unknown, schema)
    return None


def refused_options(names: list[str]) -> Refused | None:
    """The first of these options that may read a file, whatever prefix or spelling it wears."""
    for name in names:
        plain = re.sub(r"[^a-z]", "", fully_unquoted(name).lower())
        if plain in FORBIDDEN_OPTIONS:
            return Refused(Refusal.option, plain)
    return None


def option_names(query: str) -> list[str]:
    """The names in a query, split the way Apprise splits it: at `&` and at `;`."""
    pairs = re.split(r"[&;?]", query)
    return [pair.partition("=")[0] for pair in pairs]


def fully_unquoted(text: str) -> str:
    """The text with its percent signs resolved until nothing changes: services decode more than once."""
    for _ in range(5):
        plain = unquote(text)
        if plain == text:
            break
        text = plain
    return text


def readdressed(address: str, receiver: str) -> str:
    """A mail target's address by which the same server writes to another mailbox instead; "" when unclear.

    Unclear is what names no server of its own, or may hold a `/` in its password.
    """
    where, _, query = address.strip().partition("?")
    schema, _, rest = where.partition("://")
    authority, _, path = rest.partition("/")
    _login, at, host = authority.rpartition("@")
    if schema.lower() not in ("mailto", "mailtos") or "@" in unquote(host) or ("@" in path and not at):
        return ""
    kept = [
        option
        for option in query.split("&")
        if option and unquote(option.partition("=")[0]).lower() not in RECEIVERS
    ]
    return f"{schema}://{authority}?" + "&".join([*kept, f"to={quote(receiver, safe='')}"])
