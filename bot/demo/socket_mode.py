"""Socket Mode: the app calls us, and what is for it goes down the wire in envelopes."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.demo.delivery import ACK_SECONDS, Ack, Parcel
from bot.demo.records import Json

CONNECTIONS_ALLOWED = 10


@dataclass(slots=True, eq=False)
class _Connection:
    socket: WebSocket
    loop: asyncio.AbstractEventLoop
    waiting: dict[str, Future[Json]] = field(default_factory=dict)

    def write(self, words: Json) -> None:
        """Write from any thread."""
        asyncio.run_coroutine_threadsafe(self.socket.send_text(json.dumps(words)), self.loop)

    def lose(self) -> None:
        for answer in self.waiting.values():
            answer.cancel()


class SocketMode:
    """The open connections of the app. Each event goes to one of them, in turn.

    Attributes:
        opened: How many connections there ever were.
    """

    def __init__(self, app_id: str, told: Callable[[str, Any], None]) -> None:
        self.opened = 0
        self._told = told
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._retired: list[_Connection] = []
        self._turn: Iterator[int] = itertools.count()
        self._lock = Lock()

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    def ticket(self) -> str:
        """Make the query of an address that opens one connection."""
        ticket = uuid4().hex
        with self._lock:
            self._tickets.add(ticket)
        return f"ticket={ticket}&app_id={self._app_id}"

    async def serve(self, socket: WebSocket) -> None:
        """Keep one connection until either side ends it."""
        if not self._admit(socket.query_params.get("ticket", "")):
            await socket.close()
            return
        await socket.accept()
        connection = _Connection(socket, asyncio.get_running_loop())
        self._connections.append(connection)
        self.opened += 1
        try:
            await socket.send_text(json.dumps(self._hello()))
            await self._close_retired()
            self._told("connected", self.opened)
            await self._listen(connection)
        finally:
            self._forget(connection)

    def send(self, parcel: Parcel) -> Ack:
        """Send one envelope down one connection, and wait for its ack."""
        started = time.monotonic()
        connection = self._next()
        if not connection:
            return Ack(0, reason="connection_failed")
        envelope_id = str(uuid4())
        answer = connection.waiting[envelope_id] = Future()
        connection.write(_envelope(parcel, envelope_id))
        try:
            body = answer.result(ACK_SECONDS)
        except TimeoutError:
            return Ack(0, reason="http_timeout", ms=(time.monotonic() - started) * 1000)
        except CancelledError:
            return Ack(0, reason="connection_failed", ms=(time.monotonic() - started) * 1000)
        finally:
            connection.waiting.pop(envelope_id, None)
        return Ack(200, body, json.dumps(body) if body else "", ms=(time.monotonic() - started) * 1000)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app, on every connection, to come again, as Slack does every few hours.

        The old connections get nothing more, and are closed when a new one is there.
        """
        with self._lock:
            retired, self._connections = self._connections, []
            self._retired += retired
        for connection in retired:
            connection.write({"type": "disconnect", "reason": reason, "debug_info": {"host": "localhost"}})

    def _admit(self, ticket: str) -> bool:
        with self._lock:
            known = ticket in self._tickets
            self._tickets.discard(ticket)
            return known and len(self._connections) < CONNECTIONS_ALLOWED

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "localhost", "build_number": 1, "approximate_connection_time": 18060},
        }

    async def _listen(self, connection: _Connection) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                words: Any = json.loads(await connection.socket.receive_text())
                answer = connection.waiting.get(words.get("envelope_id", ""))
                if answer and not answer.done():
                    answer.set_result(words.get("payload") or {})

    async def _close_retired(self) -> None:
        with self._lock:
            retired, self._retired = self._retired, []
        for connection in retired:
            await connection.socket.close()

    def _next(self) -> _Connection | None:
        with self._lock:
            return self._connections[next(self._turn) % len(self._connections)] if self._connections else None

    def _forget(self, connection: _Connection) -> None:
        with self._lock:
            self._connections = [each for each in self._connections if each is not connection]
            self._retired = [each for each in self._retired if each is not connection]
        connection.lose()
        self._told("disconnected", len(self._connections))


def _envelope(parcel: Parcel, envelope_id: str) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "payload": parcel.payload,
        "type": parcel.kind,
        "accepts_response_payload": parcel.kind != "events_api",
    }
    if parcel.kind == "events_api":
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return envelope
