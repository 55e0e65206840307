"""Photos that have to wait: their thread says why, and the answer takes the place of that."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from bot.core.share import Share
from bot.errors import SpotterError, TooMany
from bot.slack import Slack
from bot.telling import Telling
from storage import Storage, Work

_MINUTE: Final = 60
_HOUR: Final = 3_600


@dataclass(frozen=True, slots=True)
class HourlyRates:
    """How many photos of one person, and of one channel, are looked at in an hour; 0 for as many as come."""

    person: int = 0
    channel: int = 0


class Waiting:
    """Lets photos in one by one.

    Args:
        storage: The memory.
        telling: Tells it in the thread.
        rates: How many photos an hour are let in.
    """

    def __init__(self, storage: Storage, telling: Telling, rates: HourlyRates) -> None:
        self._storage = storage
        self._telling = telling
        self._rates = rates

    def begin(self, job: str, slack: Slack, workspace: str, share: Share) -> bool:
        """Note that a share is being looked at, which takes a place in line once; False where it was looked at already.

        Raises:
            TooMany: Its turn comes later; the thread says so.
        """
        with self._storage.begin(workspace) as work:
            known = share.ts in work.shares.knows(share.channel, share.file)
            fresh = work.shares.begin(share)
            later = None if known else self._later(work, share)
        if later:
            self.put_off(job, slack, workspace, share, later)
            raise later
        return fresh

    def put_off(self, job: str, slack: Slack, workspace: str, share: Share, error: SpotterError) -> None:
        """Say in the thread, once, why a photo has to wait."""
        with self._storage.begin(workspace) as work:
            new = work.shares.put_off(share, error.say)
        if new:
            self._telling.thread(job, slack, workspace, share)

    def _later(self, work: Work, share: Share) -> TooMany | None:
        """Take a place in the line of who shared the photo, and in that of its channel; nothing where it is free."""
        lines = {
            f"user:{share.user}": (self._rates.person, "person"),
            f"channel:{share.channel}": (self._rates.channel, "channel"),
        }
        waits = [(work.rates.take(name, rate), rate, whose) for name, (rate, whose) in lines.items() if rate]
        seconds, rate, whose = max(waits, default=(0.0, 0, ""))
        if not seconds:
            return None
        say = f"I look at {rate} photos of one {whose} in an hour. This one's turn comes in {_about(seconds)}."
        return TooMany(say, after=seconds)


def _about(seconds: float) -> str:
    """Say how long: `a minute`, `40 minutes`, `2 hours`."""
    number, unit = (ceil(seconds / _MINUTE), "minute") if seconds <= _HOUR else (round(seconds / _HOUR), "hour")
    return f"about {'an' if unit == 'hour' else 'a'} {unit}" if number == 1 else f"about {number} {unit}s"
