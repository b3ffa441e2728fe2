"""Words of rules by condition: a plain sentence for each, and for what one did."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.capture.case_rules import EFFECTS
from amends.rules.case import platforms
from amends.rules.vocabulary import Severity
from amends.services.capture.case_rules import RuleShown
from amends.services.capture.rule_previews import Past
from amends.web.case.labels import fields
from amends.web.case.labels.languages import language_title
from amends.web.labels import label


def sentence(rule: RuleShown) -> str:
    """What a rule does and when: "When a case comes in (Google, at most 2 of 5 stars) → owner Ana"."""
    conditions, effects = ", ".join(_conditions(rule)), ", ".join(_effects(rule)) or "–"
    if not conditions:
        return _("When a case comes in → %(effects)s") % {"effects": effects}
    words = _("When a case comes in (%(conditions)s) → %(effects)s")
    return words % {"conditions": conditions, "effects": effects}


def warnings(rule: RuleShown) -> list[str]:
    """What a rule names and can set no more."""
    gone = (
        (rule.owner_gone, _("%(name)s is given no work now: no owner is set."), rule.owner_name),
        (rule.theme_gone, _("The theme “%(name)s” is retired: it is not set."), rule.theme_name),
        (rule.playbook_gone, _("The playbook “%(name)s” is retired: it is not started."), rule.playbook_name),
        (rule.field_gone, _("The field “%(name)s” is retired: it is not filled in."), _field(rule)),
    )
    return [words % {"name": name} for is_gone, words, name in gone if is_gone]


def told(particulars: Mapping[str, Any]) -> str:
    """What a rule did with a case, as a predicate."""
    names = {name: str(particulars.get(name) or "") for name in ("owner", "theme", "playbook")}
    done = [*_set(names), *fields.changes(particulars), *_proposed(particulars.get("proposed_severity"))]
    values = {"name": particulars.get("name", ""), "done": ", ".join(done)}
    return _("applied the rule “%(name)s”: %(done)s") % values


def _conditions(rule: RuleShown) -> list[str]:
    found = [platforms.label(rule.platform)] if rule.platform else []
    found += [language_title(rule.language)] if rule.language else []
    found += [rule.location_name] if rule.location else []
    found += [_("on “%(name)s”") % {"name": rule.place_name}] if rule.place else []
    found += [_("at most %(stars)s of 5 stars") % {"stars": rule.stars}] if rule.stars else []
    return found + ([_("says %(words)s") % {"words": _alternatives(rule.words)}] if rule.words else [])


def _alternatives(words: str) -> str:
    """Each of the phrases of which one is enough: “broken” or “never arrived”."""
    quoted = [_("“%(words)s”") % {"words": one.strip()} for one in words.split(",") if one.strip()]
    return _(" or ").join(quoted)


def _effects(rule: RuleShown) -> list[str]:
    found = _set({"owner": rule.owner_name, "theme": rule.theme_name, "playbook": rule.playbook_name})
    found += [f"{_field(rule)}{_(': ')}{rule.value}"] if rule.field else []
    return [*found, *_proposed(rule.severity)]


def _proposed(severity: str | None) -> list[str]:
    return [_("severity %(name)s proposed") % {"name": label(Severity(severity))}] if severity else []


def changes(rule: RuleShown, one: Past) -> list[tuple[str, str, str]]:
    """What a rule would have set on a past case: its name, what stands there now, what it would be."""
    weighed = label(one.severity) if one.severity else ""
    proposed = label(rule.severity) if rule.severity else ""
    theme, playbook = rule.theme_name, rule.playbook_name
    found = {
        "owner": (_("Owner"), one.owner, rule.owner_name),
        "theme": (_("Theme"), theme if one.has_theme else "", theme),
        "playbook": (_("Playbook"), playbook if one.has_playbook else "", playbook),
        "field": (_field(rule), one.value, rule.value),
        "severity": (_("Severity"), weighed, proposed),
    }
    return [found[effect] for effect in EFFECTS if rule.does(effect)]


def _set(names: Mapping[str, str]) -> list[str]:
    words = {
        "owner": _("owner %(name)s"),
        "theme": _("theme “%(name)s”"),
        "playbook": _("playbook “%(name)s”"),
    }
    return [words[what] % {"name": name} for what, name in names.items() if name]


def _field(rule: RuleShown) -> str:
    ours, other = (rule.field_fr, rule.field_en) if language() == "fr" else (rule.field_en, rule.field_fr)
    return ours or other
