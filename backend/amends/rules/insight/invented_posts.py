"""Invented posts of a drill: nobody’s, in English and French, some of them of people in danger (P68).

They are drawn once, when the drill begins, from words that stand here; no post of anybody is read for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from amends.rules.vocabulary import IncidentKind, Language

Thing = TypeVar("Thing")
Draw = Callable[[], float]
"""A number from 0 up to 1, another one each time."""
Said = tuple[str, str]
"""The same post in English and in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPost:
    """One post of a drill: how many seconds after the beginning it comes, who wrote it where, and what.

    `danger` is whether somebody is in danger, which members are to find out by reading; `said` tells which of
    the texts it is, so that the same text in both languages counts as one.
    """

    after: int
    author: str
    platform: str
    language: str
    words: str
    said: int
    danger: bool
    customer: bool


PLATFORMS = ("x", "facebook", "instagram", "google", "reddit")
FIRST = ("amber", "basil", "cedar", "dusty", "early", "fern", "gray", "hazel", "ivory", "juniper")
SECOND = ("anchor", "bicycle", "candle", "drum", "easel", "flute", "garden", "harbor", "island", "jacket")
AUTHORS = tuple(f"invented_{first}_{second}" for first in FIRST for second in SECOND)
"""Names that nobody would choose, so that no screenshot of a drill passes for a real post."""

POSTS: dict[IncidentKind, tuple[Said, ...]] = {
    IncidentKind.BAD_PRESS: (
        ("Just read the article about you. Is it true?", "Je viens de lire l’article sur vous. C’est vrai ?"),
        (
            "Ten years a customer, and I learn this from a newspaper.",
            "Cliente depuis dix ans, et je l’apprends par le journal.",
        ),
        (
            "Your silence since this morning says enough.",
            "Votre silence depuis ce matin en dit assez.",
        ),
        (
            "The photo in the article is not even your shop.",
            "La photo de l’article n’est même pas chez vous.",
        ),
        ("So, who is lying: the paper or you?", "Alors, qui ment : le journal ou vous ?"),
    ),
    IncidentKind.DATA_LEAK: (
        (
            "Someone sent me a list with my order on it. Why?",
            "On m’a envoyé une liste avec ma commande dessus. Pourquoi ?",
        ),
        (
            "My address is in a file that anyone can open!",
            "Mon adresse est dans un fichier que tout le monde peut ouvrir !",
        ),
        ("Is my bank card in it too?", "Ma carte bancaire y est aussi ?"),
        ("Three calls from strangers since noon.", "Trois appels d’inconnus depuis midi."),
        ("Have you told the authority yet?", "Avez-vous prévenu la CNIL ?"),
    ),
    IncidentKind.DEFECTIVE_PRODUCT: (
        ("Mine broke on the second day as well.", "Le mien aussi s’est cassé le deuxième jour."),
        ("Is there a recall? The shop knows nothing.", "Y a-t-il un rappel ? Le magasin ne sait rien."),
        ("It gets so hot that I unplugged it.", "Il chauffe tellement que je l’ai débranché."),
        ("Refund, please. I will not try another one.", "Remboursez-moi. Je n’en essaierai pas un autre."),
        ("You still sell it this afternoon!", "Vous le vendez encore cet après-midi !"),
    ),
    IncidentKind.HARASSMENT: (
        (
            "Everyone write to this firm until they answer!",
            "Écrivez tous à cette société jusqu’à sa réponse !",
        ),
        ("They do not deserve one more customer.", "Ils ne méritent plus un seul client."),
        ("Shame on all who work there.", "Honte à tous ceux qui y travaillent."),
        ("Share this. Today they will listen.", "Partagez. Aujourd’hui, ils vont nous entendre."),
    ),
    IncidentKind.OWN_POST: (
        ("Did anybody read this before you posted it?", "Quelqu’un l’a relu avant de publier ?"),
        ("Delete it, we all have the screenshot.", "Supprimez-le, nous avons tous la capture."),
        ("That is your humour? Goodbye.", "C’est ça, votre humour ? Adieu."),
        ("A simple “sorry” would do.", "Un simple « pardon » suffirait."),
        ("And you still run it as an advertisement.", "Et la publicité passe encore."),
    ),
    IncidentKind.OUTAGE: (
        ("Nothing works since nine. Hello?", "Plus rien ne marche depuis neuf heures. Allô ?"),
        (
            "Your status page says all is well. It is not.",
            "Votre page d’état dit que tout va bien. C’est faux.",
        ),
        ("Charged twice, and no ticket.", "Débitée deux fois, et pas de billet."),
        ("I have customers waiting because of you.", "J’ai des clients qui attendent à cause de vous."),
        ("When will it work again? One word!", "Quand est-ce que ça remarche ? Un mot !"),
    ),
    IncidentKind.OTHER: (
        ("What is going on at your place?", "Qu’est-ce qui se passe chez vous ?"),
        ("My neighbour says the same, and her sister.", "Ma voisine dit pareil, et sa sœur."),
        ("Third message today. Nobody answers.", "Troisième message aujourd’hui. Personne ne répond."),
        ("I am telling everyone I know.", "Je le raconte à tous ceux que je connais."),
    ),
}
"""What people say in a storm of each kind."""

DANGERS: dict[IncidentKind, tuple[Said, ...]] = {
    IncidentKind.DATA_LEAK: (
        (
            "My ex did not know where I live. Now he does. I am scared.",
            "Mon ex ne savait pas où j’habite. Maintenant, si. J’ai peur.",
        ),
    ),
    IncidentKind.DEFECTIVE_PRODUCT: (
        (
            "My daughter burnt her hand on it, we are at the hospital.",
            "Ma fille s’est brûlé la main avec, nous sommes à l’hôpital.",
        ),
        ("It caught fire in the kitchen. We got out.", "Il a pris feu dans la cuisine. Nous sommes sortis."),
    ),
    IncidentKind.HARASSMENT: (
        (
            "I know when the girl at the counter goes home.",
            "Je sais à quelle heure la fille de l’accueil rentre chez elle.",
        ),
        (
            "Tonight we come to your shop, and not to talk.",
            "Ce soir, on vient au magasin, et pas pour parler.",
        ),
    ),
    IncidentKind.OUTAGE: (
        (
            "My mother’s alarm runs through you. She is alone and it is dead.",
            "L’alarme de ma mère passe par vous. Elle est seule, et plus rien.",
        ),
    ),
}
ALWAYS: tuple[Said, ...] = (
    (
        "I have lost everything because of this. I do not want to go on.",
        "J’ai tout perdu à cause de ça. Je n’ai plus envie de continuer.",
    ),
    (
        "Someone collapsed here while waiting for you. Help!",
        "Quelqu’un s’est effondré ici en vous attendant. À l’aide !",
    ),
)
"""Dangers of every kind of storm."""

ARRANGED = frozenset({IncidentKind.HARASSMENT})
"""Kinds in which most write one and the same text, and nobody is a customer."""
DANGER_EVERY = 8
"""One post in so many is one of danger."""
AGAIN_EVERY = 9
"""One post in so many is by somebody who wrote before: people are counted, not posts."""
FASTER = 0.7
"""Gaps shrink: a storm gathers speed."""


def invent(kind: IncidentKind, *, posts: int, minutes: int, draw: Draw) -> tuple[InventedPost, ...]:
    """The posts of a drill in the order in which they come: the first at once, the last after `minutes`."""
    said, dangers = POSTS[kind], (*DANGERS.get(kind, ()), *ALWAYS)
    names = _mixed(AUTHORS, draw)
    found: list[InventedPost] = []
    for place in range(posts):
        danger = place % DANGER_EVERY == DANGER_EVERY // 2
        usual = said[0] if kind in ARRANGED and draw() < 0.7 else _pick(said, draw)
        chosen = dangers[place // DANGER_EVERY % len(dangers)] if danger else usual
        french = draw() < 0.5
        again = bool(place) and place % AGAIN_EVERY == 0
        found.append(
            InventedPost(
                after=round(minutes * 60 * (place / max(1, posts - 1)) ** FASTER),
                author=_pick(found, draw).author if again else names[place % len(names)],
                platform=_pick(PLATFORMS, draw),
                language=Language.FRENCH if french else Language.ENGLISH,
                words=chosen[french],
                said=-1 - dangers.index(chosen) if danger else said.index(chosen),
                danger=danger,
                customer=kind not in ARRANGED and draw() < 0.5,
            )
        )
    return tuple(found)


def _pick(things: Sequence[Thing], draw: Draw) -> Thing:
    return things[int(draw() * len(things))]


def _mixed(names: Sequence[str], draw: Draw) -> list[str]:
    return sorted(names, key=lambda _name: draw())
