"""HEAD requests: answered as GET, without the body (RFC 9110, 9.3.2)."""

from typing import cast

from litestar.types import HTTPScope, Message, Receive, ReceiveMessage, Send


def as_get(scope: HTTPScope, receive: Receive, send: Send) -> tuple[HTTPScope, Receive, Send]:
    """The request as the routes answer it. A stream ends once its headers are sent: nobody listens to it.

    The scope is copied, for the server looks at its own to know that no body follows.
    """
    if scope["method"] != "HEAD":
        return scope, receive, send

    async def listening() -> ReceiveMessage:
        return {"type": "http.disconnect"}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return cast(HTTPScope, {**scope, "method": "GET"}), listening, sending
