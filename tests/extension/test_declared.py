"""Does what a page declares count only where it stands on the page?"""

import json

from playwright.sync_api import expect

from tests.extension.conftest import PAGES, Installed

REVIEW = {"@type": "Review", "author": {"name": "Old Author"}, "reviewBody": "First review words are here"}
PAGE = f"""<!doctype html><html lang="en"><head><title>Review 1</title>
<link rel="canonical" href="https://shop.example/r"><meta property="og:title" content="Review 1">
<meta property="og:description" content="First review words are here">
<script type="application/ld+json">{json.dumps(REVIEW)}</script></head>
<body><main><p>First review words are here</p></main></body></html>""".encode()


def test_after_a_navigation_inside_the_page_only_what_is_visible_is_read(paired: Installed) -> None:
    page = paired.open("https://shop.example/r?id=1", PAGE)
    page.evaluate("""() => { history.pushState({}, '', '?id=2');
      document.querySelector('main').innerText = 'Second review, by somebody else'; }""")
    popup = paired.press_toolbar(page)
    expect(popup.locator("#text")).to_have_text("Second review, by somebody else")
    expect(popup.locator("#name")).to_have_text("Unknown author")
    expect(popup.locator("#heading")).to_be_hidden()


def test_before_it_the_page_is_believed(paired: Installed) -> None:
    popup = paired.press_toolbar(paired.open("https://shop.example/r?id=1", PAGE))
    expect(popup.locator("#text")).to_have_text("First review words are here")
    expect(popup.locator("#name")).to_have_text("Old Author")


def test_a_stale_author_is_left_out_where_the_same_words_still_stand(paired: Installed) -> None:
    page = paired.open("https://shop.example/r?id=1", PAGE)
    page.evaluate("() => history.pushState({}, '', '?id=2')")
    popup = paired.press_toolbar(page)
    expect(popup.locator("#text")).to_have_text("First review words are here")
    expect(popup.locator("#name")).to_have_text("Unknown author")


def test_the_posts_of_an_unknown_forum_are_offered_as_a_list(paired: Installed) -> None:
    html = (PAGES / "generic" / "forum.html").read_bytes()
    popup = paired.press_toolbar(paired.open("https://tea.example/t/kettle-trouble", html))
    names = popup.locator("#candidate-list b").all_inner_texts()
    assert sorted(names) == ["Ines Valdor", "Lene Aagaard", "Tom Brun", "Unknown author", "Unknown author"]
