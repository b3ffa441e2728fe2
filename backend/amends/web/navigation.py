"""Navigation: the places of the rail, and which of them a role may open by the policies of the routes."""

from functools import lru_cache

import msgspec
from litestar import Litestar

from amends.i18n import N_
from amends.services.team.members import Member
from amends.web.security import NEEDED, Policy, needed


class Place(msgspec.Struct, frozen=True):
    """A page with a name of its own: its address, the keys that lead there, and its icon in the rail.

    `also` are other words by which it is looked for, `others` further pages that belong to it.
    `within` are the places of a group, the first of them that of the group itself: they stand above each of
    their pages.
    """

    address: str
    name: str
    keys: str = ""
    icon: str = ""
    also: str = ""
    others: tuple[str, ...] = ()
    within: "tuple[Place, ...]" = ()


MAIN = (
    Place("/", N_("Today"), "g t", "today"),
    Place("/triage", N_("Triage"), "g n", "triage"),
    Place("/cases", N_("Cases"), "g c", "cases"),
    Place("/people", N_("People"), "g p", "people", N_("customers, authors, contacts")),
)
"""The places that also stand in the bar of a phone."""
REPLIES = (
    Place("/replies", N_("Prepared replies"), "g l", "replies", N_("templates, library, answers")),
    Place("/approvals", N_("Approvals"), "g d", "approvals", N_("drafts, review")),
)
BIG_PICTURE = (
    Place("/insights", N_("Insights"), "g i", "insights", N_("reports, statistics, figures")),
    Place("/problems", N_("Problems"), "g b", "problems", N_("causes, concerns, root cause")),
    Place("/incidents", N_("Incidents"), "g x", "incidents", N_("crisis, storm, incident room")),
    Place("/campaigns", N_("Campaigns"), "g k", "campaigns", N_("pre-flight, launch, go or no-go")),
    Place(
        "/places",
        N_("Places to watch"),
        "g w",
        "places",
        N_("monitoring, listings, profiles, feeds"),
        others=("/feeds",),
    ),
    Place("/stories", N_("Case stories"), "g o", "stories", N_("before and after, success stories, proof")),
)
MAIL = Place("/mail", N_("Mail"), "g m", "mail", N_("incoming mail, inbox, emails"))
"""Only for teams that mail reaches, and members who may decide on it."""
MORE = (
    MAIL,
    Place("/agenda", N_("Agenda"), "g a", "agenda", N_("calendar, due dates, follow-ups")),
    Place("/replies", N_("Replies"), icon="replies", within=REPLIES),
    Place("/insights", N_("Big picture"), icon="insights", within=BIG_PICTURE),
    Place("/settings", N_("Settings"), "g s", "settings", N_("preferences, options, configuration")),
)
"""The others: below them on a wide screen, behind a button on a phone."""
NAMED = tuple(one for place in (*MAIN, *MORE) for one in place.within or (place,))
"""Every page of the navigation by its own name: a group is the places within it."""


SETTINGS = (
    (
        N_("You"),
        (
            Place("/settings", N_("Profile"), also=N_("account, name, language, time zone, email")),
            Place(
                "/settings/reminders",
                N_("Your reminders"),
                also=N_("notifications, mailbox, email, chat, push, quiet hours, absence, holiday, digest"),
            ),
            Place(
                "/settings/sign-in",
                N_("Password and sessions"),
                also=N_("sign out, login, devices"),
            ),
            Place("/settings/browsers", N_("Paired browsers"), also=N_("extension, token, revoke")),
            Place("/settings/tokens", N_("API tokens"), also=N_("programs, integrations, API, n8n, Zapier")),
        ),
    ),
    (
        N_("Team"),
        (
            Place("/settings/team", N_("General"), also=N_("team name, organisation, time zone, sign-in")),
            Place("/settings/members", N_("Members"), also=N_("users, invite, roles, permissions")),
            Place(
                "/settings/providers",
                N_("Sign-in providers"),
                also=N_("OpenID Connect, OIDC, single sign-on, SSO"),
            ),
            Place(
                "/settings/calendar",
                N_("Hours and holidays"),
                also=N_("calendar, closed days"),
            ),
            Place("/settings/duties", N_("On duty"), also=N_("rota, on call, shifts")),
            Place(
                "/settings/locations",
                N_("Locations and brands"),
                also=N_("shops, stores, hotels, branches, sites"),
            ),
            Place("/settings/capacity", N_("Capacity"), also=N_("workload, minutes, hours, staffing")),
        ),
    ),
    (
        N_("Cases"),
        (
            Place("/settings/policy", N_("Times"), also=N_("deadlines, SLA, due dates, policy")),
            Place("/settings/themes", N_("Themes"), also=N_("tags, labels, categories, topics")),
            Place("/settings/fields", N_("Fields"), also=N_("order number, custom fields, attributes")),
            Place("/settings/rules", N_("Rules"), also=N_("automation, routing, assignment, triggers")),
            Place(
                "/settings/playbooks",
                N_("Playbooks"),
                also=N_("checklists, procedures, steps"),
            ),
            Place(
                "/settings/contacts",
                N_("Contacts"),
                also=N_("departments, telephone numbers, warehouse, legal, police"),
            ),
            Place(
                "/settings/threat-plan",
                N_("Threat plan"),
                also=N_("danger, violence, police, legal, emergency, escalation"),
            ),
            Place(
                "/settings/replies",
                N_("Replies and approvals"),
                also=N_("private place, rules"),
            ),
        ),
    ),
    (
        N_("Mail and connections"),
        (
            Place(
                "/settings/delivery",
                N_("Delivery"),
                also=N_("mailbox, SMTP, mail server, webhook"),
            ),
            Place("/settings/mail", N_("Incoming mail"), also=N_("IMAP, mailbox, emails")),
            Place(
                "/settings/outgoing-mail",
                N_("Outgoing mail"),
                also=N_("SMTP, send, emails, signature, sender"),
            ),
            Place(
                "/settings/reports", N_("Reports by mail"), also=N_("figures, weekly, monthly, management")
            ),
            Place(
                "/settings/webhooks",
                N_("Webhooks"),
                also=N_("events, other programs, integration, endpoint, automation"),
            ),
            Place("/settings/extension", N_("Extension health"), also=N_("readers, platforms, sites")),
        ),
    ),
    (
        N_("Data and proof"),
        (
            Place(
                "/settings/privacy", N_("Data protection"), also=N_("GDPR, privacy, erasure, personal data")
            ),
            Place(
                "/settings/retention",
                N_("Retention periods"),
                also=N_("GDPR, deletion, erasure, months, keep"),
            ),
            Place("/settings/records", N_("Records"), also=N_("verify, tampering, proof")),
            Place("/settings/audit", N_("Audit log"), also=N_("sign-ins, events, who did what, security")),
        ),
    ),
    (
        N_("System"),
        (
            Place("/settings/worker", N_("Background worker"), also=N_("status, failed reminders")),
            Place("/settings/figures", N_("Effect of reminders"), also=N_("statistics, ignored reminders")),
            Place("/settings/backups", N_("Backups"), also=N_("restore, recovery, export, disk")),
            Place("/settings/keys", N_("Keys"), also=N_("encryption, rotate, secrets")),
        ),
    ),
)
"""The pages of the settings in their groups, none longer than one reads at a glance."""


class SettingsNav(msgspec.Struct, frozen=True):
    """The groups of settings that a role may open, and the page at hand."""

    groups: tuple[tuple[str, tuple[Place, ...]], ...]
    here: str


def settings_nav(app: Litestar, member: Member, path: str) -> SettingsNav:
    """What stands beside a page of the settings."""
    groups = tuple(
        (name, tuple(place for place in places if may_open(app, member, place.address)))
        for name, places in SETTINGS
    )
    every = [place.address for _name, places in SETTINGS for place in places]
    within = [address for address in every if f"{path}/".startswith(f"{address}/")]
    return SettingsNav(tuple(group for group in groups if group[1]), max(within, key=len, default=""))


def place_of(path: str) -> str:
    """The address of the place that a page belongs to; nothing for a page of its own."""
    if path == "/":
        return path
    return next((place for address, place in _PLACES.items() if f"{path}/".startswith(f"{address}/")), "")


_PLACES = {
    address: place.address
    for place in NAMED
    if place.address != "/"
    for address in (place.address, *place.others)
}


def group_of(place: str) -> Place | None:
    """The group that has this place, whose pages show its other places."""
    return _GROUPS.get(place)


_GROUPS = {one.address: group for group in MORE for one in group.within}


def may_open(app: Litestar, member: Member, address: str) -> bool:
    """Whether a page opens for a member: what its route says, and no second table of permissions."""
    policy = _policies(app).get(address.partition("#")[0])
    return policy is Policy.PUBLIC or (policy in NEEDED and member.may(needed(policy, "GET")))


@lru_cache(maxsize=2)
def _policies(app: Litestar) -> dict[str, Policy | None]:
    """The policy of each page, by its address."""
    return {
        path: by_method["GET"].opt.get("policy")
        for path, by_method in app.route_handler_method_map.items()
        if "GET" in by_method
    }
