"""Which of the things a page's reader says become part of a capture, how long, and which never do?"""

import json
from typing import Any

import msgspec
import pytest

from amends.rules.capture.cleaning import cleaned
from amends.rules.capture.incoming import NewCapture
from amends.rules.capture.limits import LIMITS
from tests.extension.conftest import PAGES, Installed

CHECK = """async captures => {
  const { checkedCapture } = await import('/lib/validation.js');
  return captures.map(capture => checkedCapture(capture) ?? null);
}"""
POST = {"platform": "x", "kind": "post", "url": "https://x.com/nell/status/1"}
SAME = "0b9f4d5e-7a51-4c0e-9a55-0123456789ab"
KEPT: dict[str, list[Any]] = {
    "author": [
        {"id": "77", "name": "Nell Nobody", "handle": "@nell", "followers": 12_300},
        {"url": "https://x.com/nell", "avatar": "https://x.com/nell.png"},
    ],
    "postedAt": ["2025-02-13T08:41:07.000Z"],
    "postedApprox": [True],
    "timeApprox": [True],
    "timeText": ["3 w"],
    "dateText": ["Reviewed in France on 8 April 2016"],
    "context": [
        {"verified": True, "replied": False, "level": 2, "threadTitle": "Late again"},
        {"parent": {"url": "https://x.com/acme/status/0", "author": "@acme", "text": "Hello"}},
        {"parent": {"author": {"name": "Acme", "handle": "@acme"}}},
        {"business": "Acme", "businessUrl": "https://acme.example/"},
    ],
    "quoted": ["Acme\nWe never lose a parcel."],
    "metrics": [{"likes": 3, "views": 1.5}],
    "rating": [{"value": 1, "max": 5}],
    "revisit": [{"caseNumber": 12, "gone": False}, {"caseNumber": 12, "gone": True}],
    "sameCaseAs": [SAME],
    "truncated": [True],
    "translated": [True],
    "translatedTo": ["en"],
}
DROPPED: dict[str, list[Any]] = {
    "author": [{"followers": "many"}, {"followers": -1}, {"password": "x"}, {"url": "javascript:1"}, "Nell"],
    "timeApprox": ["yes", 1, False],
    "timeText": [3, {"a": 1}, ""],
    "context": [{"list": ["a"]}, {"businessUrl": "data:,x"}],
    "quoted": [{"text": "an object"}],
    "revisit": [{"caseNumber": "12"}, {"caseNumber": 0}, {"gone": True}, "12"],
    "sameCaseAs": ["12", 12, f"{SAME}/..", None],
    "token": ["secret"],
    "constructor": ["x"],
}


def each(values: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    return [(key, value) for key, found in values.items() for value in found]


@pytest.fixture
def check(installed: Installed) -> Any:
    return lambda captures: installed.call(CHECK, captures)


def test_what_the_readers_say_is_kept(check: Any) -> None:
    captures = [{**POST, key: value} for key, value in each(KEPT)]
    assert check(captures) == captures


def test_what_has_another_shape_is_dropped_and_the_rest_is_kept(check: Any) -> None:
    captures = [{**POST, key: value} for key, value in each(DROPPED)]
    assert check(captures) == [POST] * len(captures)


LONG = "x" * 200_000
LINK = f"https://x.com/{LONG}"
CUT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"text": LONG}, {"text": "x" * LIMITS.text, "truncated": True}),
    ({"title": LONG}, {"title": "x" * LIMITS.title, "shortened": ["title"]}),
    ({"quoted": LONG}, {"quoted": "x" * LIMITS.quoted, "shortened": ["quoted"]}),
    ({"timeText": LONG}, {"timeText": "x" * LIMITS.time, "shortened": ["timeText"]}),
    (
        {"author": {"name": LONG, "handle": LONG}},
        {"author": {"name": "x" * LIMITS.name}, "shortened": ["author"]},
    ),
    ({"author": {"name": "Nell", "url": LINK}}, {"author": {"name": "Nell"}, "shortened": ["author"]}),
    ({"lang": LONG}, {"shortened": ["lang"]}),
    ({"media": [LINK, "https://x.com/1"]}, {"media": ["https://x.com/1"], "shortened": ["media"]}),
    (
        {"media": ["https://x.com/1"] * 99},
        {"media": ["https://x.com/1"] * LIMITS.entries, "shortened": ["media"]},
    ),
    ({"metrics": {LONG: 1}}, {"metrics": {"x" * LIMITS.key: 1}, "shortened": ["metrics"]}),
    (
        {"context": {"parent": {"text": LONG}}},
        {"context": {"parent": {"text": "x" * LIMITS.particular}}, "shortened": ["context"]},
    ),
    ({"context": {"parent": {"a": {"b": {"c": {"d": "deep"}}}}}}, {"shortened": ["context"]}),
]


def test_what_is_too_long_is_cut_and_named_as_the_server_names_it(check: Any) -> None:
    assert check([{**POST, **sent} for sent, _ in CUT]) == [{**POST, **kept} for _, kept in CUT]
    for sent, kept in CUT:
        if "shortened" in kept:
            told = msgspec.convert({**POST, **sent, "capturedAt": "2026-05-04T10:00:00Z"}, NewCapture)
            assert cleaned(told).shortened == kept["shortened"]


def test_the_extension_has_the_limits_of_the_server_and_no_others(installed: Installed) -> None:
    longest = installed.call("async () => { await import('/content/page.js'); return Amends.longest; }")
    assert longest == msgspec.to_builtins(LIMITS)


def test_what_must_not_be_cut_goes_as_it_is_for_the_server_refuses_it_with_a_sentence(check: Any) -> None:
    assert check([{**POST, "id": LONG}]) == [{**POST, "id": LONG}]


@pytest.mark.parametrize(
    "change", [{"url": "javascript:1"}, {"url": None}, {"kind": "shout"}, {"platform": ""}, {"platform": 3}]
)
def test_what_is_not_a_capture_is_nothing(change: dict[str, Any], check: Any) -> None:
    assert check([{**POST, **change}]) == [None]


def test_a_person_may_say_that_a_post_joins_a_case_or_is_looked_at_again(installed: Installed) -> None:
    script = """async capture => {
      const { bodyOf } = await import('/lib/validation.js');
      const page = { url: 'https://x.com/home', title: 'Home' };
      const asked = { revisit: { caseNumber: 7, gone: true }, sameCaseAs: '%s' };
      return [bodyOf({ capture, ...asked }, page), bodyOf({ capture: { ...capture, ...asked } }, page)];
    }"""
    for body in installed.call(script % SAME, POST):
        assert (body["revisit"], body["sameCaseAs"]) == ({"caseNumber": 7, "gone": True}, SAME)


def test_everything_that_is_read_on_our_pages_is_kept_as_it_is(check: Any) -> None:
    pages = sorted(PAGES.glob("*/*.json"))
    items = [item for page in pages for item in json.loads(page.read_text())["items"]]
    usable = [item for item in items if item["platform"] and item.get("url")]
    assert len(usable) > 100
    changed = [(item, kept) for item, kept in zip(usable, check(usable), strict=True) if item != kept]
    assert changed == []
