"""Deliveries as signed POSTs to the app's request URL."""

import hashlib
import hmac
import json
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import urllib3

from bot.demo.delivery import ACK_SECONDS, SENDERS, Ack, Parcel


class HttpTransport:
    """Signed POSTs to the app's request URL."""

    def __init__(self, url: str, secret: str) -> None:
        self.url = url
        self._secret = secret.encode()
        self._pool = urllib3.PoolManager(maxsize=SENDERS, retries=False, timeout=ACK_SECONDS)

    def send(self, parcel: Parcel) -> Ack:
        """Post one parcel."""
        content_type, body = _encode(parcel)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0", **self._sign(body)}
        if parcel.attempt:
            headers |= {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": parcel.reason}
        started = time.monotonic()
        try:
            answer = self._pool.request("POST", self.url, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            return Ack(0, reason=_reason(error), ms=_since(started))
        return _read(answer, _since(started))

    def close(self) -> None:
        """Drop the connections."""
        self._pool.clear()

    def _sign(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        digest = hmac.new(self._secret, b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _encode(parcel: Parcel) -> tuple[str, bytes]:
    if parcel.kind == "events_api":
        return "application/json", json.dumps(parcel.payload).encode()
    form = parcel.payload if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    # urllib3 counts a refused connection among its timeouts.
    refused = isinstance(error, urllib3.exceptions.NewConnectionError)
    timeout = isinstance(error, urllib3.exceptions.TimeoutError) and not refused
    return "http_timeout" if timeout else "connection_failed"


def _read(answer: urllib3.BaseHTTPResponse, ms: float) -> Ack:
    text = answer.data.decode(errors="replace")
    body: Any = {}
    with suppress(ValueError):
        body = json.loads(text)
    ok = 200 <= answer.status < 300  # noqa: PLR2004 - the 2xx of HTTP
    return Ack(
        answer.status,
        body if isinstance(body, dict) else {},
        text,
        "" if ok else "http_error",
        ms,
        no_retry="x-slack-no-retry" in answer.headers,
    )


def _since(started: float) -> float:
    return (time.monotonic() - started) * 1000
