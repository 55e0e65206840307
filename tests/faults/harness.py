"""A workspace, a Rekognition, and bots in processes of their own that may be killed; and what came of it all."""

import os
import random
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Final

from bot.demo.records import Channel, Message, Upload
from bot.demo.server import LocalSlack
from tests.faults.killable import Process
from tests.faults.rekognition import MOST_PAINTED, Rekognition, painted, running

_INHERITED: Final = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "COVERAGE_PROCESS_CONFIG")


@dataclass(frozen=True)
class Figures:
    """What came of it.

    Attributes:
        photos: How many were dropped.
        lost: How many of them got no answer.
        doubles: How many answers there are too many.
        wrong: How many answers tell another number than their photo's.
        paid_twice: How many paid answers were bought again.
        early: How many calls of each method came before the time that Slack asked for. A process that has just
            started cannot know of it, nor can a call that was under way.
        seconds: How long it took.
    """

    photos: int
    lost: int
    doubles: int
    wrong: int
    paid_twice: int
    early: Mapping[str, int]
    seconds: float

    def told(self, what: str) -> "Figures":
        """Print them."""
        sys.stdout.write(
            f"\n{what}: {self.photos} photos in {self.seconds:.1f} s; lost {self.lost}, duplicate replies"
            f" {self.doubles}, wrong {self.wrong}, paid calls repeated {self.paid_twice},"
            f" calls before Retry-After {sum(self.early.values())} {dict(self.early) or ''}\n"
        )
        return self

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, and nothing said twice."""
        return not (self.lost or self.doubles or self.wrong)


@dataclass
class Place:
    """The world of one fault test."""

    slack: LocalSlack
    vision: Rekognition
    folder: Path
    database: str
    port: int
    dice: random.Random
    module: str
    began: float = field(default_factory=time.monotonic)
    dropped: dict[str, Message] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: cycle(range(100, MOST_PAINTED + 1)))

    def start(self, role: str = "web", **more: str) -> Process:
        """Start a bot, and wait until it is ready, unless it shall die before that."""
        process = self.begin(role, **more)
        process.ready()
        return process

    def begin(self, role: str = "web", **more: str) -> Process:
        """Start a bot; it may be refused."""
        log = self.folder / f"{role}-{len(self.processes)}.log"
        process = Process(role, {**self._environment(), **more}, log, self.module)
        self.processes.append(process)
        return process

    def _environment(self) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in _INHERITED if name in os.environ},
            **self.vision.environment,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_FILE_HOSTS": self.slack.file_host,
            "SPOTTER_HOME": str(self.folder),
            "SPOTTER_MONTHLY_CAP": "1000",
            "SPOTTER_DAILY_SHARE": "100",
            "SPOTTER_PHOTOS_PER_PERSON": "0",
            "SPOTTER_PHOTOS_PER_CHANNEL": "0",
            "DATABASE_URL": self.database,
            "PORT": str(self.port),
        }

    def open_channels(self, count: int) -> None:
        """Open channels: messages go at one a second in each."""
        members = {self.slack.member.id, self.slack.bot.id, self.slack.admin.id}
        for number in range(count):
            channel = Channel(id=self.slack.workspace.new_id("C"), name=f"race-{number}", members=set(members))
            self.slack.workspace.channels[channel.id] = channel
            self.channels.append(channel.id)

    def drop(self, count: int) -> list[Message]:
        """Drop photos, each with a number of its own, one a message, over all channels in turn."""
        return [self._drop(next(self.numbers)) for _ in range(count)]

    def _drop(self, number: int) -> Message:
        channel = self.channels[number % len(self.channels)]
        message = self.slack.drop(self.slack.member.id, channel, [Upload(f"{number}.jpg", painted(number))])
        self.dropped[str(number)] = message
        return message

    def wait(self, seconds: float = 60.0) -> None:
        """Wait until every photo has an answer and no event is on its way."""
        with suppress(TimeoutError):  # what is missing then is counted as lost
            self.slack.wait(self._all_answered, seconds)

    def _all_answered(self) -> bool:
        return self.slack.pending == 0 and self.answered == len(self.dropped)

    def wait_for(self, is_so: Callable[[], bool], seconds: float = 30.0) -> None:
        """Wait until something is so in the workspace."""
        self.slack.wait(is_so, seconds)

    @property
    def answered(self) -> int:
        """How many photos have an answer that tells their number; that they have to wait is none."""
        return sum(self._tells(number, message) for number, message in list(self.dropped.items()))

    def _tells(self, number: str, message: Message) -> bool:
        return any(f"Bib {number}" in reply.text for reply in self.slack.replies(message))

    def waits(self) -> dict[str, float]:
        """From each photo to its answer, in seconds, by its number; of those that have one."""
        answers = {number: self.slack.replies(message) for number, message in self.dropped.items()}
        return {
            number: float(replies[0].ts) - float(self.dropped[number].ts)
            for number, replies in answers.items()
            if replies
        }

    def figures(self, what: str) -> Figures:
        """Count, and print."""
        answers = {number: self.slack.replies(message) for number, message in self.dropped.items()}
        return Figures(
            photos=len(answers),
            lost=sum(not replies for replies in answers.values()),
            doubles=sum(max(0, len(replies) - 1) for replies in answers.values()),
            wrong=sum(f"Bib {number}" not in each.text for number, replies in answers.items() for each in replies),
            paid_twice=self.vision.paid_twice,
            early=dict(self.slack.faults.early),
            seconds=time.monotonic() - self.began,
        ).told(what)

    def end(self) -> None:
        """Kill whatever is left."""
        for process in self.processes:
            process.kill()


@contextmanager
def place(
    database: str,
    folder: Path,
    *,
    seed: int = 0,
    retry_scale: float = 0.03,
    vision: Rekognition | None = None,
    module: str = "tests.faults.process",
) -> Iterator[Place]:
    """Open a workspace and a Rekognition; bots are started by the test.

    Args:
        database: Its URL.
        folder: For logs.
        seed: Of everything that is left to chance.
        retry_scale: How much faster than Slack's own its retries come: 0.03 is after 0, 1.8 and 9 seconds.
        vision: The Rekognition; one that reads painted pictures, unless another is given.
        module: The command line by which bots are started.
    """
    with ExitStack() as stack:
        slack = stack.enter_context(LocalSlack(retry_scale=retry_scale))
        eyes = stack.enter_context(running(vision or Rekognition(seed)))
        dice = random.Random(seed)  # noqa: S311  # a run to repeat
        here = Place(slack, eyes, folder, database, _free_port(), dice, module)
        slack.connect(f"http://127.0.0.1:{here.port}/slack/events")
        stack.callback(here.end)
        yield here


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
