"""Notifier: delivery, content and outcome of messages, by real servers and the fake."""

import asyncio
import io
import json
import logging
from email.message import EmailMessage

import pytest
from PIL import Image

from amends.gateways.notifier import PICTURE, Message, Notifier, Outcome, Result
from amends.gateways.notifier.allowlist import PrivateTargetIsMalformed
from amends.gateways.notifier.message_text import LARGEST_PICTURE
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from tests.fakes import RecordingNotifier
from tests.gateways.receivers import MailReceiver, WebReceiver, closed_port, dripping

NUDGE = Message("Case 142 is overdue", "Please have a look.\nIt waits since Tuesday.", reference="#142/2")


def to_mail(mail: MailReceiver, more: str = "") -> str:
    return f"mailto://127.0.0.1:{mail.port}/?from=amends@example.org&to=owner@example.org{more}"


def text_of(part: EmailMessage) -> str:
    return str(part.get_content()).replace("\r\n", "\n").strip()


@pytest.fixture(params=["real", "fake"])
def either(request: pytest.FixtureRequest, notifier: SandboxedNotifier) -> Notifier:
    return notifier if request.param == "real" else RecordingNotifier()


def test_real_and_fake_are_notifiers(notifier: SandboxedNotifier):
    assert isinstance(notifier, Notifier)
    assert isinstance(RecordingNotifier(), Notifier)


async def test_a_good_address_is_delivered(either: Notifier, web: WebReceiver):
    result = await either.send(f"json://127.0.0.1:{web.port}/ok", NUDGE)
    assert result == Result(Outcome.delivered, "accepted")


@pytest.mark.parametrize(
    "address", ["", "hello", "syslog://", "nosuch://x", "discord://a/b?template=/etc/passwd"]
)
async def test_an_address_against_the_policy_is_refused_without_raising(either: Notifier, address: str):
    assert (await either.send(address, NUDGE)).outcome is Outcome.refused


async def test_the_fake_answers_as_told_and_then_delivers():
    fake = RecordingNotifier()
    fake.answer("json://x", Result(Outcome.rejected, "http 500"))
    assert (await fake.send("json://x", NUDGE)).outcome is Outcome.rejected
    assert (await fake.send("json://x", NUDGE)).outcome is Outcome.delivered
    assert len(fake.sent) == 2


async def test_the_fake_hangs_until_it_is_released():
    fake = RecordingNotifier()
    released = fake.hang("json://x")
    sending = asyncio.create_task(fake.send("json://x", NUDGE))
    assert (await fake.send("json://y", NUDGE)).outcome is Outcome.delivered
    assert not sending.done()
    released.set()
    assert (await sending).outcome is Outcome.timeout


async def test_a_webhook_gets_text_and_reference(notifier: SandboxedNotifier, web: WebReceiver):
    web.received.clear()
    await notifier.send(f"json://127.0.0.1:{web.port}/ok/hook", NUDGE)
    (got,) = web.received
    assert got.headers["X-Amends-Reference"] == "#142/2"
    said = json.loads(got.body)
    assert said["title"] == "Case 142 is overdue"
    assert said["message"] == "Please have a look.\nIt waits since Tuesday.\n\nRef: #142/2"


@pytest.mark.parametrize("schema", ["xml", "form"])
async def test_other_webhooks_carry_the_reference_too(
    notifier: SandboxedNotifier, web: WebReceiver, schema: str
):
    web.received.clear()
    result = await notifier.send(f"{schema}://127.0.0.1:{web.port}/ok?+X-Own=kept", NUDGE)
    assert result.outcome is Outcome.delivered
    assert web.received[0].headers["X-Amends-Reference"] == "#142/2"
    assert web.received[0].headers["X-Own"] == "kept"


async def test_a_mail_is_plain_text_with_subject_and_reference(
    notifier: SandboxedNotifier, mail: MailReceiver
):
    result = await notifier.send(to_mail(mail), NUDGE)
    assert result.outcome is Outcome.delivered
    (got,) = mail.mails
    assert got["Subject"] == "Case 142 is overdue"
    assert got["X-Amends-Reference"] == "#142/2"
    assert got.get_content_type() == "text/plain"
    assert text_of(got) == "Please have a look.\nIt waits since Tuesday.\n\nRef: #142/2"
    assert mail.recipients == [["owner@example.org"]]


async def test_a_mail_with_html_has_our_own_text_first(notifier: SandboxedNotifier, mail: MailReceiver):
    message = Message("T", "Our *own* words", "<p>Our <b>own</b> words</p>", "#1/1")
    await notifier.send(to_mail(mail), message)
    plain, html = mail.mails[0].iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert text_of(plain) == "Our *own* words\n\nRef: #1/1"
    assert html.get_content_type() == "text/html"
    assert "<b>own</b>" in html.get_content()


def a_picture(size: int = 0) -> bytes:
    output = io.BytesIO()
    Image.new("RGBA", (60, 20), "teal").save(output, "PNG")
    return output.getvalue() + bytes(size)


async def test_a_mail_carries_its_picture_and_fetches_nothing(
    notifier: SandboxedNotifier, mail: MailReceiver
):
    shown = f'<p><img src="{PICTURE}" alt="Bakers"></p>'
    await notifier.send(to_mail(mail), Message("T", "Our words", shown, picture=a_picture()))
    await notifier.send(to_mail(mail), Message("T", "Our words", "<p>none</p>"))
    got, after = mail.mails
    assert got.get_content_type() == "multipart/related"
    words, picture = got.iter_parts()
    plain, html = words.iter_parts()
    assert text_of(plain) == "Our words"
    assert html.get_content().strip() == shown
    assert (picture.get_content_type(), picture["Content-ID"]) == ("image/png", "<logo.png>")
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content() == a_picture()
    assert after.get_content_type() == "multipart/alternative", "the next mail has no picture of the last"


@pytest.mark.parametrize("picture", [a_picture(LARGEST_PICTURE), b"<svg onload=alert(1)>", b"RIFF....WEBP"])
async def test_a_large_picture_or_another_file_goes_with_no_mail(
    notifier: SandboxedNotifier, mail: MailReceiver, picture: bytes
):
    await notifier.send(to_mail(mail), Message("T", "Our words", "<p>Our words</p>", picture=picture))
    assert [part.get_content_type() for part in mail.mails[0].iter_parts()] == ["text/plain", "text/html"]


async def test_text_of_the_next_mail_is_not_that_of_the_last(notifier: SandboxedNotifier, mail: MailReceiver):
    await notifier.send(to_mail(mail), Message("T", "first", "<p>first</p>"))
    await notifier.send(to_mail(mail), Message("T", "second", "<p>second</p>"))
    plain, _html = mail.mails[1].iter_parts()
    assert text_of(plain) == "second"


@pytest.mark.parametrize(
    "title",
    [
        "Hello\r\nBcc: spy@example.net",
        "Hello\nBcc: spy@example.net\n\nnew body",
        "Hello\rBcc: spy@example.net",
        "Hello\x0bBcc: spy@example.net\x0c",
        "Hello\u2028Bcc: spy@example.net\x85Cc: spy@example.net",
        "Hello\x00\x1b[31mBcc: spy@example.net",
        "=?utf-8?q?Hello=0D=0ABcc:_spy@example.net?=",
    ],
)
async def test_no_title_becomes_a_header(notifier: SandboxedNotifier, mail: MailReceiver, title: str):
    message = Message(title, "body", reference=f"#1/1\r\nBcc: spy@example.net{title}")
    assert (await notifier.send(to_mail(mail), message)).outcome is Outcome.delivered
    (got,) = mail.mails
    assert {"Bcc", "Cc"}.isdisjoint(got.keys())
    assert mail.recipients == [["owner@example.org"]]
    assert len(got["Subject"].splitlines()) == 1


async def test_a_long_title_is_cut_and_any_character_arrives(notifier: SandboxedNotifier, mail: MailReceiver):
    await notifier.send(to_mail(mail), Message("é" * 300, "naïve — \u202fœuf 😀 \ud800 ok"))
    (got,) = mail.mails
    assert got["Subject"] == "é" * 119 + "…"
    assert text_of(got) == "naïve — \u202fœuf 😀 ? ok"


async def test_nothing_in_the_text_is_interpreted(notifier: SandboxedNotifier, web: WebReceiver):
    text = r"\n \u0041 :smile: **b** <b>x</b> &amp; ${HOME} {{7*7}} @everyone"
    web.received.clear()
    await notifier.send(f"json://127.0.0.1:{web.port}/ok?emojis=yes", Message(text, text))
    said = json.loads(web.received[0].body)
    assert (said["title"], said["message"]) == (text, text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("500", Result(Outcome.rejected, "http 500")),
        ("401", Result(Outcome.rejected, "http 401")),
        ("429", Result(Outcome.rejected, "http 429", 37)),
        ("redirect?redirect=yes", Result(Outcome.rejected, "http 307")),
        ("500?optional=yes&retry=3&wait=0", Result(Outcome.rejected, "http 500")),
        ("endless", Result(Outcome.delivered, "accepted")),
    ],
)
async def test_the_answer_of_a_web_service_is_told(
    notifier: SandboxedNotifier, web: WebReceiver, path: str, expected: Result
):
    web.received.clear()
    assert await notifier.send(f"json://127.0.0.1:{web.port}/{path}", NUDGE) == expected
    assert len(web.received) == 1


@pytest.mark.parametrize(
    ("to_recipient", "to_message", "detail"),
    [("550 no such person", "", "smtp 550"), ("", "554 refused", "smtp 554"), ("", "451 later", "smtp 451")],
)
async def test_the_answer_of_a_mail_server_is_told(
    notifier: SandboxedNotifier, mail: MailReceiver, to_recipient: str, to_message: str, detail: str
):
    mail.answer_to_recipient, mail.answer = to_recipient, to_message or "250 kept"
    assert await notifier.send(to_mail(mail), NUDGE) == Result(Outcome.rejected, detail)


@pytest.mark.parametrize("schema", ["json", "mailto"])
async def test_a_port_where_nobody_listens_is_unreachable(schema: str):
    port = closed_port()
    alone = SandboxedNotifier([f"127.0.0.1:{port}"])
    try:
        address = f"{schema}://127.0.0.1:{port}/?from=a@example.org&to=b@example.org"
        assert await alone.send(address, NUDGE) == Result(Outcome.unreachable, "connection refused")
    finally:
        await alone.close()


async def test_a_receiver_that_hangs_is_killed_and_the_next_send_works(web: WebReceiver):
    hasty = SandboxedNotifier([f"127.0.0.1:{web.port}"], timeout=1)
    try:
        await hasty.send(f"json://127.0.0.1:{web.port}/ok", NUDGE)
        first = hasty.children
        result = await hasty.send(f"json://127.0.0.1:{web.port}/hang?rto=300", NUDGE)
        assert result == Result(Outcome.timeout, "no answer")
        assert hasty.children == []
        assert (await hasty.send(f"json://127.0.0.1:{web.port}/ok", NUDGE)).outcome is Outcome.delivered
        assert hasty.children != first
    finally:
        await hasty.close()


@pytest.mark.parametrize("schema", ["json", "mailto"])
async def test_a_receiver_that_answers_a_byte_at_a_time_is_cut_off(schema: str):
    with dripping() as port:
        hasty = SandboxedNotifier([f"127.0.0.1:{port}"], timeout=2)
        try:
            address = f"{schema}://127.0.0.1:{port}/?from=a@example.org&to=b@example.org&rto=300&cto=300"
            assert await hasty.send(address, NUDGE) == Result(Outcome.timeout, "no answer")
        finally:
            await hasty.close()


async def test_a_server_that_speaks_no_tls_where_it_is_asked_to_is_unreachable(
    notifier: SandboxedNotifier, mail: MailReceiver
):
    address = to_mail(mail).replace("mailto:", "mailtos:", 1) + "&mode=ssl"
    assert (await notifier.send(address, NUDGE)).outcome is Outcome.unreachable
    assert mail.mails == []


async def test_a_mail_server_that_asks_to_come_again_takes_it_the_second_time(
    notifier: SandboxedNotifier, mail: MailReceiver
):
    mail.answer_to_recipient = "450 greylisted"
    assert await notifier.send(to_mail(mail), NUDGE) == Result(Outcome.rejected, "smtp 450")
    mail.answer_to_recipient = ""
    assert (await notifier.send(to_mail(mail), NUDGE)).outcome is Outcome.delivered


async def test_a_target_that_hangs_does_not_delay_another(web: WebReceiver, mail: MailReceiver):
    pool = SandboxedNotifier([f"127.0.0.1:{web.port}", f"127.0.0.1:{mail.port}"], timeout=60, patience=60)
    web.arrived.clear()
    try:
        address = f"json://127.0.0.1:{web.port}/hang?rto=300"
        stuck = [asyncio.create_task(pool.send(address, NUDGE)) for _ in range(5)]
        await asyncio.to_thread(web.arrived.wait, 30)
        assert (await pool.send(to_mail(mail), NUDGE)).outcome is Outcome.delivered
        assert not any(task.done() for task in stuck)
    finally:
        for task in stuck:
            task.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)
        await pool.close()
    assert pool.children == []


async def test_who_waits_too_long_for_a_child_is_told_so(web: WebReceiver):
    pool = SandboxedNotifier([f"127.0.0.1:{web.port}"], timeout=60, patience=8, size=1)
    web.arrived.clear()
    try:
        stuck = asyncio.create_task(pool.send(f"json://127.0.0.1:{web.port}/hang?rto=300", NUDGE))
        await asyncio.to_thread(web.arrived.wait, 30)
        result = await pool.send(f"json://127.0.0.1:{web.port}/ok", NUDGE)
        assert result == Result(Outcome.unreachable, "waiting for earlier messages")
    finally:
        await pool.close()
    assert (await stuck) == Result(Outcome.timeout, "notifier process ended")


async def test_no_secret_shows_up_anywhere(
    notifier: SandboxedNotifier,
    web: WebReceiver,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
):
    caplog.set_level(logging.DEBUG)
    canary = "CANARY7f3a"
    message = Message(f"title {canary}", f"body {canary}")
    shown = [repr(message), repr(notifier)]
    for way in ("ok", "500", "hang", "redirect"):
        address = f"json://{canary}:{canary}@127.0.0.1:{web.port}/{way}/{canary}?+Authorization={canary}"
        shown.append(repr(await notifier.send(address, message)))
    for address in (
        f"slack://{canary}",
        f"tgram://{canary}",
        f"{canary}://x",
        f"json://127.0.0.1:1/?:keyfile={canary}",
    ):
        shown.append(repr(await notifier.send(address, message)))
    shown += [caplog.text, *capfd.readouterr()]
    assert canary not in "\n".join(shown)


def test_a_private_target_that_is_malformed_is_refused_at_once():
    with pytest.raises(PrivateTargetIsMalformed):
        SandboxedNotifier(["mail server"])
