"""One try of a job, and what comes after it: nothing more, another try later, or a sentence at the end."""

import logging
import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.core.dead_letter import DeadLetter
from bot.core.patience import Attempt, Patience
from bot.errors import SpotterError
from bot.log import correlated
from bot.metrics import GIVEN_UP, JOB_SECONDS

Payload = Mapping[str, Any]
Run = Callable[[str, Payload], None]
"""Does a job: its name, which is the same when it is run again, and its payload."""
GiveUp = Callable[[str, Payload, Exception], None]
"""Says what is to be said once a job has failed for good."""

AWAY: Final = (OperationalError, InterfaceError, PoolTimeoutError)
"""What SQLAlchemy raises while the database is away, locked, full or overrun."""
_SPREAD: Final = 0.25
"""A wait is longer by up to this part of it: what failed together does not come back together."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Later:
    """A try that is still to come.

    Attributes:
        attempt: What is known of the job by then.
        seconds: How long to wait for it.
    """

    attempt: Attempt
    seconds: float


@dataclass(frozen=True, slots=True)
class _Registered:
    run: Run
    give_up: GiveUp


class Trying:
    """Runs what is registered.

    Args:
        newest: A block in which a job is run; see `Jobs`.
        bury: Keeps a job that was given up for good.
        patience: How long what fails is tried again.
    """

    def __init__(
        self,
        newest: Callable[[str], AbstractContextManager[None]],
        bury: Callable[[DeadLetter], None],
        patience: Patience,
    ) -> None:
        self._newest = newest
        self._bury = bury
        self._patience = patience
        self._registered: dict[str, _Registered] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of jobs that are registered."""
        return tuple(self._registered)

    def register(self, kind: str, run: Run, give_up: GiveUp) -> None:
        """Say what a kind of job does."""
        self._registered[kind] = _Registered(run, give_up)

    def run(self, kind: str, payload: Payload, attempt: Attempt) -> Later | None:
        """Try a job once; the try that is to come, if one is."""
        with correlated(attempt.job, str(payload.get("workspace", ""))), JOB_SECONDS.labels(kind).time():
            try:
                with self._newest(attempt.job):
                    return self._run(kind, payload, attempt)
            except AWAY as error:  # not even begun
                return self._later(attempt, error)

    def _run(self, kind: str, payload: Payload, attempt: Attempt) -> Later | None:
        if attempt.failed:
            return self._give_up(kind, payload, attempt, SpotterError(attempt.failed))
        try:
            self._registered[kind].run(attempt.job, payload)
        except Exception as error:  # noqa: BLE001  # the one catch of this edge: every failure ends in a sentence
            return self._later(attempt, error) or self._end(kind, payload, attempt, error)
        return None

    def _end(self, kind: str, payload: Payload, attempt: Attempt, error: Exception) -> Later | None:
        GIVEN_UP.labels(kind).inc()
        level = logging.WARNING if isinstance(error, SpotterError) else logging.ERROR
        log.log(level, "gave up %s: %s", attempt.job, error, exc_info=error)
        return self._give_up(kind, payload, attempt.giving_up(_sentence(attempt, error)), error)

    def _give_up(self, kind: str, payload: Payload, attempt: Attempt, error: Exception) -> Later | None:
        letter = DeadLetter(job=attempt.job, kind=kind, payload=payload, error=attempt.failed)
        try:
            if letter.workspace:
                self._bury(letter)
            self._registered[kind].give_up(attempt.job, payload, error)
        except Exception as failure:  # as above; the sentence may be said later
            if later := self._later(attempt, failure):
                return later
            log.exception("could not even give up %s", attempt.job)
        return None

    def _later(self, attempt: Attempt, error: Exception) -> Later | None:
        """When to try again after an error; None where that is of no use, or was tried for long enough."""
        bug = not isinstance(error, (SpotterError, *AWAY))
        if isinstance(error, SpotterError) and not error.retry:
            return None
        wait = self._patience.wait(attempt, bug=bug)
        if wait is None:
            return None
        told = getattr(error, "after", 0.0)
        seconds = max(wait, told) * random.uniform(1.0, 1.0 + _SPREAD)  # noqa: S311  # no secret
        log.log(logging.WARNING if bug else logging.INFO, "%s again in %.1f s: %r", attempt.job, seconds, error)
        return Later(attempt.next(wait, bug=bug), seconds)


def _sentence(attempt: Attempt, error: Exception) -> str:
    """What is said at the end."""
    if isinstance(error, SpotterError):
        return error.say.replace("; I will try again", "; I tried for a while and gave up")
    return f"Something went wrong on my side. An admin can find it in my log as {attempt.job}."
