"""Is every page sound: with assistive technology, on a small screen, in both languages, by night?"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import shared
from tests.browser.axe import CONTRAST, WCAG, contrasts, violations
from tests.browser.conftest import STARTED
from tests.browser.desks import Complaints, DeskServer, serving
from tests.extension.conftest import chrome

__all__ = ["chrome"]

READ_AND_OPEN_ALL = """() => {
    document.querySelectorAll('details').forEach((each) => {
        const panels = each.name ? each.querySelectorAll('.chip-panel') : [];
        panels.forEach((panel) => { panel.style.position = 'static'; });
        each.removeAttribute('name');
        each.open = true;
    });
    const {title, documentElement: {lang}} = document;
    return {title, lang, headings: document.querySelectorAll('h1').length};
}"""
"""Opens everything; menus of which one alone is ever open stand apart, so that none covers another."""
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
STAGES = ("new", "acknowledge", "waiting", "working", "second_chance", "escalated", "closed")
PAGES = {
    "today": "/",
    "today-mine": "/?who=mine",
    "triage": "/triage",
    "cases": "/cases",
    "cases-filtered": "/cases?stage=all&severity=s3&platform=x&sort=due",
    "cases-none": "/cases?words=nothing-has-these-words",
    **{f"case-{stage}": f"/cases/{{{stage}}}" for stage in STAGES},
    "case-looked": "/cases/{looked}",
    "answer": "/cases/{acknowledge}/answer",
    "answer-refused": "/cases/{new}/answer",
    "private-link": "/cases/{contact}/private-link",
    "contributors": "/cases/{contact}/contributors",
    "case-themes": "/cases/{contact}/themes",
    "approvals": "/approvals",
    "case-doing": "/cases/{new}?do=escalate",
    "agenda": "/agenda",
    "agenda-month": "/agenda?view=month",
    "agenda-day": "/agenda?view=day",
    "another-date": "/follow-ups/{owed}/date?back=/agenda",
    "new-case": "/cases/new",
    "new-case-shared": "/share?title=Dana&text=Late+again+https%3A%2F%2Fx.com%2Fdana%2Fstatus%2F17",
    "several": "/cases/several?number={new}&number={working}&number={closed}",
    "several-none": "/cases/several",
    "board": "/cases/board",
    "case-moves": "/cases/{working}/moves?to=new",
    "people": "/people",
    "person": "/people/{person}",
    "person-copy": "/people/{person}/copy",
    "person-erase": "/people/{person}/erase",
    "person-hold": "/people/{person}/hold",
    "case-hold": "/cases/{working}/hold",
    "privacy": "/settings/privacy",
    "providers": "/settings/providers",
    "webhooks": "/settings/webhooks",
    "import": "/cases/import",
    "problems": "/problems",
    "problems-fixed": "/problems?state=fixed",
    "problem": "/problems/{problem}",
    "threat": "/cases/{escalated}/threat",
    "measures": "/cases/{escalated}/measures",
    "threat-plan": "/settings/threat-plan",
    "contacts": "/settings/contacts",
    "dossier-new": "/dossiers/new?cases={working}",
    "problem-new": "/problems/new?cases={working}",
    "problem-tell": "/problems/{problem_fixed}/tell/{told}",
    "problem-fixed": "/problems/{problem_fixed}",
    "places": "/places",
    "place": "/places/{place}",
    "place-new": "/places/new",
    "incidents": "/incidents",
    "incidents-closed": "/incidents?state=closed",
    "incident": "/incidents/1",
    "incident-new": "/incidents/new?cases={working}",
    "incident-wall": "/incidents/1/wall",
    "incident-timeline": "/incidents/1/timeline",
    "incident-review": "/incidents/{incident_closed}/review",
    "incident-review-all": "/incidents/{incident_closed}/review?all=1",
    "drills": "/incidents/drills",
    "drill": "/incidents/drills/{drill}",
    "drill-score": "/incidents/drills/{drill_over}",
    "stories": "/stories",
    "story": "/stories/{told_story}",
    "campaigns": "/campaigns",
    "campaign": "/campaigns/1",
    "campaign-new": "/campaigns/new",
    "feeds": "/feeds",
    "mail": "/mail",
    "insights": "/insights",
    "insights-one": "/insights?by=severity:s3",
    "insights-owners": "/insights/owners",
    "capacity": "/insights/capacity",
    "capacity-minutes": "/settings/capacity",
    "replies": "/replies?language=fr",
    "replies-none": "/replies?words=nothing-has-these-words",
    "reply": "/replies/{reply}",
    "settings": "/settings",
    "sign-in-settings": "/settings/sign-in",
    "team": "/settings/team",
    "members": "/settings/members",
    "delivery": "/settings/delivery",
    "reminders": "/settings/reminders?at=2030-01-04T18:40",
    "reports-by-mail": "/settings/reports",
    "worker": "/settings/worker",
    "backups": "/settings/backups",
    "keys": "/settings/keys",
    "retention-settings": "/settings/retention",
    "retention": "/retention",
    "retention-case": "/cases/1/retention",
    "recovery-kit": "/settings/backups/recovery-kit",
    "figures": "/settings/figures",
    "policy-widened": "/settings/policy?widen=contact",
    "duties": "/settings/duties",
    "reply-rules": "/settings/replies",
    "themes": "/settings/themes",
    "fields": "/settings/fields",
    "locations": "/settings/locations",
    "rules": "/settings/rules",
    "playbooks": "/settings/playbooks",
    "playbook": "/settings/playbooks/{playbook}",
    "case-playbook": "/cases/{checked}",
    "records": "/settings/records",
    "audit log": "/settings/audit",
    "case-verified": "/cases/{working}/verification",
    "extension-health": "/settings/extension",
    "policy": "/settings/policy",
    "policy-cell": "/settings/policy?resolve_by-s3=8&contact-s3=0&edit=triage-s3",
    "calendar": "/settings/calendar?at=2030-11-08T16:30&amount=4&unit=working_hours",
    "pair": "/pair",
    "shortcuts": "/shortcuts",
    "commands": "/commands",
    "sample": "/sample",
    "setup-nudges": "/setup/nudges",
    "missing-case": "/cases/999999",
    "nothing": "/nothing/here",
}
SEEN_ENOUGH = (
    "today-mine",
    "case-acknowledge",
    "case-waiting",
    "case-second_chance",
    "case-escalated",
    "agenda-day",
)
"""The same pages with other words on them: once in French is enough."""
NOBODYS = {
    "sign-in": "/sign-in",
    "password": "/password?purpose=reset&code={link}",
    "spent-link": "/password?purpose=reset&code=spent",
}
ACCEPTED = {"en": "en-GB", "fr": "fr-FR"}


@pytest.fixture(scope="module")
def fresh_desk(tmp_path_factory: pytest.TempPathFactory, run: shared.Run) -> Iterator[DeskServer]:
    """A desk that nobody has set up."""
    with serving(tmp_path_factory.mktemp("fresh"), "fresh", run) as server:
        yield server


def look(
    page: Page, complaints: Complaints, address: str, language: str, *, looks: set[str] | None = None
) -> list[str]:
    """Everything that is wrong with a page, loaded once and seen wide and narrow, by day and by night.

    Its contrasts are seen where words look as none of `looks` do; without `looks` they are left out, since
    they are the same in every language.
    """
    complaints.heard.clear()
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address, wait_until="load")
    wrong = [*complaints.heard]
    read = page.evaluate(READ_AND_OPEN_ALL)
    if read["headings"] != 1:
        wrong.append(f"{read['headings']} headings of the first level")
    if not re.search(r"\S.* · Amends$", read["title"]):
        wrong.append(f"title {read['title']!r}")
    if read["lang"] != language:
        wrong.append("another language")
    wrong += violations(page, WCAG, in_colour=False)
    if looks is not None:
        wrong += contrasts(page, looks)
        page.emulate_media(color_scheme="dark")
        wrong += [f"by night: {problem}" for problem in contrasts(page, looks)]
    wrong += [f"small: {target}" for target in page.evaluate(SMALL)]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong += [f"small on a phone: {target}" for target in page.evaluate(SMALL)]
    if (across := page.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
        wrong.append(f"scrolls sideways: {across} px, {page.evaluate(WIDEST)}")
    return wrong


SMALL = """() => {
    const TARGETS = 'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button]';
    const LEFT_OUT = '.visually-hidden, .visually-hidden *, [type=checkbox], [type=radio]';
    const drawn = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const display = (one) => getComputedStyle(one).display;
    const isText = (one) => display(one).startsWith('inline') && !one.matches(`${TARGETS}, .visually-hidden`);
    const words = (node) => [...node.childNodes].map((one) => one.nodeType === 3 ? one.textContent
        : one.nodeType === 1 && isText(one) ? words(one) : '').join('');
    const block = (one) => display(one) === 'inline' ? block(one.parentElement) : one;
    const isInSentence = (one) => display(one) === 'inline' && /[\\p{L}\\p{N}]/u.test(words(block(one)));
    return [...document.querySelectorAll(TARGETS)].filter((one) => {
        if (!drawn(one) || one.matches(LEFT_OUT)) return false;
        const boxes = [...one.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
        const isUnder = (side) => Math.max(...boxes.map((box) => box[side])) < 23.5;
        return boxes.length && (isUnder('width') || isUnder('height')) && !isInSentence(one);
    }).slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
}"""
"""Links and buttons under 24 px. axe passes those with room around them; links in a sentence may be lower."""
WIDEST = """() => [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > 321 && element.checkVisibility()
).slice(0, 3).map((element) => element.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_a_member_is_sound(chrome: Browser, full_desk: DeskServer, language: str) -> None:
    context = full_desk.visit(chrome, language)
    pages = {name: PAGES[name] for name in PAGES if language == "en" or name not in SEEN_ENOUGH}
    wrong = looked_at(context, pages, language, **full_desk.told["cases"])
    assert not wrong, json.dumps(wrong, indent=1)


SQUEEZED = """() => [...document.querySelectorAll('main *')].filter((element) => {
    const isWords = (node) => node.nodeType === 3 && node.nodeValue.trim().length > 3;
    const words = [...element.childNodes].some(isWords);
    if (!words || !element.checkVisibility() || element.closest('svg, .visually-hidden')) return false;
    const { fontSize, lineHeight } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && width < 3.5 * parseFloat(fontSize) && height > 3.5 * parseFloat(lineHeight);
}).slice(0, 3).map((element) => element.outerHTML.slice(0, 120))"""
"""Words with a letter or two on each of many lines."""
WIDTHS = (320, 375, 480, 600, 768, 900, 1024, 1152, 1280, 1440)


def test_no_words_are_squeezed_into_a_column_of_letters_at_any_width(
    chrome: Browser, full_desk: DeskServer
) -> None:
    context = full_desk.visit(chrome, "fr", reduced_motion="reduce")
    page = context.new_page()
    wrong = []
    names = (
        "today",
        "triage",
        "cases",
        "board",
        "case-working",
        "agenda",
        "people",
        "insights",
        "policy",
        "duties",
    )
    for name in names:
        page.goto(PAGES[name].format(**full_desk.told["cases"]))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wrong += [f"{name} at {width} px: {found}" for found in page.evaluate(SQUEEZED)]
            if (across := page.evaluate("document.documentElement.scrollWidth")) > width:
                wrong.append(f"{name} at {width} px scrolls sideways: {across}")
    assert not wrong, json.dumps(wrong, indent=1)
    context.close()


DRAWN = """selector => {
    const { outline, borderTop, borderBottom } = getComputedStyle(document.querySelector(selector));
    return [outline, borderTop, borderBottom].join();
}"""
STATES = {
    "today": [(".switch [aria-current]", ".switch a:not([aria-current])")],
    "cases": [(".views [data-current] > a", ".views li:not([data-current]) > a")],
    "case-working": [
        (".tabs :checked + span", ".tabs :not(:checked) + span"),
        (".milestones [data-passed=now]", ".milestones [data-passed=ahead]"),
        (".milestones [data-passed=done]", ".milestones [data-passed=ahead]"),
    ],
}
"""What is chosen or reached, and what is not."""


def test_forced_colours_keep_what_is_chosen_apart(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", forced_colors="active")
    page = context.new_page()
    for name, pairs in STATES.items():
        page.goto(PAGES[name].format(**full_desk.told["cases"]))
        for chosen, other in pairs:
            assert page.evaluate(DRAWN, chosen) != page.evaluate(DRAWN, other), (name, chosen)
    context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_other_times_would_move_is_a_sound_page(
    chrome: Browser, full_desk: DeskServer, language: str
) -> None:
    context = full_desk.visit(chrome, language)
    page = context.new_page()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto("/settings/policy?preset=solo")
    page.locator("#moves summary").click()
    expect(page.locator("#moves .rows > li").first).to_be_visible()
    page.locator("#contact-s2").click()
    expect(page.locator("input#contact-s2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("button#contact-s2")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("input#contact-s2").fill("9")
    page.keyboard.press("Enter")
    expect(page.locator("button#contact-s2")).to_be_focused()
    expect(page.locator("button#contact-s2")).to_contain_text("9 h")
    expect(page.locator("#policy > [role=status]")).to_contain_text("66")
    page.locator("#second_chance_days").click()
    expect(page.locator("input#second_chance_days")).to_be_focused()
    assert violations(page, WCAG) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.locator("#moves a[data-then]").click()
    expect(page.locator("#times")).to_be_focused()
    expect(page.locator("#moves")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_a_visitor_is_sound(chrome: Browser, full_desk: DeskServer, language: str) -> None:
    context = full_desk.visit(chrome, locale=ACCEPTED[language])
    wrong = looked_at(context, NOBODYS, language, link=full_desk.told["link"])
    assert not wrong, json.dumps(wrong, indent=1)


@pytest.mark.parametrize("code", ["live", "AM-2222-2222"])
def test_the_page_of_a_customer_is_sound(chrome: Browser, full_desk: DeskServer, code: str) -> None:
    """It speaks the language of the post, and is the team's and not ours."""
    context = full_desk.visit(chrome, reduced_motion="reduce")  # a colour on its way to another is no colour
    page = context.new_page()
    complaints = Complaints(page)
    page.goto(f"/h/{full_desk.told['hand_off'] if code == 'live' else code}")
    assert page.locator("h1").count() == 1
    assert violations(page, WCAG) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert [one for one in complaints.heard if "404" not in one] == []
    context.close()


TABLE = "text;author;posted_at\nThe gâteau never arrived.;Nell Nobody;28/03/2026\nLate;Nell;soon\n"
EXPORT = (
    "Review Created (UTC),Review Title,Review Content,Review Stars,Review Url,Reviewer Name\n"
    "2026-03-28 14:05:33,Never again,The cake came late,1,https://www.trustpilot.com/reviews/65f0aa,Nell N.\n"
)


def send_table(page: Page, content: str) -> None:
    page.goto("/cases/import")
    table = {"name": "cases.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.get_by_label("Tableau", exact=True).set_input_files(table)  # type: ignore[arg-type]
    page.get_by_role("button", name="Continuer vers les colonnes").click()


def test_a_table_is_mapped_checked_and_imported_without_scripts_and_its_pages_are_sound(
    chrome: Browser, full_desk: DeskServer
) -> None:
    context = full_desk.visit(chrome, "fr", java_script_enabled=False)
    page = context.new_page()
    send_table(page, EXPORT)
    expect(page.get_by_label("Review Stars")).to_have_value("rating")
    pages = {"columns": page.url}
    page.get_by_role("button", name="Vérifier les lignes").click()
    expect(page.get_by_text("Nouveau dossier")).to_be_visible()
    page.get_by_role("button", name="Importer 1 dossier").click()
    pages["imported"] = page.url
    expect(page.get_by_text("Import")).not_to_have_count(0)
    send_table(page, TABLE)
    expect(page.get_by_text("Nouveau dossier")).to_be_visible()
    pages["checked"] = page.url
    send_table(page, EXPORT.replace("Url", "Page"))
    pages["columns"] = page.url
    context.close()
    context = full_desk.visit(chrome, "fr")
    wrong = looked_at(context, {name: pages[name] for name in ("imported", "columns")}, "fr")
    assert not wrong, json.dumps(wrong, indent=1)


def looked_at(
    context: BrowserContext, pages: dict[str, str], language: str, **known: object
) -> dict[str, list[str]]:
    """What is wrong with which page, all in one tab: scripts, axe's too, are compiled once."""
    found = {}
    page = context.new_page()
    complaints = Complaints(page)
    looks: set[str] | None = set() if language == "en" else None
    for name, address in pages.items():
        if wrong := look(page, complaints, address.format(**known), language, looks=looks):
            found[name] = wrong
    context.close()
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_of_a_fresh_installation_are_sound(
    chrome: Browser, fresh_desk: DeskServer, language: str
) -> None:
    context = fresh_desk.visit(chrome, locale=ACCEPTED[language])
    link = STARTED.search(fresh_desk.log.read_text())
    assert link
    wrong = looked_at(
        context, {"setup": link[1], "sign-in": "/sign-in", "foreign": "/setup?token=wrong"}, language
    )
    assert not wrong, json.dumps(wrong, indent=1)


def test_a_page_with_a_fault_does_not_pass(chrome: Browser, full_desk: DeskServer) -> None:
    """The looking itself sees what it looks for."""
    context = full_desk.visit(chrome)

    def spoil(route: Any) -> None:
        spoilt = (
            "</h1><h1>Twice</h1><img src=/x><p class=faint>Faint</p><div class=broad>Broad</div>"
            "<script>window.marked = 1</script><style>.a{}</style>"
            + "<div class=dark><p class=pale>Pale on black</p></div>" * 4
            + "<p class=pale>Pale on white</p><p class=night>Dark by night</p>"
        )
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</h1>", spoilt))

    context.route("**/sign-in", spoil)
    page = context.new_page()
    sheet = (
        ".faint { color: #bbb !important; background: #fff } .broad { inline-size: 900px }"
        "@media (prefers-color-scheme: dark) { .night { color: #222 !important; background: #111 } }"
        ".dark { background: #111 } .pale { color: #eee !important } main { background: #fff !important }"
    )
    context.route(
        "**/utilities.css",
        lambda route: route.fulfill(body=sheet, content_type="text/css"),
    )
    wrong = "\n".join(look(page, Complaints(page), "/sign-in", "fr", looks=set()))
    expected = ("Content Security Policy", "2 headings", "another language", "image-alt", "color-contrast")
    expected_too = ("by night: color-contrast", "Dark by night", "Pale on white", "scrolls sideways")
    assert not [words for words in (*expected, *expected_too) if words not in wrong], wrong
    assert "Pale on black" not in wrong
    context.close()


def test_without_scripts_a_case_is_answered_noted_and_taken_back(
    chrome: Browser, full_desk: DeskServer
) -> None:
    context = full_desk.visit(chrome, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/cases/{full_desk.told['cases']['new']}")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill("seven quiet ovens")
    page.get_by_role("button", name="Sign in").click()
    form = page.locator("form[data-form=answer]")
    form.locator("[name=severity][value=s2]").check(force=True)
    choose(form.locator("[name=stance]"), "fix")
    form.get_by_role("button").last.click()
    expect(page.get_by_text("Done. The next step is set.")).to_be_visible()
    expect(page.locator("#next-step").get_by_role("link", name="Write the reply")).to_be_visible()
    page.get_by_role("button", name=re.compile("Undo")).click()
    expect(page.locator("form[data-form=answer]")).to_be_visible()
    page.get_by_label("Note for the team").fill("Rang twice, nobody answered.")
    page.get_by_role("button", name=re.compile("note", re.IGNORECASE)).click()
    expect(page.get_by_text("Note added.")).to_be_visible()
    expect(page.get_by_text("Rang twice, nobody answered.")).to_be_visible()
    context.close()


def test_what_is_late_is_dragged_onto_another_day_and_keeps_its_hour(
    chrome: Browser, full_desk: DeskServer
) -> None:
    context = full_desk.visit(chrome, "en", viewport={"width": 1280, "height": 2400})  # nothing to scroll
    page = context.new_page()
    complaints = Complaints(page)
    day = full_desk.now().date() + timedelta(days=40)
    page.goto(f"/agenda?view=month&day={day}")
    entry = page.locator(".agenda-late [data-move]", has_not_text="second chance").first  # its day has a test
    name, hour = entry.get_attribute("id"), entry.get_attribute("data-clock")
    entry.drag_to(page.locator(f"[data-day='{day}']"))
    expect(page.get_by_text("Due date changed.")).to_be_visible()
    moved = page.locator(f"[data-day='{day}'] #{name}")
    expect(moved.locator("time")).to_have_text(str(hour))
    page.goto("/cases/board")
    page.locator("[data-stage=new] .stage-card").first.drag_to(page.locator("[data-stage=acknowledge] h2"))
    expect(page).to_have_url(re.compile(r"/cases/\d+\?do=answer#next-step$"))
    expect(page.locator("form[data-form=answer]")).to_be_visible()
    assert not complaints.heard
    context.close()


def choose(field: Any, value: str) -> None:
    if field.first.evaluate("field => field.type").startswith("select"):
        field.select_option(value)
    else:
        field.and_(field.page.locator(f"[value={value}]")).check(force=True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_list_of_commands_is_sound_in_its_dialog(
    chrome: Browser, full_desk: DeskServer, language: str
) -> None:
    context = full_desk.visit(chrome, language)
    page = context.new_page()
    page.goto(f"/cases/{full_desk.told['cases']['working']}")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    assert violations(page, WCAG) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    context.close()


def test_a_turn_is_dragged_to_another_place(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", viewport={"width": 1280, "height": 2400})  # nothing to scroll
    page = context.new_page()
    page.goto("/settings/duties")
    rows = page.locator(".turns > li")
    last = rows.nth(-1).get_attribute("data-name") or ""
    rows.nth(-1).drag_to(rows.nth(0), target_position={"x": 60, "y": 3})
    expect(rows.nth(0)).to_have_attribute("data-name", last)
    expect(page.locator("turn-list [role=status]")).to_contain_text(f"{last}: place 1 of")
    context.close()
