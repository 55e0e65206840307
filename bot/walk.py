"""The walk of one photo, from Slack to the answer in its thread (DESIGN §3); each method is a job."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.albums import Albums
from bot.boxes import Boxes
from bot.core.channel import ChannelSettings
from bot.core.report import Line, PhotoReport, Report
from bot.core.share import Drop, Looked, Share
from bot.core.telling_bibs import doubts, sure
from bot.digest import Digest
from bot.errors import LoginPage, PhotoError, PhotoGone, SpotterError, VisionDown
from bot.gate import Gate
from bot.looking import Looking
from bot.onboarding import hint
from bot.people.face_search import Asked, FaceSearch
from bot.replying import Place
from bot.sign_of_life import sign_of_life
from bot.slack import Slack, SlackFile
from bot.start_lists import StartLists
from bot.telling import Telling
from bot.usage import Usage
from bot.waiting import Waiting
from bot.zip_drops import ZipDrops
from storage import Storage, Work

_VIDEO: Final = "I can't watch videos. Send me photos, and I will look at them."
_NO_PHOTO: Final = "There is no photo in this message that I can look at."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Channel:
    """Where a photo is looked at, and what is settled there."""

    workspace: str
    id: str
    settings: ChannelSettings


class Walk:
    """Walks photos through Slack, the gate, the detectors and the memory, back to their thread."""

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        looking: Looking,
        face_search: FaceSearch,
        slack_of: Callable[[str], Slack],
        telling: Telling,
        waiting: Waiting,
        usage: Usage,
        boxes: Boxes,
        albums: Albums,
        digest: Digest,
        zips: ZipDrops,
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._looking = looking
        self._face_search = face_search
        self._slack_of = slack_of
        self._telling = telling
        self._waiting = waiting
        self._usage = usage
        self._boxes = boxes
        self._albums = albums
        self._digest = digest
        self._zips = zips
        self._start_lists = StartLists(storage)

    def look(self, job: str, payload: Mapping[str, Any]) -> None:
        """Look at a shared file, and answer in its thread; the payload is a `Drop`."""
        drop = Drop(**payload)
        slack = self._slack_of(drop.workspace)
        here = self._channel(drop.workspace, drop.channel)
        if not drop.asked_by and not _is_wanted(slack, here, drop):
            return
        try:
            file = slack.shared_file(drop.file, drop.channel)
        except PhotoGone as error:
            self._telling.asker(slack, drop, error.say)
            return
        share = file.share(drop.channel, drop.user, drop.at)
        if share is None or file.kind not in ("photo", "video"):
            self._offer(job, slack, drop, file, share if here.settings.zips else None)
            self._telling.asker(slack, drop, _NO_PHOTO)
            return
        if drop.asked_by:
            self._telling.asked(drop.workspace, share)
        fleeting = self._remember(job, slack, here, share, file)
        self._telling.thread(job, slack, drop.workspace, share, fleeting)
        self._telling.watchers(job, slack, drop.workspace, share)
        self._sum_up(job, here, share)
        if drop.asked_by:
            self._telling.asker(slack, drop, self._telling.outcome(drop.workspace, share))

    def _offer(self, job: str, slack: Slack, drop: Drop, file: SlackFile, zipped: Share | None) -> None:
        """Ask what to do with a file that is no photo; `zipped` is its share, where zips are allowed."""
        if file.kind == "table":
            self._telling.offer_start_list(slack, drop, file)
        if file.kind == "archive" and zipped and not drop.asked_by:
            self._zips.take(job, slack, drop.workspace, zipped, file)

    def give_up_look(self, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Say in the thread, once, that a photo could not be looked at."""
        drop = Drop(**payload)
        with self._storage.begin(drop.workspace) as work:
            shares = [share for share in work.shares.of_file(drop.file) if share.channel == drop.channel]
            for share in shares:
                work.shares.give_up(share, _last_word(job, error))
        for share in shares:
            self._telling.thread(job, self._slack_of(drop.workspace), drop.workspace, share)

    def look_privately(self, job: str, payload: Mapping[str, Any]) -> None:
        """Look at a picture that was put into a modal, and tell who put it there, by direct message."""
        workspace, user, channel, file = (payload[name] for name in ("workspace", "user", "channel", "file"))
        slack = self._slack_of(workspace)
        here = self._channel(workspace, channel)
        told = slack.file(file)
        share = Share(channel=user, ts=file, file=file, user=user, name=told.name)
        looked = self._looked(slack, here, share, told) or Looked(refusal=PhotoGone().say)
        report = Report((told_of(share, looked),))
        message = self._telling.renderer.photo_reply(report, f"{user}-{file}")
        self._telling.replying.tell(slack, Place(workspace=workspace, channel=user, key=file), job, lambda: message)
        with self._storage.begin(workspace) as work:
            work.shares.forget_unheld((looked.digest,))

    def give_up_privately(self, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Say to the one who asked that it could not be done."""
        place = Place(workspace=payload["workspace"], channel=payload["user"], key=payload["file"])
        message = self._telling.renderer.sentence(_last_word(job, error))
        self._telling.replying.tell(self._slack_of(place.workspace), place, job, lambda: message)

    def retell(self, job: str, payload: Mapping[str, Any]) -> None:
        """Bring the answer to a photo up to date: somebody corrected what it tells."""
        workspace, address = payload["workspace"], Share(**payload["share"])
        with self._storage.begin(workspace) as work:
            known = work.shares.in_message(address.channel, address.ts)
        share = next((one for one in known if one.file == address.file), address)
        slack = self._slack_of(workspace)
        self._telling.thread(job, slack, workspace, share)
        self._telling.watchers(job, slack, workspace, share)
        self._renew(job, slack, workspace, share)

    def forget(self, job: str, payload: Mapping[str, Any]) -> None:
        """Forget a file (in one channel, where the payload names one), and take it out of the answers."""
        workspace, file, channel = (payload[name] for name in ("workspace", "file", "channel"))
        with self._storage.begin(workspace) as work:
            known = (*work.shares.of_file(file), *work.past.of_file(file))
            work.shares.forget(file, channel)
            work.past.forget(file, channel)
        for share in known:
            if channel in ("", share.channel):
                slack = self._slack_of(workspace)
                self._telling.thread(job, slack, workspace, share)
                self._renew(job, slack, workspace, share)

    def _renew(self, job: str, slack: Slack, workspace: str, share: Share) -> None:
        """Bring what else tells of a photo up to date."""
        self._boxes.tidy(slack, workspace, share.channel, share.ts)
        self._sum_up(job, self._channel(workspace, share.channel), share)

    def _sum_up(self, job: str, here: _Channel, share: Share) -> None:
        """Tell of a photo in the index of its message, and in a summary that was told already."""
        self._albums.of_message(here.workspace, share, here.settings)
        self._digest.retell(job, here.workspace, share, here.settings)

    def _channel(self, workspace: str, channel: str) -> _Channel:
        with self._storage.begin(workspace) as work:
            return _Channel(workspace, channel, work.channels.settings(channel))

    def _remember(self, job: str, slack: Slack, here: _Channel, share: Share, file: SlackFile) -> tuple[Line, ...]:
        """Look at a share that nobody looked at yet, and keep what that brought; what may be told and not kept."""
        if not self._waiting.begin(job, slack, here.workspace, share):
            return ()
        try:
            looked = self._looked(slack, here, share, file, people=here.settings.face_matching)
        except VisionDown as error:
            self._waiting.put_off(job, slack, here.workspace, share, error)
            raise
        with self._storage.begin(here.workspace) as work:
            if looked is None:
                work.shares.forget(share.file, here.id)
                return ()
            work.shares.finish(share, self._with_first_remarks(work, share, looked), job)
        return tuple(line for line in looked.lines if line.fleeting)

    def _looked(
        self, slack: Slack, here: _Channel, share: Share, file: SlackFile, *, people: bool = False
    ) -> Looked | None:
        """What is in the photo, by the settings of a channel, and who; None where it was deleted meanwhile."""
        if file.kind == "video":
            return Looked(refusal=_VIDEO)
        with sign_of_life(slack, share):
            try:
                photo = self._gate.open(slack.download(file))
                start_list = self._start_lists.of(here.workspace, here.id, here.settings)
                looked = self._looking.look(here.workspace, photo, here.settings, start_list, channel=here.id)
                asked = Asked(channel=here.id, file=share.file)
                return self._face_search.look(here.workspace, photo, looked, asked) if people else looked
            except PhotoGone:
                return None
            except PhotoError as error:
                level = logging.ERROR if isinstance(error, LoginPage) else logging.INFO
                log.log(level, "%s: %s", share.file, error, exc_info=error.__cause__)
                return Looked(refusal=error.say)

    def _with_first_remarks(self, work: Work, share: Share, looked: Looked) -> Looked:
        """What this engine does not offer is said in a channel's first answer, and of money when much of it is gone."""
        first = [say for say in looked.cannot if work.notices.first(f"cannot:{share.channel}:{say}")]
        tells = told_of(share, looked).tells
        warning = self._usage.warning(work) if looked.cost and tells else ""
        welcome = hint(work, share.channel) if tells else ""
        return replace(looked, remarks=(*looked.remarks, *first, *filter(None, [warning, welcome])))


def _is_wanted(slack: Slack, here: _Channel, drop: Drop) -> bool:
    """Whether a photo is looked at unasked: not those of bots, and of other companies only where an admin said so."""
    if not (here.settings.on and slack.joined(drop.channel)):
        return False
    person = slack.person(drop.user) if drop.user else None
    return person is None or person.ours or (person.stranger and person.active and here.settings.strangers)


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


def _last_word(job: str, error: Exception) -> str:
    if isinstance(error, SpotterError):
        return error.last_word
    return f"Something went wrong on my side with this photo. An admin can find it in my log as {job}."
