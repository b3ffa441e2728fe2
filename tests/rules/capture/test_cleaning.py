"""What a reader of the extension gives is taken as it is; the unknown is refused, nothing cut in silence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.cleaning import FieldTooLong, WrongClock, cleaned
from amends.rules.capture.incoming import NewCapture
from amends.rules.capture.limits import LIMITS
from amends.rules.case.platforms import WrongPlatformName, is_platform_name
from tests.world import MONDAY

OWN = Path(__file__).parents[2] / "pages"
REAL = Path(__file__).parents[4] / "shared" / "pages"


def readings() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every expected reading of every saved page, ours and, where they lie beside us, the real ones."""
    for file in sorted([*OWN.glob("*/*.json"), *REAL.glob("*/*.json")]):
        page = json.loads(file.read_text())
        for item in page["items"]:
            yield f"{file.parent.name}/{file.stem}", {"platform": file.parent.name, **item}, page["url"]


def test_every_reading_of_a_saved_page_can_be_sent_as_a_capture():
    refused = {}
    for name, item, url in readings():
        body = {**item, "capturedAt": MONDAY.isoformat(), "page": {"url": url, "title": "A page"}}
        try:
            kept = cleaned(msgspec.json.decode(json.dumps(body), type=NewCapture))
        except msgspec.ValidationError as error:
            refused[name] = str(error)
        else:
            assert kept.text or kept.title or kept.url
            assert kept.post_key
    assert not refused


@pytest.mark.parametrize(
    "wrong",
    [
        {"surprise": 1},
        {"capturedAt": "2026-05-04T10:00:00"},
        {"capturedAt": None},
        {"kind": "tweet"},
        {"severity": "s5"},
        {"text": 7},
        {"author": {"password": "x"}},
        {"rating": {"value": "five"}},
        {"metrics": {"likes": "many"}},
    ],
)
def test_what_has_the_wrong_shape_is_refused(wrong: dict):
    body = {"capturedAt": MONDAY.isoformat(), "text": "No cake"} | wrong
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(body), type=NewCapture)


def of_platform(platform: str) -> NewCapture:
    return NewCapture(captured_at=MONDAY, platform=platform, text="It never arrived.", id="17")


def test_a_platform_that_is_not_in_the_table_is_kept_under_its_own_name():
    assert cleaned(of_platform("mynewsite")).platform == "mynewsite"
    assert cleaned(of_platform("mynewsite")).post_key == "mynewsite:17"
    assert cleaned(NewCapture(captured_at=MONDAY, text="It never arrived.")).platform == "web"


@given(st.text())
def test_the_name_of_a_platform_is_harmless_or_the_capture_is_refused(platform: str):
    try:
        kept = cleaned(of_platform(platform))
    except WrongPlatformName:
        return
    assert is_platform_name(kept.platform)
    assert kept.post_key.startswith(f"{kept.platform}:") or kept.platform == "web"


def capture(**sent: object) -> NewCapture:
    return msgspec.json.decode(
        json.dumps({"capturedAt": MONDAY.isoformat(), "text": "No cake"} | sent), type=NewCapture
    )


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1989-12-31T00:00:00Z"])
def test_a_date_of_a_page_that_cannot_be_is_unknown_and_a_browser_with_such_a_clock_is_refused(at: str):
    assert cleaned(capture(postedAt=at)).posted_at is None
    with pytest.raises(WrongClock):
        cleaned(capture(capturedAt=at))


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        ({"value": 2}, (2, 5)),
        ({"value": 0, "max": 100}, (0, 100)),
        ({"value": 6}, (None, None)),
        ({"value": -1}, (None, None)),
        ({"value": 1, "max": 1e39}, (None, None)),
        ({"value": 0, "max": 0}, (None, None)),
    ],
)
def test_a_rating_is_within_its_most_and_that_is_at_most_a_hundred(rating: dict, expected: tuple):
    kept = cleaned(capture(rating=rating))
    assert (kept.rating, kept.rating_max) == expected


def test_numbers_of_a_page_that_no_post_has_are_left_out():
    metrics = {"likes": 12, "views": 1e300, "shares": -1e300}
    kept = cleaned(capture(metrics=metrics, context={"a": [1e300, 7, True]}))
    assert (kept.metrics, kept.context) == ({"likes": 12}, {"a": [None, 7, True]})


@pytest.mark.parametrize(
    ("field", "limit", "start"),
    [("note", LIMITS.note, ""), ("url", LIMITS.address, "https://forum.example/"), ("id", LIMITS.id, "")],
)
def test_what_must_not_be_cut_is_refused_with_its_limit_when_it_is_longer(field: str, limit: int, start: str):
    fitting = start + "x" * (limit - len(start))
    assert fitting in {(kept := cleaned(capture(**{field: fitting}))).note, kept.url, kept.external_id}
    with pytest.raises(FieldTooLong, match=str(limit)) as refused:
        cleaned(capture(**{field: fitting + "x"}))
    assert list(refused.value.fields) == [field]


LONG = "x" * 20_000
LINK = f"https://forum.example/{LONG}"


@pytest.mark.parametrize(
    ("sent", "field", "kept"),
    [
        ({"title": LONG}, "title", {"title": "x" * LIMITS.title}),
        ({"quoted": LONG}, "quoted", {"quoted": "x" * LIMITS.quoted}),
        ({"author": {"name": LONG}}, "author", {"author": {"name": "x" * LIMITS.name}}),
        ({"author": {"handle": LONG}}, "author", {"author": {"handle": ""}}),
        ({"author": {"url": LINK}}, "author", {"author": {"url": ""}}),
        ({"timeText": LONG}, "timeText", {"time_text": "x" * LIMITS.time}),
        ({"page": {"title": LONG}}, "page", {"page_title": "x" * LIMITS.title}),
        ({"page": {"url": LINK}}, "page", {"page_url": ""}),
        ({"lang": LONG}, "lang", {"lang": ""}),
        ({"media": [LINK]}, "media", {"media": []}),
        ({"media": ["https://a.example/"] * 51}, "media", {"media": ["https://a.example/"] * LIMITS.entries}),
        ({"metrics": {LONG: 1}}, "metrics", {"metrics": {"x" * LIMITS.key: 1}}),
        ({"context": {"thread": LONG}}, "context", {"context": {"thread": "x" * LIMITS.particular}}),
    ],
)
def test_what_a_stranger_wrote_too_long_is_shortened_and_named(sent: dict, field: str, kept: dict):
    found = cleaned(capture(**sent))
    assert found.shortened == [field]
    for name, value in kept.items():
        shown = getattr(found, name)
        for part, expected in value.items() if name == "author" else [("", value)]:
            assert (getattr(shown, part) if part else shown) == expected


def test_what_the_browser_has_shortened_stays_named_and_nothing_is_named_without_need():
    assert cleaned(capture(title="Late", shortened=["title", "x" * 99])).shortened == ["title", "x" * 40]
    assert cleaned(capture(title="x" * LIMITS.title, author={"name": "x" * LIMITS.name})).shortened == []
    assert cleaned(capture(shortened=[])).body_hash == cleaned(capture()).body_hash


@pytest.mark.parametrize("text", ["x" * 100_000, "x" * 300_000, "\U0001f382" * 50_000])
def test_a_text_that_a_reader_cut_is_marked_as_cut(text: str):
    assert cleaned(capture(text=text)).truncated
    assert not cleaned(capture(text=text[:49_999])).truncated


def test_a_translation_keeps_the_language_it_is_in_apart_from_the_authors():
    kept = cleaned(capture(lang="ja", translated=True, translatedTo="en"))
    assert (kept.lang, kept.translated_to) == ("ja", "en")
    assert cleaned(capture(translated=True)).translated_to == ""
    assert cleaned(capture(lang="en", translatedTo="fr")).translated_to is None


def test_a_field_that_came_later_makes_no_other_capture_of_one_that_waited():
    assert cleaned(capture(translated=False, translatedTo=None)).body_hash == cleaned(capture()).body_hash
