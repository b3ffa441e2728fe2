"""Which mails are alerts, and which link leads to the post?"""

import pytest

from amends.rules.capture.mail_alerts import alert_site, links_first, source_address, target_of
from amends.rules.capture.mail_messages import read_mail
from tests.mails import mail


@pytest.mark.parametrize(
    ("sender", "site"),
    [
        ("noreply@trustpilot.com", "trustpilot"),
        ("noreply@mail.trustpilot.com", "trustpilot"),
        ("trustpilot.com@evil.example", None),
        ("noreply@nottrustpilot.com", None),
        ("someone@x.com", None),
        ("", None),
    ],
)
def test_a_review_site_is_known_by_the_domain_of_its_sender(sender: str, site: str | None):
    assert alert_site(read_mail(mail(From=sender))) == site


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Alerts@Watch.example", "mailto:alerts@watch.example"),
        (" mailto:alerts@watch.example ", "mailto:alerts@watch.example"),
        ("@watch.example", "mailto:@watch.example"),
        ("https://watch.example/feed", None),
        ("alerts@localhost", None),
        ("a b@watch.example", None),
        ("https://me:pw@watch.example/", None),
        ("", None),
    ],
)
def test_the_address_of_a_source_is_a_mail_address_or_a_whole_domain(typed: str, address: str | None):
    assert source_address(typed) == address


def test_links_to_posts_come_first_and_those_of_strangers_not_at_all():
    alert = read_mail(
        mail(
            "https://evil.example/x https://www.trustpilot.com/review/shop "
            "https://www.trustpilot.com/reviews/0123456789abcdef01234567. "
            "https://www.trustpilot.com/unsubscribe",
            From="noreply@trustpilot.com",
        )
    )
    assert links_first(alert) == [
        "https://www.trustpilot.com/reviews/0123456789abcdef01234567",
        "https://www.trustpilot.com/review/shop",
    ]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (
            "https://www.google.com/url?rct=j&url=https://forum.example/t/77%3Fp%3D2&ct=ga",
            "https://forum.example/t/77?p=2",
        ),
        ("https://www.google.com/url?q=https://forum.example/t/77&sa=U", "https://forum.example/t/77"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fforum.example%2Ft%2F77", "https://forum.example/t/77"),
        ("https://www.google.com/url?q=javascript:1", "https://www.google.com/url?q=javascript:1"),
        (
            "https://forum.example/url?url=https://evil.example/",
            "https://forum.example/url?url=https://evil.example/",
        ),
        ("https://[", "https://["),
    ],
)
def test_a_link_that_counts_clicks_is_read_as_where_it_leads(link: str, target: str):
    assert target_of(link) == target


def test_an_alert_of_a_search_engine_leads_to_the_page_that_it_found():
    counted = "https://www.google.com/url?rct=j&url=https://forum.example/t/77&ct=ga"
    alert = read_mail(mail(f"They broke my table {counted}", From="googlealerts-noreply@google.com"))
    assert links_first(alert) == ["https://forum.example/t/77"]
