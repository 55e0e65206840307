"""The walk of one photo, from Slack to the answer in its thread (DESIGN §3); each method is a job."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.core import bib_query
from bot.core.channel import ChannelSettings
from bot.core.report import PhotoReport, Report, only, without
from bot.core.share import Drop, Looked, Share
from bot.core.sightings import Sighting
from bot.core.telling_bibs import doubts, sure
from bot.errors import AskError, LoginPage, PhotoError, PhotoGone, SlackError, SpotterError
from bot.gate import Gate
from bot.looking import Looking
from bot.replying import Place, Replying
from bot.search import Found, Search
from bot.sign_of_life import sign_of_life
from bot.slack import Message, Slack, SlackFile
from bot.start_lists import StartLists
from storage import Storage, Work

_VIDEO: Final = "I can't watch videos. Send me photos, and I will look at them."
_NO_PHOTO: Final = "There is no photo in this message that I can look at."
_LOOKING: Final = "I am still looking. The answer comes in this thread."
_UNKNOWN_THREAD: Final = (
    "I know no photos in this thread yet. Open the menu of the message with the photo and choose “Look at this photo”."
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes Slack's messages; `app` hands it in, because only `handlers` knows Block Kit.

    Attributes:
        photo_reply: The answer to the photos of a message, with the name of its place.
        sentence: A sentence as a message.
        moderators: What the moderators are told: a report, and the link of what it is about.
        found: Photos of a bib, for everybody to read.
        turned_up: What a watcher is told: the numbers, and the photo.
        start_list_offer: The question whether a file, by id and name, is the start list.
    """

    photo_reply: Callable[[Report, str], Message]
    sentence: Callable[[str], Message]
    moderators: Callable[[Report, str], Message]
    found: Callable[[Found], Message]
    turned_up: Callable[[Sequence[str], Sighting], Message]
    start_list_offer: Callable[[str, str], Message]


class Walk:
    """Walks photos through Slack, the gate, the detectors and the memory, back to their thread."""

    def __init__(
        self, *, storage: Storage, gate: Gate, looking: Looking, slack_of: Callable[[str], Slack], renderer: Renderer
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._looking = looking
        self._slack_of = slack_of
        self._renderer = renderer
        self._search = Search(storage, slack_of)
        self._start_lists = StartLists(storage)
        self._replying = Replying(storage)

    def look(self, job: str, payload: Mapping[str, Any]) -> None:
        """Look at a shared file, and answer in its thread; the payload is a `Drop`."""
        drop = Drop(**payload)
        slack = self._slack_of(drop.workspace)
        with self._storage.begin(drop.workspace) as work:
            settings = work.channels.settings(drop.channel)
        if not drop.asked_by and not (settings.on and slack.joined(drop.channel)):
            return
        try:
            file = slack.shared_file(drop.file, drop.channel)
        except PhotoGone as error:
            self._tell_asker(slack, drop, error.say)
            return
        share = file.share(drop.channel, drop.user, drop.at)
        if file.kind == "table":
            self._offer_start_list(slack, drop, file)
        if share is None or file.kind in ("other", "table"):
            self._tell_asker(slack, drop, _NO_PHOTO)
            return
        self._remember(slack, drop, share, file, settings)
        self._tell(job, slack, drop.workspace, share)
        self._tell_watchers(job, slack, drop.workspace, share)
        self._tell_asker(slack, drop, self._outcome(drop.workspace, share))

    def give_up_look(self, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Say in the thread, once, that a photo could not be looked at."""
        drop = Drop(**payload)
        with self._storage.begin(drop.workspace) as work:
            shares = [share for share in work.shares.of_file(drop.file) if share.channel == drop.channel]
            for share in shares:
                work.shares.give_up(share, _last_word(job, error))
        for share in shares:
            self._tell(job, self._slack_of(drop.workspace), drop.workspace, share)

    def look_privately(self, job: str, payload: Mapping[str, Any]) -> None:
        """Look at a picture that was put into a modal, and tell who put it there, by direct message."""
        workspace, user, channel, file = (payload[name] for name in ("workspace", "user", "channel", "file"))
        slack = self._slack_of(workspace)
        with self._storage.begin(workspace) as work:
            settings = work.channels.settings(channel)
        told = slack.file(file)
        share = Share(channel=user, ts=file, file=file, user=user, name=told.name)
        looked = self._looked(slack, workspace, share, told, settings) or Looked(refusal=PhotoGone().say)
        report = Report((told_of(share, looked),))
        message = self._renderer.photo_reply(report, f"{user}-{file}")
        self._replying.tell(slack, Place(workspace=workspace, channel=user, key=file), job, lambda: message)

    def give_up_privately(self, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Say to the one who asked that it could not be done."""
        place = Place(workspace=payload["workspace"], channel=payload["user"], key=payload["file"])
        message = self._renderer.sentence(_last_word(job, error))
        self._replying.tell(self._slack_of(place.workspace), place, job, lambda: message)

    def retell(self, job: str, payload: Mapping[str, Any]) -> None:
        """Bring the answer to a photo up to date: somebody corrected what it tells."""
        share = Share(**payload["share"])
        self._tell(job, self._slack_of(payload["workspace"]), payload["workspace"], share)

    def answer_mention(self, job: str, payload: Mapping[str, Any]) -> None:
        """Find a bib, where the mention asks for one; else tell what is known of the thread's photos."""
        workspace, channel, thread, ts = (payload[name] for name in ("workspace", "channel", "thread", "ts"))
        place = Place(workspace=workspace, channel=channel, key=f"mention-{ts}", thread=thread)
        if asked := payload["bib"]:
            message = self._found(workspace, payload["user"], channel, asked)
            self._replying.tell(self._slack_of(workspace), place, job, lambda: message)
            return

        def render() -> Message:
            with self._storage.begin(workspace) as work:
                report = Report(work.shares.of_thread(channel, thread))
                settings = work.channels.settings(channel)
            if report.waiting:
                return self._renderer.sentence(_LOOKING)
            if not report.photos:
                return self._renderer.sentence(_UNKNOWN_THREAD)
            return self._renderer.photo_reply(_for_thread(report, settings), place.name)

        self._replying.tell(self._slack_of(workspace), place, job, render)

    def forget(self, job: str, payload: Mapping[str, Any]) -> None:
        """Forget a file (in one channel, where the payload names one), and take it out of the answers."""
        workspace, file, channel = (payload[name] for name in ("workspace", "file", "channel"))
        with self._storage.begin(workspace) as work:
            shares = [share for share in work.shares.of_file(file) if channel in ("", share.channel)]
            work.shares.forget(file, channel)
        for share in shares:
            self._tell(job, self._slack_of(workspace), workspace, share)

    def _remember(self, slack: Slack, drop: Drop, share: Share, file: SlackFile, settings: ChannelSettings) -> None:
        with self._storage.begin(drop.workspace) as work:
            fresh = work.shares.begin(share)
        if not fresh:
            return
        looked = self._looked(slack, drop.workspace, share, file, settings)
        with self._storage.begin(drop.workspace) as work:
            if looked is None:
                work.shares.forget(drop.file, drop.channel)
            else:
                work.shares.finish(share, _with_first_remarks(work, share, looked))

    def _looked(
        self, slack: Slack, workspace: str, share: Share, file: SlackFile, settings: ChannelSettings
    ) -> Looked | None:
        """What is in the photo; None where it was deleted meanwhile."""
        if file.kind == "video":
            return Looked(refusal=_VIDEO)
        with sign_of_life(slack, share):
            try:
                photo = self._gate.open(slack.download(file))
                start_list = self._start_lists.of(workspace, share.channel, settings)
                return self._looking.look(workspace, photo, settings, start_list)
            except PhotoGone:
                return None
            except PhotoError as error:
                level = logging.ERROR if isinstance(error, LoginPage) else logging.INFO
                log.log(level, "%s: %s", share.file, error, exc_info=error.__cause__)
                return Looked(refusal=error.say)

    def _tell(self, job: str, slack: Slack, workspace: str, share: Share) -> None:
        place = _place(workspace, share)

        def render() -> Message | None:
            report, settings = self._report(workspace, share)
            shown = _for_thread(report, settings)
            if not shown.tells and (settings.nothing_found == "silent" or shown.waiting or not shown.photos):
                return None
            return self._renderer.photo_reply(shown, place.name)

        self._replying.tell(slack, place, job, render)
        self._tell_moderators(job, slack, workspace, share)

    def _tell_moderators(self, job: str, slack: Slack, workspace: str, share: Share) -> None:
        report, settings = self._report(workspace, share)
        unsafe = only(report, "unsafe")
        if settings.moderation == "thread" or not settings.moderators or not unsafe.photos:
            return
        place = Place(workspace=workspace, channel=settings.moderators, key=f"{share.channel}-{share.ts}")
        message = self._renderer.moderators(unsafe, share.permalink)
        self._replying.tell(slack, place, job, lambda: message)

    def _found(self, workspace: str, user: str, channel: str, asked: str) -> Message:
        """Photos of a bib, of those that everybody in the channel may see: they all read the answer."""
        try:
            query = bib_query.parse_search(asked)
        except AskError as error:
            return self._renderer.sentence(error.say)
        return self._renderer.found(self._search.find_for_all(workspace, user, channel, asked, query))

    def _tell_watchers(self, job: str, slack: Slack, workspace: str, share: Share) -> None:
        """Tell those who watch a bib of the photo, once for each photo, and only where they may open its channel."""
        with self._storage.begin(workspace) as work:
            sightings = work.bibs.of_share(share)
            watchers = work.watches.watchers([one.number for one in sightings])
        for user, numbers in watchers.items():
            place = Place(workspace=workspace, channel=user, key=f"watch-{share.channel}-{share.ts}-{share.file}")
            if share.channel in slack.visible_channels(user) and not self._replying.answered(place):
                best = next(one for one in sightings if one.number in numbers)
                message = self._renderer.turned_up(numbers, best)
                self._replying.tell(slack, place, job, lambda message=message: message)  # type: ignore[misc]  # bound now

    def _offer_start_list(self, slack: Slack, drop: Drop, file: SlackFile) -> None:
        """Ask an admin who dropped a table whether it is the start list; nobody else sees the question."""
        if slack.person(drop.user).admin:
            slack.ephemeral(drop.channel, drop.user, self._renderer.start_list_offer(file.id, file.name))

    def _report(self, workspace: str, share: Share) -> tuple[Report, ChannelSettings]:
        with self._storage.begin(workspace) as work:
            return Report(work.shares.of_message(share.channel, share.ts)), work.channels.settings(share.channel)

    def _outcome(self, workspace: str, share: Share) -> str:
        report, settings = self._report(workspace, share)
        if self._replying.ts(_place(workspace, share)):
            return "My answer is in the photo's thread."
        if _for_thread(report, settings).tells:
            return "My answer to this photo was deleted, or can't be posted there."
        return "I looked, and found nothing to tell."

    def _tell_asker(self, slack: Slack, drop: Drop, say: str) -> None:
        if not drop.asked_by:
            return
        try:
            slack.ephemeral(drop.channel, drop.asked_by, self._renderer.sentence(say))
        except SlackError as error:
            log.info("could not tell %s: %s", drop.asked_by, error)


def told_of(share: Share, looked: Looked) -> PhotoReport:
    """What is told of a photo that was just looked at."""
    return PhotoReport(
        file=share.file,
        name=share.name,
        state="refused" if looked.refusal else "done",
        bibs=sure(looked.bibs),
        lines=(*looked.lines, *doubts(looked.bibs)),
        failures=looked.failures,
        remarks=(*looked.remarks, *looked.cannot),
        refusal=looked.refusal,
    )


def _place(workspace: str, share: Share) -> Place:
    """Where the answer to a photo stands: one for all photos of its message."""
    return Place(workspace=workspace, channel=share.channel, key=share.ts, thread=share.thread, share=share)


def _with_first_remarks(work: Work, share: Share, looked: Looked) -> Looked:
    """What this engine does not offer is said in a channel's first answer, then never again."""
    first = (say for say in looked.cannot if work.notices.first(f"cannot:{share.channel}:{say}"))
    return replace(looked, remarks=(*looked.remarks, *first))


def _for_thread(report: Report, settings: ChannelSettings) -> Report:
    """Keep unsafe content out of the thread where the channel tells only its moderators."""
    hidden = settings.moderation == "moderators" and settings.moderators
    return without(report, "unsafe") if hidden else report


def _last_word(job: str, error: Exception) -> str:
    if isinstance(error, SpotterError):
        return error.say.replace("; I will try again", "; I tried for a while and gave up")
    return f"Something went wrong on my side with this photo. An admin can find it in my log as {job}."
