"""A hostile link fetched safely: resolved once, every address checked, and connected to the very one that was checked.

No cookies, no passwords, no proxies of the environment; each redirect is judged like the link itself (facts: trust
§2.3). urllib3 speaks HTTP over a connection that is ours, so it can neither resolve nor connect anywhere else.
"""

import socket
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from ssl import SSLCertVerificationError
from typing import Final
from urllib.parse import urljoin

from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from bot.core.photo import MAX_FILE_BYTES
from bot.errors import PhotoError, TooLarge
from bot.fetch.address import WebAddress, is_public, refused, web_address
from bot.fetch.line import Connect, Resolve, addresses_of, left, line_to, resolve

SECONDS: Final = 20.0
"""How long a fetch may take, redirects included."""
CONNECT_SECONDS: Final = 5.0
REDIRECTS: Final = 3

_CHUNK: Final = 64 * 1024
_MEGABYTE: Final = 1024 * 1024
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({404, 410})
_CLOSED: Final = frozenset({401, 403, 407})
_OK: Final = 200
_BYTES: Final = ("application/octet-stream", "binary/octet-stream")
"""What servers say of files that they know nothing of; Amazon S3 says the second."""
_HEADERS: Final = {"User-Agent": "Spotter", "Accept": "image/*, application/octet-stream", "Accept-Encoding": "gzip"}


class Fetcher:
    """Fetches photos from the web; safe to share between threads.

    Args:
        hosts: The only hosts that may be asked, as `host` or `host:port`; None for every public one.
        local: Hosts, as `host:port`, that the operator allows although they are not public, on any port.
        max_bytes: The longest file, counted after decompression.
        seconds: How long one fetch may take in all.
        resolve: Finds the IP addresses of a name.
        connect: Connects to one of them.
    """

    def __init__(
        self,
        *,
        hosts: Collection[str] | None = None,
        local: Collection[str] = (),
        max_bytes: int = MAX_FILE_BYTES,
        seconds: float = SECONDS,
        resolve: Resolve = resolve,
        connect: Connect = socket.create_connection,
    ) -> None:
        self._hosts = hosts
        self._local = local
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._resolve = resolve
        self._connect = connect

    def fetch(self, url: str) -> bytes:
        """Fetch a photo; whether it is one is for the gate to say.

        Raises:
            PhotoError: The address is not one that is fetched, or there is no photo; the sentence says which.
            TooLarge: The file is too long.
        """
        until = time.monotonic() + self._seconds
        try:
            data = self._followed(url, until)
        except SSLCertVerificationError as error:
            raise refused() from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise _slow() if time.monotonic() >= until else _broken() from error
        if time.monotonic() >= until:  # a file without a length just ends where the connection was cut
            raise _slow()
        return data

    def _followed(self, url: str, until: float) -> bytes:
        for _ in range(1 + REDIRECTS):
            with self._answer(web_address(url, self._local), until) as response:
                if response.status not in _MOVED:
                    return self._body(response)
                url = urljoin(url, response.headers.get("Location", ""))
        raise refused()

    @contextmanager
    def _answer(self, address: WebAddress, until: float) -> Iterator[HTTPResponse]:
        raw = self._connected(address, until)
        with line_to(address, raw, until) as connection:
            headers = {"Host": address.place, **_HEADERS}
            connection.request("GET", address.target, headers=headers, preload_content=False)
            with connection.getresponse() as response:
                yield response

    def _connected(self, address: WebAddress, until: float) -> socket.socket:
        """Connect to the first address of a name that takes the connection; one forbidden among them refuses all."""
        for ip in self._addresses(address, until):
            try:
                return self._connect((ip, address.port), min(CONNECT_SECONDS, left(until)))
            except OSError:
                continue
        raise refused()

    def _addresses(self, address: WebAddress, until: float) -> Collection[str]:
        local = address.among(self._local)
        if not local and self._hosts is not None and not address.among(self._hosts):
            raise refused()
        try:
            found = addresses_of(address.host, self._resolve, until)
        except (OSError, ValueError) as error:
            raise refused() from error
        if not local and not all(map(is_public, found)):
            raise refused()
        return found

    def _body(self, response: HTTPResponse) -> bytes:
        _check_status(response.status)
        _check_type(response.headers.get("Content-Type", _BYTES[0]))
        data = bytearray()
        for chunk in response.stream(_CHUNK, decode_content=True):
            data += chunk
            if len(data) > self._max_bytes:
                raise TooLarge(f"This file is too big for me (limit {self._max_bytes // _MEGABYTE} MB).")
        return bytes(data)


def _check_status(status: int) -> None:
    if status == _OK:
        return
    if status in _GONE:
        raise PhotoError(f"There is no photo at that address any more ({status}).")
    if status in _CLOSED:
        raise PhotoError(f"That address does not let me in ({status}).")
    raise PhotoError(f"The server at that address could not give me the photo ({status}). Please try again later.")


def _check_type(told: str) -> None:
    kind = told.partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise PhotoError("That address leads to a web page, not to a photo.")
    if not kind.startswith("image/") and kind not in _BYTES:
        raise PhotoError("That address does not lead to a photo.")


def _slow() -> PhotoError:
    return PhotoError("That address took too long to answer.")


def _broken() -> PhotoError:
    return PhotoError("The connection to that address broke off.")
