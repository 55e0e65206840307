"""Files of ours below photos: put there once, whatever crashes, and taken down where they are wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.errors import PhotoGone
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

    def there(self, slack: Slack, workspace: str, wanted: Upload) -> Upload:
        """What stands there now; where somebody deleted it in Slack, that is noted first."""
        with self._storage.begin(workspace) as work:
            known = work.uploads.of(wanted.channel, wanted.ts, wanted.about)
        if not known.files or _stand(slack.file, known.files):
            return known
        return self._gone(workspace, known)

    def put(
        self,
        slack: Slack,
        workspace: str,
        wanted: Upload,
        thread: str,
        made: Sequence[Made],
        *,
        still: Callable[[], bool] = lambda: True,
    ) -> None:
        """Put files into a thread, in one message, in place of older ones about the same. Runs in a job, one at a time.

        Args:
            slack: The workspace's.
            workspace: Its id.
            wanted: Where they stand, and the name of what they show.
            thread: The timestamp of the thread's first message.
            made: The files.
            still: Whether they are still right, asked at the last moment.

        Raises:
            SlackBusy: To be tried again.
        """
        with self._storage.begin(workspace) as work:
            known = work.uploads.of(wanted.channel, wanted.ts, wanted.about)
        if (
            known.files
            and known.shows == wanted.shows
            and _stand(lambda file: slack.shared_file(file, wanted.channel), known.files)
        ):
            return
        known = self.take_down(slack, workspace, known)
        files = {slack.hand_in(one.name, one.data, one.alt): one.name for one in made}
        with self._storage.begin(workspace) as work:
            work.uploads.keep(replace(wanted, files=tuple(files), turn=known.turn))
        if still():
            slack.share_files(wanted.channel, thread, files)

    def take_down(self, slack: Slack, workspace: str, upload: Upload) -> Upload:
        """Delete files of ours in Slack."""
        for file in upload.files:
            slack.delete_file(file)
        return self._gone(workspace, upload) if upload.files else upload

    def again(self, workspace: str, upload: Upload) -> None:
        """Let a job of another name put the same files there: one failed, perhaps after they stood."""
        with self._storage.begin(workspace) as work:
            work.uploads.keep(replace(upload, turn=upload.turn + 1))

    def _gone(self, workspace: str, upload: Upload) -> Upload:
        gone = replace(upload, files=(), shows="", turn=upload.turn + 1)
        with self._storage.begin(workspace) as work:
            work.uploads.keep(gone)
        return gone


def _stand(ask: Callable[[str], object], files: Sequence[str]) -> bool:
    """Whether all files are there."""
    try:
        for file in files:
            ask(file)
    except PhotoGone:
        return False
    return True
