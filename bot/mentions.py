"""`@Spotter` in a thread: a bib's photos, or what is known of the photos there."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.core import bib_query
from bot.core.report import Report
from bot.errors import AskError
from bot.replying import Place
from bot.search import Search
from bot.slack import Message, Slack
from bot.telling import Telling, for_thread
from storage import Storage

_LOOKING: Final = "I am still looking. The answer comes in this thread."
_UNKNOWN_THREAD: Final = (
    "I know no photos in this thread yet. Open the menu of the message with the photo and choose “Look at this photo”."
)


class Mentions:
    """Answers mentions; each method is a job: run at least once."""

    def __init__(self, *, storage: Storage, search: Search, slack_of: Callable[[str], Slack], telling: Telling) -> None:
        self._storage = storage
        self._search = search
        self._slack_of = slack_of
        self._telling = telling

    def answer(self, job: str, payload: Mapping[str, Any]) -> None:
        """Find a bib, where the mention asks for one; else tell what is known of the thread's photos."""
        workspace, channel, thread, ts = (payload[name] for name in ("workspace", "channel", "thread", "ts"))
        place = Place(workspace=workspace, channel=channel, key=f"mention-{ts}", thread=thread)
        if not payload["user"] or not self._slack_of(workspace).person(payload["user"]).ours:
            return
        if asked := payload["bib"]:
            message = self._found(workspace, payload["user"], channel, asked)
            self._telling.replying.tell(self._slack_of(workspace), place, job, lambda: message)
            return

        def render() -> Message:
            with self._storage.begin(workspace) as work:
                report = Report(work.shares.of_thread(channel, thread))
                settings = work.channels.settings(channel)
            if report.waiting:
                return self._telling.renderer.sentence(_LOOKING)
            if not report.photos:
                return self._telling.renderer.sentence(_UNKNOWN_THREAD)
            return self._telling.renderer.photo_reply(for_thread(report, settings), place.name)

        self._telling.replying.tell(self._slack_of(workspace), place, job, render)

    def _found(self, workspace: str, user: str, channel: str, asked: str) -> Message:
        """Photos of a bib, of those that everybody in the channel may see: they all read the answer."""
        try:
            query = bib_query.parse_search(asked)
        except AskError as error:
            return self._telling.renderer.sentence(error.say)
        return self._telling.renderer.found(self._search.find_for_all(workspace, user, channel, asked, query))
