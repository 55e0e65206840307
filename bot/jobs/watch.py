"""The watch of a process: shows that it lives, sees to the jobs of those that do not, and keeps schedules."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Literal

from bot.jobs.durable import Durable

_BEAT_SECONDS: Final = 2.0
_JUMP_SECONDS: Final = 60.0
"""A clock that moved by more than this between two beats was set, not corrected."""
DEAD_SECONDS: Final = 8.0
"""A process that was not seen for so long is dead: its jobs go back to the queue. A false alarm is harmless: the
engine refuses what the old owner still writes, and `storage.runs` what it would still say (facts: jobs §2)."""

log = logging.getLogger(__name__)


class Watch:
    """Beats until it is told to stop.

    Args:
        durable: The stored jobs.
        alive: Notes that a process of this name lives, and names all that were seen within so many seconds.
        role: A `web` process shows itself, and does nothing else.
        clock: Seconds since 1970 as this machine has them, by which waiting jobs are due.
    """

    def __init__(
        self,
        durable: Durable,
        alive: Callable[[str, float], frozenset[str]],
        role: Literal["all", "web", "worker"],
        clock: Callable[[], float],
    ) -> None:
        self._durable = durable
        self._alive = alive
        self._works = role != "web"
        self._clock = clock
        self._lead = self._lead_now()
        self._schedules: list[tuple[float, Callable[[], None]]] = []
        self._due: list[float] = []
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def every(self, seconds: float, turn: Callable[[], None]) -> None:
        """Take a turn again and again."""
        self._schedules.append((seconds, turn))
        self._due.append(time.monotonic())

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def processes(self) -> int:
        """How many processes live."""
        return max(1, len(self._alive(self._durable.name, DEAD_SECONDS)))

    def begin_to_stop(self) -> None:
        """Take nothing new; go on showing that this process lives."""
        self._stopping.set()

    def stop(self) -> None:
        """End."""
        self._stopping.set()
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(_BEAT_SECONDS)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._beat()
            except Exception as error:  # noqa: BLE001  # the database is away: try again at the next beat
                log.warning("watch: %s", error)
            self._stopped.wait(_BEAT_SECONDS)

    def _beat(self) -> None:
        alive = self._alive(self._durable.name, DEAD_SECONDS)
        if self._works and not self._stopping.is_set():
            self._durable.take_over(alive)
            self._durable.end_the_deadly()
            self._mind_the_clock()
            self._take_turns()

    def _mind_the_clock(self) -> None:
        """Where the clock was set back, what waits would wait for that much longer: then all are due now."""
        jump, self._lead = self._lead_now() - self._lead, self._lead_now()
        if abs(jump) > _JUMP_SECONDS:
            log.error("the clock of this machine jumped by %.0f s; Slack and Amazon refuse calls at a wrong time", jump)
        if jump < -_JUMP_SECONDS:
            self._durable.hurry()

    def _lead_now(self) -> float:
        return self._clock() - time.monotonic()

    def _take_turns(self) -> None:
        for number, (seconds, turn) in enumerate(self._schedules):
            if time.monotonic() >= self._due[number]:
                turn()
                self._due[number] = time.monotonic() + seconds
