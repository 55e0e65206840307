"""What is told of photos: in their thread, to the moderators, to those who watch a bib, to the one who asked."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.admins import Admins
from bot.core.album import LEAST, Album, album_of
from bot.core.channel import ChannelSettings
from bot.core.digest import span_of_message
from bot.core.evidence import as_settled
from bot.core.photo_people import FindMe, PhotoPeople
from bot.core.report import Line, Report, Topic, only, with_lines, without
from bot.core.share import Drop, Share
from bot.core.sightings import Sighting
from bot.errors import SlackError
from bot.replying import Place, Replying
from bot.search import Found
from bot.slack import Message, Slack, SlackFile
from storage import Storage
from storage.scans import Scan

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes Slack's messages; `app` hands it in, because only `handlers` knows Block Kit.

    Attributes:
        photo_reply: The answer to the photos of a message, with the name of its place.
        album_reply: The answer to many of them, with what they are together.
        sentence: A sentence as a message.
        moderators: What the moderators are told: a report, and the link of what it is about.
        found: Photos of a bib, for everybody to read.
        turned_up: What a watcher is told: the numbers, and the photo.
        start_list_offer: The question whether a file, by id and name, is the start list.
        scan_offer: The question whether a scan may begin, at a price in millionths of a dollar.
        who_is: What somebody is told who asked who is in photos: the photos, and who reads it.
        find_me_progress: How far a look through earlier photos is.
        renewal: The question whether somebody still wants to be known; the day on which their consent ends.
        enrolled: What came of somebody's own first photos, and the look through earlier ones that is offered to them.
    """

    photo_reply: Callable[[Report, str], Message]
    album_reply: Callable[[Report, Album, str], Message]
    sentence: Callable[[str], Message]
    moderators: Callable[[Report, str], Message]
    found: Callable[[Found], Message]
    turned_up: Callable[[Sequence[str], Sighting], Message]
    start_list_offer: Callable[[str, str], Message]
    scan_offer: Callable[[Scan, int], Message]
    who_is: Callable[[Sequence[PhotoPeople], str], Message]
    find_me_progress: Callable[[FindMe], Message]
    renewal: Callable[[str], Message]
    enrolled: Callable[[str, FindMe], Message]


class Telling:
    """Tells what is remembered of photos; each thing once, then edited in place.

    Attributes:
        renderer: Makes the messages.
        replying: Says them.
    """

    def __init__(self, storage: Storage, renderer: Renderer) -> None:
        self._storage = storage
        self.renderer = renderer
        self.replying = Replying(storage)

    def asked(self, workspace: str, share: Share) -> None:
        """Note that somebody asked about a photo: its message is answered, although the channel has summaries."""
        with self._storage.begin(workspace) as work:
            work.notices.first(_asked_about(share))

    def thread(self, job: str, slack: Slack, workspace: str, share: Share, fleeting: Sequence[Line] = ()) -> None:
        """Bring the answer to a photo's message up to date, and what the moderators are told of it.

        Args:
            job: The job that tells.
            slack: The workspace's.
            workspace: Its id.
            share: The photo.
            fleeting: Lines that are told of it now and were not stored.
        """
        place = _place(workspace, share)
        seen: list[tuple[Report, ChannelSettings]] = []

        def render() -> Message | None:
            seen.append(self._report(workspace, share))
            report, settings = seen[-1]
            shown = with_lines(for_thread(report, settings), share.file, fleeting)
            if self._is_summed_up(workspace, share, settings):
                shown = only(shown, "unsafe")
            if not shown.tells and (settings.nothing_found == "silent" or shown.waiting or not shown.photos):
                return None
            return self._rendered(workspace, share, shown, settings, place.name)

        self.replying.tell(slack, place, job, render)
        self._moderators(job, slack, workspace, share, seen[-1] if seen else self._report(workspace, share))

    def _is_summed_up(self, workspace: str, share: Share, settings: ChannelSettings) -> bool:
        """Whether a summary tells of the photo, and nobody asked about it before."""
        if span_of_message(settings, share.ts) is None:
            return False
        with self._storage.begin(workspace) as work:
            return not work.notices.known(_asked_about(share))

    def _rendered(self, workspace: str, share: Share, report: Report, settings: ChannelSettings, key: str) -> Message:
        """The answer to a message; one with many photos is summed up, once all were looked at."""
        if len(report.photos) < LEAST or report.waiting:
            return self.renderer.photo_reply(report, key)
        with self._storage.begin(workspace) as work:
            photos = work.evidence.of_message(share.channel, share.ts)
        failed = sum(photo.state == "refused" for photo in report.photos)
        return self.renderer.album_reply(report, album_of([as_settled(one, settings) for one in photos], failed), key)

    def _moderators(
        self, job: str, slack: Slack, workspace: str, share: Share, seen: tuple[Report, ChannelSettings]
    ) -> None:
        report, settings = seen
        unsafe = only(report, "unsafe")
        if settings.moderation == "thread" or not settings.moderators or not unsafe.photos:
            return
        place = Place(workspace=workspace, channel=settings.moderators, key=f"{share.channel}-{share.ts}")
        message = self.renderer.moderators(unsafe, share.permalink)
        self.replying.tell(slack, place, job, lambda: message)

    def watchers(self, job: str, slack: Slack, workspace: str, share: Share) -> None:
        """Tell those who watch a bib of the photo, once for each photo, and only where they may open its channel."""
        with self._storage.begin(workspace) as work:
            sightings = work.bibs.of_share(share)
            watchers = work.watches.watchers([one.number for one in sightings])
            digest = work.shares.digest(share) if watchers else ""
        for user, numbers in watchers.items():
            place = Place(workspace=workspace, channel=user, key=f"watch-{digest}")
            if share.channel in slack.visible_channels(user) and not self.replying.answered(place):
                best = next(one for one in sightings if one.number in numbers)
                message = self.renderer.turned_up(numbers, best)
                self.replying.tell(slack, place, job, lambda message=message: message)  # type: ignore[misc]  # bound now

    def offer_start_list(self, slack: Slack, drop: Drop, file: SlackFile) -> None:
        """Ask an admin who dropped a table whether it is the start list; nobody else sees the question."""
        if Admins(self._storage, lambda _: slack).is_admin(drop.workspace, drop.user):
            slack.ephemeral(drop.channel, drop.user, self.renderer.start_list_offer(file.id, file.name))

    def _report(self, workspace: str, share: Share) -> tuple[Report, ChannelSettings]:
        with self._storage.begin(workspace) as work:
            return Report(work.shares.of_message(share.channel, share.ts)), work.channels.settings(share.channel)

    def outcome(self, workspace: str, share: Share) -> str:
        """What the one who asked for a look is told in the end."""
        report, settings = self._report(workspace, share)
        if self.replying.ts(_place(workspace, share)):
            return "My answer is in the photo's thread."
        if for_thread(report, settings).tells:
            return "My answer to this photo was deleted, or can't be posted there."
        return "I looked, and found nothing to tell."

    def asker(self, slack: Slack, drop: Drop, say: str) -> None:
        """Say something to the one who asked for a look, where somebody did."""
        if not drop.asked_by:
            return
        try:
            slack.ephemeral(drop.channel, drop.asked_by, self.renderer.sentence(say))
        except SlackError as error:
            log.info("could not tell %s: %s", drop.asked_by, error)


def _asked_about(share: Share) -> str:
    return f"asked:{share.channel}:{share.ts}"


def _place(workspace: str, share: Share) -> Place:
    """Where the answer to a photo stands: one for all photos of its message."""
    return Place(workspace=workspace, channel=share.channel, key=share.ts, thread=share.thread, share=share)


def for_thread(report: Report, settings: ChannelSettings) -> Report:
    """Leave out what the channel tells only its moderators, and people where nobody is to be looked for any more."""
    unsafe: tuple[Topic, ...] = ("unsafe",) if settings.moderation == "moderators" and settings.moderators else ()
    people: tuple[Topic, ...] = () if settings.face_matching else ("named", "searched")
    return without(report, *unsafe, *people)
