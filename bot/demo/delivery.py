"""Carries events, commands and interactions to the app: signed, with three seconds to answer, and again if need be.

By the rules of Slack's Events API: a 2xx within 3 s, else three more tries: at once, after 1 and after 5 minutes.
"""

import random
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal, Protocol

from bot.demo.records import Json

ACK_SECONDS = 3.0
RETRY_SECONDS = (0.0, 60.0, 300.0)
DELIVERIES_KEPT = 10_000
SENDERS = 16

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be carried: its kind by Socket Mode's names, its payload, and which try this is."""

    kind: Kind
    payload: Json
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer.

    Attributes:
        status: The HTTP status; 200 for an ack over the socket, 0 for no answer at all.
        body: What it answered, where that is JSON; for a command or a modal it acts.
        text: What it answered, as it came.
        reason: Slack's word for what went wrong, as `http_timeout`; empty when all is well.
        ms: How long it took, in milliseconds.
        no_retry: The app asked not to be tried again.
    """

    status: int
    body: Json = field(default_factory=dict)
    text: str = ""
    reason: str = ""
    ms: float = 0.0
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Whether it came in time and said yes."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try, and its answer."""

    parcel: Parcel
    ack: Ack

    @property
    def event_type(self) -> str:
        """The type of the event, or of the interaction, or the command."""
        payload = self.parcel.payload
        event = payload.get("event", {})
        return str(event.get("type") or payload.get("command") or payload.get("type"))


class Transport(Protocol):
    """A way to the app."""

    def send(self, parcel: Parcel) -> Ack:
        """Carry one parcel; an answer always, be it that there was none."""
        ...


class Deliveries:
    """Sends from its own threads, and keeps a log of every try.

    Attributes:
        log: The newest tries, oldest first.
        retry_scale: Makes the minutes between tries shorter; 1 is Slack's own pace.
        pending: Parcels on their way or waiting for their next try.
    """

    def __init__(self, route: Callable[[], Transport], told: Callable[[str, Any], None], retry_scale: float) -> None:
        self.log: deque[Delivery] = deque(maxlen=DELIVERIES_KEPT)
        self.retry_scale = retry_scale
        self.pending = 0
        self._route = route
        self._told = told
        self._loop: AbstractEventLoop | None = None
        self._threads = ThreadPoolExecutor(SENDERS, thread_name_prefix="slack-delivery")
        self._held: list[Parcel] | None = None
        self._lock = Lock()

    def start(self, loop: AbstractEventLoop) -> None:
        """Take the clock of the server, for later tries."""
        self._loop = loop

    def close(self) -> None:
        """Send nothing more."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def send(self, kind: Kind, payload: Json) -> None:
        """Send, and do not wait."""
        self._put(Parcel(kind, payload))

    def ask(self, kind: Kind, payload: Json) -> Ack:
        """Send something that a person waits for, and wait for the answer; it is tried once."""
        return self._attempt(Parcel(kind, payload))

    def again(self, last: int, seed: int | None = None) -> None:
        """Deliver the last events once more, as if their acks had been lost; shuffled where a seed is given."""
        events = [each.parcel for each in self.log if each.parcel.kind == "events_api"][-last:]
        if seed is not None:
            random.Random(seed).shuffle(events)  # noqa: S311 - an order to repeat, not a secret
        for parcel in events:
            self._put(Parcel(parcel.kind, parcel.payload, 1, "http_timeout"))

    @contextmanager
    def shuffled(self, seed: int, twice: float = 0.0) -> Iterator[None]:
        """Hold all events back, then send them in another order, a share of them twice."""
        with self._lock:
            self._held = []
        try:
            yield
        finally:
            with self._lock:
                held, self._held = self._held or [], None
            dice = random.Random(seed)  # noqa: S311 - an order to repeat, not a secret
            held += [Parcel(p.kind, p.payload, 1, "http_timeout") for p in held if dice.random() < twice]
            dice.shuffle(held)
            for parcel in held:
                self._put(parcel)

    def _put(self, parcel: Parcel) -> None:
        with self._lock:
            if self._held is not None:
                self._held.append(parcel)
                return
            self.pending += 1
        self._threads.submit(self._carry, parcel)

    def _carry(self, parcel: Parcel) -> None:
        ack = self._attempt(parcel)
        tries_left = not (ack.ok or ack.no_retry) and parcel.attempt < len(RETRY_SECONDS)
        if tries_left and self._loop and not self._loop.is_closed():
            later = Parcel(parcel.kind, parcel.payload, parcel.attempt + 1, ack.reason)
            self._loop.call_soon_threadsafe(self._later, self._loop, later)
        else:
            with self._lock:
                self.pending -= 1
            self._told("delivered", parcel)

    def _later(self, loop: AbstractEventLoop, parcel: Parcel) -> None:
        loop.call_later(RETRY_SECONDS[parcel.attempt - 1] * self.retry_scale, self._resubmit, parcel)

    def _resubmit(self, parcel: Parcel) -> None:
        with suppress(RuntimeError):  # the workspace was closed meanwhile
            self._threads.submit(self._carry, parcel)

    def _attempt(self, parcel: Parcel) -> Ack:
        ack = self._route().send(parcel)
        self.log.append(delivery := Delivery(parcel, ack))
        self._told("delivery", delivery)
        return ack
