"""Page of a threat, ready to show: plan, who was told, links to dossiers, hold."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.operation import own_texts
from amends.rules.team.mail_addresses import mailto
from amends.rules.vocabulary import DossierGiven, EntryKind, Role, StepState, Telling, ThreatDeed
from amends.rules.workflow import threats as rules
from amends.services.case.threats import ThreatShown
from amends.services.case.timeline import EntryShown
from amends.services.desk.cases import CaseDetail
from amends.services.follow_up.checklists import StepShown
from amends.services.follow_up.outside_contacts import ContactShown
from amends.services.nudge.nudges import Alert
from amends.services.operation.dossier_links import DossierLink
from amends.services.team.members import Member
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.workflow.labels import moves as move_words
from amends.web.workflow.labels import threats as words


class PlanStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the plan, as far as it got, with whom it needs."""

    words: str
    state: str
    by: str
    at: Moment | None
    contact: str
    phone: str
    email: str
    reach: str


class ToldLine(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was told."""

    name: str
    facts: tuple[str, ...]
    words: str
    by: str
    at: Moment


class AlertLine(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom Amends was to tell, and what became of it."""

    name: str
    told: str
    failed: bool
    at: Moment


class Alerts(msgspec.Struct, frozen=True):
    """Whom Amends tells; `nobody` where no message was sent and none is on its way."""

    lines: tuple[AlertLine, ...]
    nobody: bool


class LinkLine(msgspec.Struct, frozen=True, kw_only=True):
    """A link to a dossier: how it stands, in words."""

    id: UUID
    name: str
    is_alive: bool
    by: str
    until: Moment
    opened: int
    fetched: int
    manifest: str


class ThreatPage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page shows to one member."""

    number: int
    title: str
    is_hostile: bool
    flagged_by: str
    flagged_at: Moment
    on_hold: bool
    lifted_by: str
    lifted_at: Moment | None
    lifted_reason: str
    is_escalated: bool
    steps: tuple[PlanStep, ...]
    done: int
    told: tuple[ToldLine, ...]
    contacts: tuple[ContactShown, ...]
    links: tuple[LinkLine, ...]
    leads: bool
    may_withdraw: bool
    tellings: Options
    dossiers: Options
    backs: Options
    back: str
    languages: Options
    language: str
    form: str
    typed: dict[str, str]
    wrong: dict[str, str]
    problem: str


def page(
    detail: CaseDetail,
    threat: ThreatShown,
    *,
    contacts: Sequence[ContactShown],
    links: Sequence[DossierLink],
    reader: Member,
    typed: Typed,
    now: datetime,
) -> ThreatPage:
    """The threat of a case as one member sees it."""
    steps = [step for card in detail.checklists if card.id == threat.checklist for step in card.steps]
    flagger = threat.flagged_by
    stayed = rules.stayed(threat.stage_before, moved_at=detail.row.moved_at, flagged_at=threat.flagged_at)
    backs = rules.ways_back(has_stayed=stayed)
    return ThreatPage(
        number=detail.row.number,
        title=own_texts.title(detail.row.title),
        is_hostile=detail.is_hostile,
        flagged_by=flagger.name if flagger else "",
        flagged_at=dates.moment(threat.flagged_at, now=now),
        on_hold=threat.on_hold,
        lifted_by=threat.lifted_by.name if threat.lifted_by else "",
        lifted_at=dates.moment(threat.lifted_at, now=now) if threat.lifted_at else None,
        lifted_reason=threat.lifted_reason,
        is_escalated=detail.row.stage == "escalated",
        steps=tuple(_step(one, now) for one in steps),
        done=sum(one.state is not StepState.OPEN for one in steps),
        told=tuple(_told(one, now) for one in reversed(detail.timeline) if _is_telling(one)),
        contacts=tuple(contacts),
        links=tuple(_link(one, now) for one in links),
        leads=reader.role.reaches(Role.LEAD),
        may_withdraw=rules.may_withdraw(
            reader.role,
            member=reader.id,
            flagged_by=flagger.id if flagger else None,
            lifted=threat.lifted_at is not None,
        ),
        tellings=tuple((one.value, _(words.TELLINGS[one])) for one in Telling),
        dossiers=tuple((one.value, _(words.DOSSIERS[one])) for one in DossierGiven),
        backs=tuple((name, _way_back(name, threat)) for name in backs),
        back=backs[0],
        languages=(("en", "English"), ("fr", "Français")),
        language=language(),
        form=typed.form,
        typed=dict(typed.values),
        wrong=dict(typed.errors),
        problem=typed.problem,
    )


def _way_back(name: str, threat: ThreatShown) -> str:
    if name != rules.AS_BEFORE:
        return move_words.verb(name)
    return _("As it was before: %(stage)s") % {"stage": label(threat.stage_before)}


def _step(one: StepShown, now: datetime) -> PlanStep:
    return PlanStep(
        words=own_texts.words(one.words),
        state=one.state.value,
        by=one.settled_by.name if one.settled_by else "",
        at=dates.moment(one.settled_at, now=now) if one.settled_at else None,
        contact=own_texts.words(one.contact),
        phone=one.phone,
        email=one.email,
        reach=one.reach,
    )


def _is_telling(entry: EntryShown) -> bool:
    return entry.kind is EntryKind.THREAT and entry.particulars.get("deed") == ThreatDeed.TOLD


def _told(entry: EntryShown, now: datetime) -> ToldLine:
    return ToldLine(
        name=own_texts.words(str(entry.particulars.get("contact", ""))),
        facts=tuple(words.facts(entry.particulars)),
        words=own_texts.words(str(entry.particulars.get("words", ""))),
        by=entry.by.name if entry.by else "",
        at=dates.moment(entry.at, now=now),
    )


def alerts(found: Sequence[Alert], *, now: datetime) -> Alerts:
    """Whom Amends tells of the threat, and how far that came."""
    return Alerts(tuple(_alert(one, now) for one in found), not any(one.reaches for one in found))


def _alert(one: Alert, now: datetime) -> AlertLine:
    return AlertLine(
        name=" · ".join(part for part in (one.member, one.place) if part),
        told=f"{_(words.ALERTS[one.state])}{_(': ') + one.why if one.why else ''}",
        failed=not one.reaches,
        at=dates.moment(one.at, now=now),
    )


def _link(one: DossierLink, now: datetime) -> LinkLine:
    until = min(one.ended_at or one.expires_at, one.expires_at)
    return LinkLine(
        id=one.id,
        name=one.name,
        is_alive=until > now,
        by=one.made_by.name if one.made_by else "",
        until=dates.moment(until, now=now),
        opened=one.opened,
        fetched=one.fetched,
        manifest=one.manifest,
    )


def mail(link: str, *, number: int, to: str, until: Moment) -> str:
    """The address of a mail that is ready to be sent by a person, with the link in it."""
    subject = _("Dossier of case #%(number)s") % {"number": number}
    body = _(
        "Hello,\n\nhere is a dossier about a threat against us:\n%(link)s\n\n"
        "The link is valid until %(until)s. The dossier holds personal data: please do not forward it."
    ) % {"link": link, "until": until.exact}
    return mailto(subject, to=to, body=body)
