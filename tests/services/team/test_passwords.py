"""Which passwords are good enough, and how are they kept?"""

import pytest

from amends.i18n import use_language
from amends.services.team import passwords

GOOD = [
    "violet umbrella sings",
    "x7#Kp2!mQz9$",
    "été à la mer, toujours",
    "🦊🌲🚲🥐🎻🧭🪁🍋🪐🐙🌋🧵",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z, then all of it once again",
]
WEAK = [
    ("short one", "at least 12"),
    ("a" * 129, "at most 128"),
    ("aaaaaaaaaaaaaaa", "first ones attackers try"),
    ("Password-1234", "first ones attackers try"),
    ("Mot de passe 2026", "first ones attackers try"),
    ("correct horse battery staple", "first ones attackers try"),
    ("AZERTYUIOP 12", "first ones attackers try"),
    ("Sunshine2024!!", "first ones attackers try"),
    ("dr@g0n123456", "first ones attackers try"),
    ("..Dragon....1", "first ones attackers try"),
    ("2026 P4$$w0rd 2026", "first ones attackers try"),
    ("sup3rm4n_1234", "first ones attackers try"),
    ("Monkey!Monkey!", "first ones attackers try"),
    ("ihatemondays M1LL3R5", "Do not use the name"),
    ("we love amends", "Do not use the name"),
    ("Millers grind at dawn", "Do not use the name"),
    ("it is me, ADA.lovelace", "Do not use the name"),
]


@pytest.mark.parametrize("password", GOOD)
async def test_any_long_password_is_good_and_comes_back(password: str) -> None:
    passwords.check(password, names=("Millers", "Ada", "Lovelace"))
    kept = await passwords.hashed(password)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.matches(password, kept)
    assert not await passwords.matches(password + " ", kept)
    assert not passwords.is_outdated(kept)


@pytest.mark.parametrize(("password", "why"), WEAK)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(passwords.PasswordIsTooWeak) as weak:
        passwords.check(password, names=("Millers", "Ada", "Lovelace"))
    assert why in weak.value.fields["password"]


async def test_what_is_refused_beside_the_loop_is_said_in_the_language_of_who_asked() -> None:
    with use_language("fr"), pytest.raises(passwords.PasswordIsTooWeak, match="Au moins 12 caractères"):
        await passwords.check_in_thread("trop court")


async def test_without_a_hash_the_same_work_is_done_and_the_answer_is_no() -> None:
    assert not passwords.is_outdated(passwords.NOBODYS_HASH)
    assert not await passwords.matches("violet umbrella sings", None)


async def test_an_accent_is_the_same_however_it_is_composed() -> None:
    kept = await passwords.hashed("caf\u00e9 au lait, merci")
    assert await passwords.matches("cafe\u0301 au lait, merci", kept)
