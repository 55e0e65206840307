"""A web server of bare sockets: it answers each path with the very bytes that a test wrote, however wrong they are."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

HOST = "127.0.0.1"
LONGEST = 20.0
"""Seconds after which a test has waited in vain."""

Answer = bytes | Callable[[socket.socket, "Loopback"], None]


class Loopback:
    """The server.

    Attributes:
        port: Where it listens.
        connections: How many were opened to it.
        requests: What it was asked, from the request line to the empty line.
        asked: Set once it was asked for anything.
        ending: Set when the test is over; an answer that takes for ever waits for it.
    """

    def __init__(self, answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self._answers = answers
        self._tls = tls
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        self.requests: list[str] = []
        self.asked = threading.Event()
        self.ending = threading.Event()

    @property
    def place(self) -> str:
        """Its `host:port`."""
        return f"{HOST}:{self.port}"

    def run(self) -> None:
        """Take connections until the listener is closed."""
        while not self.ending.is_set():
            with suppress(OSError):
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def close(self) -> None:
        """End it, and every answer that waits."""
        self.ending.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), self._wrapped(connection) as line:
            request = b""
            while b"\r\n\r\n" not in request and (got := line.recv(4096)):
                request += got
            if b"\r\n\r\n" in request:
                self.requests.append(request.decode())
                self.asked.set()
                self._answer(line, request.split(b" ")[1].decode())

    def _wrapped(self, connection: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection

    def _answer(self, line: socket.socket, path: str) -> None:
        given = self._answers.get(path, self._answers.get(path.partition("?")[0], answer(b"", status=404)))
        if isinstance(given, bytes):
            line.sendall(given)
        else:
            given(line, self)


def answer(body: bytes, *, status: int = 200, kind: str = "image/jpeg", **more: str) -> bytes:
    """A proper answer; of more headers, underscores become dashes."""
    headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    named = {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}" for name, value in {**headers, **named}.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status} Word", *lines, "", ""]).encode() + body


@contextmanager
def serving(answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """Run the server for the length of a test."""
    server = Loopback(answers, tls)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


def silence(_line: socket.socket, server: Loopback) -> None:
    """Never answer."""
    server.ending.wait(LONGEST)
