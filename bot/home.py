"""What somebody sees of themselves, and an admin of the workspace: read in one transaction, since they wait for it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.admins import Admins
from bot.core.audit import Act
from bot.core.channel import ChannelSettings
from bot.core.dead_letter import DeadLetter
from bot.core.people import Person
from bot.core.sightings import Page
from bot.core.usage import UsageReport
from bot.core.workload import Workload
from bot.slack import Slack
from bot.usage import Usage
from storage import Storage, Work

PICTURES = 3
"""Photos of the reader: more are a press away."""
ACTS = 5
LETTERS = 5

Channels = tuple[tuple[str, ChannelSettings], ...]
"""Channels by their ids, with what is settled for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What an admin looks after.

    Attributes:
        channels: Where Spotter is, of those that the admin can open.
        usage: What was spent.
        people: How many people agreed to be known.
        workload: What there is to do.
        letters: The newest jobs that were given up, newest first.
        given_up: How many there are.
        database: SQLAlchemy's name of its kind.
    """

    channels: Channels
    usage: UsageReport
    people: int
    workload: Workload
    letters: tuple[DeadLetter, ...]
    given_up: int
    database: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What one person sees.

    Attributes:
        user: Who it is.
        guest: Whether they are a guest: those cannot be known by their face.
        person: What is known of them; None where they did not agree to be known.
        watches: The bibs that they watch.
        photos: The newest photos that show them, of the channels that they can open.
        acts: What was done to them, newest first.
        office: What they look after; None for whoever is no admin.
    """

    user: str
    guest: bool = False
    person: Person | None = None
    watches: tuple[str, ...] = ()
    photos: Page = Page()  # noqa: RUF009  # a frozen value
    acts: tuple[Act, ...] = ()
    office: Office | None = None


class Home:
    """Reads what is told on App Home.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        usage: Tells what was spent.
        workload: Tells what there is to do in a workspace.
    """

    def __init__(
        self,
        storage: Storage,
        slack_of: Callable[[str], Slack],
        usage: Usage,
        workload: Callable[[str], Workload],
    ) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._admins = Admins(storage, slack_of)
        self._usage = usage
        self._workload = workload

    def opened(self, workspace: str, user: str) -> HomePage:
        """What somebody sees who has just come; which channels they can open is asked anew.

        Raises:
            SlackError: Slack does not tell who they are, or which channels they can open.
        """
        self._slack_of(workspace).forget_access(user)
        return self.of(workspace, user)

    def of(self, workspace: str, user: str) -> HomePage:
        """What somebody sees.

        Raises:
            SlackError: Slack does not tell who they are, or which channels they can open.
        """
        slack = self._slack_of(workspace)
        channels = slack.visible_channels(user)
        office = self._office(workspace, user) if self._admins.is_admin(workspace, user) else None
        with self._storage.begin(workspace) as work:
            person = work.people.of_user(user)
            return HomePage(
                user=user,
                guest=slack.person(user).guest,
                person=person,
                watches=work.watches.of(user),
                photos=work.matches.of_person(person.id, channels, limit=PICTURES) if person else Page(),
                acts=work.audit.done_to([user, person.id] if person else [user], most=ACTS),
                office=office,
            )

    def channels(self, workspace: str, user: str) -> Channels:
        """Where Spotter is, of the channels that an admin can open.

        Raises:
            NotAllowed: The person is no admin.
        """
        self._admins.check(workspace, user)
        there = self._there(workspace, user)
        with self._storage.begin(workspace) as work:
            return _settled(work, there)

    def _office(self, workspace: str, user: str) -> Office:
        usage, workload, there = self._usage.of(workspace), self._workload(workspace), self._there(workspace, user)
        with self._storage.begin(workspace) as work:
            return Office(
                channels=_settled(work, there),
                usage=usage,
                people=work.people.count(),
                workload=workload,
                letters=work.dead_letters.newest(LETTERS),
                given_up=work.dead_letters.count(),
                database=self._storage.dialect,
            )

    def _there(self, workspace: str, user: str) -> tuple[str, ...]:
        slack = self._slack_of(workspace)
        return tuple(sorted(slack.our_channels() & (slack.visible_channels(user) | slack.public_channels())))


def _settled(work: Work, there: tuple[str, ...]) -> Channels:
    known = work.channels.every()
    return tuple((channel, known.get(channel, ChannelSettings())) for channel in there)
