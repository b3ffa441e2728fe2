"""Answers of passkeys: what a browser is asked, and whether what it gives back is right (WebAuthn).

The library is imported where it is used: it takes an eighth of a second and 30 MB, and few use it.
"""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team import base64url
from amends.rules.team.passkey_sites import PasskeySite

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

LONGEST = 20_000
"""Characters of an answer; a real one has about a thousand."""
LONGEST_CREDENTIAL = 1_364
"""Characters of the longest credential id that the standard allows, 1,023 bytes."""

BROKEN_BY_STRANGERS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)

Result = TypeVar("Result")


class PasskeyRefused(Invalid):
    "This passkey was not accepted. Try again."


class Asked(msgspec.Struct, frozen=True):
    """What a browser is asked, as JSON for its page, and the challenge in it."""

    options: str
    challenge: bytes


class Made(msgspec.Struct, frozen=True):
    """A new passkey; bytes in URL-safe base64."""

    credential: str
    public_key: str
    sign_count: int
    is_synced: bool


class Given(msgspec.Struct, frozen=True):
    """What an answer says of itself before anything is checked: which challenge, which passkey, whose."""

    challenge: bytes
    credential: str
    handle: str


def to_make(site: PasskeySite, *, handle: str, name: str, known: Sequence[str]) -> Asked:
    """Asks for a new passkey that can sign in by itself; devices that have one of those `known` refuse."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=site.relying_party,
        rp_name="Amends",
        user_id=base64url.decode(handle),
        user_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_listed(known),
    )
    return Asked(options_to_json(options), options.challenge)


def to_sign(site: PasskeySite, *, known: Sequence[str] = ()) -> Asked:
    """Asks for a signature by one of those `known`; by any of this site where none is named."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=site.relying_party,
        allow_credentials=_listed(known) or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Asked(options_to_json(options), options.challenge)


def _listed(known: Sequence[str]) -> "list[PublicKeyCredentialDescriptor]":
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=base64url.decode(one)) for one in known]


def given(answer: str) -> Given:
    """Raises PasskeyRefused for what no browser sends."""
    if len(answer) > LONGEST:
        raise _refused()
    return _checked(lambda: _given(json.loads(answer)))


def _given(said: dict[str, Any]) -> Given:
    client = json.loads(base64url.decode(said["response"]["clientDataJSON"]))
    credential = str(said["id"])[:LONGEST_CREDENTIAL]
    return Given(
        base64url.decode(client["challenge"]), credential, str(said["response"].get("userHandle") or "")
    )


def made(answer: str, challenge: bytes, site: PasskeySite) -> Made:
    """The passkey that was made for this challenge, here, by somebody whom its device knows.

    Raises PasskeyRefused.
    """
    from webauthn import verify_registration_response

    found = _checked(
        lambda: verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.relying_party,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    )
    return Made(
        base64url.encode(found.credential_id),
        base64url.encode(found.credential_public_key),
        found.sign_count,
        found.credential_backed_up,
    )


def count_of(answer: str, challenge: bytes, site: PasskeySite, *, public_key: str, sign_count: int) -> int:
    """The count of a passkey that signed this challenge, here, for somebody whom its device knows.

    Raises PasskeyRefused, also where the count is not above the last one: then there may be a copy.
    """
    from webauthn import verify_authentication_response

    found = _checked(
        lambda: verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.relying_party,
            expected_origin=site.origin,
            credential_public_key=base64url.decode(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    )
    return found.new_sign_count


def _checked(work: Callable[[], Result]) -> Result:
    """What a stranger's bytes break is a refusal, whatever the library that reads them calls it."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return work()
    except (WebAuthnException, *BROKEN_BY_STRANGERS):
        raise _refused() from None


def _refused() -> PasskeyRefused:
    return PasskeyRefused(_("This passkey was not accepted. Try again."))
