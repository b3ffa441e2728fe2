"""What rules by condition do with a case that is being opened, in its transaction."""

from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import run
from amends.rules.capture.case_rules import Arrival, decide
from amends.rules.capture.cleaning import Clean
from amends.rules.case import fields
from amends.rules.vocabulary import EntryKind
from amends.services.capture import case_rules
from amends.services.capture.case_rules import RuleShown
from amends.services.case import field_values, timeline
from amends.services.follow_up import checklists, follow_ups, playbooks
from amends.services.team.members import Act


async def apply(act: Act, case_id: UUID, capture: Clean) -> bool:
    """Step: the rules that are on and fit do what they say, each with one entry; whether there were any.

    Nobody of ours did it: the entries name no member.
    """
    switched_on = [one for one in await case_rules.everything() if one.is_on]
    if not switched_on:
        return False
    case = await tables.Case.objects().get(tables.Case.id == case_id)
    assert case is not None
    arrival = Arrival(
        platform=capture.platform,
        language=capture.lang,
        text=f"{capture.title} {capture.text}",
        rating=capture.rating,
        rating_max=capture.rating_max,
        location=case.location,
        addresses=(capture.url, capture.page_url or ""),
    )
    actions = decide(switched_on, arrival)
    if not actions:
        return False
    for action in actions:
        await _act(act, case, switched_on[action.place], action.effects)
    await tables.Case.update({tables.Case.version: tables.Case.version + 1}).where(tables.Case.id == case_id)
    return True


async def _act(act: Act, case: tables.Case, rule: RuleShown, effects: tuple[str, ...]) -> None:
    told: dict[str, Any] = {"rule": str(rule.id), "name": rule.name}
    if "owner" in effects:
        case.owner = rule.owner
        await tables.Case.update({tables.Case.owner: rule.owner}).where(tables.Case.id == case.id)
        await follow_ups.hand_over(case.id, owner=rule.owner, now=act.now)
        told["owner"] = rule.owner_name
    if "theme" in effects:
        await _give_theme(case.number, rule.theme)
        told["theme"] = rule.theme_name
    if "field" in effects and rule.field:
        said = await field_values.keep_answer(case.number, rule.field, rule.value)
        told["fields"] = fields.told(said) or None
    if "playbook" in effects and rule.playbook:
        await checklists.begin(act, case, await playbooks.find(rule.playbook), tell=False)
        told["playbook"] = rule.playbook_name
    if "severity" in effects:  # a member decides: triage shows it with the name of the rule
        told["proposed_severity"] = rule.severity
    await timeline.record(case.id, EntryKind.RULE_APPLIED, now=act.now, **told)


async def _give_theme(number: int, theme: UUID | None) -> None:
    """Step: the only theme of a new case, with the wider one under which it is found as well."""
    [row] = await run("SELECT parent FROM theme WHERE id = :theme", theme=theme)
    of_case = tables.CaseTheme
    for one in filter(None, (theme, row["parent"])):
        await of_case.insert(of_case(id=uuid4(), number=number, theme=one, given=one == theme))
