"""Second chance: what may be written weeks after the fix (P55, P56)."""

from datetime import datetime, timedelta

from amends.rules.team.policies import SECOND_CHANCE_FROM
from amends.rules.vocabulary import Language

SENTENCES = {
    Language.ENGLISH: (
        "{when} we put right what you had told us about. How has it been since? "
        "If anything is still wrong, tell me here and I will take care of it.",
        "{when} you told us that something had gone wrong. I wanted to be sure that it has not come back. "
        "If all is well, there is nothing to do. If not, one line is enough and I take it up again.",
    ),
    Language.FRENCH: (
        "{when}, nous avons réparé ce que vous nous aviez signalé. Comment cela se passe-t-il depuis\u202f? "
        "S’il reste quoi que ce soit, dites-le-moi ici\u202f: je m’en occupe.",
        "{when}, vous nous aviez dit que quelque chose n’allait pas. Je voulais m’assurer que cela ne s’est "
        "pas reproduit. Si tout va bien, vous n’avez rien à faire. Sinon, un mot suffit "
        "et je reprends le dossier.",
    ),
}
"""One question, and a word that asks for no answer. Neither speaks of the review: who asks for it again, or
offers something for it, breaks the rules of the sites and the trust that was won back."""
GREETINGS = {Language.ENGLISH: ("Hello {name},", "Hello,"), Language.FRENCH: ("Bonjour {name},", "Bonjour,")}
WHEN = {
    Language.ENGLISH: ("A few days ago", "A week ago", "{weeks} weeks ago"),
    Language.FRENCH: ("Il y a quelques jours", "Il y a une semaine", "Il y a {weeks} semaines"),
}


def is_too_soon(fixed_at: datetime, due_at: datetime) -> bool:
    """Whether a check-in would come within a week of the fix, before it can be said to hold (P54)."""
    return due_at < fixed_at + timedelta(days=SECOND_CHANCE_FROM)


def messages(
    language: Language, *, name: str, signature: str, fixed_at: datetime, now: datetime
) -> tuple[str, ...]:
    """The private messages to choose from, each to be changed before it is sent; or none of them is.

    `name` is the customer's, as far as it is known, `signature` the first name of the member who writes.
    """
    named, unnamed = GREETINGS[language]
    greeting = named.format(name=name) if name else unnamed
    when = _when(language, (now - fixed_at).days // 7)
    return tuple(
        f"{greeting}\n\n{sentence.format(when=when)}\n\n{signature}" for sentence in SENTENCES[language]
    )


def _when(language: Language, weeks: int) -> str:
    few, one, more = WHEN[language]
    return few if weeks < 1 else one if weeks == 1 else more.format(weeks=weeks)
