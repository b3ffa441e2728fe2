"""Whatever a reader of the extension gives is taken as it is; what nobody named is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.incoming import NOTE_LIMIT, NewCapture, NoteTooLong, WrongClock, cleaned
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


def test_a_note_is_as_long_as_the_field_of_the_extension_and_a_longer_one_is_refused():
    popup = Path(__file__).parents[3] / "extension/popup/popup.html"
    assert f'id="note" rows="2" maxlength="{NOTE_LIMIT}"' in popup.read_text()
    assert len(cleaned(capture(note="x" * NOTE_LIMIT)).note) == NOTE_LIMIT
    with pytest.raises(NoteTooLong):
        cleaned(capture(note="x" * (NOTE_LIMIT + 1)))


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
