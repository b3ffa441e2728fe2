"""Does every route that changes accounts or settings write to the audit log? (R-56, ASVS 16.3)"""

import ast
import inspect
from collections.abc import Iterator
from functools import cache

from amends.web.security import SAFE_METHODS, Policy
from tests.architecture.source import PACKAGE, dotted, modules, tree
from tests.architecture.test_transactions import Name, called, imported
from tests.web.routes import Call, calls
from tests.web.site import Site

ABOUT_ACCOUNTS = ("/settings", "/sign-", "/password", "/confirm", "/setup", "/dossiers", "/api/v1/browsers")
TAKING_OUT = (".csv", ".pdf", "/recovery-kit")
WRITES = {
    ("amends.services.team.audit", "record"),
    ("amends.services.team.audit", "record_change"),
}
DUTIES = "says when somebody works or is away, and the log is no record of that"
CONTENT = "is content of the desk, not a setting of the installation"
OWN = "changes how pages look or when reminders come, for the member alone"
SILENT = {
    "GET /cases/import/template.csv": "holds nothing but names of columns",
    "GET /settings/privacy/report.csv": "tells what tables hold, and of nobody in particular",
    "POST /settings/absences": DUTIES,
    "POST /settings/absences/{stretch:uuid}/cancel": DUTIES,
    "POST /settings/contacts": CONTENT,
    "POST /settings/contacts/{contact_id:uuid}": CONTENT,
    "POST /settings/contacts/{contact_id:uuid}/remove": CONTENT,
    "POST /settings/duties": DUTIES,
    "POST /settings/duties/rotation": DUTIES,
    "POST /settings/duties/rotation/end": DUTIES,
    "POST /settings/duties/rotation/order": DUTIES,
    "POST /settings/duties/weekly": DUTIES,
    "POST /settings/duties/weekly/{weekly_duty:uuid}/end": DUTIES,
    "POST /settings/duties/{stretch:uuid}/cancel": DUTIES,
    "POST /settings/fields": CONTENT,
    "POST /settings/fields/{name:str}": CONTENT,
    "POST /settings/fields/{name:str}/bring-back": CONTENT,
    "POST /settings/fields/{name:str}/remove": CONTENT,
    "POST /settings/fields/{name:str}/retire": CONTENT,
    "POST /settings/fields/{name:str}/up": CONTENT,
    "POST /settings/figures/{kind:str}/dismiss": CONTENT,
    "POST /settings/language": OWN,
    "POST /settings/locations": CONTENT,
    "POST /settings/locations/{location_id:uuid}": CONTENT,
    "POST /settings/locations/{location_id:uuid}/bring-back": CONTENT,
    "POST /settings/locations/{location_id:uuid}/remove": CONTENT,
    "POST /settings/locations/{location_id:uuid}/retire": CONTENT,
    "POST /settings/nudges/{nudge_id:uuid}/retry": "sends again what was to be sent",
    "POST /settings/passkeys/{passkey_id:uuid}": "gives a passkey another name",
    "POST /settings/playbooks": CONTENT,
    "POST /settings/playbooks/{playbook_id:uuid}": CONTENT,
    "POST /settings/playbooks/{playbook_id:uuid}/restore": CONTENT,
    "POST /settings/playbooks/{playbook_id:uuid}/retire": CONTENT,
    "POST /settings/profile": OWN,
    "POST /settings/providers/{provider_id:uuid}/test": "changes nothing",
    "POST /settings/webhooks/{webhook_id:uuid}/test": "sends a message that says nothing",
    "POST /settings/webhooks/{webhook_id:uuid}/deliveries/{delivery_id:uuid}/again": "repeats a message",
    "POST /settings/records": "asks for a look",
    "POST /settings/reminders": OWN,
    "POST /settings/reports/{reader_id:uuid}/send": "sends to whom it was to be sent",
    "POST /settings/second-factor": "begins what counts once it is confirmed",
    "POST /settings/sign-in/providers/{provider_id:uuid}/link": "begins what counts once it answered",
    "POST /settings/targets/{target_id:uuid}/test": "sends a test",
    "POST /settings/theme": OWN,
    "POST /settings/themes": CONTENT,
    "POST /settings/themes/{theme_id:uuid}": CONTENT,
    "POST /settings/themes/{theme_id:uuid}/bring-back": CONTENT,
    "POST /settings/themes/{theme_id:uuid}/remove": CONTENT,
    "POST /settings/themes/{theme_id:uuid}/retire": CONTENT,
    "POST /settings/threat-plan": CONTENT,
    "POST /settings/threat-plan/starter": CONTENT,
    "POST /sign-in/passkey/options": "begins what counts once a passkey has answered",
}
"""Routes that write no event, and why."""


@cache
def graph() -> dict[Name, set[Name]]:
    """What each function of ours calls; a package passes on what it imports."""
    found: dict[Name, set[Name]] = {}
    for module in modules(PACKAGE):
        names = dict(imported(module))
        for function in tree(module).body:
            if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef):
                nodes = (node for node in ast.walk(function) if isinstance(node, ast.Call))
                reached = {known for node in nodes if (known := called(node, module, names))}
                found[dotted(module), function.name] = reached
        if module.name == "__init__.py":
            for name, known in names.items():
                found.setdefault((dotted(module), name), {known})
    return found


def reached_from(start: Name) -> Iterator[Name]:
    """Every function that runs, as far as names tell."""
    seen, waiting = {start}, [start]
    while waiting:
        one = waiting.pop()
        yield one
        fresh = graph().get(one, set()) - seen
        seen |= fresh
        waiting += fresh


def writes(call: Call) -> bool:
    function = inspect.unwrap(call.handler.fn)
    return not WRITES.isdisjoint(reached_from((function.__module__, function.__name__)))


def must_write(call: Call) -> bool:
    if call.method in SAFE_METHODS:
        return call.method == "GET" and call.pattern.endswith(TAKING_OUT)
    is_about = call.pattern.startswith(ABOUT_ACCOUNTS)
    return is_about or call.handler.opt["policy"] in (Policy.ADMIN, Policy.ACCOUNT)


def test_the_walk_finds_an_event_deep_below_a_route() -> None:
    assert ("amends.services.team.audit", "record") in set(
        reached_from(("amends.web.workflow.leaving", "disable"))
    )


async def test_what_changes_accounts_or_settings_writes_an_event_or_says_why_not(site: Site) -> None:
    silent = {str(call) for call in calls(site.app) if must_write(call) and not writes(call)}
    assert silent == SILENT.keys()
