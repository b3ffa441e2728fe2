"""Which message came back, and why: of Postfix, Exchange and a liar."""

from amends.rules.capture.mail_messages import read_mail
from amends.rules.capture.mail_returns import ReturnedMail
from tests.mails import returned_mail

SENT = "<0123abc@bakers.example>"


def test_a_notification_with_the_whole_mail_says_which_one_and_why():
    assert read_mail(returned_mail(SENT)).returned == ReturnedMail(
        SENT, "5.1.1", "550 5.1.1 <gone@example.com>: no such user"
    )


def test_one_with_the_header_alone_says_it_too():
    found = read_mail(returned_mail(SENT, kind="text/rfc822-headers")).returned
    assert found
    assert found.identity == SENT


def test_a_mail_that_is_only_late_did_not_come_back():
    assert read_mail(returned_mail(SENT, action="delayed")).returned is None


def test_what_is_no_notification_is_none_and_one_that_names_nothing_neither():
    forged = returned_mail(SENT).replace(b"multipart/report", b"multipart/mixed")
    assert read_mail(forged).returned is None
    assert read_mail(returned_mail("")).returned is None


def test_words_of_a_server_are_bounded_and_stand_on_one_line():
    found = read_mail(returned_mail(SENT, said="x \n\t" * 5_000)).returned
    assert found
    assert len(found.said) <= 300
    assert "\n" not in found.said
