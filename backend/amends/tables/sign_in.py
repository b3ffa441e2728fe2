"""Tables of signing in by more than a password: second factors, recovery codes, passkeys."""

from piccolo.columns import UUID, BigInt, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import Role
from amends.tables.team import Member


class SecondFactor(Table, tablename="second_factor"):
    """What a member's phone and we share to make codes of six digits; sealed, and at work once confirmed."""

    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, unique=True, primary_key=True)
    sealed = Text()
    made_at = Timestamptz(default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    last_step = BigInt(default=0)  # of half a minute: no code is good twice, nor an older one


class RecoveryCode(Table, tablename="recovery_code"):
    """A code that stands in for the phone, once; its beginning finds it, the rest is kept as a hash."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    begins = Varchar(length=4)
    code_hash = Text()
    used_at = Timestamptz(null=True, default=None)

    one_beginning_each = Unique([member, begins])


class Passkey(Table, tablename="passkey"):
    """A key that a device or a password manager of a member keeps; we have its public half."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    credential = Varchar(length=1400, unique=True)  # by which its device knows it, in URL-safe base64
    public_key = Text()  # COSE, in URL-safe base64
    sign_count = BigInt(default=0)  # what it counted last; one that is synchronised always says 0
    is_synced = Boolean(default=False)  # kept on several devices, as it says
    name = Varchar(length=60)
    made_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)


class PasskeyChallenge(Table, tablename="passkey_challenge"):
    """What a passkey is asked to sign: good once, for minutes, for one purpose and one member or anybody."""

    challenge_hash = Varchar(length=64, primary_key=True)
    purpose = Varchar(length=16)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=True, index=True)
    expires_at = Timestamptz(default=None, index=True)


class Provider(Table, tablename="provider"):
    """Where members may sign in instead of here (OpenID Connect); its secret is sealed."""

    id = UUID(primary_key=True)
    name = Varchar(length=60)
    issuer = Varchar(length=300, unique=True)  # its identity; it never changes
    client_id = Varchar(length=200)
    sealed = Text()
    domains = Varchar(length=500, default="")  # whose addresses get an account; spaces between
    role = Varchar(length=8, choices=Role, default=Role.AGENT)  # of those
    is_on = Boolean(default=False)
    made_at = Timestamptz(default=None)


class ProviderAccount(Table, tablename="provider_account"):
    """Who a member is at a provider, by its subject: an address never says it."""

    id = UUID(primary_key=True)
    provider = ForeignKey(Provider, on_delete=OnDelete.cascade, null=False)
    subject = Varchar(length=255)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    linked_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)

    one_subject_each = Unique([provider, subject])
