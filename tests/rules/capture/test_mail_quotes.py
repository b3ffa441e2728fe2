"""Is what is new in an answer told from what its program quoted, and is hostile text read in time?"""

import pytest

from amends.rules.capture.mail_quotes import new_words

NEW = "Bonjour,\nle colis est arrivé hier, cassé.\n> 12 € ne suffisent pas."
OLD = "Bonjour Zoé,\nnous vous proposons 12 €.\nCordialement\nL'équipe"
QUOTED = "\n".join("> " + line for line in OLD.splitlines())
FR = "Le sam. 28 nov. 2026 à 10:12, Amends <aide@example.com> a écrit"
MAILS = {
    "gmail-fr": f"{NEW}\n\n{FR} :\n\n{QUOTED}",
    "gmail-fr-wrapped": f"{NEW}\n\nLe samedi 28 novembre 2026 à 10:12, La boulangerie du coin\n"
    f"<aide@boulangerie.example> a écrit :\n\n{QUOTED}",
    "gmail-fr-nbsp": f"{NEW}\n\n{FR}\u00a0:\n\n{QUOTED}",
    "gmail-en": f"{NEW}\n\nOn Sat, Nov 28, 2026 at 10:12 AM Amends <aide@example.com> wrote:\n\n{QUOTED}",
    "gmail-es": f"{NEW}\n\nEl sáb, 28 nov 2026 a las 10:12, Amends escribió:\n\n{QUOTED}",
    "gmail-it": f"{NEW}\n\nIl giorno sab 28 nov 2026 alle 10:12 Amends ha scritto:\n\n{QUOTED}",
    "apple-fr": f"{NEW}\n\n> Le 28 nov. 2026 à 10:12, Amends <aide@example.com> a écrit :\n> \n{QUOTED}",
    "outlook-fr": f"{NEW}\n\n{'_' * 32}\nDe : Amends <aide@example.com>\nEnvoyé : samedi 28 novembre 2026\n"
    f"À : Zoé <zoe@example.com>\nObjet : Votre colis\n\n{OLD}",
    "outlook-en": f"{NEW}\n\nFrom: Amends <aide@example.com>\nSent: Saturday, November 28, 2026\nTo: Zoe\n"
    f"Subject: Your parcel\n\n{OLD}",
    "outlook-de": f"{NEW}\n\nVon: Amends\nGesendet: Samstag, 28.11.2026\nAn: Zoe\nBetreff: Paket\n\n{OLD}",
    "thunderbird-fr": f"{NEW}\n\nLe 28/11/2026 à 10:12, Amends a écrit :\n{QUOTED}",
    "thunderbird-de": f"{NEW}\n\nAm 28.11.2026 um 10:12 schrieb Amends <aide@example.com>:\n{QUOTED}",
    "original": f"{NEW}\n\n-----Message d'origine-----\nDe : Amends\n\n{OLD}",
    "forwarded": f"{NEW}\n\n---------- Forwarded message ---------\nFrom: Amends\n\n{OLD}",
    "below": f"Le 28/11/2026 à 10:12, Amends a écrit :\n{QUOTED}\n\n{NEW}",
    "below-en": f"On Sat, Nov 28, 2026 at 10:12 AM Amends wrote:\n{QUOTED}\n\n{NEW}",
    "signature": f"{NEW}\n\n-- \nZoé Martin\n06 12 34 56 78",
    "phone": f"{NEW}\n\nEnvoyé de mon iPhone",
    "phone-en": f"{NEW}\n\nSent from my iPhone",
    "outlook-phone": f"{NEW}\n\nGet Outlook for Android",
    "windows-lines": f"{NEW}\n\n{FR} :\n\n{QUOTED}".replace("\n", "\r\n"),
    "nothing-quoted": NEW,
}
WHOLE = (
    "Le vendeur m'a écrit : « venez ». Rien depuis.\nOn Monday he wrote: no.\nDe : rien.",
    "> je veux un remboursement\n> tout de suite",
    "-- \nZoé Martin",
    "From: here to there\nit took a week.",
)
HOSTILE = (
    "Le " + "a" * 100_000,
    "Le x\n" * 20_000,
    ">" * 100_000,
    "De : a\n" * 15_000,
    "-" * 100_000 + "x",
    "\n" * 100_000,
    " " * 100_000 + "x",
    "On " * 30_000 + "wrote",
    "Sent from my " * 8_000,
    "_" * 100_000 + "\nDe : x\n",
)


@pytest.mark.parametrize("program", MAILS)
def test_what_is_new_is_told_from_what_was_quoted(program: str):
    assert " ".join(new_words(MAILS[program]).split()) == " ".join(NEW.split())


@pytest.mark.parametrize("text", WHOLE, ids=["sentences", "quote-alone", "signature-alone", "a-from"])
def test_what_only_looks_like_a_quote_stays_whole(text: str):
    assert new_words(text) == text.strip()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_text_is_read_in_bounded_work(number: int):
    assert len(new_words(HOSTILE[number])) <= len(HOSTILE[number])
