"""What is read of RSS and Atom, and what of a hostile document?"""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.feed_documents import (
    LONGEST_FIELD,
    MOST_ITEMS,
    FeedDocument,
    FeedItem,
    NotAFeed,
    read_feed,
)

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Forum</title>
<item><title>Late &amp; rude</title><link>https://forum.example/7</link><guid isPermaLink="false">7</guid>
<description>Short.</description><content:encoded><![CDATA[<p>The whole post.</p>]]></content:encoded>
<dc:creator>Dana</dc:creator><pubDate>Mon, 04 May 2026 08:00:00 GMT</pubDate></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Alerts</title><entry><id>tag:7</id>
<link rel="replies" href="https://forum.example/7/replies"/><link href="https://forum.example/7"/>
<title type="html">Late</title><updated>2026-05-05T08:00:00Z</updated>
<published>2026-05-04T08:00:00Z</published>
<author><name>Dana</name><uri>https://forum.example/dana</uri></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry>
</feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>Old</title></channel><item><title>Late</title><link>https://forum.example/7</link></item></rdf:RDF>"""


def test_rss_is_read_with_the_whole_text_and_its_author():
    item = FeedItem(
        id="7",
        link="https://forum.example/7",
        title="Late & rude",
        words="<p>The whole post.</p>",
        author="Dana",
        at="Mon, 04 May 2026 08:00:00 GMT",
    )
    assert read_feed(RSS) == FeedDocument("Forum", (item,))


def test_atom_is_read_with_its_own_page_first_publication_and_words_in_elements():
    [item] = read_feed(ATOM).items
    assert (item.link, item.at, item.author) == ("https://forum.example/7", "2026-05-04T08:00:00Z", "Dana")
    assert item.words.split() == ["One.", "Two."]


def test_rss_of_the_first_generation_is_read():
    assert read_feed(RDF) == FeedDocument("Old", (FeedItem(link="https://forum.example/7", title="Late"),))


def entities(levels: int) -> bytes:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(levels))
    return f"<!DOCTYPE rss [{declared}]><rss><channel><title>&e{levels - 1};</title></channel></rss>".encode()


@pytest.mark.parametrize(
    "content",
    [
        entities(9),
        entities(1),
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><title>&x;</title></rss>',
        b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://10.0.0.1/x.dtd"> %p;]><rss/>',
        b"<html><body>Sign in</body></html>",
        b"<rss>" + b"<a>" * 100 + b"</a>" * 100 + b"</rss>",
        b"<rss><channel>",
        b"",
        b"\x1f\x8b\x08nothing",
        b'<?xml version="1.0" encoding="no-such-code"?><rss/>',
    ],
    ids=["billion laughs", "one", "file", "parameter", "page", "deep", "broken", "empty", "packed", "code"],
)
def test_what_is_no_feed_or_asks_for_more_is_refused(content: bytes):
    with pytest.raises(NotAFeed):
        read_feed(content)


def test_a_doctype_without_entities_is_no_reason_to_refuse():
    assert read_feed(b'<!DOCTYPE rss SYSTEM "http://x.example/rss.dtd"><rss><channel/></rss>').items == ()


def test_items_and_fields_are_cut_to_the_limits():
    items = b"<item><title>" + b"a" * (2 * LONGEST_FIELD) + b"</title></item>"
    document = read_feed(b"<rss>" + items * 3 + b"<item><guid>1</guid></item>" * 300 + b"</rss>")
    assert len(document.items) == MOST_ITEMS
    assert len(document.items[0].title) == LONGEST_FIELD


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes):
    for whole in (content, b"<rss><item>" + content + b"</item></rss>"):
        with suppress(NotAFeed):
            read_feed(whole)
