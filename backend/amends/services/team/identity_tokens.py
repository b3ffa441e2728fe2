"""Identity tokens of sign-in providers: who somebody is, once everything about the token is right (R-22)."""

from datetime import datetime
from typing import Any

import msgspec

from amends.errors import Forbidden
from amends.i18n import gettext as _

ALGORITHMS = ["ES256", "RS256", "EdDSA"]
"""Named here: never taken from a token, nor from what a provider says of itself."""
LEEWAY = 60
"""Seconds that two clocks may differ."""
LONGEST = 20_000
LONGEST_SUBJECT = 255


class IdentityRefused(Forbidden):
    "The provider’s answer could not be verified. Try again."


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at one provider. The subject alone says who; the address is a verified one, or empty."""

    subject: str
    email: str = ""
    name: str = ""
    signed_in_at: int | None = None


def identity_of(
    token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str, now: datetime
) -> Identity:
    """Whose token this is. Raises IdentityRefused for whatever is not as it must be."""
    from joserfc.errors import JoseError  # few installations have a provider

    try:
        claims = _claims(token, keys, issuer=issuer, client_id=client_id, nonce=nonce, now=now)
        return _identity(claims)
    except (JoseError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # joserfc has no one kind of error, and what a stranger sent is never a fault of ours
        raise IdentityRefused(_("The provider’s answer could not be verified. Try again.")) from None


def _claims(
    token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str, now: datetime
) -> dict[str, Any]:
    if not nonce or len(token) > LONGEST or token.count(".") != 2:
        raise ValueError("not a compact token")
    from joserfc import jws, jwt
    from joserfc.jwk import KeySet

    known = KeySet.import_key_set({"keys": keys["keys"]})
    registry = jws.JWSRegistry(algorithms=ALGORITHMS)
    claims = jwt.decode(token, known, algorithms=ALGORITHMS, registry=registry).claims
    wanted = jwt.JWTClaimsRegistry(
        now=lambda: int(now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    wanted.validate(claims)
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client_id:
        raise ValueError("meant for another client")
    return dict(claims)


def _identity(claims: dict[str, Any]) -> Identity:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 1 <= len(subject) <= LONGEST_SUBJECT:
        raise ValueError("no subject")
    is_verified = claims.get("email_verified") is True
    email, name, at = claims.get("email"), claims.get("name"), claims.get("auth_time")
    return Identity(
        subject=subject,
        email=email if is_verified and isinstance(email, str) else "",
        name=name if isinstance(name, str) else "",
        signed_in_at=at if isinstance(at, int) else None,
    )
