"""How does a form become a struct, with a sentence beside every field that is wrong?"""

from datetime import UTC, date, datetime, time
from typing import Annotated
from uuid import UUID

import msgspec
import pytest
from litestar import Request, post

from amends.rules.vocabulary import Severity
from amends.web import forms
from amends.web.security import Policy
from tests.web.site import Site, Visitor
from tests.world import make_member

pytestmark = pytest.mark.usefixtures("own_routes")


class Whole(msgspec.Struct, kw_only=True):
    words: Annotated[str, msgspec.Meta(max_length=10)]
    severity: Severity | None = None
    at: datetime | None = None
    on: date | None = None
    opens: time | None = None
    number: int | None = None
    who: UUID | None = None
    ticked: bool = False
    tags: list[str] = []


async def decoded(site: Site, **fields: object) -> dict[str, object]:
    seen: list[Whole] = []

    @post("/form-in-test", opt={"policy": Policy.SIGNED_IN})
    async def take(request: Request) -> None:
        seen.append(await forms.decode(request, Whole))

    site.app.register(take)
    visitor: Visitor = await site.visit_as(await make_member("ada"))
    answer = await visitor.send_form("/form-in-test", **fields)
    return msgspec.structs.asdict(seen[0]) if seen else {"status": answer.status_code, "page": answer.text}


async def test_every_kind_of_field_is_read(site: Site) -> None:
    found = await decoded(
        site,
        words="  two words ",
        severity="s2",
        at="2026-05-04T10:00",
        on="2026-05-04",
        opens="09:30",
        number="7",
        who="00000000-0000-4000-8000-000000000000",
        ticked="on",
        tags=["a", "", "b"],
        unknown="left out",
    )
    assert found == {
        "words": "two words",
        "severity": Severity.S2,
        "at": datetime(2026, 5, 4, 8, 0, tzinfo=UTC),  # ada lives in Paris
        "on": date(2026, 5, 4),
        "opens": time(9, 30),
        "number": 7,
        "who": UUID("00000000-0000-4000-8000-000000000000"),
        "ticked": True,
        "tags": ["a", "b"],
    }


async def test_what_is_empty_is_absent(site: Site) -> None:
    found = await decoded(site, words="x", severity="", at="", number=" ", tags="")
    assert (found["severity"], found["at"], found["number"], found["ticked"], found["tags"]) == (
        None,
        None,
        None,
        False,
        [],
    )


async def test_text_without_what_no_keyboard_sends(site: Site) -> None:
    assert (await decoded(site, words="a\x00b\r\nc"))["words"] == "a\ufffdb\nc"


async def test_every_wrong_field_is_named_at_once(site: Site) -> None:
    found = await decoded(
        site, words="x" * 11, severity="s9", at="soon", opens="late", number="many", who="me"
    )
    assert found["status"] == 422
    for sentence in (
        "Use at most 10 characters.",
        "Choose one from the list.",
        "Enter a date, such as 2026-03-28.",
        "Enter a time of day, such as 09:00.",
        "Enter a number.",
        "This value is not valid here.",
    ):
        assert sentence in str(found["page"])


async def test_a_missing_field_is_asked_for(site: Site) -> None:
    assert "Fill in this field." in str((await decoded(site))["page"])
