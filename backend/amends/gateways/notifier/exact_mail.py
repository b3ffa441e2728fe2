"""Exact mail addresses: replaces how the services of Apprise find addresses in a text."""

import sys
from collections.abc import Iterator
from typing import Any

import apprise.utils.parse as parsing

from amends.rules.team.mail_addresses import mailbox, parts_of_list


def install() -> None:
    """Patch every loaded service. Call it after they have been loaded."""
    replacements = {"is_email": is_email, "parse_emails": parse_emails}
    originals = {name: getattr(parsing, name) for name in replacements}
    for module in [module for name, module in sys.modules.items() if name.startswith("apprise.")]:
        for name, replacement in replacements.items():
            if getattr(module, name, None) is originals[name]:
                setattr(module, name, replacement)


def is_email(address: object) -> dict[str, str] | bool:
    """The parts of an address as Apprise names them; False when the whole text is not one."""
    found = mailbox(address) if isinstance(address, str) else None
    if found is None:
        return False
    local, _, domain = found.address.rpartition("@")
    user, _, label = local.partition("+")
    return {
        "name": found.name,
        "email": f"{user}@{domain}",
        "full_email": found.address,
        "label": label,
        "user": user,
        "domain": domain,
    }


def parse_emails(*lists: object, store_unparseable: bool = True, **_options: object) -> list[str]:
    """The members of lists as they were typed; Apprise asks `is_email` about each."""
    parts = [part for text in _texts(lists) for part in parts_of_list(text)]
    return [part for part in parts if store_unparseable or is_email(part)]


def _texts(lists: Any) -> Iterator[str]:  # noqa: ANN401 - nested as services nest them
    if isinstance(lists, str):
        yield lists
    elif isinstance(lists, list | tuple | set | frozenset):
        for one in lists:
            yield from _texts(one)
