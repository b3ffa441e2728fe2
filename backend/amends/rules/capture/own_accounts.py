"""The team's own accounts, as they are typed: one a line, an address or a platform with a handle."""

from amends.i18n import gettext as _
from amends.rules.capture.addresses import platform_of
from amends.rules.capture.links import safe_url
from amends.rules.case.platforms import WrongPlatformName, platform_name
from amends.rules.team.reply_rules import OwnAccount, WrongReplyRules

MOST = 50
LONGEST = 300


def read_accounts(typed: str) -> tuple[OwnAccount, ...]:
    """The accounts in what was typed, such as `https://x.com/bakers` or `instagram @bakers`.

    Raises WrongReplyRules, naming the first line that is not understood.
    """
    lines = [line.strip() for line in typed.splitlines()]
    accounts = tuple(_account(line, number) for number, line in enumerate(lines, start=1) if line)
    if len(accounts) > MOST:
        raise _wrong(_("At most %(count)s accounts.") % {"count": MOST})
    return accounts


def written(accounts: tuple[OwnAccount, ...]) -> str:
    """The same as text, one a line."""
    return "\n".join(one.url or f"{one.platform} {one.handle}" for one in accounts)


def _account(line: str, number: int) -> OwnAccount:
    is_address = len(line) <= LONGEST and line.startswith(("https://", "http://"))
    if is_address and (address := safe_url(line)):
        return OwnAccount(platform=platform_of(address), url=address)
    named, _gap, handle = line.rpartition(" ")
    if len(line) > LONGEST or not named or not handle.strip("@"):
        raise _not_understood(number)
    try:
        return OwnAccount(platform=platform_name(named), handle=handle)
    except WrongPlatformName:
        raise _not_understood(number) from None


def _not_understood(number: int) -> WrongReplyRules:
    sentence = _(
        "Line %(number)s: enter the address of the profile, or the platform and the handle: x @bakers."
    )
    return _wrong(sentence % {"number": number})


def _wrong(sentence: str) -> WrongReplyRules:
    return WrongReplyRules(fields={"own_accounts": sentence})
