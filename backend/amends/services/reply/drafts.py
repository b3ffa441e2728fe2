"""Drafts of public replies, and the uses of templates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.reply.reply_lint import (
    Circumstances,
    Finding,
    LintRule,
    is_hot,
    is_only_links,
    lint,
    says_place,
    says_plan,
)
from amends.rules.reply.reply_templates import is_over_budget, left_over, occasion_for
from amends.rules.team.reply_rules import HELD_FOR, ReplyRules
from amends.rules.vocabulary import Language, Nature, Occasion, Stance
from amends.rules.workflow.guards import CaseFacts, Mover
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import Move
from amends.rules.workflow.reply_guards import may_read, must_be_read
from amends.services.case.access import mover_of
from amends.services.reply import own_variables, reply_templates, variants
from amends.services.team import members, reply_rules, teams
from amends.services.team.members import Act

DRAFTS = ("keep_draft", "submit_draft")
UNREAD = ("pending", "rejected")
"""How a draft stands that may not be posted: it waits to be read, or was sent back."""
GONE: dict[str, Any] = {
    "approval": None,
    "draft": "",
    "draft_by": None,
    "draft_occasion": None,
    "draft_template": None,
    "draft_reader": None,
    "draft_held_until": None,
}
"""A case without a draft."""


class DraftQuestioned(Invalid):
    "Say why this draft is sent as it is, or change it."


class DraftIncomplete(Invalid):
    """Something in this draft is still missing."""


class Weighed(msgspec.Struct, frozen=True):
    """What a move about a reply changes on its case, and tells on the timeline besides what was said."""

    changes: dict[str, Any] = {}
    told: dict[str, Any] = {}


async def findings(act: Act, case: tables.Case, text: str, *, occasion: Occasion) -> tuple[Finding, ...]:
    """What the lint says of a reply to a case."""
    rules = await reply_rules.current()
    team = await teams.find()
    return lint(
        text,
        Circumstances(
            today=act.now.astimezone(ZoneInfo(act.by.zone)).date(),
            platform=case.platform,
            occasion=occasion,
            nature=Nature(case.nature) if case.nature else None,
            stance=Stance(case.stance) if case.stance else None,
            language=await variants.heard(case, otherwise=Language(act.by.language)),
            places=tuple(place for place in rules.places.values() if place),
            names=(team.name if team else "", rules.product),
        ),
    )


async def weigh(act: Act, case: tables.Case, move: Move, facts: CaseFacts, words: MoveInput) -> Weighed:
    """Step: what a move means for the draft on its case. Raises DraftQuestioned, DraftIncomplete."""
    if move.name in DRAFTS:
        return await _drafted(act, case, move, facts, words)
    if move.name == "approve":
        return await _approved(act, case, words)
    if move.counts == "public_replies":
        if _goes_out(case, words):
            await _must_be_filled(case.draft)
        return Weighed(await posted(case, words, now=act.now))
    if move.name == "reject":
        return Weighed({"approval": "rejected"})
    if move.name == "release_draft":
        return Weighed({"draft_held_until": None})
    if move.name in ("end_public_thread", "resume_public_thread", "reopen_to_answer"):
        return Weighed({"thread_ended_at": act.now if move.name == "end_public_thread" else None})
    leaves = not move.keeps_stage and (case.approval or case.draft_held_until)
    return Weighed({"approval": None, "draft_held_until": None} if leaves else {})


async def _drafted(act: Act, case: tables.Case, move: Move, facts: CaseFacts, words: MoveInput) -> Weighed:
    text, budget = words.text or "", facts.rules.budget
    occasion = words.occasion or occasion_for(facts.public_replies, budget)
    await _must_be_filled(text)
    reader = await _reader(act, words.reader, facts)
    found = await findings(act, case, text, occasion=occasion)
    goes_out = move.name == "keep_draft"
    if not words.reason:
        _question(found, over=is_over_budget(facts.public_replies, budget, occasion))
    held = act.now + HELD_FOR if goes_out and is_hot(found) and not words.reason else None
    changes = {
        "approval": "ready" if goes_out else "pending",
        "draft": text,
        "draft_by": act.by.id,
        "draft_occasion": occasion,
        "draft_template": await _known_template(words.template),
        "draft_reader": reader,
        "draft_held_until": held,
    }
    return Weighed(changes, {"findings": told(found), "held_until": held.isoformat() if held else None})


async def _approved(act: Act, case: tables.Case, words: MoveInput) -> Weighed:
    text = words.text or case.draft
    await _must_be_filled(text)
    found = await findings(act, case, text, occasion=_occasion(case))
    if text != case.draft and not words.reason:
        before = await findings(act, case, case.draft, occasion=_occasion(case))
        known = {finding.rule for finding in before}
        _question([finding for finding in found if finding.rule not in known], hot_too=True)
    changes = {"approval": "approved", "draft": text, "draft_held_until": None}
    return Weighed(changes, {"findings": told(found)})


async def _reader(act: Act, reader: UUID | None, facts: CaseFacts) -> UUID | None:
    """Who was asked to read a draft; where a rule asks for a lead, one, or the deputy of one."""
    if reader is None:
        return None
    asked = await members.find(reader)
    mover = await mover_of(asked, now=act.now)
    if asked.id == act.by.id or asked.disabled:
        raise DraftIncomplete(fields={"reader": _("Choose someone else who is available.")})
    if must_be_read(facts, Mover(act.by.id, act.by.role)) and not may_read(facts, mover):
        raise DraftIncomplete(fields={"reader": _("The rules require a lead here. Choose one.")})
    return asked.id


def _question(found: Sequence[Finding], *, over: bool = False, hot_too: bool = False) -> None:
    """Errors ask for a reason; heat is held instead, unless this is who would have cooled it."""
    errors = [one for one in found if one.is_error and (hot_too or not one.lesson.is_hot)]
    if errors:
        raise DraftQuestioned(fields={"reason": _("Fix the errors, or say why the reply is sent as it is.")})
    if over:
        raise DraftQuestioned(
            fields={
                "reason": _("No public reply is left. Write the last word, or say why one more is needed.")
            }
        )


async def _must_be_filled(text: str) -> None:
    if is_only_links(text):
        raise DraftIncomplete(fields={"text": _("Write some words first: there is only a link.")})
    if names := left_over(text, own=await own_variables.names()):
        raise DraftIncomplete(fields={"text": _("Replace {%(name)s} with text.") % {"name": names[0]}})


def told(found: Sequence[Finding]) -> list[str]:
    """Which rules spoke, as the timeline keeps it."""
    spoke = dict.fromkeys(one.rule for one in found)
    return [rule.value for rule in spoke if rule is not LintRule.DATED_PROMISE]


async def posted(case: tables.Case, words: MoveInput, *, now: datetime, seen: bool = False) -> dict[str, Any]:
    """Step: a public reply is out. Its template counts as used, its draft is gone; what changes on the case.

    A draft that somebody still has to read, or to rewrite, stays: it was another reply that went out. So was
    one that a browser has `seen` on the site, unless it says what the draft says.
    """
    differs = seen and _squeezed(words.text or "") != _squeezed(case.draft)
    text = words.text or ("" if differs else case.draft)
    was_another = differs or case.approval in UNREAD
    if case.draft_template and not was_another:
        use = tables.ReplyUse(id=uuid4(), template=case.draft_template, case=case.id, used_at=now)
        await tables.ReplyUse.insert(use).on_conflict(action="DO NOTHING")
    rules = await reply_rules.current()
    plan = words.plan_given or says_plan(text, today=now.date())
    place = words.place_given or says_place(text, _places(rules))
    given = {"plan_given": case.plan_given or plan, "place_given": case.place_given or place}
    return given if was_another else GONE | given


def _goes_out(case: tables.Case, words: MoveInput) -> bool:
    """Whether a reply is the draft of the case, perhaps older than the rules for its words."""
    is_draft = _squeezed(words.text or case.draft) == _squeezed(case.draft)
    return bool(case.draft) and is_draft and case.approval not in UNREAD


def _squeezed(text: str) -> str:
    return "".join(text.split())


async def forget_use(case_id: UUID, *, since: datetime) -> None:
    """Step: a reply was not posted after all, so that its template was not used."""
    use = tables.ReplyUse
    await use.delete().where((use.case == case_id) & (use.used_at >= since))


def _places(rules: ReplyRules) -> tuple[str, ...]:
    return tuple(place for place in rules.places.values() if place)


def _occasion(case: tables.Case) -> Occasion:
    return Occasion(case.draft_occasion) if case.draft_occasion else Occasion.FIRST


async def _known_template(template: UUID | None) -> UUID | None:
    """Raises TemplateUnknown."""
    return (await reply_templates.find(template)).id if template else None
