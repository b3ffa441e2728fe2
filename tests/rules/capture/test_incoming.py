"""Whatever a reader of the extension gives is taken as it is; what nobody named is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.incoming import NewCapture, cleaned
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
