"""Are the words of a capture their author's, and does it say so where they are not?"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.extension.conftest import answer_with, load_readers

Read = Callable[[str, bytes], list[dict[str, Any]]]
FONT = '<font style="vertical-align: inherit;"><font style="vertical-align: inherit;">{}</font></font>'


def page(body: str, *, lang: str = "en", root: str = "") -> bytes:
    return f'<!doctype html><html lang="{lang}"{root}><meta charset="utf-8"><body>{body}'.encode()


def post(text: str, *, lang: str, below: str = "") -> str:
    return f"""<article data-testid="tweet"><div data-testid="User-Name">
    <a role="link" href="/kenji"><span>Kenji</span></a> <a href="/kenji"><span>@kenji</span></a>
    <a href="/kenji/status/1900000000000000311"><time datetime="2026-11-21T10:00:00.000Z">Nov</time></a></div>
    <div data-testid="tweetText" lang="{lang}">{text}</div>{below}
    <div role="group"><button data-testid="reply" aria-label="3 Replies. Reply">r</button>
    <button data-testid="like" aria-label="1,234 Likes. Like">l</button></div></article>"""


def review(words: str) -> str:
    return f"""<h1>Cafe Nord</h1><div data-review-id="ChZAAA1" aria-label="Hana Kim">
    <div><button data-href="https://www.google.com/maps/contrib/11234567890/reviews">
    <div>Hana Kim</div></button></div><span role="img" aria-label="2 stars"></span>
    <span class="rsqaWe">3 weeks ago</span>
    <div class="MyEned" id="ChZAAA1" lang="en"><span class="wiI7pd">{words}</span></div></div>"""


def languages(capture: dict[str, Any]) -> tuple[Any, Any, Any]:
    return capture.get("translated"), capture.get("lang"), capture.get("translatedTo")


@pytest.mark.parametrize(
    ("words", "root"),
    [
        (FONT.format("Three weeks and still no refund."), ' class="translated-ltr"'),
        ("<font>Three weeks and still no refund.</font>", ' class="translated-rtl"'),
        ('<span msttexthash="1" msthash="2">Three weeks and still no refund.</span>', ""),
        ('<span _msttexthash="1">Three weeks and still no refund.</span>', ""),
        ('<span data-moz-translations-id="4">Three weeks and still no refund.</span>', ""),
    ],
)
def test_a_translation_of_the_browser_is_marked_as_one(words: str, root: str, read: Read) -> None:
    [capture] = read("https://x.com/kenji", page(post(words, lang="ja"), root=root))
    assert capture["text"] == "Three weeks and still no refund."
    assert languages(capture) == (True, "ja", "en")


@pytest.mark.parametrize(
    ("shown", "beside", "doubted"),
    [
        (FONT.format("Kenji"), "", True),
        (FONT.format("Kenji"), '<img alt="Kenji">', False),
        ("Kenji", "", False),
    ],
)
def test_a_name_that_the_browser_may_have_translated_is_said_to_be_uncertain(
    shown: str, beside: str, doubted: bool, read: Read
) -> None:
    html = page(post("Drei Wochen.", lang="de", below=beside), root=' class="translated-ltr"')
    [capture] = read(
        "https://x.com/kenji", html.replace(b"<span>Kenji</span>", f"<span>{shown}</span>".encode())
    )
    assert capture["author"]["name"] == "Kenji"
    assert ("author_translated" in capture["missing"]) is doubted


def test_on_a_translated_page_google_names_the_writer_where_nothing_is_translated(read: Read) -> None:
    html = page(review("Rude."), root=' class="translated-ltr"')
    translated = html.replace(b"<div>Hana Kim</div>", f"<div>{FONT.format('Flower Kim')}</div>".encode())
    [capture] = read("https://www.google.com/maps/place/Cafe+Nord/", translated)
    assert capture["author"]["name"] == "Hana Kim"
    assert "author_translated" not in capture["missing"]


def test_the_language_of_a_translated_page_is_not_the_authors(read: Read) -> None:
    html = page(post(FONT.format("Trois semaines."), lang="fr"), lang="fr", root=' class="translated-ltr"')
    [capture] = read("https://x.com/kenji", html)
    assert languages(capture) == (True, None, "fr")


def test_words_that_the_browser_left_alone_are_the_authors(read: Read) -> None:
    below = f"<div>{FONT.format('Antworten')}</div>"
    html = page(post("Drei Wochen.", lang="de", below=below), root=' class="translated-ltr"')
    [capture] = read("https://x.com/kenji", html)
    assert languages(capture) == (None, "de", None)


@pytest.mark.parametrize(
    ("interface", "below", "origin"),
    [
        ("en", "<button type=button>Show original</button><span>Translated from Japanese</span>", "ja"),
        ("fr", "<button>Afficher l’original</button><span>Traduit du japonais par Google</span>", "ja"),
        ("de", "<span>Übersetzt aus dem Japanischen</span><button>Original anzeigen</button>", None),
        ("es", "<span>Traducido del japonés</span>", "ja"),
        ("ja", "<span>英語から翻訳</span>", "en"),
        ("en", "<div><span>Rate this translation</span> · <a>See original</a></div>", None),
    ],
)
def test_a_translation_of_the_site_is_marked_as_one(
    interface: str, below: str, origin: str | None, read: Read
) -> None:
    html = page(post("Words.", lang=interface, below=below), lang=interface)
    [capture] = read("https://x.com/kenji", html)
    assert capture["text"] == "Words."
    assert languages(capture) == (True, origin, interface)


@pytest.mark.parametrize(
    "below",
    ["<button>Translate post</button>", "<span>See translation</span>", "<span>Original poster</span>", ""],
)
def test_an_offer_to_translate_says_that_the_words_are_the_authors(below: str, read: Read) -> None:
    [capture] = read("https://x.com/kenji", page(post("Drei Wochen.", lang="de", below=below)))
    assert languages(capture) == (None, "de", None)


def test_a_post_that_speaks_of_translating_is_none(read: Read) -> None:
    [capture] = read("https://x.com/kenji", page(post("Translated from Japanese by fools", lang="en")))
    assert languages(capture) == (None, "en", None)


@pytest.mark.parametrize(
    "words",
    [
        "(Translated by Google) The staff was rude.\n\n(Original)\n직원이 불친절했어요.",
        "직원이 불친절했어요.\n\n(Translated by Google)\nThe staff was rude.",
        "(Traduit par Google) The staff was rude.\n\n(Avis d'origine)\n직원이 불친절했어요.",
        "（由 Google 提供翻譯）The staff was rude.\n\n（原始評論）\n직원이 불친절했어요.",
    ],
)
def test_where_google_shows_both_the_original_is_read_and_the_translation_apart(
    words: str, read: Read
) -> None:
    [capture] = read("https://www.google.com/maps/place/Cafe+Nord/", page(review(words)))
    assert capture["text"] == "직원이 불친절했어요."
    assert capture["context"]["translation"] == {"text": "The staff was rude.", "lang": "en"}
    assert languages(capture) == (None, None, None)


def test_where_google_shows_its_translation_only_that_is_said(read: Read) -> None:
    words = "The staff was rude. <button>See original (Korean)</button>"
    [capture] = read("https://www.google.com/maps/place/Cafe+Nord/", page(review(words)))
    assert capture["text"] == "The staff was rude."
    assert languages(capture) == (True, "ko", "en")


def test_trustpilots_own_data_keeps_what_the_browser_translated(read: Read) -> None:
    known = {
        "id": "0123456789abcdef01234567",
        "language": "de",
        "title": "Nie wieder",
        "text": "Drei Wochen.",
    }
    data = json.dumps({"props": {"pageProps": {"reviews": [known]}}})
    body = f"""<script id="__NEXT_DATA__" type="application/json">{data}</script>
    <article data-service-review-card-paper="true"><div data-review-content="true">
    <h2 data-service-review-title-typography="true">{FONT.format("Never again")}</h2>
    <p data-service-review-text-typography="true">{FONT.format("Three weeks.")}</p></div></article>"""
    html = page(body, root=' class="translated-ltr"')
    [capture] = read("https://www.trustpilot.com/reviews/0123456789abcdef01234567", html)
    assert (capture["title"], capture["text"]) == ("Nie wieder", "Drei Wochen.")
    assert languages(capture) == (None, "de", None)


def test_a_count_on_a_translated_page_may_still_be_in_the_language_before(chrome: Browser) -> None:
    context = chrome.new_context()
    tab = context.new_page()
    tab.set_content('<html lang="en" class="translated-ltr"><body></body></html>')
    load_readers(tab)
    labels = ["1,2 B beğeni", "1,2 M", "3 K", "12 beğeni", "1,2 Mio. Aufrufe"]
    counts = tab.evaluate("labels => labels.map(label => Amends.count(label) ?? null)", labels)
    context.close()
    assert counts == [None, None, 3_000, 12, 1_200_000]


@pytest.mark.parametrize("chosen", [True, False])
def test_words_of_a_page_that_nobody_knows_are_marked_as_well(chosen: bool, chrome: Browser) -> None:
    context = chrome.new_context()
    tab = context.new_page()
    said = FONT.format("Three weeks and still no refund.")
    tab.route("**/*", answer_with(page(f"<main><p>{said}</p></main>", root=' class="translated-ltr"')))
    tab.goto("https://forum.example/1")
    load_readers(tab)
    if chosen:
        tab.evaluate("() => getSelection().selectAllChildren(document.querySelector('p'))")
    [capture] = tab.evaluate("() => Amends.readAll(document, location.href)")
    context.close()
    assert capture["text"] == "Three weeks and still no refund."
    assert languages(capture) == (True, None, "en")
