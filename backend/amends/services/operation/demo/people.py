"""Invented members of the demonstration, at addresses that cannot exist."""

from amends.rules.vocabulary import Language, Role

DOMAIN = "demo.invalid"
"""Reserved: no mail ever arrives there, and no real post has an address in it."""

EMAILS, POSTS = f"%@{DOMAIN}", f"https://%.{DOMAIN}/%"
"""What the addresses of its members, and of its posts, look like to LIKE."""

TEAM = "Amends demonstration"

PLACE, PRODUCT = f"help@{DOMAIN}", "Demo"
"""Where its replies lead, and what it sells."""

MEMBERS = (
    ("astrid", "Astrid Démo", Role.ADMIN, Language.FRENCH),
    ("leopold", "Léopold Démo", Role.LEAD, Language.FRENCH),
    ("winifred", "Winifred Demo", Role.AGENT, Language.ENGLISH),
    ("barnaby", "Barnaby Demo", Role.AGENT, Language.ENGLISH),
)

AUTHORS = (
    "Ginette Exemple",
    "Marcel Imaginaire",
    "Odile Inventée",
    "Prosper Fictif",
    "Zelda Example",
    "Horace Madeup",
    "Petunia Nobody",
    "Quentin Pretend",
)

ONE_PERSON = "Zelda Example"
"""Who writes on several platforms, and is known to be one person."""


def address_of(name: str) -> str:
    """The e-mail address of one who plays."""
    return f"{name}@{DOMAIN}"
