"""Files of ours below photos: put there once, whatever crashes, and taken down where they are wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.errors import Overtaken, PhotoGone
from bot.slack import Slack
from storage import Storage
from storage.uploads import Upload


@dataclass(frozen=True, slots=True)
class Made:
    """A file that we made.

    Attributes:
        name: What it is called.
        data: Its bytes.
        alt: What a picture shows, in words.
    """

    name: str
    data: bytes
    alt: str = ""


class ThreadFiles:
    """Keeps count of our files in a workspace's threads."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def known(self, workspace: str, channel: str, ts: str, about: str) -> Upload:
        """What was put there; an upload without files where there is nothing."""
        with self._storage.begin(workspace) as work:
            return work.uploads.of(channel, ts, about)

    def there(self, slack: Slack, workspace: str, known: Upload) -> Upload:
        """What stands there now; where somebody deleted it in Slack, that is noted first."""
        if not known.files or _stand(slack.file, known.files):
            return known
        return self._gone(workspace, known)

    def put(
        self,
        slack: Slack,
        workspace: str,
        known: Upload,
        made: Sequence[Made],
        *,
        shows: str,
        thread: str,
        still: Callable[[], bool] = lambda: True,
    ) -> None:
        """Put files into a thread, in one message, in place of older ones about the same: part of a job.

        Args:
            slack: The workspace's.
            workspace: Its id.
            known: What stood there before these were made.
            made: The files.
            shows: The name of what they show.
            thread: The timestamp of the thread's first message.
            still: Whether they are still right, asked at the last moment.

        Raises:
            Overtaken: Another job put or took down files about the same meanwhile; to be made again.
            SlackBusy: To be tried again.
        """
        if (
            known.files
            and known.shows == shows
            and _stand(lambda file: slack.shared_file(file, known.channel), known.files)
        ):
            return
        known = self.take_down(slack, workspace, known)
        files = {slack.hand_in(one.name, one.data, one.alt): one.name for one in made}
        self._change(workspace, known, replace(known, files=tuple(files), shows=shows, turn=known.turn + 1))
        if still():
            slack.share_files(known.channel, thread, files)

    def take_down(self, slack: Slack, workspace: str, upload: Upload) -> Upload:
        """Delete files of ours in Slack. Raises Overtaken as `put` does."""
        for file in upload.files:
            slack.delete_file(file)
        return self._gone(workspace, upload) if upload.files else upload

    def again(self, workspace: str, upload: Upload) -> None:
        """Let a job of another name put the same files there: one failed, perhaps after they stood."""
        self._change(workspace, upload, replace(upload, turn=upload.turn + 1))

    def _gone(self, workspace: str, upload: Upload) -> Upload:
        return self._change(workspace, upload, replace(upload, files=(), shows="", turn=upload.turn + 1))

    def _change(self, workspace: str, known: Upload, upload: Upload) -> Upload:
        with self._storage.begin(workspace) as work:
            if not work.uploads.change(known, upload):
                raise Overtaken("Another job changed these files; they are made again.")
        return upload


def _stand(ask: Callable[[str], object], files: Sequence[str]) -> bool:
    """Whether all files are there."""
    try:
        for file in files:
            ask(file)
    except PhotoGone:
        return False
    return True
