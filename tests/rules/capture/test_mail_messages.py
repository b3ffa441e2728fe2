"""Are the facts of a mail read whatever it is made of, bounded, and without running or fetching anything?"""

from email.message import EmailMessage

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.mail_messages import MOST_BYTES, MOST_PARTS, Mail, MailIsTooLarge, read_mail


def mail(text: str = "Bonjour…", **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {"From": "Zoé <Zoe@Example.com>", "Subject": "Où est mon colis ?", "Message-ID": "<1@x>"}
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        message[name] = value
    message.set_content(text)
    return message


def test_the_facts_of_an_ordinary_answer():
    answer = mail("Cassé.\n\nLe 28/11/2026 à 10:12, Amends a écrit :\n> Bonjour", In_Reply_To="<9@amends>")
    read = read_mail(answer.as_bytes())
    assert (read.identity, read.sender, read.name) == ("<1@x>", "zoe@example.com", "Zoé")
    assert (read.subject, read.words) == ("Où est mon colis ?", "Cassé.")
    assert read.references == ("<9@amends>",)
    assert "Bonjour" in read.text
    assert read.automatic == ""


@pytest.mark.parametrize(
    ("header", "value", "why"),
    [
        ("Auto_Submitted", "auto-replied", "auto-submitted"),
        ("Auto_Submitted", "auto-generated; x=y", "auto-submitted"),
        ("Auto_Submitted", "No", ""),
        ("Precedence", "Bulk", "list"),
        ("List_Id", "<news.example.com>", "list"),
        ("X_Auto_Response_Suppress", "All", "auto-response"),
        ("Return_Path", "<>", "null-sender"),
    ],
)
def test_a_mail_that_nobody_wrote_is_known_by_its_headers(header: str, value: str, why: str):
    assert read_mail(mail(**{header: value}).as_bytes()).automatic == why


def test_html_becomes_words_and_its_scripts_and_pictures_nothing():
    message = mail()
    message.set_content(
        '<style>x{}</style><p>Cassé</p><script>alert(1)</script><img src="http://spy.example/a.png">',
        subtype="html",
    )
    read = read_mail(message.as_bytes())
    assert read.text == "Cassé"


def test_files_have_names_that_are_no_paths():
    message = mail()
    for name in ("../../etc/passwd", "..\\a.exe", "photo.jpg"):
        message.add_attachment(b"x", maintype="image", subtype="jpeg", filename=name)
    files = read_mail(message.as_bytes()).files
    assert len(files) == 3
    for one in files:
        assert not set(one.name) & set("/\\")
        assert not one.name.startswith(".")
        assert one.content == b"x"


def test_a_mail_is_the_same_however_its_lines_end_and_whatever_relays_add():
    message = mail("Bonjour")
    message.add_attachment(b"one\ntwo\n", maintype="text", subtype="plain", filename="a.txt")
    unix = message.as_bytes()
    by_mailbox = b"Received: by x\r\n" + unix.replace(b"\n", b"\r\n")
    assert (
        read_mail(unix).digest
        == read_mail(by_mailbox).digest
        != read_mail(unix.replace(b"Bonjour", b"Bonsoir")).digest
    )


DISASTERS = {
    "unknown-charset": (b"Content-Type: text/plain; charset=x-unknown\r\n\r\ncaf\xc3\xa9\r\n", "café"),
    "wrong-charset": (b"Content-Type: text/plain; charset=us-ascii\r\n\r\nd\xc3\xa9j\xc3\xa0\r\n", "déjà"),
    "windows": (b"Content-Type: text/plain; charset=utf-8\r\n\r\nd\xe9j\xe0\r\n", "déjà"),
    "nul-charset": (b'Content-Type: text/plain; charset="iso-2022-jp\x00"\r\n\r\nhello\r\n', "hello"),
    "codec-that-is-no-text": (b"Content-Type: text/plain; charset=zip\r\n\r\nhello\r\n", "hello"),
    "broken-base64": (b"Content-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!\r\n", None),
    "broken-headers": (b"Date: Mon, 99 Foo\r\nMessage-ID: <\r\nTo: x\r\n\r\nbroken\r\n", "broken"),
    "no-end": (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nno end\r\n",
        "no end",
    ),
    "split-subject": (b"Subject: =?utf-8?q?caf=C3?= =?utf-8?q?=A9?=\r\n\r\nx\r\n", "x"),
    "deep": (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(80)),
        None,
    ),
    "a-long-header": (b"Subject: " + b"x" * 500_000 + b"\r\n\r\nx\r\n", "x"),
    "many-addresses": (b"From: " + b"a@b, " * 50_000 + b"\r\n\r\nx\r\n", "x"),
    "a-sender-with-a-line": (b"From: =?utf-8?q?a=0D=0ABcc=3A_x=40y?= <a@b.example>\r\n\r\nx\r\n", "x"),
    "nothing": (b"", ""),
}


@pytest.mark.parametrize("disaster", DISASTERS)
def test_a_broken_mail_is_read_as_far_as_it_goes(disaster: str):
    content, text = DISASTERS[disaster]
    read = read_mail(content)
    if text is not None:
        assert read.text == text
    for one in (read.subject, read.sender, read.name, read.identity):
        assert "\n" not in one
        assert len(one) <= 4_000


def test_a_mail_of_very_many_parts_is_read_to_a_hundred():
    part = b"--b\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n"
    content = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 5_000
    assert len(read_mail(content).files) <= MOST_PARTS


@pytest.mark.parametrize("levels", [400, 5_000])
def test_of_a_mail_that_is_nested_without_end_the_headers_are_read(levels: int):
    part = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    nested = b"".join(part % (level, level) for level in range(levels))
    read = read_mail(b"From: a@b.example\r\n" + nested)
    assert read.sender == "a@b.example"


def test_a_mail_that_is_too_large_is_refused():
    with pytest.raises(MailIsTooLarge):
        read_mail(b"x" * (MOST_BYTES + 1))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_mail(content: bytes):
    read_mail(content)


@given(
    st.binary(max_size=300), st.sampled_from(["From", "Subject", "Content-Type", "Message-ID", "References"])
)
def test_any_header_is_read(content: bytes, name: str):
    read = read_mail(name.encode() + b": " + content.replace(b"\n", b" ") + b"\r\n\r\nx\r\n")
    assert read.sender == "" or "@" in read.sender


@pytest.mark.parametrize(
    "forged",
    [
        "=?utf-8?q?dana=40example.com=2C?= <eve@evil.example>",
        "=?utf-8?q?=3Cdana=40example.com=3E?= <eve@evil.example>",
        '"dana@example.com" <eve@evil.example>',
        "dana@example.com <eve@evil.example>",
        "dana@example.com, eve@evil.example",
        "dana@example.com\r\nFrom: eve@evil.example",
        "(dana@example.com) eve@evil.example",
        "(" * 3_000,
    ],
)
def test_a_sender_is_never_an_address_that_only_stands_in_a_name_or_beside_another(forged: str):
    read = read_mail(f"From: {forged}\r\nSubject: Hello\r\n\r\nHello".encode())
    assert read.sender in ("", "eve@evil.example")
    assert (read.subject, read.words) == ("Hello", "Hello")


def test_an_address_that_is_its_own_name_and_a_name_with_an_encoded_comma_are_read():
    assert read_mail(b"From: zoe@example.com <Zoe@Example.com>\r\n\r\nx").sender == "zoe@example.com"
    read = read_mail(b"From: =?utf-8?q?Durand=2C_Zo=C3=A9?= <zoe@example.com>\r\n\r\nx")
    assert (read.name, read.sender) == ("Durand, Zoé", "zoe@example.com")


def test_headers_that_are_not_encoded_are_read_as_utf_8_else_as_windows_writes():
    for charset in ("utf-8", "cp1252"):
        headers = "From: Zoé <zoe@example.com>\r\nSubject: Cassé\r\n\r\nx".encode(charset)
        read = read_mail(headers)
        assert (read.name, read.subject) == ("Zoé", "Cassé")


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "raw_unicode_escape"])
def test_halves_of_characters_do_not_make_a_mail_unreadable(charset: str):
    content = rf"Content-Type: text/plain; charset={charset}|See https://x.example/+2AA-\ud800 now"
    read = read_mail(content.replace("|", "\r\n\r\n").encode())
    assert msgspec.json.decode(msgspec.json.encode(read), type=Mail) == read
    assert read.words.startswith("See https://x.example/")
