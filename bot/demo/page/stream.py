"""Changes of the workspace as server-sent events: first all that there is, then each change as it happens."""

import asyncio
import json
import queue
from collections.abc import AsyncIterator, Sequence

from bot.demo.page import shown
from bot.demo.records import Change, Json
from bot.demo.workspace import CHANGES_KEPT, Workspace

SIGN_OF_LIFE_SECONDS = 15.0


class _Bridge(queue.Queue[Change]):
    """Takes changes from any thread, and wakes the event loop."""

    def __init__(self) -> None:
        super().__init__(CHANGES_KEPT)
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()

    def put_nowait(self, item: Change) -> None:
        super().put_nowait(item)
        self._loop.call_soon_threadsafe(self._woken.set)

    async def next(self) -> Change | None:
        """Wait for a change; None where nothing happened for a while."""
        while self.empty():
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), SIGN_OF_LIFE_SECONDS)
            except TimeoutError:
                return None
        return self.get_nowait()


async def events(workspace: Workspace, me: str, samples: Sequence[str]) -> AsyncIterator[str]:
    """Tell one window of one person what they see, for as long as it listens."""
    changes = _Bridge()
    workspace.subscribe(changes)
    try:
        happened: Change | None = Change("everything", me)
        while True:
            if not happened:
                yield ": still here\n\n"
            elif happened == Change("everything", me):
                yield _event({"kind": "everything", **shown.everything(workspace, me, samples)})
            elif told := shown.change(workspace, me, happened):
                yield _event(told)
            happened = await changes.next()
    finally:
        workspace.unsubscribe(changes)


def _event(told: Json) -> str:
    return f"data: {json.dumps(told)}\n\n"
