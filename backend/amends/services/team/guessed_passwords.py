"""Common passwords: 30,000 of zxcvbn's list and some long ones, compared as people vary them (R-11)."""

import unicodedata
from functools import cache

_SEEDS = (
    "password motdepasse passphrase administrator administrateur letmeinplease changemeplease changemenow "
    "welcometowork bienvenuechez iloveyouforever jetaimemonamour qwertyuiop qwertyuiopasdf azertyuiop "
    "azertyuiopqsdf qwertzuiop asdfghjklzxcvbnm qsdfghjklmwxcvbn zxcvbnmasdfghjkl abcdefghijkl "
    "abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abcdabcdabcd 123456789012 1234567890 12345678901234567890 "
    "0123456789012 012345678910 987654321098 123123123123 121212121212 112233445566 123454321234 "
    "1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 1q2w3e4r5t6y 1a2b3c4d5e6f qwerty123456 azerty123456 "
    "password1234 passwordpassword motdepassemotdepasse passw0rdpassw0rd p4ssw0rdp4ssw0rd p455w0rdp455w0rd "
    "secretsecret supersecret supersecretpassword mysecretpassword monmotdepasse mypassword mypasswordis "
    "thisismypassword ceciestmonmotdepasse defaultpassword temporarypassword testpassword testtesttest "
    "correcthorsebatterystaple trustno1trustno1 letmeinletmein openopenopen sesameouvretoi opensesame "
    "administration superadministrator adminadminadmin rootrootroot useruseruser guestguestguest "
    "customerservice serviceclient customersupport supportclient helpdesk1234 communitymanager "
    "sunshinesunshine princessprincess footballfootball baseballbaseball superman1234 batmanbatman "
    "dragondragon monkeymonkey michaeljordan starwarsstarwars harrypotter manchesterunited liverpoolfc "
    "parissaintgermain olympiquedemarseille chocolatechocolate mercedesbenz november2026 december2026 "
    "summer2026summer winter2026winter printemps2026 iloveyouiloveyou jetaimejetaime loulouloulou "
    "doudoudoudou nicolasnicolas marseille1313 bonjourbonjour hellohellohello helloworld helloworld123 "
    "qwertyqwerty azertyazerty qazwsxedcrfv zaqxswcdevfr asdfasdfasdf abcabcabcabc abc123abc123 "
    "a1b2c3d4e5f6 aaaabbbbcccc 111122223333 11112222333344445555 123412341234 147258369147 159357159357"
)

_LEET = str.maketrans("0345789@$€+!|", "oeastbgaseti" + "l")
_DIGITS_AS_I, _DIGITS_AS_L = str.maketrans("16", "ig"), str.maketrans("16", "lb")
_DIGITS = "0123456789"
_SIGNS_FOR_LETTERS = "@$€"


@cache
def guessed_passwords() -> frozenset[str]:
    """Folded words. Read at the first new password: zxcvbn takes a quarter of a second to import."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]

    common = FREQUENCY_LISTS["passwords"]
    return frozenset(_SEEDS.split()) | {folded(word) for word in common if len(folded(word)) >= SHORTEST}


SHORTEST = 4
"""Letters of a word that is looked for: a shorter one stands in many a good password by chance."""


def is_guessed(password: str) -> bool:
    """Whether a password is a common one: with signs for letters, doubled, or between digits too."""
    known = guessed_passwords()
    return any(word in known for word in _cores(password))


def variants(password: str) -> frozenset[str]:
    """A password as people read it: folded, with the letters that signs and digits stand for."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    leet = plain.translate(_LEET)
    read = (plain, leet, leet.translate(_DIGITS_AS_I), leet.translate(_DIGITS_AS_L))
    return frozenset(folded(text) for text in read)


def folded(text: str) -> str:
    """Letters and digits alone, in one case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _cores(password: str) -> set[str]:
    """What is left of each variant without the digits and signs around it, once where it is doubled."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    without_ends = (plain, _stripped(plain, _SIGNS_FOR_LETTERS), _stripped(plain, ""))
    found = {variant for text in without_ends for variant in variants(text)}
    found |= {variant.strip(_DIGITS) for variant in found}
    found |= {half for variant in found for half in _halves(variant)}
    return {core for core in found if len(core) >= SHORTEST}


def _stripped(text: str, kept: str) -> str:
    """The text from its first letter, or sign that is kept, to its last."""
    places = [place for place, letter in enumerate(text) if letter.isalpha() or letter in kept]
    return text[places[0] : places[-1] + 1] if places else ""


def _halves(word: str) -> set[str]:
    """The part that a word repeats twice or more."""
    sizes = (size for size in range(SHORTEST, len(word) // 2 + 1) if len(word) % size == 0)
    return {word[:size] for size in sizes if word[:size] * (len(word) // size) == word}
