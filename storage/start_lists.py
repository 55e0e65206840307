"""Who runs with which number, as an admin has told for each channel."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from bot.core import names
from storage.models import RunnerRow

Row = tuple[str, str, dict[str, str]]
"""A runner's number, name, and the other columns by their heads."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Somebody on the start list of a channel."""

    channel: str
    number: str
    name: str


class StartLists:
    """The start lists of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def replace(self, channel: str, rows: Iterable[Row]) -> int:
        """Keep a channel's start list in place of the one before; how many runners are on it.

        The last row of a number counts.
        """
        self.delete(channel)
        kept = {number: (name, more) for number, name, more in rows}
        runners = [self._runner(channel, number, name, more) for number, (name, more) in kept.items()]
        if runners:
            self._session.execute(insert(RunnerRow), runners)
        return len(runners)

    def delete(self, channel: str) -> None:
        """Forget a channel's start list."""
        self._session.execute(delete(RunnerRow).where(*self._of(channel)))

    def rows(self, channel: str) -> Sequence[Row]:
        """A channel's start list by number, as it was given; empty where there is none."""
        runners = select(RunnerRow.number, RunnerRow.name, RunnerRow.more).where(*self._of(channel))
        return [(number, name, more) for number, name, more in self._session.execute(runners.order_by("number"))]

    def size(self, channel: str) -> int:
        """How many runners are on a channel's start list."""
        return self._session.scalar(select(func.count()).select_from(RunnerRow).where(*self._of(channel))) or 0

    def named_among(self, channel: str, numbers: Collection[str]) -> Mapping[str, str]:
        """The names of those of the numbers that are on a channel's start list."""
        runners = select(RunnerRow.number, RunnerRow.name).where(*self._of(channel), RunnerRow.number.in_(numbers))
        return {row.number: row.name for row in self._session.execute(runners)}

    def called(self, name: str, channels: Collection[str], limit: int = 50) -> tuple[Runner, ...]:
        """Runners on these channels' lists who have a word in their name that begins with each of the words given.

        Case and accents do not count.
        """
        words = names.words(name)
        if not words or not channels:
            return ()
        fits = [RunnerRow.name_key.contains(f" {word}", autoescape=True) for word in words]
        here = RunnerRow.workspace == self._workspace, RunnerRow.channel.in_(channels)
        found = select(RunnerRow.channel, RunnerRow.number, RunnerRow.name).where(*here, *fits)
        ordered = found.order_by(RunnerRow.name_key, RunnerRow.channel, RunnerRow.number).limit(limit)
        return tuple(Runner(*row) for row in self._session.execute(ordered))

    def _runner(self, channel: str, number: str, name: str, more: dict[str, str]) -> dict[str, object]:
        return {
            "workspace": self._workspace,
            "channel": channel,
            "number": number,
            "name": name,
            "name_key": names.key(name),
            "more": more,
        }

    def _of(self, channel: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return RunnerRow.workspace == self._workspace, RunnerRow.channel == channel
