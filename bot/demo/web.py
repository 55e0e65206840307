"""The HTTP face of the workspace: the Web API, the bytes of files, response addresses, the socket, the login page."""

import asyncio
import json
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.demo import api
from bot.demo.context import Context
from bot.demo.faults import Fault, Faults
from bot.demo.records import File, Json
from bot.demo.refusal import Refused
from bot.demo.responses import respond

LOGIN_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in | Slack</title></head>
<body><h1>Sign in to your workspace</h1><form action="/" method="post"><input type="email" name="email">
<button>Sign in</button></form></body></html>
"""


class Web:
    """The routes.

    Args:
        slack: The whole of Slack.
        faults: What shall go wrong.
    """

    def __init__(self, slack: Context, faults: Faults) -> None:
        self._slack = slack
        self._faults = faults

    def app(self) -> Starlette:
        """Make the application; more routes may be added to it."""
        return Starlette(
            routes=[
                Route("/api/{method}", self.call, methods=["GET", "POST"]),
                Route("/upload/v1/{file}", self.upload, methods=["POST"]),
                Route("/files-pri/{folder}/download/{name}", self.download),
                Route("/files-pri/{folder}/{name}", self.download),
                Route("/actions/{team}/{key}", self.respond, methods=["POST"]),
                Route("/login", self.login),
                WebSocketRoute("/link/", self.link),
            ],
        )

    async def call(self, request: Request) -> Response:
        """Answer a call of the Web API."""
        method, given = request.path_params["method"], await _arguments(request)
        fault = self._faults.take(method)
        if fault and fault.kind in ("ratelimited", "error500"):
            return self._refuse(method, given, fault)
        answer = api.call(self._slack, method, _token(request, given), given)
        api.note(self._slack, method, given, answer, fault.kind if fault else "")
        scopes = ",".join(sorted(self._slack.workspace.scopes))
        headers = {"x-oauth-scopes": scopes, "date": formatdate(usegmt=True)}
        return await _play(fault, request) or JSONResponse(answer, headers=headers)

    def _refuse(self, method: str, given: Json, fault: Fault) -> Response:
        api.note(self._slack, method, given, {"ok": False, "error": fault.kind}, fault.kind)
        if fault.kind == "error500":
            return PlainTextResponse("Internal Server Error", 500)
        wait = {"Retry-After": str(fault.retry_after)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers=wait)

    async def upload(self, request: Request) -> Response:
        """Take the bytes of an upload, its step two."""
        file = self._slack.workspace.files.get(request.path_params["file"])
        if not file or file.is_complete:
            return PlainTextResponse("no such upload", 404)
        fault = self._faults.take("upload")
        if fault and fault.kind in ("ratelimited", "error500"):
            return self._refuse("upload", {"file": file.id}, fault)
        file.data = await request.body()
        return await _play(fault, request) or PlainTextResponse(f"OK - {len(file.data)}")

    async def download(self, request: Request) -> Response:
        """Give the bytes of a file, or send to the login page as Slack does."""
        file = self._readable(request)
        if not file:
            away = f"{self._slack.url}/login?redir={quote(request.url.path, safe='')}"
            return RedirectResponse(away, 302, headers={"x-slack-meta": "?;acl_fail"})
        fault = self._faults.take("download")
        if fault and fault.kind in ("ratelimited", "error500"):
            return self._refuse("download", {"file": file.id}, fault)
        return await _play(fault, request) or Response(file.data, media_type=file.mimetype)

    def _readable(self, request: Request) -> File | None:
        workspace = self._slack.workspace
        allowed = workspace.is_installed and "files:read" in workspace.scopes
        if not allowed or _token(request, {}) != workspace.app.bot_token:
            return None
        file = workspace.files.get(request.path_params["folder"].rpartition("-")[2])
        return file if file and not file.is_deleted and workspace.bot_sees(file) else None

    async def respond(self, request: Request) -> Response:
        """Take what the app sends to a response_url."""
        body = json.loads(await request.body() or b"{}")
        try:
            respond(self._slack, request.url.path, body)
        except Refused as refusal:
            status = 404 if refusal.error.endswith("_url") else 400
            return JSONResponse({"ok": False, "error": refusal.error, **refusal.details}, status)
        return PlainTextResponse("ok")

    async def login(self, _: Request) -> Response:
        """Show the page that Slack shows instead of a file, with status 200."""
        return HTMLResponse(LOGIN_PAGE)

    async def link(self, socket: WebSocket) -> None:
        """Keep a Socket Mode connection."""
        await self._slack.sockets.serve(socket)


async def _arguments(request: Request) -> Json:
    body = (await request.body()).decode()
    given: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        parsed = json.loads(body or "{}")
        return given | (parsed if isinstance(parsed, dict) else {})
    return given | dict(parse_qsl(body, keep_blank_values=True))


def _token(request: Request, given: Json) -> str:
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    return bearer or str(given.get("token", ""))


async def _play(fault: Fault | None, request: Request) -> Response | None:
    """Hang, or cut the connection after the thing is done; None where the answer may go out."""
    if fault and fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
    if not fault or fault.kind != "lost":
        return None
    request.state.transport.abort()
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()  # goes nowhere
