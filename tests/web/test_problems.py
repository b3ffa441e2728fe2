"""How is a person, or a program, told what went wrong?"""

from amends.web.requests import preferred_language
from tests.web.site import Site
from tests.world import make_member


async def test_a_page_speaks_the_readers_language(site: Site) -> None:
    visitor = site.visitor(headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.8"})
    answer = await visitor.get("/nowhere")
    assert answer.status_code == 404
    assert '<html lang="fr">' in answer.text
    assert "There is no page at this address" not in answer.text


async def test_a_member_is_spoken_to_in_their_own_language(site: Site) -> None:
    visitor = await site.visit_as(await make_member("ada", language="fr"))
    answer = await visitor.get("/nowhere", headers={"accept-language": "en"})
    assert '<html lang="fr">' in answer.text


async def test_a_program_gets_a_problem_with_its_kind(site: Site) -> None:
    browser = await site.paired(await make_member("ada"))
    answer = await browser.get("/api/v1/cases/999")
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "urn:amends:problem:case-unknown"
    assert (problem["status"], problem["detail"]) == (404, "There is no case #999.")
    assert problem["request_id"] == answer.headers["x-request-id"]


async def test_what_is_too_large_is_refused(site: Site) -> None:
    visitor = await site.signed_in()
    answer = await visitor.send_form("/settings/profile", name="x" * 1_100_000)
    assert answer.status_code == 413
    assert "This is larger than the server accepts." in answer.text
    assert "Send less at once: smaller files, or fewer." in answer.text, "what to do, on a page of ours"


async def test_the_wrong_method_names_the_right_ones(site: Site) -> None:
    answer = await site.visitor().request("PATCH", "/sign-in")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


async def test_the_api_describes_itself_without_any_page_from_elsewhere(site: Site) -> None:
    answer = await site.visitor().get("/api/openapi.json")
    described = answer.json()
    assert described["paths"].keys() >= {
        "/api/v1/browsers",
        "/api/v1/captures/{capture_id}",
        "/api/v1/summary",
    }
    assert described["components"]["schemas"]["PairingCode"]["additionalProperties"] is False
    assert not [path for path in described["paths"] if not path.startswith("/api/v1/")]
    assert (await site.visitor().get("/schema")).status_code == 404


async def test_a_process_is_alive_and_says_what_it_is_missing(site: Site) -> None:
    assert (await site.visitor().get("/healthz")).json() == {"status": "ok"}
    answer = await site.visitor().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["No worker has been heard of for three minutes. Run: amends work"]


def test_the_first_language_of_ours_is_chosen() -> None:
    for accepted, spoken in {
        "": "en",
        "de": "en",
        "fr": "fr",
        "de,fr;q=0.5,en;q=0.1": "fr",
        "fr;q=0,en": "en",
        "en;q=0.5, fr;q=0.9": "fr",
        "*": "en",
        "fr;q=nonsense": "en",
        "a" * 9000: "en",
    }.items():
        assert preferred_language(accepted) == spoken
