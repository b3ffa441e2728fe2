"""The bytes of a private message: the same at every try, in any language, to be answered on its case."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest

from amends.rules.capture.mail_messages import read_mail
from amends.rules.workflow import outgoing_mails as rules
from amends.rules.workflow.outgoing_mails import Letter, SentFile
from tests.world import MONDAY

MAIL = UUID("6f1c53ad-2a2e-4b8f-9c0a-6b7e9f5a1d10")
PDF = SentFile("reçu.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")


def letter(**others: object) -> Letter:
    given: dict[str, object] = {
        "identity": rules.identity_of(MAIL, "help@bakers.example"),
        "sender": "help@bakers.example",
        "name": "Équipe « Pain »",
        "reply_to": "",
        "to": "dana@example.com",
        "subject": "Re: Votre gâteau [#12]",
        "text": rules.signed("Bonjour,\n.\nfin", "Ada"),
        "written_at": MONDAY,
    }
    return Letter(**(given | others))  # type: ignore[arg-type]


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_every_try_has_the_same_bytes():
    assert rules.as_bytes(letter(files=[PDF])) == rules.as_bytes(letter(files=[PDF]))


def test_the_id_is_decided_before_and_belongs_to_the_domain_of_the_sender():
    assert read(rules.as_bytes(letter()))["Message-ID"] == f"<{MAIL.hex}@bakers.example>"


def test_words_accents_and_signature_arrive_as_they_were_written():
    message = read(rules.as_bytes(letter()))
    assert message.get_content().replace("\r\n", "\n") == "Bonjour,\n.\nfin\n\n-- \nAda\n"
    assert message["Subject"] == "Re: Votre gâteau [#12]"
    assert "Équipe « Pain »" in message["From"]


def test_it_answers_the_last_message_and_names_those_before():
    message = read(rules.as_bytes(letter(answers=["<1@x>", "<2@x>"])))
    assert (message["In-Reply-To"], message["References"]) == ("<2@x>", "<1@x> <2@x>")


def test_it_says_which_amends_sent_it_and_is_no_automatic_mail():
    found = read_mail(rules.as_bytes(letter(mark="a" * 32)))
    assert (found.ours, found.automatic) == ("a" * 32, "")


def test_files_go_along_and_a_mail_within_it_only_as_bytes():
    mail = SentFile("before.eml", "message/rfc822", b"Subject: x\r\n\r\nx")
    files = list(read(rules.as_bytes(letter(files=[PDF, mail]))).iter_attachments())
    assert [(one.get_filename(), one.get_content_type(), one.get_content()) for one in files] == [
        ("reçu.pdf", "application/pdf", PDF.content),
        ("before.eml", "application/octet-stream", mail.content),
    ]


def test_a_line_break_in_a_header_is_refused():
    with pytest.raises(ValueError, match=r"linefeed|newline|header"):
        rules.as_bytes(letter(subject="a\r\nBcc: eve@example.com"))


@pytest.mark.parametrize(
    ("host", "may"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("10.0.0.1", False)]
)
def test_without_tls_only_this_computer_is_spoken_to(host: str, may: bool):
    assert rules.may_be_plain(host) is may
