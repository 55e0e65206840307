"""A connection to one very address, cut at a fixed moment whatever it is doing then."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress

from urllib3.connection import HTTPConnection

from bot.fetch.address import WebAddress

Resolve = Callable[[str], Sequence[str]]
"""Finds every IP address of a name; raises OSError where there is none."""
Connect = Callable[[tuple[str, int], float], socket.socket]
"""Connects to an IP address and a port within some seconds; raises OSError."""


def resolve(host: str) -> list[str]:
    """Every IP address that the system finds for a name, each once."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def addresses_of(host: str, ask: Resolve, until: float) -> Sequence[str]:
    """Resolve a name, but wait for it no longer than `until`: the system's resolver knows no deadline.

    Raises:
        OSError: It has none, or nobody answered in time.
    """
    answer: Future[Sequence[str]] = Future()

    def run() -> None:
        try:
            answer.set_result(ask(host))
        except Exception as error:  # noqa: BLE001  # handed to who waits
            answer.set_exception(error)

    threading.Thread(target=run, name="resolve", daemon=True).start()
    return answer.result(left(until))


@contextmanager
def line_to(address: WebAddress, raw: socket.socket, until: float) -> Iterator[HTTPConnection]:
    """Speak HTTP over a connected socket, with TLS in the name of `address` where it is secure.

    Raises:
        OSError: The certificate is not that of the name, or TLS fails otherwise.
    """
    with _cut(raw, until):
        sock = _secured(raw, address.host) if address.secure else raw
        connection = HTTPConnection(address.host, address.port, timeout=left(until))
        connection.sock = sock
        with closing(sock), closing(connection):
            yield connection


def left(until: float) -> float:
    """The seconds left until a moment of the monotonic clock; never none, since a time-out of 0 means no waiting."""
    return max(until - time.monotonic(), 0.001)


def _secured(raw: socket.socket, host: str) -> socket.socket:
    return ssl.create_default_context().wrap_socket(raw, server_hostname=host)


@contextmanager
def _cut(raw: socket.socket, until: float) -> Iterator[None]:
    """End the connection at a moment: a server may send a byte a second for ever, so time-outs of reads are not enough.

    A second handle is kept, for TLS takes the first one over.
    """
    with raw.dup() as handle:
        timer = threading.Timer(left(until), _shut, (handle,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        handle.shutdown(socket.SHUT_RDWR)
