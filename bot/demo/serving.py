"""Runs a web application in a thread of its own, and stops it at once."""

import asyncio
import socket
from threading import Event, Thread

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import SetupError


class Serving:
    """An address of this machine, and what answers there.

    Args:
        host: The address of an interface of this machine.
        port: Where to listen; 0 takes a free one.

    Attributes:
        place: Host and port, as `127.0.0.1:3000`.

    Raises:
        SetupError: The port is taken.
    """

    def __init__(self, host: str, port: int) -> None:
        try:
            self._listener = socket.create_server((host, port), backlog=1024)
        except OSError as error:
            raise SetupError(f"Port {port} is taken on this machine. Please choose another one.") from error
        self.place = f"{host}:{self._listener.getsockname()[1]}"
        self._server: _Server | None = None
        self._thread: Thread | None = None

    def start(self, app: Starlette) -> asyncio.AbstractEventLoop:
        """Answer with `app` from now on.

        Returns:
            The loop in which it runs.
        """
        self._server = _Server(_configuration(app))
        self._thread = Thread(target=self._server.run, args=([self._listener],), name="local-slack", daemon=True)
        self._thread.start()
        self._server.is_up.wait()
        return self._server.loop

    def stop(self) -> None:
        """Cut every connection and end the thread."""
        if self._server and self._thread:
            self._server.stop()
            self._thread.join()
        self._listener.close()


class Severable(H11Protocol):
    """HTTP whose connection can be cut by a request, to lose an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        """Hand the connection to its requests."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """Stops when told, not at the next tick of a clock, and lets no request finish."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = Event()

    async def main_loop(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        self.is_up.set()
        await self._over.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's signature
        for server in self.servers:
            server.close()
        for connection in self.server_state.connections:
            connection.transport.abort()
        await asyncio.sleep(0)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self._over.set)


def _configuration(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app, http=Severable, ws="websockets-sansio", log_level="critical", access_log=False, lifespan="off"
    )
