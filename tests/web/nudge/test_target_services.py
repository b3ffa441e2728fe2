"""Does what the forms of the usual services ask become an address that Apprise takes for that service?"""

import apprise
import pytest

from amends.gateways.notifier.policy import explain
from amends.web.nudge.target_form import TargetForm, TargetIsIncomplete
from amends.web.nudge.target_services import SERVICES

FLOW = "/workflows/3a5f/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig=aBc-1"
SLACK = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD"
DISCORD = "https://discord.com/api/webhooks/4174216298"
CLOUD = "https://d.environment.api.powerplatform.com:443/powerautomate/automations/direct"
GIVEN = [
    (
        "slack",
        {"webhook": f"{SLACK}/TIiajkdnlazkcOXrIdevi7FQ"},
        "Slack",
    ),
    ("teams", {"webhook": f"https://prod-15.uksouth.logic.azure.com:443{FLOW}"}, "Workflows"),
    ("teams", {"webhook": f"{CLOUD}{FLOW}"}, "Workflows"),
    (
        "telegram",
        {"token": "123456789:abcdefg_hijklmno", "room": "-1001234567"},
        "Telegram",
    ),
    (
        "discord",
        {"webhook": f"{DISCORD}/JHMHI8qBe7bk2ZwO5U711o3dV_js"},
        "Discord",
    ),
    ("ntfy", {"room": "bakers-late"}, "Ntfy"),
    ("ntfy", {"room": "late", "server": "http://ntfy.example.org:8080", "token": "tk_a/b"}, "Ntfy"),
    (
        "mattermost",
        {"webhook": "https://chat.example.org/hooks/3ccdd113474722377935511f"},
        "Mattermost",
    ),
    ("mattermost", {"webhook": "https://example.org/chat/hooks/3ccdd113474722377935511fc8"}, "Mattermost"),
    (
        "signal",
        {"server": "https://signal.example.org", "sender": "+33 6 12 34 56 78", "receiver": "+33612345679"},
        "SignalAPI",
    ),
    ("webhook", {"webhook": "https://example.org/hook/1?key=a%26b&x=1"}, "JSON"),
]


def address(kind: str, given: dict[str, str]) -> str:
    return TargetForm(kind=kind, name="Room", **given).full_address()


@pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")
@pytest.mark.parametrize(("kind", "given", "plugin"), GIVEN)
def test_what_a_service_shows_becomes_an_address_of_its(kind: str, given: dict[str, str], plugin: str):
    made = address(kind, given)
    assert explain(made) is None
    service = apprise.Apprise.instantiate(made)
    assert service is not None
    assert type(service).__name__ == f"Notify{plugin}"


def test_every_service_of_the_table_is_tried_here_and_known_to_the_form():
    assert {kind for kind, _given, _plugin in GIVEN} == set(SERVICES)


def test_a_webhook_keeps_its_own_options_and_gives_apprise_none():
    made = address("webhook", {"webhook": "https://example.org/hook?template=/etc/passwd&key=a%26b"})
    assert made == "jsons://example.org/hook?-template=%2Fetc%2Fpasswd&-key=a%26b"


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("slack", {"webhook": "https://hooks.slack.com.example.org/services/T1/B1/x"}),
        ("teams", {"webhook": "https://prod-15.uksouth.logic.azure.com/workflows/3a5f/triggers/manual"}),
        ("telegram", {"token": "no token", "room": "1"}),
        ("telegram", {"token": "1:a", "room": "../evil"}),
        ("discord", {"webhook": "https://discord.com/channels/1/2"}),
        ("ntfy", {"room": "two words"}),
        ("ntfy", {"room": "late", "server": "ftp://example.org"}),
        ("mattermost", {"webhook": "https://chat.example.org/bakers"}),
        ("signal", {"server": "https://signal.example.org", "sender": "0612", "receiver": "+33612345679"}),
        ("webhook", {"webhook": "file:///etc/passwd"}),
        ("webhook", {"webhook": "https://[broken"}),
    ],
)
def test_what_is_no_address_of_the_service_is_said_beside_its_first_field(kind: str, given: dict[str, str]):
    with pytest.raises(TargetIsIncomplete) as refused:
        address(kind, given)
    assert list(refused.value.fields) == [SERVICES[kind].fields[0].name]


def test_an_empty_field_is_named():
    with pytest.raises(TargetIsIncomplete) as refused:
        address("signal", {"server": "https://signal.example.org"})
    assert set(refused.value.fields) == {"sender", "receiver"}


MAIL = {"mail_to": "ada@example.org", "mail_from": "amends@example.org", "mail_server": "smtp.example.org"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mail_to": "a@b@example.com"}, "mail_to"),
        ({"mail_to": "ada@example.org, bob"}, "mail_to"),
        ({"mail_to": " "}, "mail_to"),
        ({"mail_from": "amends"}, "mail_from"),
        ({"mail_server": "smtp.example.org:25"}, "mail_server"),
        ({"mail_server": "evil.example/eve@evil.example"}, "mail_server"),
        ({"mail_server": "user@evil.example"}, "mail_server"),
    ],
)
def test_a_mail_field_that_could_be_read_in_two_ways_is_refused(wrong: dict[str, str], field: str):
    with pytest.raises(TargetIsIncomplete) as refused:
        address("mail", MAIL | wrong)
    assert list(refused.value.fields) == [field]
