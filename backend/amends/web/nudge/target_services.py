"""Guided fields of usual services, and the Apprise address made of them."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from amends.i18n import N_
from amends.web.requests import address_parts

Given = Mapping[str, str]


class Field(NamedTuple):
    """One field: its name in the form, its label, a hint; what is secret is typed hidden."""

    name: str
    label: str
    hint: str = ""
    secret: bool = True
    required: bool = True


class Service(NamedTuple):
    """One service; `address` gives the Apprise address, or None: then `wrong` is said of the first field."""

    title: str
    fields: tuple[Field, ...]
    address: Callable[[Given], str | None]
    wrong: str


SLACK = re.compile(r"https://hooks\.slack\.com/services/(\w+)/(\w+)/(\w+)/?")
DISCORD = re.compile(r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/(\d+)/([\w-]+)/?")
TEAMS = re.compile(r"(?P<cloud>/powerautomate/automations/direct)?/workflows/(?P<flow>[\w-]+)/triggers/.+")
BOT = re.compile(r"\d+:[\w-]+")
CHAT = re.compile(r"-?\d+|@\w+")
TOPIC = re.compile(r"[\w-]{1,64}")
PHONE = re.compile(r"\+\d{6,15}")


def _slack(given: Given) -> str | None:
    found = SLACK.fullmatch(given["webhook"])
    return f"slack://{found[1]}/{found[2]}/{found[3]}/" if found else None


def _discord(given: Given) -> str | None:
    found = DISCORD.fullmatch(given["webhook"])
    return f"discord://{found[1]}/{found[2]}/" if found else None


def _teams(given: Given) -> str | None:
    parts = address_parts(given["webhook"])
    found = TEAMS.fullmatch(parts.path)
    if parts.scheme != "https" or not found or "sig=" not in parts.query:
        return None
    kind = "&pa=yes" if found["cloud"] else ""
    return f"workflows://{parts.netloc}/{found['flow']}/?{parts.query}{kind}"


def _telegram(given: Given) -> str | None:
    if not BOT.fullmatch(given["token"]) or not CHAT.fullmatch(given["room"]):
        return None
    return f"tgram://{given['token']}/{given['room']}/"


def _ntfy(given: Given) -> str | None:
    scheme, host = _server(given["server"] or "https://ntfy.sh", "ntfy")
    if not host or not TOPIC.fullmatch(given["room"]):
        return None
    login = f"{quote(given['token'], safe='')}@" if given["token"] else ""
    return f"{scheme}://{login}{host}/{given['room']}"


def _mattermost(given: Given) -> str | None:
    scheme, host = _server(given["webhook"], "mmost")
    before, hooks, key = address_parts(given["webhook"]).path.rpartition("/hooks/")
    return f"{scheme}://{host}{before}/{key}" if host and hooks and key.isalnum() else None


def _signal(given: Given) -> str | None:
    scheme, host = _server(given["server"], "signal")
    numbers = [re.sub(r"[ .()-]", "", given[name]) for name in ("sender", "receiver")]
    if not host or not all(PHONE.fullmatch(number) for number in numbers):
        return None
    return f"{scheme}://{host}/{numbers[0]}/{numbers[1]}"


def _webhook(given: Given) -> str | None:
    """Apprise takes bare options for its own and sends on those with a minus before their name."""
    scheme, host = _server(given["webhook"], "json")
    parts = address_parts(given["webhook"])
    options = urlencode([(f"-{name}", value) for name, value in parse_qsl(parts.query)])
    return f"{scheme}://{host}{parts.path or '/'}{'?' if options else ''}{options}" if host else None


def _server(address: str, scheme: str) -> tuple[str, str]:
    """The scheme, with an s over https, and the host; no host when this is no address of the web."""
    parts = address_parts(address)
    host = parts.netloc if parts.scheme in ("http", "https") and parts.hostname else ""
    return (f"{scheme}s" if address.startswith("https:") else scheme), host


_HOOK = Field("webhook", N_("Address of the webhook"))
_SERVER = Field(
    "server", N_("Server"), N_("With https://, for example https://signal.example.org."), secret=False
)

SERVICES: dict[str, Service] = {
    "slack": Service(
        "Slack",
        (_HOOK._replace(hint=N_("An incoming webhook: https://hooks.slack.com/services/…")),),
        _slack,
        N_("That isn’t a Slack webhook address. Copy it in full from the page of your app."),
    ),
    "teams": Service(
        "Microsoft Teams",
        (
            _HOOK._replace(
                hint=N_("From the workflow “Post to a channel when a webhook request is received”.")
            ),
        ),
        _teams,
        N_("That isn’t the webhook address of a workflow. Copy it in full, with all that follows “sig=”."),
    ),
    "telegram": Service(
        "Telegram",
        (
            Field("token", N_("Bot token"), N_("From BotFather: digits, a colon, letters.")),
            Field("room", N_("Chat number"), N_("Or the @name of a channel."), secret=False),
        ),
        _telegram,
        N_("A token looks like 123456:ABC-def, a chat like -1001234567 or @channel."),
    ),
    "discord": Service(
        "Discord",
        (
            _HOOK._replace(
                hint=N_("Channel settings, Integrations, Webhooks: https://discord.com/api/webhooks/…")
            ),
        ),
        _discord,
        N_("That isn’t a Discord webhook address. Copy it in full from the settings of the channel."),
    ),
    "ntfy": Service(
        "ntfy",
        (
            Field(
                "room",
                N_("Topic"),
                N_("Letters, digits, - and _. Anyone who knows it can read your reminders."),
            ),
            Field("server", N_("Server"), N_("If empty: https://ntfy.sh."), secret=False, required=False),
            Field("token", N_("Access token"), required=False),
        ),
        _ntfy,
        N_("A topic contains only letters, digits, - and _; a server begins with https://."),
    ),
    "mattermost": Service(
        "Mattermost",
        (_HOOK._replace(hint=N_("An incoming webhook: https://your-server/hooks/…")),),
        _mattermost,
        N_("That isn’t a Mattermost webhook address: it ends with /hooks/ and a key."),
    ),
    "signal": Service(
        "Signal",
        (
            _SERVER._replace(hint=N_("Address of your signal-cli-rest-api, with https:// or http://.")),
            Field("sender", N_("From this number"), N_("For example +33612345678."), secret=False),
            Field("receiver", N_("To this number"), secret=False),
        ),
        _signal,
        N_("A server begins with https:// or http://; numbers begin with + and the country."),
    ),
    "webhook": Service(
        N_("Webhook (JSON)"),
        (_HOOK._replace(hint=N_("Receives title, message and reference as JSON by POST.")),),
        _webhook,
        N_("That isn’t a web address. It must begin with https:// or http://."),
    ),
}
"""The usual services, by the kind that a form sends."""
