"""Waves, ready to show."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.insight.waves import FEWEST, Sign, Verdict
from amends.services.desk.waves import Wave
from amends.services.nudge import wave_words
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.insight.labels import waves as labels
from amends.web.templating import query


class WaveShown(msgspec.Struct, frozen=True, kw_only=True):
    """A wave: its sum, how it looks with every number behind it, and what a member says."""

    id: UUID
    scope: str
    about: str
    since: str
    sentence: str
    began: Moment
    compared: str
    verdict: str
    meaning: str
    numbers: tuple[str, ...]
    judged: str
    judged_word: str
    judged_by: str
    verdicts: Options
    cases_href: str


def wave(one: Wave, *, now: datetime) -> WaveShown:
    """A wave as members see it."""
    kind, _colon, value = one.scope.partition(":")
    numbers = {"hours": one.hours, "people": one.people, "usual": one.usual, "line": one.line}
    return WaveShown(
        id=one.id,
        scope=one.scope,
        about=wave_words.about(one.scope, one.theme),
        since=(one.began_at - timedelta(hours=one.hours)).isoformat(),
        sentence=wave_words.sentence(scope=one.scope, theme=one.theme, **numbers),
        began=dates.moment(one.began_at, now=now),
        compared=_compared(one.weeks),
        verdict=_(labels.VERDICTS[Verdict(one.verdict)]),
        meaning=_(labels.MEANINGS[Verdict(one.verdict)]),
        numbers=tuple(_numbers(one.known)),
        judged=one.judged,
        judged_word=_(labels.VERDICTS[Verdict(one.judged)]) if one.judged else "",
        judged_by=one.judged_by.name if one.judged_by else "",
        verdicts=tuple((each.value, _(word)) for each, word in labels.VERDICTS.items()),
        cases_href=_cases(kind, value),
    )


def _compared(weeks: int) -> str:
    if not weeks:
        return _("There is no earlier week to compare with yet.")
    text = ngettext(
        "Compared with the same hours of %(num)d week before.",
        "Compared with the same hours of the %(num)d weeks before.",
        weeks,
    )
    return text % {"num": weeks}


def _numbers(known: Mapping[str, int]) -> list[str]:
    """Every fact with its number; of fewer than five people none says anything."""
    people = known["people"]
    posts = ngettext("%(num)s post", "%(num)s posts", known["posts"]) % {"num": number(known["posts"])}
    places = ngettext("on %(num)d platform", "on %(num)d platforms", known["platforms"])
    said = [f"{posts} {places % {'num': known['platforms']}}"]
    if people < FEWEST:
        return [*said, _("too few people to say more")]
    return [*said, *(_sign(sign, known) for sign in Sign), _reach(known)]


def _sign(sign: Sign, known: Mapping[str, int]) -> str:
    """A sign with its number; that it is not known, where it is known of fewer than five people."""
    counted, of = labels.FACTS[sign]
    if counted not in known or known.get(of, 0) < FEWEST:
        return _(labels.UNKNOWN[sign])
    return _(labels.FOR[sign]) % {"count": number(known[counted]), "all": number(known[of])}


def _reach(known: Mapping[str, int]) -> str:
    if not known.get("reach_known"):
        return _(labels.NO_REACH)
    values = {"count": "reach", "known": "reach_known", "all": "people"}
    return _(labels.REACH) % {name: number(known[fact]) for name, fact in values.items()}


def _cases(kind: str, value: str) -> str:
    if kind in ("theme", "platform"):
        return f"/cases{query({kind: value, 'stage': 'all'})}"
    return "/cases?stage=all" if kind == "all" else ""
