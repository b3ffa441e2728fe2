"""What happened in the demonstration? Thirty posts, each with what the team has done about it, and when."""

# ruff: noqa: E501  (the stories read best with one a line)

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from amends.rules.vocabulary import Language
from amends.rules.workflow.public_endings import PROPOSED

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CHECK_IN = "check_in"
THREATENING = "Norbert Nullepart"
"""Nobody who wrote anything else: the rest of the demonstration are customers."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move, or what is named in `making.OTHERS`, so many working days after the step before, and what is said.

    `CHECK_IN` comes when its date has come, whatever `after` says.
    """

    after: float
    name: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A post and what followed; `ago` is how long ago the last of it happened, the fix where a check-in came.

    It is a number of working days, or a length on the clock where a duty is counted on the clock. So the same
    duties are overdue whenever the demonstration is made: working days are not lost over a week-end. `author`
    is who wrote it and nothing else; without one it is the next of the usual ones.
    """

    platform: str
    lang: str
    text: str
    ago: float | timedelta
    steps: tuple[Step, ...] = ()
    rating: float | None = None
    author: str = ""


REPLY = "https://demo.invalid/reply"
ENDED = Step(0.5, "public_ending", {"text": PROPOSED[Language.ENGLISH]})
NOT_ENDED = Step(0.5, "public_ending", {"skip": "They wrote under the post themselves that all is well."})
ENDED_FR = Step(0.5, "public_ending", {"text": PROPOSED[Language.FRENCH]})


def public(text: str) -> Step:
    """The first answer under the post."""
    return Step(0.2, "post_acknowledgement", {"reply_url": REPLY, "text": text})


def private(text: str) -> Step:
    """The first message in private."""
    return Step(0.2, "contact_in_private", {"channel": "direct_message", "text": text})


def heard(text: str) -> Step:
    """What they answered in private."""
    return Step(0.8, "receive_reply", {"channel": "direct_message", "text": text})


def fixed(remedy: str) -> Step:
    """What was done for them."""
    return Step(0.9, "deliver_remedy", {"remedy": remedy})


def confirmed(text: str) -> Step:
    """They say that it holds."""
    return Step(0.8, "confirm_fix", {"text": text})


def triaged(severity: str, stance: str = "fix") -> Step:
    """The first decision."""
    return Step(0.1, "answer", {"severity": severity, "stance": stance, "nature": "complaint"})


def promised(words: str, days: int) -> Step:
    """What was promised, and within how many working days."""
    return Step(0.1, "promise", {"words": words, "in_days": days})


REFUND = (
    triaged("s2"),
    public("We are sorry: a refund that was promised has to come. We are looking for it now."),
    private("Could you tell us your order number? Then we find the refund today."),
    heard("4711, sent back on the 28th."),
    promised("The refund is on your account in two working days.", 2),
)
QUOTE = (
    triaged("s3"),
    public("Un devis qui double, cela s’explique ou se corrige. Nous reprenons le vôtre."),
    private("Pouvez-vous nous envoyer le numéro du devis et de la facture ?"),
    heard("Devis D-318, facture F-2207."),
    Step(
        0.1,
        "remedy",
        {"kind": "voucher", "words": "Un bon d’achat de la différence avec le devis.", "cost": 2_500},
    ),
)
CHAIRS = (
    triaged("s3"),
    public("Twice in a row should not happen. The screws go out today."),
    private("Which chair is it, and are they missing in both boxes?"),
    Step(0.4, "receive_reply", {"channel": "email", "text": "Both chairs, yes."}),
    Step(0.1, "finish_step", {"next_step": "Ask the warehouse to weigh each box"}),
)
ORDERS = (
    triaged("s3"),
    public("Vos commandes ne sont pas perdues : la mise à jour les masque. Nous vous écrivons."),
    private("Quelle version de l’application indique votre téléphone ?"),
    heard("La 7.2."),
    fixed("La version 7.2.1 a été installée avec la cliente ; ses commandes sont de nouveau là."),
)
BATTERY = (
    triaged("s3"),
    public("Glad that it works. If it fails again, we take it back."),
    private("Could you tell us the number of the lamp, so that the warranty begins anew?"),
    heard("It says L-2214 below the foot."),
    fixed("The warranty of the replaced lamp begins anew and lasts two years."),
)
REPAIRED = (
    triaged("s3"),
    public("Deux semaines au lieu de trois jours : nous vous devons une explication."),
    private("Pouvez-vous nous donner le numéro de la réparation ?"),
    heard("R-5082. La machine marche, mais j’ai attendu."),
    fixed("Les frais de réparation ont été remboursés, et le délai annoncé a été corrigé."),
    confirmed("C’est bien arrivé, merci."),
    ENDED_FR,
)
TABLE = (
    triaged("s2"),
    public("A scratched table and no proper apology: both are on us. We are sorry."),
    private("May we send someone with a new table top? Which day suits you?"),
    heard("Thursday after five."),
    fixed("The table top was exchanged at their home, and the carrier’s packing was changed."),
    confirmed("The new one is perfect, thank you."),
    NOT_ENDED,
)
CURTAINS = (
    triaged("s3"),
    public("Twice the wrong size is twice too often. Here is how we put it right."),
    private("Could you measure the window once more with us, by phone?"),
    heard("180 by 240."),
    fixed("The right size was sent by express, and both returns were collected."),
    confirmed("It fits."),
    ENDED,
)
LATE = (
    triaged("s3"),
    public("Mardi était annoncé, vendredi n’est pas mardi. Nous sommes désolés."),
    private("Le contenu est-il intact ? Une photo du carton nous aiderait."),
    heard("Oui, tout est intact."),
    fixed("Les frais de livraison ont été remboursés."),
    confirmed("Remboursement reçu."),
    ENDED_FR,
)
KETTLE = (
    triaged("s3"),
    public("A kettle that leaks is no kettle. We put it right."),
    private("Shall we send another one, or pay the money back?"),
    heard("Half of the money, please, I have sealed it."),
    promised("Half of the price is paid back by Thursday.", 2),
    Step(1, "keep_promise"),
    fixed("Half of the price was paid back."),
    confirmed("Money is here. Fair enough."),
    ENDED,
    Step(0, CHECK_IN, {"channel": "email", "text": "Is the kettle still tight?"}),
)
AGAIN = (
    triaged("s3"),
    public("A repair that does not hold is ours to do again."),
    private("May we collect the machine tomorrow?"),
    heard("Yes, in the morning."),
    fixed("The repair was done again, free of charge, and we rang to ask."),
    confirmed("It works now."),
    ENDED,
    Step(0, CHECK_IN, {"channel": "phone"}),
    Step(2, "win_back", {"reason": "Changed the review from one star to four."}),
)
REFUNDED = (
    triaged("s3"),
    public("Vous auriez dû être remboursée depuis longtemps. Nous nous en occupons."),
    private("À quelle date avez-vous renvoyé le colis ?"),
    heard("Le 3 du mois dernier."),
    promised("Le remboursement part demain.", 1),
    Step(3, "break_promise"),
    fixed("Le remboursement est parti, avec quatre jours de retard."),
    confirmed("Reçu. Enfin."),
    ENDED_FR,
    Step(0, CHECK_IN, {"channel": "email"}),
    Step(2, "lose", {"reason": "Elle est partie chez un autre fournisseur."}),
)
"""The longer ways, each in the words of its case: what is asked and done fits what was complained of."""
PAYING = "Sorry that paying fails. We have found the fault; a fix is on its way today. Tell us if it happens again?"
WARRANTY = "For as long as you own it: the whole text is on our site, and we stand by it. Tell us what broke?"

STORIES: tuple[Story, ...] = (
    Story("trustpilot", "fr", "Commande reçue cassée, et personne ne répond au téléphone depuis une semaine.", 30 * MINUTE, rating=1),
    Story("x", "en", "Third time the app logs me out in the middle of paying. Is anybody there?", 15 * MINUTE, (triaged("s3"), Step(0.02, "submit_draft", {"text": PAYING})), ),
    Story("reddit", "en", "Warning: they changed the size chart without telling anyone. Two returns already.", 0.1),
    Story("google", "fr", "Accueil glacial au magasin, vingt minutes d’attente pour retirer une commande.", 0.1, rating=2),
    Story("facebook", "fr", "On m’a facturé deux fois la livraison. Ça commence à bien faire.", 0.05, (triaged("s2"),)),
    Story("x", "en", "Your courier threw my parcel over the fence. I have it on film.", 0.43, (triaged("s2"),)),
    Story("instagram", "fr", "La couleur du fauteuil n’a rien à voir avec la photo. Très déçue.", 0.1, (triaged("s3"),)),
    Story("yelp", "en", "The lamp we ordered was out of stock. They gave us a smaller one for the same price.", 0.2, (triaged("s3"),), rating=2),
    Story("x", "fr", "Service client : quatre interlocuteurs, quatre réponses différentes.", 0.7, (triaged("s3"), public("Quatre réponses, c’est trois de trop. Une seule personne suit désormais votre demande."))),
    Story("reddit", "en", "The battery of their lamp died after five weeks. Is there any point in writing to them?", 0.2, (triaged("s3"), public("There is: five weeks is well within the warranty. We take it from here."))),
    Story("trustpilot", "en", "Refund promised on the 3rd, still nothing.", 2.2, REFUND, rating=1),
    Story("google", "fr", "Le devis de pose a doublé entre la visite et la facture.", 0.4, QUOTE, rating=1),
    Story("amazon", "en", "Missing screws again. The second chair in a row.", 0.9, CHAIRS, rating=2),
    Story("youtube", "en", "You say 'lifetime warranty' in the video. Whose lifetime?", 1, (triaged("s4", "clarify"), public(WARRANTY), Step(0.3, "ask_in_public", {"reply_url": REPLY}))),
    Story("x", "fr", "Toujours pas de réponse à mon message privé d’hier.", 0.6, (triaged("s3"), public("Vous auriez dû en avoir une. Nous vous écrivons tout de suite."), private("Bonjour, nous avons retrouvé votre message d’hier. Où pouvons-nous vous rappeler ?"))),
    Story("facebook", "en", "Cancelled our order by e-mail two days before we moved in.", 0.8, (triaged("s2"), public("Two days before moving in is no time to hear that. We look for a way now."), private("Which of it do you need first? We can bring a bed and a table tomorrow."))),
    Story("appstore", "fr", "Depuis la mise à jour, impossible d’ouvrir mes anciennes commandes.", 0.5, ORDERS, rating=1),
    Story("reddit", "en", "Second lamp in a year. The replacement works; let us see for how long.", 0.9, BATTERY),
    Story("trustpilot", "fr", "Machine réparée en deux semaines au lieu de trois jours.", 20 * DAY, REPAIRED, rating=2),
    Story("google", "en", "Scratched table, cold apology. They did call back, though.", 27 * DAY, TABLE, rating=2),
    Story("x", "en", "Curtains in the wrong size, for the second time.", 5 * DAY, CURTAINS),
    Story("mastodon", "fr", "Livraison annoncée mardi, arrivée vendredi, carton ouvert.", 9 * DAY, LATE),
    Story("yelp", "en", "The kettle leaked from the first day, and nobody pays it back.", 29 * DAY, KETTLE, rating=2),
    Story("trustpilot", "en", "Repaired on Monday, broken again on Tuesday. One star is one too many.", 37 * DAY, AGAIN, rating=1),
    Story("facebook", "fr", "Colis renvoyé il y a trois semaines, toujours pas remboursée. C’était la dernière fois.", 39 * DAY, REFUNDED),
    Story("x", "en", "I know where your shop is and I will be there tonight.", 40 * MINUTE, (Step(0, "escalate", {"reason": "A threat against the shop.", "severity": "s1"}),), author=THREATENING),
    Story("reddit", "fr", "Ce commerce est tenu par des voleurs, faites passer.", 0.3, (Step(0.1, "watch_in_silence", {"reason": "Aucune demande, aucun nom de client.", "in_days": 4}),)),
    Story("x", "en", "Buy followers cheap, ask me how", 2.9, (Step(0.1, "not_ours", {"reason": "Spam."}),)),
    Story("google", "fr", "Vous avez raison de le dire : l’affiche prêtait à confusion.", 8, (triaged("s3", "concede"), Step(0.3, "concede", {"reason": "L’affiche était fausse ; elle a été changée."})), rating=3),
    Story("youtube", "en", "Worst company ever, and I never even bought anything.", 9, (triaged("s4", "let_go"), Step(0.5, "let_go", {"reason": "No customer, no request, little reach."}))),
)  # fmt: skip
"""One firm: furniture and things for the home, from an online shop with an app and two shops."""


@dataclass(frozen=True, slots=True)
class StoryTheme:
    """What some of the posts are about, in each language; `wide` is the English name of the one above it."""

    names: dict[str, str]
    wide: str = ""
    words: tuple[str, ...] = ()


THEMES: tuple[StoryTheme, ...] = (
    StoryTheme({"en": "Delivery", "fr": "Livraison"}, "", ("courier", "livraison")),
    StoryTheme({"en": "Late", "fr": "Retard"}, "Delivery", ("annoncée mardi", "au lieu de trois jours")),
    StoryTheme({"en": "Broken on arrival", "fr": "Arrivé cassé"}, "Delivery", ("cassée", "Missing screws", "carton ouvert", "Scratched")),
    StoryTheme({"en": "Price and refund", "fr": "Prix et remboursement"}, "", ("facturé", "Refund", "devis", "remboursée", "pays it back")),
    StoryTheme({"en": "Quality", "fr": "Qualité"}, "", ("battery", "leaked", "Repaired", "replacement works", "couleur")),
    StoryTheme({"en": "Size", "fr": "Taille"}, "Quality", ("size chart", "wrong size")),
    StoryTheme({"en": "App", "fr": "Application"}, "", ("app logs", "mise à jour")),
    StoryTheme({"en": "Nobody answers", "fr": "Sans réponse"}, "", ("personne ne répond", "quatre réponses", "Toujours pas de réponse", "Accueil glacial", "cold apology")),
)  # fmt: skip
"""A post is about a theme when it has one of its words."""
