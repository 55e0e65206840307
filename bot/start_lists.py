"""The start lists that readers of bibs need: out of the database once, then from memory while they stay the same."""

import threading
from collections import OrderedDict
from typing import Final

from bot.core.channel import ChannelSettings
from bot.core.start_list import Runner, StartList
from storage import Storage

_KEPT: Final = 8
"""How many lists stay in memory; one of 100,000 runners takes some 40 MB."""


class StartLists:
    """Hands out start lists; safe to share between threads."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._lists: OrderedDict[str, StartList] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, workspace: str, channel: str, settings: ChannelSettings) -> StartList | None:
        """A channel's start list; None where it has none."""
        if not settings.start_list:
            return None
        with self._lock:
            if settings.start_list not in self._lists:
                self._lists[settings.start_list] = self._read(workspace, channel)
            self._lists.move_to_end(settings.start_list)
            while len(self._lists) > _KEPT:
                self._lists.popitem(last=False)
            return self._lists[settings.start_list]

    def _read(self, workspace: str, channel: str) -> StartList:
        with self._storage.begin(workspace) as work:
            rows = work.start_lists.rows(channel)
        return StartList({number: Runner(number, name, more) for number, name, more in rows})
