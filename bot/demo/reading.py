"""What can be seen in the workspace, and waiting until it is there."""

from collections import deque
from collections.abc import Callable
from queue import Queue

from bot.demo.records import Call, Change, Message, Status, View
from bot.demo.transcript import picture, plain
from bot.demo.workspace import Workspace


class Reading:
    """Looks into a workspace. Users and channels go by their ids."""

    workspace: Workspace

    def messages(self, channel: str) -> list[Message]:
        """The top level of a channel, oldest first; replies are in their threads."""
        return self.workspace.messages(channel)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """A message and its replies, oldest first."""
        return self.workspace.thread(channel, ts)

    def replies(self, message: Message) -> list[Message]:
        """The replies to a message, oldest first."""
        return [each for each in self.workspace.thread(message.channel, message.ts) if each.ts != message.ts]

    def ephemerals(self, user: str) -> list[Message]:
        """What only this person sees, oldest first."""
        with self.workspace.changed:
            return [message for message in self.workspace.ephemerals if message.only_for == user]

    def views(self, user: str) -> list[View]:
        """The modals that this person has open; the last is on top."""
        with self.workspace.changed:
            return [view for view in self.workspace.views.values() if view.user == user and view.is_open]

    def home(self, user: str) -> View | None:
        """This person's App Home, if the app has written it."""
        return self.workspace.homes.get(user)

    @property
    def statuses(self) -> deque[Status]:
        """Everything the bot said it was doing."""
        return self.workspace.statuses

    @property
    def calls(self) -> deque[Call]:
        """The newest calls of the Web API."""
        return self.workspace.calls

    def calls_of(self, method: str) -> list[Call]:
        """The newest calls of one method."""
        with self.workspace.changed:
            return [call for call in self.workspace.calls if call.method == method]

    def subscribe(self) -> Queue[Change]:
        """Start a queue of everything that changes from now on."""
        return self.workspace.subscribe()

    def unsubscribe(self, changes: Queue[Change]) -> None:
        """Stop a queue of changes."""
        self.workspace.unsubscribe(changes)

    def text(self, message: Message) -> str:
        """A message as the plain text that a person reads."""
        return plain(self, message)

    def wait(self, is_so: Callable[[], bool], timeout: float = 10.0) -> None:
        """Wait until something is so, looking again at each change.

        Args:
            is_so: What must become true.
            timeout: In seconds.

        Raises:
            TimeoutError: It did not; the message shows what there is instead.
        """
        if not self.workspace.wait(is_so, timeout):
            raise TimeoutError(f"not so after {timeout} s; there is:\n{picture(self)}")
