"""Settings of sign-in providers: which issuers may be asked, and which addresses get an account."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
LONGEST_ISSUER = 300


def is_issuer(address: str, *, private: Collection[str] = ()) -> bool:
    """An https address without query, fragment or password; plain http for servers that are `private`."""
    try:
        parts = urlsplit(address)
        place = f"{parts.hostname}:{parts.port}"
    except ValueError:
        return False
    is_plain_and_listed = parts.scheme == "http" and place in private
    is_clean = not (parts.query or parts.fragment or "@" in parts.netloc) and address.isprintable()
    is_short = bool(parts.hostname) and len(address) <= LONGEST_ISSUER and " " not in address
    return (parts.scheme == "https" or is_plain_and_listed) and is_clean and is_short


def domains_in(text: str) -> list[str]:
    """The domains that somebody typed, with commas, spaces or lines between, each once."""
    found = (one.strip().removeprefix("@").lower() for one in re.split(r"[\s,;]+", text))
    return list(dict.fromkeys(one for one in found if one))


def is_domain(text: str) -> bool:
    """A whole domain: a part of one, as example.org in bad-example.org, is none of it."""
    return DOMAIN.fullmatch(text) is not None


def gets_an_account(email: str, domains: Collection[str]) -> bool:
    """Whether a verified address is in one of the domains exactly; below it is another domain."""
    local, at, domain = email.rpartition("@")
    return bool(local and at) and domain.lower() in domains
