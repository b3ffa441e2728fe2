"""E-mail addresses: exact reading of a list, wire form of the domain, and folding for comparison."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from amends.rules.team.host_names import wire_host

LONGEST = 254
_LOCAL = r"[^\s@<>\"(),;:\\\[\]\x00-\x1f\x7f]{1,64}"
_DOMAIN = r"(?:(?!\.)(?![^@]*\.\.)[^\s@<>\"(),;:\\\[\]/?#%\x00-\x1f\x7f]{1,253}|\[[0-9a-fA-F:.]{2,45}\])"
_ADDRESS = re.compile(f"(?P<local>{_LOCAL})@(?P<domain>{_DOMAIN})")
_NAMED = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^"<>@]*))\s*<(?P<address>[^<>]*)>\s*')
_PART = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^,;"<>]|["<>])+')


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One receiver or sender: the address with its domain in wire form, and the name before it."""

    address: str
    name: str = ""


def mailbox(text: str) -> Mailbox | None:
    """`ada@example.org`, or `Ada <ada@example.org>`; None when the whole text is not one of them.

    Nothing is searched for in the text: what is not an address as a whole is none (RFC 5321, 4.1.2).
    """
    named = _NAMED.fullmatch(text)
    address = wire_form(named["address"] if named else text)
    if address is None:
        return None
    return Mailbox(address, (named["quoted"] or named["plain"] or "").strip() if named else "")


def parts_of_list(text: str) -> list[str]:
    """The members of a list with commas or semicolons, as they were typed; a quoted name may hold both."""
    return [part.strip() for part in _PART.findall(text) if part.strip()]


def wire_form(address: str) -> str | None:
    """The address as servers read it: the local part untouched, the domain in lower-case punycode.

    None when it is no address. It is what a browser sends of a field for addresses.
    """
    match = _ADDRESS.fullmatch(address.strip())
    domain = wire_host(match["domain"].lower()) if match else None
    if match is None or not domain:
        return None
    whole = f"{match['local']}@{domain.lower()}"
    return whole if len(whole) <= LONGEST else None


def folded(address: str) -> str:
    """The one spelling in which a member's address is kept and compared; also of what is no address."""
    address = unicodedata.normalize("NFC", address.strip())
    local, at, domain = (wire_form(address) or address).rpartition("@")
    return f"{local.casefold()}{at}{domain.casefold()}"


def mailto(subject: str, *, to: str = "", body: str = "") -> str:
    """The address that opens a mail program with a mail which a person sends (RFC 6068)."""
    address = f"mailto:{quote(to, safe='@')}?subject={quote(subject)}"
    return f"{address}&body={quote(body)}" if body else address
