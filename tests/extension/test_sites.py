"""Do the readers read what a site means?"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from tests.extension.conftest import EXTENSION, PAGES, REAL_PAGES, ReaderPage

Read = Callable[[str, bytes], list[dict[str, Any]]]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


OURS = sorted(PAGES.glob("*/*.json"))
REAL = sorted({name_of(path): path for folder in REAL_PAGES for path in folder.glob("*/*.json")}.values())
KNOWN = {path.stem for path in (EXTENSION / "content" / "sites").glob("*.js")}
KEYS = {
    "platform",
    "id",
    "url",
    "kind",
    "author",
    "title",
    "text",
    "lang",
    "translated",
    "translatedTo",
    "postedAt",
    "postedApprox",
    "metrics",
    "rating",
    "context",
    "media",
    "missing",
    "quoted",
    "truncated",
    "timeText",
    "dateText",
    "timeApprox",
}
COMPARED = ("kind", "url", "author", "title", "text", "metrics", "rating", "lang", "timeText", "dateText")
KEY_FIELDS = ("id", "context")
"""What a right answer and a reading are compared in; the last only where an answer holds key fields alone."""


def identity(capture: dict[str, Any]) -> str:
    """What tells one item of a page from the others; some sites give their items neither id nor address."""
    author = capture.get("author", {})
    level = capture.get("context", {}).get("level")
    named = [capture["url"], author.get("handle", author.get("name")), capture["text"], level]
    return str(capture.get("id") or named)


def without_views(value: Any) -> Any:
    """What the answers beside the real pages say; they are older than the reading of views."""
    return (
        {name: part for name, part in value.items() if name != "views"} if isinstance(value, dict) else value
    )


def seconds_between(one: str, other: str) -> float:
    return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds())


READ = "url => Amends.readAll(document, url)"
SAY = """url => {
  const say = (found) => found.map(({ author, title, text, quoted }) => [author, title, text, quoted]);
  const others = (Amends.generic(document, url) ?? []).map((found) => found.capture);
  return { own: say(Amends.readAll(document, url)), generic: say(others) };
}"""
HIDE = """() => {
  const said = (className, textContent) =>
    Object.assign(document.createElement('span'), { className, textContent });
  const apart = 'script, style, title, textarea, option, noscript, template, svg, time, button';
  for (const element of document.body.querySelectorAll('*')) {
    const words = [...element.childNodes].filter((node) => node.nodeType === 3 && node.nodeValue.trim());
    if (!words.length || element.closest(apart)) continue;
    element.prepend(said('sr-only', 'Unsaid: view profile of '));
    element.append(said('VisuallyHidden__a1', ' • 3rd+ Unsaid: rated 2 out of 5'));
  }
}"""


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_every_item_of_our_pages_is_read_to_the_letter_also_among_words_for_screen_readers(
    path: Path, reader_page: ReaderPage
) -> None:
    expected = json.loads(path.read_text())
    page = reader_page.open(expected["url"], path.with_suffix(".html").read_bytes())
    assert page.evaluate(READ, expected["url"]) == expected["items"]
    before = page.evaluate(SAY, expected["url"])
    page.evaluate(HIDE)
    after = page.evaluate(SAY, expected["url"])
    assert after["own"] == before["own"]
    assert "Unsaid" not in str(after["generic"])


def test_words_in_one_hidden_pixel_are_for_screen_readers_whatever_their_class(chrome: Browser) -> None:
    page = chrome.new_context().new_page()
    pixel = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0)"
    page.set_content(
        f"<p id=said>It <i style='{pixel}'>Rated 2 out of 5</i> leaks<b style='display: none'>!</b>"
    )
    page.evaluate((EXTENSION / "content" / "page.js").read_text())
    assert page.evaluate("() => Amends.text(document.getElementById('said'))") == "It leaks!"
    page.context.close()


def states(capture: Any, expected: Any) -> bool:
    """Whether a reading says all that is expected; it may say more, never otherwise."""
    if isinstance(expected, dict) and isinstance(capture, dict | None):
        capture = capture or {}
        return all(states(capture.get(key), value) for key, value in expected.items())
    if isinstance(expected, str) and isinstance(capture, str) and expected.startswith("https://"):
        return unquote(capture) == unquote(expected)
    if isinstance(expected, str) and isinstance(capture, str) and "\n" not in expected:
        return " ".join(capture.split()) == expected  # some answers hold a text in one line
    return bool(capture == expected)


def is_day(capture: dict[str, Any], midnight: str) -> bool:
    """Whether a reading says the day alone; answers that are older say the midnight at which it began."""
    day, clock = midnight[:10], midnight[10:]
    return bool(
        capture.get("dateText") == day and "postedAt" not in capture and clock.startswith("T00:00:00")
    )


def differing(capture: dict[str, Any], item: dict[str, Any], *, keys_only: bool) -> list[str]:
    """The keys in which a reading differs from the right answer; words for a time may be those for a date."""
    keys = [key for key in (*COMPARED, *(KEY_FIELDS if keys_only else ())) if key in item]
    keys += [] if keys_only else [key for key in ("title", "text", "rating") if key not in item]
    found = capture | {"dateText": capture.get("dateText", capture.get("timeText"))}
    wrong = [
        key
        for key in keys
        if not (
            states(found.get(key), item[key])
            if keys_only
            else without_views(capture.get(key)) == item.get(key)
        )
    ]
    if "postedAt" in item and not is_day(capture, item["postedAt"]):
        apart = 20 if item.get("timeApprox") or capture.get("timeApprox") else 1.5
        if seconds_between(capture["postedAt"], item["postedAt"]) > apart:
            wrong.append("postedAt")
    return wrong


@pytest.mark.skipif(not REAL, reason="real saved pages are not beside this repository")
@pytest.mark.parametrize("path", REAL, ids=name_of)
def test_real_pages_are_read_as_expected(path: Path, read: Read) -> None:
    expected = json.loads(path.read_text())
    found = read(expected["url"], path.with_suffix(".html").read_bytes())
    for capture in found:
        assert set(capture) <= KEYS
        assert capture["url"].startswith(("https://", "http://"))
        assert capture.get("text") or capture.get("title") or capture.get("rating")
    keys_only = path.is_relative_to(REAL_PAGES[1])
    if not KNOWN & {expected["adapter"], path.parent.name if keys_only else ""}:
        assert found
        return
    found = [capture for capture in found if capture["kind"] != "page"]
    assert len(found) == expected["count"]
    known = {identity(capture): capture for capture in found}
    assert len(known) == len(found)
    if keys_only:
        pairs = list(zip(found, expected["items"], strict=True))
    else:
        order = [list(known).index(identity(item)) for item in expected["items"]]
        assert order == sorted(order)
        pairs = [(known[identity(item)], item) for item in expected["items"]]
    wrong = {
        identity(item): keys
        for capture, item in pairs
        if (keys := differing(capture, item, keys_only=keys_only))
    }
    assert wrong == {}


@pytest.mark.skipif(not REAL, reason="real saved pages are not beside this repository")
@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("x/profile", "2010-01-02T11:14:31.000Z"),
        ("x/profile-ja-2025", "2010-10-23T17:01:35.000Z"),
        ("xenforo/katzen", "28. Juni 2014"),
        ("phpbb/myoos", "18.09.2008, 05:56"),
    ],
)
def test_real_pages_that_say_since_when_an_account_exists_are_read_so(
    page: str, first: str, read: Read
) -> None:
    [path] = [found for folder in REAL_PAGES if (found := folder / f"{page}.html").exists()]
    url = json.loads(path.with_suffix(".json").read_text())["url"]
    found = [capture.get("context", {}).get("authorSince") for capture in read(url, path.read_bytes())]
    assert found[0] == first
    assert all(found)


STUMBLE = """url => {
  const broken = 'http://[bad/99999999999999999999999999/status/1/post/2/c/3?comment_id=%E0%A4%A';
  const all = [...document.querySelectorAll('*')];
  const sites = Amends.sites.filter((site) => Amends.serves(site, document, url));
  const stumbles = new Set();
  const readAll = (name) => {
    for (const site of sites) for (const root of document.querySelectorAll(site.item)) {
      try { site.extract(root, url); site.anchor(root); } catch (error) { stumbles.add(`${name}: ${error}`); }
    }
  };
  for (const name of new Set(all.flatMap((element) => element.getAttributeNames()))) {
    const had = all.filter((each) => each.hasAttribute(name)).map((each) => [each, each.getAttribute(name)]);
    for (const [element] of had) element.removeAttribute(name);
    readAll(name);
    for (const [element] of had) element.setAttribute(name, broken);
    readAll(name);
    for (const [element, value] of had) element.setAttribute(name, value);
  }
  return [...stumbles];
}"""


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_no_attribute_makes_a_reader_stumble(path: Path, reader_page: ReaderPage) -> None:
    url = json.loads(path.read_text())["url"]
    page = reader_page.open(url, path.with_suffix(".html").read_bytes())
    assert page.evaluate(STUMBLE, url) == []


HOOKLESS = """() => {
  for (const element of document.querySelectorAll('*'))
    for (const name of element.getAttributeNames())
      if (!['href', 'src', 'lang', 'charset'].includes(name)) element.removeAttribute(name);
}"""
SELECT = """words => {
  const held = [...document.body.querySelectorAll('*')].filter((part) => part.textContent.includes(words));
  getSelection().selectAllChildren(held.at(-1));
}"""
FROM_SOURCE = [
    path
    for path in OURS
    if (reader := EXTENSION / "content" / "sites" / f"{path.parent.name}.js").is_file()
    and "saved page was at hand" in reader.read_text()
]


@pytest.mark.parametrize("path", FROM_SOURCE, ids=name_of)
def test_where_a_site_lost_every_hook_that_we_know_a_selection_still_gives_the_words(
    path: Path, reader_page: ReaderPage
) -> None:
    expected = json.loads(path.read_text())
    item = next(each for each in expected["items"] if each.get("text"))
    words = item["text"].removeprefix("+ ").splitlines()[0]
    page = reader_page.open(expected["url"], path.with_suffix(".html").read_bytes())
    page.evaluate(HOOKLESS)
    page.evaluate(SELECT, words)
    found = page.evaluate(READ, expected["url"])
    [capture] = [each for each in found if words in each.get("text", "")]
    assert capture["url"].split("?")[0] == expected["url"].split("?")[0].split("#")[0]
    assert capture.get("author", {}).get("name") in (None, item.get("author", {}).get("name"))


CROSSED = """url => {
  const cards = Amends.items(document, url).map(({ root }) => root);
  const copies = cards.map((card) => card.cloneNode(true));
  cards.forEach((card, at) => {
    const words = [...card.querySelectorAll('*')].filter((part) => part.textContent.trim());
    const place = words[Math.floor(words.length / 2)] ?? card;
    place.prepend(copies[(at + 1) % copies.length]);
    card.parentElement.prepend(card, copies[at].cloneNode(true));
  });
}"""
CARDS = [
    path
    for path in OURS
    if (reader := EXTENSION / "content" / "sites" / f"{path.parent.name}.js").is_file()
    and "addReviews(" in reader.read_text()
]


@pytest.mark.parametrize("path", CARDS, ids=name_of)
def test_cards_that_were_nested_copied_and_shuffled_keep_their_own_author_and_number(
    path: Path, reader_page: ReaderPage
) -> None:
    expected = json.loads(path.read_text())

    def told(capture: dict[str, Any]) -> tuple[tuple[str | None, str | None], tuple[str | None, str | None]]:
        who = capture.get("author", {}).get("name"), capture.get("id")
        return who, (capture.get("text"), capture.get("dateText"))

    page = reader_page.open(expected["url"], path.with_suffix(".html").read_bytes())
    page.evaluate(CROSSED, expected["url"])
    found = page.evaluate(READ, expected["url"])
    right = {words: who for who, words in map(told, expected["items"])}
    assert len(found) >= len(right)
    for capture in found:
        who, words = told(capture)
        name, number = right.get(words, who)
        assert who[0] in (None, name)
        assert who[1] in (None, number)
        assert who[0] in {None, *(name for name, _ in right.values())}


def labelled(label: str) -> bytes:
    return f"""<!doctype html><article data-testid="tweet"><div data-testid="User-Name">
    <a role="link">Nell</a><span>@nell</span>
    <a href="/nell/status/1890000000000000001"><time>x</time></a></div>
    <div data-testid="tweetText">hm</div><div role="group">
    <button data-testid="like" aria-label="{label}"></button></div></article>""".encode()


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("2 Bookmarks. Bookmark", 2),
        ("18,151 Likes. Like", 18_151),
        ("18.151 „Gefällt mir“-Angaben", 18_151),
        ("18\u202f151 J’aime", 18_151),
        ("1.2K Likes", 1_200),
        ("3,4\u00a0k J’aime", 3_400),
        ("5 mil Me gusta", 5_000),
        ("1,2 Mio. Aufrufe", 1_200_000),
        ("12 Mi piace", 12),
        ("3.4万 件のいいね", 34_000),
        ("いいね 7 件", 7),
        ("١٢ إعجاب", 12),
        ("1,23,456 likes", 123_456),
        ("0 Likes", 0),
        ("Like", None),
    ],
)
def test_counts_are_read_in_any_language(label: str, count: int | None, read: Read) -> None:
    [capture] = read("https://x.com/home", labelled(label))
    assert capture.get("metrics", {}).get("likes") == count


@pytest.mark.parametrize(
    ("label", "tag", "count"),
    [
        ("1,2 B beğeni", "tr", 1_200),
        ("1,2 Mn görüntüleme", "tr", 1_200_000),
        ("12,3 tys.", "pl", 12_300),
        ("12,3 tys polubień", "pl", 12_300),
        ("3,4 rb", "id", 3_400),
        ("1,5 M", "id", 1_500_000_000),
        ("2,1 mi", "pt-BR", 2_100_000),
        ("2 bi de visualizações", "pt-BR", 2_000_000_000),
        ("1,2 тыс.", "ru", 1_200),
        ("2 lakh", "en-IN", 200_000),
        ("1.2L", "en-IN", 120_000),
        ("1.2 lakh views", "hi-Latn", None),
        ("१.२ लाख", "hi", 120_000),
        ("١٫٢ ألف", "ar", 1_200),
        ("١٬٢٣٤ إعجاب", "ar", 1_234),
        ("1,2 k", "fr", 1_200),
        ("1.2万", "zh", 12_000),
        ("3.4萬次觀看", "zh-TW", 34_000),
        ("1.2만회", "ko", 12_000),
        ("1,2 m", "ca", 1_200),
        ("1.2m views", "en", 1_200_000),
        ("1.234,5 Mio. Aufrufe", "de", 1_234_500_000),
        ("elfu 12", "sw", 12_000),
        ("1.2 พันครั้ง", "th", 1_200),
        ("3.4万 件のいいね", "en", 34_000),
        ("1.2M", "de-DE", 1_200_000),
        ("1.2L", "en-GB", None),
        ("12B", "de", None),
        ("12,3 tys.", "en", 12_300),
        ("5 mil. vistas", "es", 5_000),
        ("2,1 mi", "en", None),
        ("12 Mi piace", "it", 12),
        ("7 mil", "en", 7),
        ("12 B", "mul", 12),
        ("1,2 B", "mul", None),
        ("1.5", "en", None),
        ("3.0", "en", 3),
    ],
)
def test_a_shortened_count_is_read_in_the_language_of_its_page(
    label: str, tag: str, count: int | None, read: Read
) -> None:
    html = labelled(label).replace(b"<!doctype html>", f'<!doctype html><html lang="{tag}">'.encode())
    [capture] = read("https://x.com/home", html)
    assert capture.get("metrics", {}).get("likes") == count


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Rated 3 out of 5 stars", 3),
        ("5.0 out of 5 stars", 5),
        ("4,5 von 5 Sternen", 4.5),
        ("5つ星のうち4.0", 4),
        ("5つ星のうち5.0", 5),
        ("4.0 颗星，最多 5 颗星", 4),
        ("٤٫٥ من ٥ نجوم", 4.5),
        ("४ में से", 4),
        ("1 étoile", 1),
        ("4.8 stars 295 Reviews", 4.8),
        ("5 stars 12 reviews", 5),
        ("3 sur 5\u00a0bulles", 3),
        ("295 Reviews", None),
        ("Rated", None),
    ],
)
def test_ratings_are_read_in_any_language(label: str, value: float | None, read: Read) -> None:
    html = f"""<!doctype html><article data-service-review-card-paper="true">
    <img src="/stars/x.svg" alt="{label}"><div data-review-content="true">
    <p data-service-review-text-typography="true">hm</p></div></article>""".encode()
    [capture] = read("https://www.trustpilot.com/reviews/0123456789abcdef01234567", html)
    assert capture.get("rating") == (value and {"value": value, "max": 5})


def test_a_post_shown_twice_is_read_once(read: Read) -> None:
    assert len(read("https://x.com/home", labelled("1 Like") * 2)) == 1


def test_a_page_of_another_site_is_not_read_as_a_known_one(read: Read) -> None:
    [capture] = read("https://notx.com/home", labelled("1 Like"))
    assert capture["platform"] == "web"


def test_an_empty_page_gives_nothing(read: Read) -> None:
    assert read("https://empty.example/", b"<!doctype html><body></body>") == []


def test_a_text_without_end_is_cut_and_its_surrogates_are_whole(read: Read) -> None:
    html = labelled("1 Like").replace(b">hm<", b">" + "😀".encode() * 90_000 + b"<")
    [capture] = read("https://x.com/home", html)
    assert len(capture["text"].encode("utf-16-le")) // 2 == 100_000
    assert capture["truncated"] is True
    capture["text"].encode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Zoe \U0001f469\u200d\U0001f692", "Zoe \U0001f469\u200d\U0001f692"),
        (
            "\u0645\u06cc\u200c\u0646\u0648\u06cc\u0633\u062f",
            "\u0645\u06cc\u200c\u0646\u0648\u06cc\u0633\u062f",
        ),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("Ne\u200dll\u202e \u200bNo\ufeffbody\u2060", "Nell Nobody"),
    ],
)
def test_a_name_keeps_joiners_where_they_mean_something(given: str, kept: str, read: Read) -> None:
    html = (
        labelled("1 Like")
        .replace(b">Nell<", f">{given}<".encode())
        .replace(b"<article", b"<meta charset=utf-8><article")
    )
    [capture] = read("https://x.com/home", html)
    assert capture["author"]["name"] == kept


def test_a_review_of_stars_alone_is_a_review(read: Read) -> None:
    html = b"""<!doctype html><article data-service-review-card-paper="true">
    <a href="/users/1"><span data-consumer-name-typography="true">Nell</span></a>
    <img src="/stars/1.svg" alt="Rated 1 out of 5 stars"><div data-review-content="true">
    <a href="/reviews/0123456789abcdef01234567">See it</a></div></article>"""
    [capture] = read("https://www.trustpilot.com/review/acme.example", html)
    assert (capture["kind"], capture["rating"]) == ("review", {"value": 1, "max": 5})
    assert "text" in capture["missing"]


def test_markup_nested_without_end_does_not_break_the_reader(read: Read) -> None:
    html = labelled("1 Like").replace(b">hm<", b">" + b"<i>" * 20_000 + b"deep" + b"<")
    [capture] = read("https://x.com/home", html)
    assert capture["text"] == "deep"


def test_what_is_selected_is_what_is_captured(reader_page: ReaderPage) -> None:
    html = (PAGES / "generic" / "stale.html").read_bytes()
    page = reader_page.open("https://forum.example/t/colis-perdu", html)
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('main p'))")
    [capture] = page.evaluate("() => Amends.readAll(document, location.href)")
    assert capture["text"] == "Mon colis est perdu."
    assert capture["id"].startswith("https://forum.example/t/colis-perdu#words-")


def test_the_light_key_of_an_address_is_that_of_the_server(chrome: Browser) -> None:
    examples = json.loads((PAGES / "folded.json").read_text())
    page = chrome.new_context().new_page()
    for name in ("page.js", "folded.js"):
        page.evaluate((EXTENSION / "content" / name).read_text())
    keys = page.evaluate("urls => urls.map(Amends.folded)", [example["url"] for example in examples])
    page.context.close()
    assert keys == [example["folded"] for example in examples]
