"""Who may talk to the page, and what the page may do: this machine alone, and nothing from elsewhere."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses what another site's page sends here, and binds the browser to this address.

    Args:
        inner: What is guarded.
        place: Host and port of this server.
    """

    def __init__(self, inner: ASGIApp, place: str) -> None:
        self._inner = inner
        self._places = {place, f"localhost:{place.rpartition(':')[2]}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, if it is from here."""
        if not self._is_from_here(Headers(scope=scope)):
            await PlainTextResponse("Only this page may ask.", 403)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._inner(scope, receive, send_with_headers)

    def _is_from_here(self, headers: Headers) -> bool:
        # A name that leads here from outside (DNS rebinding) shows in Host; another site's page in Origin.
        origin = headers.get("origin", "")
        return headers.get("host") in self._places and origin.removeprefix("http://") in {"", *self._places}
