"""The HTTP face: Slack's requests, and how Spotter is."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from anyio import CapacityLimiter, to_thread
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import ACK_SECONDS, registry

_AT_ONCE: Final = 16
"""How many requests Bolt is asked at once. They fight over the interpreter (facts: trip §A2), but while one waits for
the disk the others come, and are committed together. With a disk that took 5 ms for each commit, 300 events a second
for ten seconds were answered after 0.1 s at the median, and after 9 s with one at once (`benchmarks/ack.py`)."""
MAX_BODY: Final = 1_000_000
"""The longest request in bytes; Slack's own are far shorter."""
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")
"""Bolt takes its value as a number without a look, and fails over anything else (facts: slack §1.5)."""


def web(
    app: App,
    checks: Mapping[str, Callable[[], bool]],
    installing: OAuthFlow | None = None,
    shown: CollectorRegistry | None = None,
) -> Starlette:
    """Serve a Bolt app.

    Args:
        app: Whose requests come to `/slack/events`, events, commands and interactions alike.
        checks: What `/readyz` asks, by name.
        installing: The pages by which a workspace installs the app, where any may.
        shown: What `/metrics` shows; without it, what this process counts.
    """
    shown = shown or registry()
    limiter = CapacityLimiter(_AT_ONCE)

    async def slack(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("The request is too long.", status_code=413)
        if not _TIMESTAMP.fullmatch(request.headers.get("x-slack-request-timestamp", "")):
            return PlainTextResponse("The request is not signed.", status_code=401)
        bolt_request = _bolt_request(body, request)
        if bolt_request is None:
            return PlainTextResponse("The request cannot be read.", status_code=400)
        with ACK_SECONDS.time():
            return _response(await to_thread.run_sync(app.dispatch, bolt_request, limiter=limiter))

    async def healthz(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def metrics(_: Request) -> Response:
        return Response(await to_thread.run_sync(generate_latest, shown), media_type=CONTENT_TYPE_LATEST)

    async def readyz(_: Request) -> Response:
        told = {name: await to_thread.run_sync(check) for name, check in checks.items()}
        return JSONResponse(told, status_code=200 if all(told.values()) else 503)

    routes = [
        Route("/slack/events", slack, methods=["POST"]),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]
    return Starlette(routes=[*routes, *(_install_pages(installing) if installing else ())])


def _install_pages(installing: OAuthFlow) -> list[Route]:
    def page(make: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            bolt_request = _bolt_request("", request)
            if bolt_request is None:
                return PlainTextResponse("The request cannot be read.", status_code=400)
            return _response(await to_thread.run_sync(make, bolt_request))

        return answer

    return [
        Route(installing.install_path, page(installing.handle_installation)),
        Route(installing.redirect_uri_path, page(installing.handle_callback)),
    ]


def _response(answer: BoltResponse) -> Response:
    return Response(answer.body, answer.status, dict(answer.first_headers()))


async def _body(request: Request) -> str | None:
    """The whole body; None where it is too long, which is noticed before it is read to its end."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return body.decode(errors="replace")


def _bolt_request(body: str, request: Request) -> BoltRequest | None:
    """The request as Bolt wants it; None where Bolt, which reads it before it asks who signed it, stumbles."""
    headers: dict[str, str | Sequence[str]] = dict(request.headers)
    try:
        return BoltRequest(body=body, query=str(request.query_params), headers=headers)
    except (AttributeError, TypeError, ValueError):
        return None
