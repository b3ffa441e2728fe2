"""Webhooks: endpoints that admins set up, and the events that are carried to them."""

from amends.services.operation.webhooks.carrying import carry_waiting, free_leases
from amends.services.operation.webhooks.deliveries import (
    DeliveryShown,
    DeliveryUnknown,
    deliveries_of,
    forget_old,
    send_again,
    try_out,
)
from amends.services.operation.webhooks.endpoints import (
    WebhookFields,
    WebhookIsOff,
    WebhookIsWrong,
    WebhookShown,
    WebhookUnknown,
    add,
    change,
    everyone,
    find,
    remove,
    rotate,
    switch_on,
)

__all__ = [
    "DeliveryShown",
    "DeliveryUnknown",
    "WebhookFields",
    "WebhookIsOff",
    "WebhookIsWrong",
    "WebhookShown",
    "WebhookUnknown",
    "add",
    "carry_waiting",
    "change",
    "deliveries_of",
    "everyone",
    "find",
    "forget_old",
    "free_leases",
    "remove",
    "rotate",
    "send_again",
    "switch_on",
    "try_out",
]
