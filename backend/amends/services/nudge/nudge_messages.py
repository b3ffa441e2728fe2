"""Text of a nudge, in its receiver's language and zone, without the complaint."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from markupsafe import Markup

from amends.gateways.notifier import Message
from amends.i18n import N_, ngettext, use_language
from amends.i18n import gettext as _
from amends.rules.case.author_names import author_name
from amends.rules.case.platforms import WEB, label
from amends.rules.case.texts import shortened
from amends.rules.follow_up.kinds import KINDS
from amends.rules.nudge import news
from amends.rules.operation import own_texts
from amends.rules.team import written_days
from amends.rules.team.relative_times import due
from amends.rules.vocabulary import Audience, FollowUpKind, News
from amends.rules.workflow.next_step import Action, Step
from amends.services.nudge import message_markup as markup
from amends.services.nudge import step_words

HEADLINES = {
    News.URGENT: N_("#%(number)s · S1 critical · %(duty)s"),
    News.NEW: N_("#%(number)s · new case · %(duty)s"),
    News.CAME_BACK: N_("#%(number)s · the post came back · %(duty)s"),
}

ALONE, TOGETHER = 500, 160
"""So many characters of a follow-up's words are told in a message of its own, and in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeFacts:
    """What one message needs to know; `zone` and `language` are the receiver's.

    `act` is the secret of the link by which they may act; a team's target has none. `asked_by` is the name of
    the member who asks the receiver for something. `step` comes next on the case, as the receiver sees it;
    `reader` is the name of who reads its draft; `words` are the follow-up's: what a member wrote,
    as a promise, a reminder or a request.
    """

    number: int
    follow_up: UUID
    generation: int
    rung: int
    kind: FollowUpKind
    due_at: datetime
    audience: Audience
    author: str
    platform: str
    owner: str | None
    stands_in: bool
    language: str
    zone: str
    act: str = ""
    asked_by: str = ""
    step: Step | None = None
    reader: str = ""
    words: str = ""


def facts_of(
    row: Mapping[str, Any], *, language: str, zone: str, act: str = "", step: Step | None = None
) -> NudgeFacts:
    """The facts in a row that joins a nudge with its follow-up and its case, and what comes next there."""
    return NudgeFacts(
        number=row["number"],
        follow_up=row["follow_up"],
        generation=row["generation"],
        rung=row["rung"],
        kind=FollowUpKind(row["duty"]),
        due_at=row["due_at"],
        audience=Audience(row["audience"]),
        author=row["author_name"] or row["author_handle"] or "",
        platform=row["platform"],
        owner=row["owner_name"],
        stands_in=row["member"] is not None and row["owner"] is not None and row["member"] != row["owner"],
        language=language,
        zone=zone,
        act=act,
        asked_by=_asked_by(row["steps"] or ()),
        step=step,
        reader=row["reader_name"] or "",
        words=row["words"] or "",
    )


def _asked_by(steps: Sequence[Mapping[str, Any]]) -> str:
    return str(steps[0].get("by", "")) if steps else ""


def message(told: Sequence[NudgeFacts], *, base_url: str, now: datetime) -> Message:
    """What leaves: one nudge, or a list of those that come together (nudge policy, 3).

    The reference is the same in every try; in a list each nudge bears its own.
    """
    with use_language(told[0].language):
        return _one(told[0], base_url, now) if len(told) == 1 else _several(told, base_url, now)


def _one(facts: NudgeFacts, base_url: str, now: datetime) -> Message:
    """Title, who and where, why, the link."""
    case = f"{base_url}/cases/{facts.number}"
    said = tuple(
        filter(None, (_who(facts), _why(facts), shortened(own_texts.words(facts.words), ALONE), _next(facts)))
    )
    links = [*_deeds(facts, base_url, markup.button), markup.button(case, _("Open the case"))]
    return Message(
        title=_headline(facts, now),
        body="\n\n".join((*said, *_acting(facts, base_url), case)),
        html=markup.letter([*_paragraphs(said), markup.paragraph(*links), *_settings(facts, base_url)]),
        reference=reference(facts),
        brief="\n".join(said),
        opens=case,
    )


def _several(told: Sequence[NudgeFacts], base_url: str, now: datetime) -> Message:
    items = ["\n".join(_item(facts, base_url, now)) for facts in told]
    end = markup.paragraph(markup.link(f"{base_url}/", _("Open Today")))
    return Message(
        title=_together(told),
        body="\n\n".join([*items, f"{base_url}/"]),
        html=markup.letter(
            [*(_item_markup(facts, base_url, now) for facts in told), end, *_settings(told[0], base_url)]
        ),
        reference=f"{reference(told[0])}+{len(told) - 1}",
        brief="\n".join(_headline(facts, now) for facts in told),
        opens=f"{base_url}/",
    )


def _settings(facts: NudgeFacts, base_url: str) -> tuple[Markup, ...]:
    """Where its receiver sets what reaches them; a target of the team is nobody's own."""
    return (markup.settings(base_url),) if facts.act else ()


def _together(told: Sequence[NudgeFacts]) -> str:
    """How many of what: cases, where all of them are the same news."""
    rungs = {facts.rung for facts in told}
    words = ngettext("%(count)s reminder", "%(count)s reminders", len(told))
    if rungs == {news.URGENT}:
        words = ngettext("%(count)s critical case", "%(count)s critical cases", len(told))
    elif rungs == {news.NEW}:
        words = ngettext("%(count)s new case", "%(count)s new cases", len(told))
    return words % {"count": len(told)}


def _item(facts: NudgeFacts, base_url: str, now: datetime) -> tuple[str, ...]:
    case = f"{base_url}/cases/{facts.number} ({reference(facts)})"
    said = filter(
        None,
        (_headline(facts, now), _who(facts), shortened(own_texts.words(facts.words), TOGETHER), _next(facts)),
    )
    return (*said, *_acting(facts, base_url), case)


def _item_markup(facts: NudgeFacts, base_url: str, now: datetime) -> Markup:
    case = markup.link(f"{base_url}/cases/{facts.number}", _headline(facts, now))
    said = filter(None, (_who(facts), shortened(own_texts.words(facts.words), TOGETHER), _next(facts)))
    return markup.paragraph(markup.strong(case), *said, *_deeds(facts, base_url, markup.link))


def _acting(facts: NudgeFacts, base_url: str) -> tuple[str, ...]:
    """How to act without signing in; the link is for its receiver alone."""
    words = _("Your personal link, to act without signing in: %(link)s")
    return (words % {"link": f"{base_url}/act/{facts.act}"},) if facts.act else ()


def _paragraphs(said: Sequence[str]) -> list[Markup]:
    """Who it is about stands out."""
    return [*map(markup.paragraph, map(markup.strong, said[:1])), *map(markup.paragraph, said[1:])]


def _deeds(facts: NudgeFacts, base_url: str, shown: Callable[[str, str], Markup]) -> tuple[Markup, ...]:
    words = _("Act without signing in")
    return (shown(f"{base_url}/act/{facts.act}", words),) if facts.act else ()


def _headline(facts: NudgeFacts, now: datetime) -> str:
    duty = _duty(facts)
    if told := news.NEWS.get(facts.rung):
        return _(HEADLINES[told]) % {"number": facts.number, "duty": duty}
    case = step_words.numbered(facts.number)
    return f"{case} · {duty} · {due(facts.due_at, now=now, zone=facts.zone)}"


def _duty(facts: NudgeFacts) -> str:
    """What is to be done, or who asks: the receiver, or another whose request the receiver hears of."""
    kind = KINDS[facts.kind]
    if facts.asked_by and kind.asked and facts.audience is Audience.OWNER and not facts.stands_in:
        return _(kind.asked) % {"name": facts.asked_by}
    if facts.asked_by and kind.asked_of and facts.owner:
        return _(kind.asked_of) % {"name": facts.asked_by, "owner": facts.owner}
    return step_words.words(facts.step.do) if facts.step and _is_it(facts) else _(kind.to_do)


def _is_it(facts: NudgeFacts) -> bool:
    """Whether the next step of the case is to do this very duty."""
    return facts.step is not None and facts.step.kind is facts.kind


def _next(facts: NudgeFacts) -> str:
    """What comes next on the case, where that is not what the message is about, and says something."""
    if facts.step is None or _is_it(facts) or facts.step.do in (Action.NOTHING, "finish_step"):
        return ""
    if facts.step.do == Action.AWAIT_READER and facts.step.by and facts.reader:
        values = {"name": facts.reader, "due": when(facts.step.by, facts.zone)}
        return _("Next step: %(name)s reviews the draft; due %(due)s.") % values
    return _("Next step: %(step)s.") % {"step": step_words.words(facts.step.do)}


def trial_message(nudge_id: UUID, *, language: str, base_url: str) -> Message:
    """What `send a test` sends."""
    with use_language(language):
        body = _("Reminders will arrive here. There is nothing to do.")
        return Message(
            title=_("Amends: test message"),
            body=f"{body}\n\n{base_url}",
            reference=f"test-{nudge_id}",
            brief=body,
            opens=f"{base_url}/settings/reminders",
        )


def reference(facts: NudgeFacts) -> str:
    """Names the duty and the rung, whoever is told of it: `142-1f0c9a2b-1-2`."""
    return f"{facts.number}-{facts.follow_up.hex[:8]}-{facts.generation}-{facts.rung}"


def _who(facts: NudgeFacts) -> str:
    author = author_name(facts.author)[:80]
    platform = _("a web page") if facts.platform == WEB else label(facts.platform)
    return _("%(author)s, on %(platform)s") % {"author": author, "platform": platform}


def _why(facts: NudgeFacts) -> str:
    words = {"owner": facts.owner or "", "due": when(facts.due_at, facts.zone)}
    if told := news.NEWS.get(facts.rung):
        return _news(told, facts) % words
    if facts.rung in (news.ESCALATED, news.GIVEN_BACK, news.HANDED_OVER):
        return _beside_the_ladder(facts)
    if facts.owner is None:
        return _("This case has no owner. Due: %(due)s.") % words
    if facts.audience is Audience.ON_DUTY:
        return _("You are on duty, and this is urgent. Due: %(due)s.") % words
    if facts.audience is Audience.OWNER and facts.stands_in:
        return _("You are deputy for %(owner)s, who is away. Due: %(due)s.") % words
    if facts.audience is Audience.OWNER:
        return _(KINDS[facts.kind].to_owner) % words
    return _to_others(facts) % words


def _to_others(facts: NudgeFacts) -> str:
    """Whose it is, for the team and the leads: the case's owner, or the member who was asked for it."""
    is_request = KINDS[facts.kind].own_owner
    if facts.audience is Audience.TEAM and is_request:
        return _("%(owner)s was asked to do this. Due: %(due)s. Can someone help?")
    if facts.audience is Audience.TEAM:
        return _("%(owner)s owns this case. Due: %(due)s. Can someone help?")
    if is_request:
        return _("%(owner)s was asked to do this. Due: %(due)s. Please see to it.")
    return _("%(owner)s owns this case. Due: %(due)s. Please take it over or hand it over.")


def _news(told: News, facts: NudgeFacts) -> str:
    if told is News.NEW:
        return _("This case is new and has not been triaged yet. Due: %(due)s.")
    if told is News.CAME_BACK:
        return _("The case is closed, but its post was seen again. Check it; due: %(due)s.")
    if facts.audience is Audience.ON_DUTY:
        return _("You are on duty, and this case is critical. Due: %(due)s.")
    return _("This case is critical, and nobody on duty can be reached now. Due: %(due)s.")


def _beside_the_ladder(facts: NudgeFacts) -> str:
    if facts.rung == news.ESCALATED:
        return _("This case has just been escalated. Please look at it now.")
    if facts.rung == news.HANDED_OVER:
        return _("The previous owner can no longer sign in, so this has been handed over to you.")
    if facts.audience is Audience.OWNER:
        return _("You owned this case, but it did not move; it is back in the pool. You can take it again.")
    return _("This case did not move, so it is back in the pool. Anyone can take it.")


def when(at: datetime, zone: str) -> str:
    """An instant on the wall clock of a zone, which is named: mail is read anywhere."""
    return f"{written_days.at_clock(at.astimezone(ZoneInfo(zone)))} ({zone})"
