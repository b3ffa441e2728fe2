"""Whatever comes in, is each request answered, and can every page of the case be opened afterwards?"""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from amends import tables
from amends.services.capture import import_runs
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import MONDAY, make_member

SOME = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Without shrinking: the database of a test is not new for each example."""
DATES = (
    *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"),
    *("9999-12-31T23:59:59-14:00", "1989-12-31T23:59:59Z", "1990-01-01T00:00:00Z", "2100-12-31T00:00:00Z"),
    *("2026-05-04T07:00:00Z", "2101-01-01", "2026-05-04T06:00:00+02:00"),
)
NUMBERS = (
    *("0", "-1", "5", "5.0", "0.1", "1e39", "1e308", "1e400", "-1e400", "2147483648", "9223372036854775808"),
    *("100000000000000000000", "100", "101", "1e-320", "null", "1" + "0" * 5_000),
)
TEXTS = ["", "x", "\0", "a\u0301" * 500, "字" * 3_000, "<b>", "'", "%", "\u202e", "é." * 2_000, "x" * 20_000]
HOSTS = [
    "x.com",
    "a.example",
    "é" * 3_900,
    "é." * 1_900,
    "xn--" + "a" * 300,
    "ß" * 3_000,
    "[::1]",
    "",
    "a" * 64,
]
PATHS = ["", "dana/status/17", "?a=" + "b" * 3_000, "%zz", "#" + "c" * 500]
PLATFORMS = ["x", "web", "trustpilot", "", "x" * 40]

WORDS = st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
BROKEN = WORDS | st.just("\ud800")
ADDRESSES = st.builds("https://{}/{}".format, st.sampled_from(HOSTS), st.sampled_from(PATHS))
NUMBER = st.sampled_from([f"\0{number}\0" for number in NUMBERS])
DATE = st.sampled_from(DATES)
LEAVES = NUMBER | BROKEN | st.booleans()
JSON_LD = st.recursive(
    LEAVES, lambda part: st.lists(part, max_size=3) | st.dictionaries(BROKEN, part, max_size=3), max_leaves=5
)
AUTHORS = {"name": BROKEN, "handle": BROKEN, "followers": NUMBER, "url": ADDRESSES}
CAPTURES = st.fixed_dictionaries(
    {"capturedAt": DATE, "text": BROKEN, "url": ADDRESSES},
    optional={
        "platform": st.sampled_from(PLATFORMS),
        "kind": st.sampled_from(["post", "review", "comment", "page"]),
        "id": BROKEN,
        "title": BROKEN,
        "postedAt": DATE,
        "timeText": st.sampled_from(["999 years ago", "3 weeks ago", "1 January 1200"]) | BROKEN,
        "rating": st.fixed_dictionaries({"value": NUMBER}, optional={"max": NUMBER}),
        "metrics": st.dictionaries(BROKEN, NUMBER, max_size=3),
        "author": st.fixed_dictionaries({}, optional=AUTHORS),
        "context": st.dictionaries(BROKEN, JSON_LD, max_size=3),
        "quoted": JSON_LD,
        "media": st.lists(ADDRESSES, max_size=3),
        "note": BROKEN,
        "revisit": st.fixed_dictionaries({"caseNumber": NUMBER}),
        "adapter": st.fixed_dictionaries({"name": BROKEN, "version": NUMBER | BROKEN}),
        "newThing": JSON_LD,
        "page": st.fixed_dictionaries({"url": ADDRESSES, "title": BROKEN}),
    },
)


def body_of(sent: object) -> bytes:
    """JSON in which numbers stand that Python does not write."""
    text = json.dumps(sent)
    for number in NUMBERS:
        text = text.replace(f'"\\u0000{number}\\u0000"', number)
    return text.encode()


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.signed_in("lead")


@pytest.fixture
async def extension(site: Site) -> Visitor:
    return await site.paired(await make_member("eve"))


async def last_case() -> int:
    rows = await tables.Case.select(tables.Case.number).order_by(tables.Case.number, ascending=False).limit(1)
    return rows[0]["number"] if rows else 0


async def closed_doors(desk: Visitor) -> list[str]:
    """The pages of the last case, and those on which it stands with others, that cannot be opened."""
    pages = [
        "/",
        "/triage",
        "/cases",
        "/cases?words=x",
        "/cases/board",
        "/agenda",
        "/people",
        "/settings/extension",
    ]
    if number := await last_case():
        pages += [f"/cases/{number}{part}" for part in ("", "/themes", "/contributors")]
    answers = [(page, (await desk.get(page, follow_redirects=True)).status_code) for page in pages]
    return [f"{page}: {status}" for page, status in answers if status != 200]


@SOME
@given(capture=CAPTURES)
async def test_every_capture_is_answered_and_leaves_pages_that_open(
    extension: Visitor, desk: Visitor, capture: dict[str, Any]
):
    as_json = {"content-type": "application/json"}
    one = await extension.put(f"/api/v1/captures/{uuid4()}", content=body_of(capture), headers=as_json)
    assert one.status_code < 500, one.text
    several = body_of({"captures": [{"id": str(uuid4()), "capture": capture}]})
    many = await extension.post("/api/v1/captures/batch", content=several, headers=as_json)
    assert many.status_code < 500, many.text
    assert all(result["status"] < 500 for result in many.json().get("results", [])), many.text
    assert await closed_doors(desk) == []


TYPED_DATES = (
    "0001-01-01T00:00 9999-12-31T23:59 0001-01-01 9999-12-31 2026-05-11T10:00 2027-05-11 2099-01-01T00:00"
)
TYPED_NUMBERS = "0 -1 5 1e400 nan inf 99999999999999999999 2147483648 ٣ ²"


@SOME
@given(
    when=st.sampled_from(["", *TYPED_DATES.split()]),
    number=st.sampled_from(["", *TYPED_NUMBERS.split()]),
    words=WORDS,
    address=ADDRESSES,
)
async def test_every_form_is_answered_and_leaves_pages_that_open(
    desk: Visitor, when: str, number: str, words: str, address: str
):
    post = {
        "url": address,
        "text": words,
        "author": words,
        "rating": number,
        "posted_at": when,
        "note": words,
    }
    assert (await desk.send_form("/cases/new", form_id=str(uuid4()), **post)).status_code < 500
    case = await last_case()
    for path, fields in (
        ("promises", {"text": words, "due_at": when}),
        ("reminders", {"text": words, "due_at": when, "repeat": "daily"}),
        ("snooze", {"until": when, "reason": words}),
        ("remedies", {"kind": "refund", "cost": number, "text": words}),
        ("notes", {"text": words}),
        ("moves", {"move": "answer", "version": number, "review_on": when, "duplicate_of": number}),
        ("moves", {"move": "not_ours", "version": number, "reason": words, "at": when}),
        ("links", {"other": number, "relation": "related"}),
        ("touchpoints", {"channel": "phone", "direction": "in", "text": words, "at": when}),
    ):
        answer = await desk.send_form(f"/cases/{case}/{path}", **fields)
        assert answer.status_code < 500, path
    for path in (f"/cases/{number or 1}", f"/triage?case={number}", f"/cases?before={number}"):
        assert (await desk.get(path)).status_code < 500, path
    for path in (f"/cases/several?number={number}", f"/agenda?day={when[:10]}", f"/approvals?case={number}"):
        assert (await desk.get(path)).status_code < 500, path
    assert await closed_doors(desk) == []


CELLS = st.sampled_from([*DATES, *NUMBERS, *TEXTS, "nan", "inf/5", "46109", "=1+1"]) | ADDRESSES


@SOME
@given(rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=4))
async def test_every_table_is_answered_and_leaves_pages_that_open(desk: Visitor, rows: list[list[str]]):
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = "\n".join(["text,url,posted_at,captured_at,rating,author", *lines]).encode()
    files = {"table": ("cases.csv", content, "text/csv")}
    data = {"csrf": csrf_token(desk.session_token, desk.settings)}
    sent = await desk.post("/cases/import", data=data, files=files, headers=FROM_OUR_PAGE)
    assert sent.status_code < 500
    if sent.status_code == 303:
        page = sent.headers["location"]
        assert (await desk.get(page)).status_code == 200
        assert (await desk.send_form(page, look_on="2026-05-11")).status_code < 500
        while await import_runs.advance(now=MONDAY):
            pass
        assert (await desk.get(page)).status_code == 200
    assert await closed_doors(desk) == []


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00", "9999-12-31T23:59", "1989-12-31T10:00", "2037-01-01T10:00"]
)
async def test_a_date_field_takes_ten_years_ahead_at_most_and_says_so(desk: Visitor, when: str):
    await desk.send_form("/cases/new", form_id=str(uuid4()), text="Late")
    answer = await desk.send_form("/cases/1/promises", text="A refund", due_at=when)
    assert answer.status_code == 422
    assert "Enter a date between 1990 and 2036." in answer.text
