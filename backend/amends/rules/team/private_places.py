"""The private place: an address, a number or a link where a person can write, and not only words."""

import re
from collections.abc import Mapping

from amends.i18n import gettext as _
from amends.rules.team.mail_addresses import mailbox
from amends.rules.team.reply_rules import WrongReplyRules

NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-/\u202f]*\d){5,}")
"""A telephone number: six digits or more, with the signs that people write between them."""
LINK = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?::\d{1,5})?(?:[/?#]\S*)?")
HANDLE = re.compile(r"(?<!\w)@(?=[\w.-]*[^\W\d_])[\w.-]{3,}")
"""The name of an account as sites write it, of three signs or more."""
AROUND = "<>()[]«»\"'.,;:!?\u202f"


def is_reachable(place: str) -> bool:
    """Whether a word of it is an e-mail address or the address of a page, or it holds a telephone number."""
    return _has_mail_or_number(place) or any(LINK.fullmatch(word) for word in _words(place))


def reaches_person(contact: str) -> bool:
    """Whether a person can be reached by it: a mail address, a telephone number, or a handle with its @."""
    return _has_mail_or_number(contact) or bool(HANDLE.search(contact))


def _has_mail_or_number(text: str) -> bool:
    return bool(NUMBER.search(text)) or any(mailbox(word) for word in _words(text))


def _words(text: str) -> list[str]:
    return [word.strip(AROUND) for word in re.split(r"[\s,;]+", text)]


def check(places: Mapping[str, str]) -> None:
    """Raises WrongReplyRules with a sentence beside each field whose words lead a customer nowhere."""
    wrong = {name: _unreachable() for name, place in places.items() if place and not is_reachable(place)}
    if wrong:
        raise WrongReplyRules(_("Something is missing or wrong. Check the marked fields."), fields=wrong)


def _unreachable() -> str:
    return _(
        "Nobody can write there yet. Enter an email address, a phone number or the address of a page, such as"
        " care@example.org, +44 20 7946 0958 or example.org/contact."
    )
