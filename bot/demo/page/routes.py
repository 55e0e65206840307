"""The page's addresses: itself, its stream, the files, the acts."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo.page.acts import Acts
from bot.demo.page.guard import Guard
from bot.demo.page.shown import SHOWN_AS_PICTURE, may_open
from bot.demo.page.stream import events
from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from bot.errors import AskError

MOST_BYTES: Final = 200_000_000
"""What the page takes at once. Slack takes 1 GB; this workspace lives in memory."""


def open_page(slack: LocalSlack, samples: Sequence[Path] = ()) -> None:
    """Let a workspace be seen in the browser, at its own address.

    Args:
        slack: The workspace.
        samples: Files of this machine that the page offers to drop.
    """
    slack.web.router.routes.append(Mount("/", Guard(Page(slack, samples).app(), slack.file_host)))


class Page:
    """The page of a workspace.

    Args:
        slack: The workspace.
        samples: Files of this machine that the page offers to drop.
    """

    def __init__(self, slack: LocalSlack, samples: Sequence[Path]) -> None:
        self._workspace = slack.workspace
        self._samples = {sample.name: sample for sample in samples}
        self._acts = Acts(slack)
        self._static = Path(str(files("bot"))) / "demo" / "page" / "static"

    def app(self) -> Starlette:
        """Make the application."""
        return Starlette(
            routes=[
                Route("/", self.index),
                Route("/page/events", self.events),
                Route("/page/files", self.upload, methods=["POST"]),
                Route("/page/files/{file}", self.file),
                Route("/page/samples/{name}", self.sample),
                Route("/page/acts/{act}", self.act, methods=["POST"]),
                Mount("/page", StaticFiles(directory=self._static)),
            ]
        )

    async def index(self, _: Request) -> Response:
        """Give the page itself."""
        return FileResponse(self._static / "index.html", headers={"Cache-Control": "no-cache"})

    async def events(self, request: Request) -> Response:
        """Tell a window what its person sees, for as long as it is open."""
        if (me := _me(request)) not in self._workspace.users:
            return PlainTextResponse("nobody", 404)
        told = events(self._workspace, me, list(self._samples))
        return StreamingResponse(told, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def upload(self, request: Request) -> Response:
        """Take the bytes of a file, before the message that it belongs to."""
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > MOST_BYTES:
                return _cannot("This file is too large.")
        return JSONResponse({"upload": self._acts.keep(Upload(request.query_params["name"], bytes(data)))})

    async def file(self, request: Request) -> Response:
        """Give the bytes of a file to somebody who may open it."""
        file = self._workspace.files.get(request.path_params["file"])
        if not file or not may_open(self._workspace, _me(request), file):
            return PlainTextResponse("no such file", 404)
        headers = {"Cache-Control": "private, no-cache"}
        if file.mimetype in SHOWN_AS_PICTURE:
            return Response(file.data, media_type=file.mimetype, headers=headers)
        headers["Content-Disposition"] = "attachment"
        return Response(file.data, media_type="application/octet-stream", headers=headers)

    async def sample(self, request: Request) -> Response:
        """Give a sample, which the page drops like any file from a disk."""
        sample = self._samples.get(request.path_params["name"])
        return FileResponse(sample) if sample else PlainTextResponse("no such sample", 404)

    async def act(self, request: Request) -> Response:
        """Do what the person did; it may wait for the app."""
        act, given = request.path_params["act"], await request.json()
        try:
            return JSONResponse({"ok": True, **await to_thread.run_sync(self._acts.do, act, _me(request), given)})
        except AskError as error:
            return _cannot(error.say)


def _me(request: Request) -> str:
    return request.query_params.get("as", "")


def _cannot(say: str) -> Response:
    return JSONResponse({"ok": False, "say": say})
