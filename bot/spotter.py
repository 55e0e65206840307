"""What Spotter can do, a method each. Handlers and the terminal ask; whatever looks at a photo is promised as a job."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from bot.admins import Admins
from bot.albums import Albums
from bot.audit_log import AuditLog
from bot.boxes import Boxes
from bot.core import money
from bot.core.channel import ChannelSettings
from bot.core.dead_letter import DeadLetter
from bot.core.job import Submit
from bot.core.share import Drop
from bot.core.workload import Workload
from bot.correcting import Correcting
from bot.dead_letters import DeadLetters
from bot.errors import AskError, NotAllowed, PhotoGone
from bot.events import Events
from bot.explaining import Explaining
from bot.feedback import Feedback
from bot.gate import Gate
from bot.home import Home
from bot.library import Library
from bot.link_scan import LinkScan
from bot.looking import Looking
from bot.people.parts import PeopleParts
from bot.picture_quality import PictureQuality
from bot.search import Search
from bot.settling import Settling
from bot.slack import Message, Slack
from bot.usage import Usage
from storage import Storage

_NOT_YOURS: Final = "Only the person who posted the photo, or an admin, can delete this answer."


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How things stand in a channel.

    Attributes:
        engine: Who looks at photos.
        settings: The channel's.
        spent: This month, in millionths of a dollar.
        cap: Of a month, in millionths of a dollar.
    """

    engine: str
    settings: ChannelSettings
    spent: int
    cap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer of ours, as the menu below it tells.

    Attributes:
        channel: Whom or what it was sent to: a channel's id, or a user's for a direct message.
        key: Its identity within the channel.
        place: The id of the conversation in which it stands.
        ts: Its timestamp there.
        thread: The timestamp that it is threaded under; empty for none.
    """

    channel: str
    key: str
    place: str
    ts: str
    thread: str = ""


class Spotter:
    """Looks at photos, remembers them, and says what is in them.

    Attributes:
        admins: Says who is an admin.
        audit: Tells who did what.
        search: Finds bibs again.
        library: Finds photos again by what they show.
        correcting: Takes people's word on them.
        boxes: Draws what was found into photos.
        picture_quality: Tells how photos are as pictures.
        albums: Keeps the index of many photos.
        explaining: Tells why.
        feedback: Takes people's word on answers.
        events: Takes an admin's word on a channel's race.
        scans: Scans lists of links.
        enrolling: Takes people's consent to be known.
        forgetting: Makes people nobody.
        matching: Turns face matching on and off.
        settling: Takes an admin's word on a channel.
        recognising: Tells who is in photos.
        finding_me: Finds somebody's own photos.
        comparing: Tells whether two photos show the same person.
        usage: Tells what was spent.
        dead_letters: Tells what was given up, and has it done after all.
        home: Tells what stands on App Home.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        looking: Looking,
        people: PeopleParts,
        slack_of: Callable[[str], Slack],
        submit: Submit,
        again: Callable[[DeadLetter], None] = lambda _: None,
        workload: Callable[[str], Workload] = lambda _: Workload(),
        cards: bool = False,
        local_hosts: tuple[str, ...] = (),
    ) -> None:
        self.admins = Admins(storage, slack_of)
        self.audit = AuditLog(storage, slack_of)
        self.search = Search(storage, slack_of, cards=cards)
        self.library = Library(storage, slack_of, cards=cards)
        self.correcting = Correcting(storage, slack_of, submit)
        self.boxes = Boxes(storage=storage, gate=gate, slack_of=slack_of, submit=submit)
        self.picture_quality = PictureQuality(
            storage=storage, gate=gate, looking=looking, slack_of=slack_of, submit=submit
        )
        self.albums = Albums(storage, slack_of, submit)
        self.explaining = Explaining(storage, slack_of)
        self.feedback = Feedback(storage, slack_of)
        self.events = Events(storage, slack_of)
        self.scans = LinkScan(
            storage=storage,
            gate=gate,
            looking=looking,
            slack_of=slack_of,
            submit=submit,
            local_hosts=local_hosts,
        )
        self.enrolling = people.enrolling
        self.forgetting = people.forgetting
        self.matching = people.matching
        self.settling = Settling(storage, slack_of, looking.vision, people.matching)
        self.recognising = people.recognising
        self.finding_me = people.finding_me
        self.comparing = people.comparing
        self.usage = Usage(storage, looking, slack_of)
        self.dead_letters = DeadLetters(storage, slack_of, again)
        self.home = Home(storage, slack_of, self.usage, workload)
        self._storage = storage
        self._looking = looking
        self._slack_of = slack_of
        self._submit = submit

    def admit(self, workspace: str, user: str) -> None:
        """Make sure that somebody may ask us for anything.

        Raises:
            NotAllowed: They are of another company, deactivated, or a bot.
            SlackError: Slack does not tell: then nobody may.
        """
        if not self._slack_of(workspace).person(user).ours:
            raise NotAllowed("Only people of this workspace can ask me. Ask one of them.")

    def drop(self, drop: Drop) -> None:
        """Promise to look at a shared file; a second delivery of the same event changes nothing."""
        self._submit("look", f"{drop.workspace}-{drop.channel}-{drop.file}-{drop.at}", asdict(drop))

    def ask(self, drop: Drop) -> None:
        """Promise to look at a shared file for somebody, who gets an answer each time; Slack delivers an ask once.

        Raises:
            AskError: We are not in its channel, so nothing could be answered there.
        """
        if not self._slack_of(drop.workspace).joined(drop.channel):
            raise AskError("I am not in this channel. Invite me with /invite @Spotter, then ask again.")
        self._submit("look", f"{drop.workspace}-{drop.channel}-{drop.file}-{drop.at}-{uuid4().hex}", asdict(drop))

    def introduce(self, workspace: str, channel: str) -> None:
        """Promise to say who we are in a channel that we have come to; once, however often we come."""
        self._submit("introduce", f"{workspace}-{channel}", {"workspace": workspace, "channel": channel})

    def look_privately(self, workspace: str, user: str, channel: str, file: str) -> None:
        """Promise to look at a picture for one person, as the channel's settings say."""
        payload = {"workspace": workspace, "user": user, "channel": channel, "file": file}
        self._submit("look_privately", f"{workspace}-{user}-{file}", payload)

    def mention(self, workspace: str, channel: str, user: str, *, thread: str, ts: str, bib: str) -> None:
        """Promise to answer a message that mentions Spotter: with a bib's photos, where it asks for one."""
        payload = {
            "workspace": workspace,
            "channel": channel,
            "user": user,
            "thread": thread,
            "ts": ts,
            "bib": bib,
        }
        self._submit("mention", f"{workspace}-{channel}-{ts}", payload)

    def leave(self, named: str, at: float) -> None:
        """Promise to forget who removed us, at a moment in seconds since 1970: a workspace, or a whole organization.

        An event that comes late, when they have installed us again, changes nothing.
        """
        self._forget_workspace(self._storage.departures.installer(named), at)

    def lose_access(self, workspace: str, at: float) -> None:
        """Promise to forget a workspace that its organization took from us, unless it has installed us itself."""
        if self._storage.departures.installer(workspace) != workspace:
            self._forget_workspace(workspace, at)

    def _forget_workspace(self, workspace: str, at: float) -> None:
        if self._storage.departures.note(workspace, at):
            self._submit("forget_workspace", f"{workspace}-{at}", {"workspace": workspace, "left_at": at})

    def forget_file(self, workspace: str, file: str, channel: str, at: str) -> None:
        """Promise to forget a file that was deleted, or unshared from one channel."""
        payload = {"workspace": workspace, "file": file, "channel": channel}
        self._submit("forget", f"{workspace}-{file}-{channel}-{at}", payload)
        if not channel:
            self.forgetting.file_deleted(workspace, file)

    def newest_photo(self, workspace: str, channel: str, user: str) -> Drop | None:
        """The newest photo of a channel that Slack knows of, for somebody who asks there."""
        for file in self._slack_of(workspace).newest_photos(channel, count=20):
            if file.kind == "photo" and (share := file.newest(channel)):
                return Drop(workspace=workspace, channel=channel, file=file.id, user="", at=share, asked_by=user)
        return None

    def photo_of_link(self, workspace: str, file: str, user: str) -> Drop:
        """The photo behind a file's link, where the person who asks may open it.

        Raises:
            PhotoGone: It is not there, or not for this person: the answer is the same.
        """
        slack = self._slack_of(workspace)
        told = slack.file(file)
        for channel in told.shares:
            if channel in slack.visible_channels(user):
                at = told.newest(channel)
                return Drop(workspace=workspace, channel=channel, file=file, user="", at=at, asked_by=user)
        raise PhotoGone

    def delete_reply(self, workspace: str, user: str, reply: Reply) -> None:
        """Delete an answer, at the wish of who posted the photo or of an admin; in direct messages, of the reader.

        Raises:
            NotAllowed: It is neither.
        """
        slack = self._slack_of(workspace)
        with self._storage.begin(workspace) as work:
            posters = work.shares.posters(reply.channel, reply.key) | work.shares.posters(reply.channel, reply.thread)
        if user not in {*posters, reply.channel}:
            self.admins.check(workspace, user, _NOT_YOURS)
        slack.delete(reply.place, reply.ts)
        with self._storage.begin(workspace) as work:
            work.replies.silence(reply.channel, reply.key)
            work.audit.note(user, "delete_reply", reply.channel, {"ts": reply.ts})

    def joined(self, workspace: str, channel: str) -> bool:
        """Whether we are in a channel."""
        return self._slack_of(workspace).joined(channel)

    def forget_access(self, workspace: str, user: str) -> None:
        """Ask Slack again which channels somebody can open."""
        self._slack_of(workspace).forget_access(user)

    def is_admin(self, workspace: str, user: str) -> bool:
        """Whether somebody is an admin."""
        return self.admins.is_admin(workspace, user)

    def say(self, workspace: str, channel: str, message: Message) -> None:
        """Say something to everybody in a channel, at the wish of somebody who just pressed a button there."""
        self._slack_of(workspace).post(channel, "", message)

    def whisper(self, workspace: str, channel: str, user: str, message: Message, *, thread: str = "") -> None:
        """Say something to one person alone, in a channel or in a thread there."""
        self._slack_of(workspace).ephemeral(channel, user, message, thread=thread)

    def send_file(self, workspace: str, user: str, message: Message, name: str, data: bytes) -> None:
        """Send a file to somebody who just asked for it, by direct message."""
        self._slack_of(workspace).send_file(user, message, name, data)

    def status(self, workspace: str, channel: str) -> Status:
        """How things stand in a channel."""
        month = money.month(datetime.now(UTC))
        with self._storage.begin(workspace) as work:
            settings, spend = work.channels.settings(channel), work.spends.of(month)
        return Status(
            engine=self._looking.vision.name, settings=settings, spent=spend.total, cap=self._looking.budget.cap
        )
