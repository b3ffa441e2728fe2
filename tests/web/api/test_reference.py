"""Can people read what the API does, and do the examples of the documents work?"""

import re
import shlex
from pathlib import Path
from typing import Any

from tests.web.site import Site, Visitor
from tests.world import make_case, make_member, make_order_number

DOCUMENT = Path(__file__).parents[3] / "docs" / "api.md"
BLOCK = re.compile("```sh\n(.*?)```", re.DOTALL)


async def test_the_page_names_every_operation_and_type_without_signing_in(site: Site) -> None:
    page = await site.visitor().get("/api/docs")
    described = (await site.visitor().get("/api/openapi.json")).json()
    assert page.headers["content-type"].startswith("text/html")
    for item in described["paths"].values():
        for operation in item.values():
            assert f'id="{operation["operationId"]}"' in page.text
    for name in described["components"]["schemas"]:
        assert f'id="type-{name}"' in page.text
    anchors = set(re.findall('href="#(type-[^"]+)"', page.text))
    assert [one for one in anchors if f'id="{one}"' not in page.text] == []


async def test_a_member_reads_it_in_the_frame_of_the_desk_and_in_their_language(site: Site) -> None:
    outside = (await site.visitor().get("/api/docs")).text
    assert "main-nav" not in outside
    assert 'href="/api/openapi.json"' in outside
    chloe = await site.signed_in("agent", language="fr")
    inside = (await chloe.get("/api/docs")).text
    assert "main-nav" in inside
    assert '<html lang="fr"' in inside
    assert "décrites en anglais" in inside


async def test_what_programs_ask_knows_no_session(site: Site) -> None:
    assert (await (await site.signed_in("agent")).get("/api/v1/cases")).status_code == 401


async def test_the_page_loads_nothing_from_elsewhere(site: Site) -> None:
    page = (await site.visitor().get("/api/docs")).text
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []


async def test_the_examples_of_the_document_work_as_they_are_written(site: Site) -> None:
    bob = await make_member("bob")
    for _ in range(2):
        await make_case(bob)
    await make_order_number()
    program = await site.program(bob)
    calls = [line for block in BLOCK.findall(DOCUMENT.read_text()) for line in lines(block)]
    assert len(calls) > 4
    for line in calls:
        answer = await called(program, line)
        assert answer.status_code < 300, (line, answer.text)


def lines(block: str) -> list[str]:
    """The commands of a block; one may go over several lines."""
    return [one for one in block.replace("\\\n", " ").splitlines() if one.startswith("curl ")]


async def called(program: Visitor, line: str) -> Any:
    """What curl would send, by the visitor, who has the token."""
    words, given = iter(shlex.split(line)[1:]), {"method": "GET", "url": "", "headers": {}}
    for word in words:
        if word == "-H":
            name, _colon, value = next(words).partition(": ")
            if name != "Authorization":
                given["headers"][name] = value
        elif word == "--json":
            given |= {"method": "POST", "content": next(words)}
            given["headers"]["content-type"] = "application/json"
        elif word == "--data-binary":
            given |= {"method": "POST", "content": b"A letter."}
            next(words)
        else:
            given["url"] = word.replace("$AMENDS", "")
    return await program.request(**given)
