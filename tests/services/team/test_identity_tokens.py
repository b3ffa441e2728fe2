"""Is a token believed only where everything about it is right? The attacks of the study, by a forger."""

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from amends.services.team.identity_tokens import IdentityRefused, identity_of
from tests.world import MONDAY

NOW = int(MONDAY.timestamp())
RSA, OWN = RSAKey.generate_key(2048, {"kid": "r"}), ECKey.generate_key("P-256", {"kid": "e"})
OTHER = ECKey.generate_key("P-256", {"kid": "e"})
KEYS: dict[str, Any] = KeySet(
    [RSAKey.import_key(RSA.as_dict(private=False)), ECKey.import_key(OWN.as_dict(private=False))]
).as_dict()
ISSUER = "https://login.example.org"
GOOD = {
    "iss": ISSUER,
    "aud": "amends",
    "sub": "eve",
    "iat": NOW,
    "exp": NOW + 300,
    "nonce": "n",
    "email": "eve@example.org",
    "email_verified": True,
}


def signed(claims: dict[str, Any], key: Any = OWN, **header: Any) -> str:
    return jwt.encode({"alg": "ES256", "kid": key.kid, **header}, claims, key, algorithms=["ES256"])


def part(content: bytes | dict[str, Any]) -> str:
    plain = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


HEAD, BODY, TAIL = signed(GOOD).split(".")


def by_secret(key: bytes) -> str:
    message = f"{part({'alg': 'HS256', 'kid': 'r'})}.{BODY}"
    return f"{message}.{part(hmac.digest(key, message.encode(), 'sha256'))}"


FORGED: dict[str, Callable[[], str]] = {
    "alg none": lambda: f"{part({'alg': 'none'})}.{BODY}.",
    "HS256 with the public key as the secret": lambda: by_secret(RSA.as_pem(private=False)),
    "HS256 with an empty secret": lambda: by_secret(b""),
    "meant for another client": lambda: signed(GOOD | {"aud": "x"}),
    "of another issuer": lambda: signed(GOOD | {"iss": "https://evil.example"}),
    "an old nonce": lambda: signed(GOOD | {"nonce": "o"}),
    "no nonce": lambda: signed({name: value for name, value in GOOD.items() if name != "nonce"}),
    "expired": lambda: signed(GOOD | {"exp": NOW - 100}),
    "no end": lambda: signed({name: value for name, value in GOOD.items() if name != "exp"}),
    "made in an hour": lambda: signed(GOOD | {"iat": NOW + 3600}),
    "two clients and none named": lambda: signed(GOOD | {"aud": ["amends", "x"]}),
    "two clients and the other named": lambda: signed(GOOD | {"aud": ["amends", "x"], "azp": "x"}),
    "an unknown key": lambda: signed(GOOD, ECKey.generate_key("P-256", {"kid": "?"})),
    "another key under a known name": lambda: signed(GOOD, OTHER),
    "a key of its own in the head": lambda: signed(GOOD, OTHER, jwk=OTHER.as_dict(private=False)),
    "as JSON": lambda: json.dumps({"payload": BODY, "protected": HEAD, "signature": TAIL}),
    "a critical header": lambda: f"{part({'alg': 'ES256', 'kid': 'e', 'crit': ['x'], 'x': 1})}.{BODY}.{TAIL}",
    "a broken signature": lambda: f"{HEAD}.{BODY}.{TAIL[:-6]}AAAAAA",
    "nobody": lambda: signed(GOOD | {"sub": ""}),
    "a number": lambda: signed(GOOD | {"sub": 7}),
    "a very long name": lambda: signed(GOOD | {"sub": "x" * 256}),
    "nothing": lambda: "",
}


def of(token: str, keys: dict[str, Any] = KEYS, nonce: str = "n"):
    return identity_of(token, keys, issuer=ISSUER, client_id="amends", nonce=nonce, now=MONDAY)


def test_a_good_one_says_who_and_gives_an_address_only_where_it_was_verified() -> None:
    assert (of(signed(GOOD)).subject, of(signed(GOOD)).email) == ("eve", "eve@example.org")
    for said in (False, "true", 1, None):
        assert of(signed(GOOD | {"email_verified": said})).email == ""
    several = signed(GOOD | {"aud": ["amends", "x"], "azp": "amends"})
    assert of(several).subject == "eve"
    rsa = jwt.encode({"alg": "RS256", "kid": "r"}, GOOD, RSA, algorithms=["RS256"])
    assert of(rsa).subject == "eve"


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_one_is_refused(how: str) -> None:
    with pytest.raises(IdentityRefused):
        of(FORGED[how]())


@pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": "x"}, {"keys": [{"kty": "oct", "k": ""}]}])
def test_without_keys_nobody_is_believed(keys: dict[str, Any]) -> None:
    with pytest.raises(IdentityRefused):
        of(signed(GOOD), keys)


def test_without_a_nonce_of_ours_nobody_is_believed() -> None:
    with pytest.raises(IdentityRefused):
        of(signed(GOOD | {"nonce": ""}), nonce="")
