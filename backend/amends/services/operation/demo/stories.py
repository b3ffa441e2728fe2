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
PUBLIC = Step(0.2, "post_acknowledgement", {"reply_url": REPLY, "text": "Sorry to read this. We are on it."})
PUBLIC_FR = Step(
    0.2,
    "post_acknowledgement",
    {"reply_url": REPLY, "text": "Nous sommes désolés et nous nous en occupons."},
)
PRIVATE = Step(
    0.2,
    "contact_in_private",
    {"channel": "direct_message", "text": "Could you tell us your order number?"},
)
HEARD = Step(0.8, "receive_reply", {"channel": "direct_message", "text": "Yes: 4711."})
FIXED = Step(0.9, "deliver_remedy", {"remedy": "A new one was sent, the postage refunded."})
CONFIRMED = Step(0.8, "confirm_fix", {"text": "It arrived, thank you."})
ENDED = Step(0.5, "public_ending", {"text": PROPOSED[Language.ENGLISH]})
NOT_ENDED = Step(0.5, "public_ending", {"skip": "They wrote under the post themselves that all is well."})
ENDED_FR = Step(0.5, "public_ending", {"text": PROPOSED[Language.FRENCH]})


def triaged(severity: str, stance: str = "fix") -> Step:
    """The first decision."""
    return Step(0.1, "answer", {"severity": severity, "stance": stance, "nature": "complaint"})


def to_second_chance(severity: str = "s3", *ended: Step) -> tuple[Step, ...]:
    """All the way to a confirmed fix, and how it ended in public."""
    return (triaged(severity), PUBLIC, PRIVATE, HEARD, FIXED, CONFIRMED, *ended)


OFFERED = Step(0.1, "remedy", {"kind": "voucher", "words": "Un bon sur la prochaine visite.", "cost": 2_500})


def kept_promise() -> tuple[Step, ...]:
    """A promise that was kept on time, then all the way to a confirmed fix."""
    promise = Step(0.1, "promise", {"words": "One night is paid back by Thursday.", "in_days": 2})
    return (triaged("s3"), PUBLIC, PRIVATE, HEARD, promise, Step(1, "keep_promise"), FIXED, CONFIRMED, ENDED)


def broken_promise() -> tuple[Step, ...]:
    """One that was not kept: the money came days later."""
    promise = Step(0.1, "promise", {"words": "Le remboursement part demain.", "in_days": 1})
    broken = Step(3, "break_promise")
    return (triaged("s3"), PUBLIC_FR, PRIVATE, HEARD, promise, broken, FIXED, CONFIRMED, ENDED_FR)


STORIES: tuple[Story, ...] = (
    Story("trustpilot", "fr", "Commande reçue cassée, et personne ne répond au téléphone depuis une semaine.", 30 * MINUTE, rating=1),
    Story("x", "en", "Third time the app logs me out in the middle of paying. Is anybody there?", 15 * MINUTE, (triaged("s3"), Step(0.02, "submit_draft", {"text": "Sorry that paying fails. We have found the fault; a fix is on its way today. Tell us if it happens again?"})), ),
    Story("reddit", "en", "Warning: they changed the size chart without telling anyone. Two returns already.", 0.1),
    Story("google", "fr", "Accueil glacial, vingt minutes d’attente pour un café tiède.", 0.1, rating=2),
    Story("facebook", "fr", "On m’a facturé deux fois la livraison. Ça commence à bien faire.", 0.05, (triaged("s2"),)),
    Story("x", "en", "Your courier threw my parcel over the fence. I have it on film.", 0.43, (triaged("s2"),)),
    Story("instagram", "fr", "La couleur n’a rien à voir avec la photo. Très déçue.", 0.1, (triaged("s3"),)),
    Story("tripadvisor", "en", "The room we booked did not exist. They found another one, smaller, for the same price.", 0.2, (triaged("s3"),), rating=2),
    Story("x", "fr", "Service client : quatre interlocuteurs, quatre réponses différentes.", 0.7, (triaged("s3"), PUBLIC_FR)),
    Story("reddit", "en", "Battery died after five weeks. Is there any point in writing to them?", 0.2, (triaged("s3"), PUBLIC)),
    Story("trustpilot", "en", "Refund promised on the 3rd, still nothing.", 2.2, (triaged("s2"), PUBLIC, PRIVATE, HEARD, Step(0.1, "promise", {"words": "The refund is on your account in two working days.", "in_days": 2})), rating=1),
    Story("google", "fr", "Le devis a doublé entre la visite et la facture.", 0.4, (triaged("s3"), PUBLIC_FR, PRIVATE, HEARD, OFFERED), rating=1),
    Story("amazon", "en", "Missing screws again. The second chair in a row.", 0.9, (triaged("s3"), PUBLIC, PRIVATE, Step(0.4, "receive_reply", {"channel": "email", "text": "Both chairs, yes."}), Step(0.1, "finish_step", {"next_step": "Ask the warehouse to weigh each box"})), rating=2),
    Story("youtube", "en", "You say 'lifetime warranty' in the video. Whose lifetime?", 1, (triaged("s4", "clarify"), PUBLIC, Step(0.3, "ask_in_public", {"reply_url": REPLY}))),
    Story("x", "fr", "Toujours pas de réponse à mon message privé d’hier.", 0.6, (triaged("s3"), PUBLIC_FR, PRIVATE)),
    Story("facebook", "en", "Cancelled our booking by e-mail two days before the wedding.", 0.8, (triaged("s2"), PUBLIC, PRIVATE)),
    Story("appstore", "fr", "Depuis la mise à jour, impossible d’ouvrir mes anciennes notes.", 0.5, (triaged("s3"), PUBLIC_FR, PRIVATE, HEARD, FIXED), rating=1),
    Story("reddit", "en", "The replacement works. Let us see for how long.", 0.9, (triaged("s3"), PUBLIC, PRIVATE, HEARD, FIXED)),
    Story("trustpilot", "fr", "Machine réparée en deux semaines au lieu de trois jours.", 20 * DAY, to_second_chance("s3", ENDED_FR), rating=2),
    Story("google", "en", "Burnt pizza, cold apology. They did call back, though.", 27 * DAY, to_second_chance("s2", NOT_ENDED), rating=2),
    Story("x", "en", "Wrong size twice. The third one fits.", 5 * DAY, to_second_chance("s3", ENDED)),
    Story("mastodon", "fr", "Livraison annoncée mardi, arrivée vendredi, carton ouvert.", 9 * DAY, to_second_chance("s3", ENDED_FR)),
    Story("tripadvisor", "en", "No hot water for two nights; they paid one back.", 29 * DAY, (*kept_promise(), Step(0, CHECK_IN, {"channel": "email", "text": "How has it been since?"})), rating=2),
    Story("trustpilot", "en", "After the repair everything works, and they rang to ask.", 37 * DAY, (*to_second_chance("s3", ENDED), Step(0, CHECK_IN, {"channel": "phone"}), Step(2, "win_back", {"reason": "Changed the review from one star to four."})), rating=1),
    Story("facebook", "fr", "Remboursée, mais c’était la dernière fois.", 39 * DAY, (*broken_promise(), Step(0, CHECK_IN, {"channel": "email"}), Step(2, "lose", {"reason": "Elle est partie chez un autre fournisseur."}))),
    Story("x", "en", "I know where your shop is and I will be there tonight.", 40 * MINUTE, (Step(0, "escalate", {"reason": "A threat against the shop.", "severity": "s1"}),), author=THREATENING),
    Story("reddit", "fr", "Ce commerce est tenu par des voleurs, faites passer.", 0.3, (Step(0.1, "watch_in_silence", {"reason": "Aucune demande, aucun nom de client.", "in_days": 4}),)),
    Story("x", "en", "Buy followers cheap, ask me how", 2.9, (Step(0.1, "not_ours", {"reason": "Spam."}),)),
    Story("google", "fr", "Vous avez raison de le dire : l’affiche prêtait à confusion.", 8, (triaged("s3", "concede"), Step(0.3, "concede", {"reason": "L’affiche était fausse ; elle a été changée."})), rating=3),
    Story("youtube", "en", "Worst company ever, and I never even bought anything.", 9, (triaged("s4", "let_go"), Step(0.5, "let_go", {"reason": "No customer, no request, little reach."}))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoryTheme:
    """What some of the posts are about, in each language; `wide` is the English name of the one above it."""

    names: dict[str, str]
    wide: str = ""
    words: tuple[str, ...] = ()


THEMES: tuple[StoryTheme, ...] = (
    StoryTheme({"en": "Delivery", "fr": "Livraison"}, "", ("courier", "livraison")),
    StoryTheme({"en": "Late", "fr": "Retard"}, "Delivery", ("annoncée mardi", "au lieu de trois jours")),
    StoryTheme({"en": "Broken on arrival", "fr": "Arrivé cassé"}, "Delivery", ("cassée", "Missing screws", "carton ouvert")),
    StoryTheme({"en": "Price and refund", "fr": "Prix et remboursement"}, "", ("facturé", "Refund", "devis", "Remboursée")),
    StoryTheme({"en": "Nobody answers", "fr": "Sans réponse"}, "", ("personne ne répond", "quatre réponses", "Toujours pas de réponse")),
)  # fmt: skip
"""A post is about a theme when it has one of its words."""
