"""Does a program tell the people of a fixed problem as the page does: approved once, one by one?"""

from amends.services.desk import problems
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, entries, make_case, make_member

PATH = "/api/v1/problems/1"
ANY = {"if-match": "*"}


async def test_words_are_set_as_they_were_seen_and_approved_by_a_lead_alone(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    await problems.open_problem(Act(bob, MONDAY), "Glue melts", numbers=[await make_case(bob)])
    program, lead = await site.program(bob), await site.program(alice)
    seen = {"if-match": (await program.get(f"{PATH}/telling")).headers["etag"]}
    line = {"en": "Another glue since May.", "fr": ""}
    assert (await program.put(f"{PATH}/line", json=line)).status_code == 428
    assert (await program.put(f"{PATH}/line", json=line, headers=seen)).status_code == 200
    assert (await program.put(f"{PATH}/line", json={**line, "fr": "Non"}, headers=seen)).status_code == 412
    assert (await lead.post(f"{PATH}/announcement/approve", headers=ANY)).status_code == 422
    words = {"en": "Hello {author}, another glue.", "fr": ""}
    unknown = {"en": "Hello {whom}", "fr": ""}
    assert (await program.put(f"{PATH}/announcement", json=unknown, headers=ANY)).status_code == 422
    assert (await program.put(f"{PATH}/announcement", json=words, headers=ANY)).status_code == 200
    assert (await program.post(f"{PATH}/announcement/approve", headers=ANY)).status_code == 403
    assert (await lead.post(f"{PATH}/announcement/approve", headers=ANY)).status_code == 200
    told = (await program.get(f"{PATH}/telling")).json()
    assert (told["lineEn"], told["changeEn"]) == (line["en"], words["en"])
    assert told["approvedAt"]


async def test_each_person_is_told_once_on_their_own_case(site: Site) -> None:
    alice = await make_member("alice", role="lead")
    eve = {"name": "Eve", "handle": "@eve", "url": "https://x.com/eve"}
    case, other = await make_case(alice), await make_case(alice, author=eve)
    await problems.open_problem(Act(alice, MONDAY), "Glue melts", numbers=[case, other])
    program = await site.program(alice)
    early = await program.get(f"{PATH}/cases/{case}/message")
    assert (early.status_code, early.json()["type"]) == (409, "urn:amends:problem:not-to-be-told")
    words = {"en": "Hello {author}, another glue.", "fr": ""}
    await program.put(f"{PATH}/announcement", json=words, headers=ANY)
    await program.post(f"{PATH}/announcement/approve", headers=ANY)
    await program.post(f"{PATH}/fix", headers=ANY)
    message = (await program.get(f"{PATH}/cases/{case}/message")).json()
    assert (message["text"], message["missing"]) == ("Hello Dana, another glue.", [])
    unfilled = {"channel": "email", "text": words["en"]}
    assert (await program.post(f"{PATH}/cases/{case}/told", json=unfilled)).status_code == 422
    sent = {"channel": "email", "text": message["text"]}
    answer = await program.post(f"{PATH}/cases/{case}/told", json=sent)
    assert answer.json() == {"case": case, "next": other}
    assert (await program.post(f"{PATH}/cases/{case}/told", json=sent)).status_code == 409
    assert (await entries(case))[-1] == "touchpoint"
    assert (await program.post(f"{PATH}/cases/{other}/remove")).status_code == 200
    shown = (await program.get(f"{PATH}/telling")).json()
    assert ([one["number"] for one in shown["cases"]], shown["next"]) == ([case], None)
