"""A server of this machine that answers as a test wants it to, and keeps what it was asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Answer:
    """A status, headers, and a body in pieces."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Iterable[bytes] = ()


@dataclass
class Answering:
    """The server's address, and the headers of every request that came."""

    host: str
    asked: list[Mapping[str, str]] = field(default_factory=list)


@contextmanager
def answering(answer: Callable[[], Answer]) -> Iterator[Answering]:
    """Answer every request alike, until left."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            given = answer()
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked may hang up
                for piece in given.body:
                    self.wfile.write(piece)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's own name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told = Answering(f"127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
