"""Does a request that is sent twice happen once?"""

from datetime import timedelta

from amends.services.team import used_forms
from tests.web.site import Site
from tests.world import entries, make_case, make_member

KEY = {"idempotency-key": "order-4711"}


async def test_a_note_that_is_sent_twice_is_written_once_and_answered_alike(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program, path = await site.program(bob), f"/api/v1/cases/{number}/notes"
    first = await program.post(path, json={"text": "Called her."}, headers=KEY)
    second = await program.post(path, json={"text": "Called her."}, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert await entries(number) == ["captured", "noted"]


async def test_a_key_with_another_request_is_refused(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program, path = await site.program(bob), f"/api/v1/cases/{number}/notes"
    await program.post(path, json={"text": "Called her."}, headers=KEY)
    other = await program.post(path, json={"text": "Wrote to her."}, headers=KEY)
    assert (other.status_code, other.json()["type"]) == (422, "urn:amends:problem:idempotency-key-reused")
    unusable = await program.post(path, json={"text": "x"}, headers={"idempotency-key": "a b"})
    assert unusable.json()["type"] == "urn:amends:problem:idempotency-key-unusable"
    assert await entries(number) == ["captured", "noted"]


async def test_a_key_belongs_to_its_token_and_what_was_refused_is_not_kept(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    path = f"/api/v1/cases/{number}/notes"
    program, other = await site.program(bob), await site.program(bob)
    assert (await program.post(path, json={"text": " "}, headers=KEY)).status_code == 422
    assert (await program.post(path, json={"text": "Called her."}, headers=KEY)).status_code == 201
    assert (await other.post(path, json={"text": "Called her."}, headers=KEY)).status_code == 201
    assert await entries(number) == ["captured", "noted", "noted"]


async def test_a_key_is_forgotten_after_three_days(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program, path = await site.program(bob), f"/api/v1/cases/{number}/notes"
    await program.post(path, json={"text": "Called her."}, headers=KEY)
    await used_forms.forget_old(now=site.clock() + timedelta(days=3, seconds=1))
    await program.post(path, json={"text": "Called her."}, headers=KEY)
    assert await entries(number) == ["captured", "noted", "noted"]
