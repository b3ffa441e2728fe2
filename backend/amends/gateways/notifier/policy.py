"""Messages to people about target addresses: why one is refused, and masking of its secrets."""

import re

from amends.gateways.notifier.addresses import Refusal, Refused, refusal, schema_of
from amends.gateways.notifier.contract import Outcome, Result
from amends.i18n import gettext as _

_HOSTED = (
    "apprise",
    "emby",
    "form",
    "gotify",
    "hassio",
    "irc",
    "jellyfin",
    "json",
    "kodi",
    "mailto",
    "mastodon",
    "mmost",
    "ncloud",
    "nctalk",
    "rocket",
    "signal",
    "synology",
    "toot",
    "xbmc",
    "xml",
)
PRIVATE_ADDRESS = "private address"
"""What the guard notes of a connection into a private network."""
WORDLESS = frozenset(Refusal) - {Refusal.never, Refusal.unknown, Refusal.option}
"""Refusals whose reason can be said without the word of the address that they are about."""
HOST_IS_PUBLIC = frozenset({*_HOSTED, *(f"{schema}s" for schema in _HOSTED)})
"""Services whose host is always a place. Elsewhere it may be a token, as in `slack://TOKEN/…`."""

_HOST = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z0-9-]+(?::\d{1,5})?|[a-z0-9_-]+:\d{1,5}|localhost", re.IGNORECASE)


def explain(address: str) -> str | None:
    """The sentence that says why this address may not be used and what to do; None when it may be tried."""
    refused = refusal(address)
    return reason(refused) if refused else None


def reason(refused: Refused) -> str:
    """The sentence that says why an address was refused and what to do."""
    sentence = {
        Refusal.not_an_address: _(
            "This is not the address of a notification service. Such an address begins with the name "
            "of the service, for example mailto:// or gotify://."
        ),
        Refusal.too_long: _("This address is too long. Keep it under 2,000 characters."),
        Refusal.control_characters: _(
            "This address contains line breaks or control characters. Remove them."
        ),
        Refusal.several: _("These are several addresses. Enter one address per destination."),
        Refusal.never: _(
            "%(word)s:// would act on the server itself and is disabled. Choose another service."
        ),
        Refusal.unknown: _("%(word)s:// is not a supported service. Check the spelling."),
        Refusal.option: _("The option %(word)s= can read files on the server and is disabled. Remove it."),
        Refusal.not_understood: _(
            "This service does not understand the address. Compare it with the service’s documentation."
        ),
        Refusal.receiver: _(
            "Messages would not reach the recipient entered here. Check that it is complete and "
            "correct; separate several with commas."
        ),
        Refusal.letters: _(
            "Before the @, an email address may only contain letters without accents. Enter another address."
        ),
        Refusal.server: _("Messages would not reach the server entered here. Check its name and port."),
        Refusal.login: _(
            "The user name or password would be misread. Encode their special characters as in a web "
            "address, or use the email form."
        ),
    }[refused.why]
    return sentence % {"word": refused.word}


def in_words(result: Result) -> str:
    """How a send ended, for a person, without a status code: a test of a target is no port scanner (R-63)."""
    return {
        Outcome.delivered: _("Delivered."),
        Outcome.refused: _why_refused(result.detail),
        Outcome.unreachable: _(
            "The service could not be reached. Check the address, and that the service is running."
        ),
        Outcome.not_sent: _(
            "Nothing was sent: the service, or its mail server, does not offer what the address asks for."
        ),
        Outcome.rejected: _(
            "The service did not accept the message. Check the token, password and recipient."
        ),
        Outcome.gone: _(
            "The browser has ended its subscription. Turn reminders on again in that browser, or remove it."
        ),
        Outcome.timeout: _("No answer in time. The message may have arrived anyway."),
    }[result.outcome]


def _why_refused(detail: str) -> str:
    """The reason where the record of the attempt names one, else what is certain."""
    if detail == PRIVATE_ADDRESS:
        return _(
            "Not sent: the address leads into a private network. If that is meant, an admin lists it in "
            "AMENDS_ALLOW_PRIVATE_TARGETS."
        )
    if detail in WORDLESS:
        return reason(Refused(Refusal(detail)))
    return _("Not sent: reminders may not be sent to this address, or it does not lead where it says.")


def mask(address: str) -> str:
    """The address as it may be shown: `schema://host/…`, or `schema://…` if the host may be secret (R-62)."""
    schema = schema_of(address)
    if not schema:
        return "…"
    host = _public_host(schema, address)
    return f"{schema}://{host}/…" if host else f"{schema}://…"


def _public_host(schema: str, address: str) -> str:
    """The host, when it certainly is one: a password with `/` or `@` in it makes everything uncertain."""
    where = address.strip().partition("://")[2].partition("?")[0]
    authority, _slash, path = where.partition("/")
    secret, at, host = authority.rpartition("@")
    uncertain = "@" in secret or ("@" in path and not at) or (schema.startswith("mailto") and not at and path)
    if schema not in HOST_IS_PUBLIC or uncertain or not _HOST.fullmatch(host):
        return ""
    return host.lower()
