"""Comparison of what a target address says with what Apprise read in it: receivers, server, login.

Apprise leaves out what it does not understand, and has its own ideas of what an address means. This is a
second reading, by the general rules of URLs; where the two differ, nothing is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from amends.gateways.notifier.addresses import Refusal, Refused, schema_of
from amends.rules.team.mail_addresses import Mailbox, mailbox, parts_of_list, wire_form

Service = Any
"""A service of Apprise, which has no types."""


@dataclass(frozen=True, slots=True)
class Written:
    """An address taken apart by the general rules of URLs; all parts are decoded once."""

    user: str
    password: str
    host: str
    port: str
    path: tuple[str, ...]
    options: dict[str, str]

    def receivers(self) -> list[str]:
        """What stands in the path and in the options for receivers, lists taken apart."""
        listed = [self.options[name] for name in ("to", "cc", "bcc") if name in self.options]
        return [*self.path, *(part for text in listed for part in parts_of_list(text))]


def written(address: str) -> Written:
    """The parts of an address as they stand there."""
    where, _, query = address.strip().partition("://")[2].partition("?")
    authority, _, path = where.partition("/")
    login, _, server = authority.rpartition("@")
    user, _, password = login.partition(":")
    host, colon, port = server.rpartition(":")
    if not colon or not port.isdigit():
        host, port = server, ""
    options = [option.partition("=") for option in query.split("&") if option]
    return Written(
        user=unquote(user),
        password=unquote(password),
        host=unquote(host),
        port=port,
        path=tuple(unquote(part) for part in path.split("/") if part),
        options={unquote(name).lower(): unquote(value) for name, _, value in options},
    )


def difference(address: str, service: Service) -> Refused | None:
    """What of this address Apprise would not send to as it is written; None where nothing is, or is compared.

    Compared are the services for which forms ask field by field.
    """
    schema = schema_of(address)
    compare = COMPARED.get(schema.removesuffix("s"), COMPARED.get(schema))
    return compare(written(address), service) if compare else None


def _compare_mail(typed: Written, service: Service) -> Refused | None:
    receivers = _mailboxes(typed)
    wanted = {one.address for one in receivers if one}
    if any(not address.isascii() for address in wanted):
        return Refused(Refusal.letters)
    actual = {*(wire_form(one[1]) for one in service.targets), *service.cc, *service.bcc}
    if None in receivers or actual != (wanted or {service.from_addr[1]}):
        return Refused(Refusal.receiver)
    relay = typed.options.get("smtp", "")
    named, used = (relay, service.smtp_host) if relay else (typed.host, service.host)
    if named != used and (relay or not _is_receiver(typed)):
        return Refused(Refusal.server)
    if (service.user or "") not in _users(typed) or (service.password or "") != typed.password:
        return Refused(Refusal.login)
    return _compare_port(typed, service)


def _users(typed: Written) -> set[str]:
    """Without smtp= Apprise knows large providers by their domain, and what each calls a user."""
    if "smtp" in typed.options:
        return {typed.user}
    return {typed.user, f"{typed.user}@{typed.host}", typed.user.partition("@")[0]}


def _mailboxes(typed: Written) -> list[Mailbox | None]:
    host = [typed.host] if _is_receiver(typed) else []
    return [mailbox(part) for part in [*host, *typed.receivers()]]


def _is_receiver(typed: Written) -> bool:
    """`mailto://ada%40example.org?smtp=…`: the host is whom to write to."""
    return "@" in typed.host


def _compare_port(typed: Written, service: Service) -> Refused | None:
    return Refused(Refusal.server) if typed.port and typed.port != str(service.port or "") else None


def _login(service: Service) -> tuple[str, str]:
    return service.user or "", service.password or ""


def _compare_hosted(
    places: Callable[[Service], list[str]], login: Callable[[Service], tuple[str, str]] = _login
) -> Callable[[Written, Service], Refused | None]:
    """A service with a server of one's own, and `places` on it."""

    def compare(typed: Written, service: Service) -> Refused | None:
        if typed.host.lower() != str(service.host or "").lower():
            return Refused(Refusal.server)
        if (typed.user, typed.password) != login(service):
            return Refused(Refusal.login)
        differs = _texts(typed.receivers()) != _texts(places(service))
        return Refused(Refusal.receiver) if differs else _compare_port(typed, service)

    return compare


def _compare_webhook(typed: Written, service: Service) -> Refused | None:
    """Options name no receivers here: they are left out, or sent on."""
    return _compare_hosted(_path)(replace(typed, options={}), service)


def _compare_tokens(places: Callable[[Service], list[Any]]) -> Callable[[Written, Service], Refused | None]:
    """A service of one provider: what stands where the host would is a token or a receiver."""

    def compare(typed: Written, service: Service) -> Refused | None:
        differs = _texts([typed.host, *typed.receivers()]) != _texts(places(service))
        return Refused(Refusal.receiver) if differs else None

    return compare


def _compare_ntfy(typed: Written, service: Service) -> Refused | None:
    if service.mode != "private":
        return _compare_tokens(lambda one: one.topics)(typed, service)
    token = service.token or ""
    # A token stands where a user or a password would.
    logins = {("", token), (token, "")} if service.auth == "token" else {_login(service)}
    login = (typed.user, typed.password)
    if login not in logins:
        return Refused(Refusal.login)
    return _compare_hosted(lambda one: one.topics, lambda _one: login)(typed, service)


def _compare_workflow(typed: Written, service: Service) -> Refused | None:
    signature = [typed.options["sig"]] if "sig" in typed.options else []
    whole = replace(typed, path=(*typed.path, *signature))
    return _compare_hosted(lambda one: [one.workflow, one.signature])(whole, service)


def _slack(service: Service) -> list[Any]:
    tokens = [service.token_a, service.token_b, service.token_c] if service.mode == "hook" else []
    return [*(tokens or [service.access_token]), *(service.channels or ())]


def _mattermost(service: Service) -> list[str]:
    return [*_path(service), service.token, *(f"{kind}{name}" for kind, name in service.targets)]


def _telegram(service: Service) -> list[Any]:
    return [
        service.bot_token,
        *(chat if topic is None else f"{chat}:{topic}" for chat, topic in service.targets),
    ]


def _path(service: Service) -> list[str]:
    return [unquote(part) for part in (service.fullpath or "").split("/") if part]


def _texts(places: list[Any]) -> list[str]:
    return [str(place).removeprefix("#") for place in places if place is not None]


COMPARED: dict[str, Callable[[Written, Service], Refused | None]] = {
    "mailto": _compare_mail,
    "json": _compare_webhook,
    "mmost": _compare_hosted(_mattermost),
    "signal": _compare_hosted(lambda one: [one.source, *one.targets]),
    "workflow": _compare_workflow,
    "ntfy": _compare_ntfy,
    "slack": _compare_tokens(_slack),
    "discord": _compare_tokens(lambda one: [one.webhook_id, one.webhook_token]),
    "tgram": _compare_tokens(_telegram),
}
"""By the schema without the s of a secure one."""
