"""Bibs found again, for one person: only in channels that they can open now; shared only where everybody may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.core import bib_query
from bot.core.bib_query import Name, Numbers, Pattern, Query, Unnumbered
from bot.core.sightings import PAGE, NearMiss, Page
from bot.slack import Slack
from storage import Storage, Work

_MOST_NEAR: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search brought.

    Attributes:
        asked: What was typed.
        query: What it was understood to mean.
        page: Photos, best first.
        near: Where nothing was found: what may be meant.
        cards: Whether the clients here show carousels of cards; image blocks are shown by all.
    """

    asked: str
    query: Query
    page: Page
    near: tuple[NearMiss, ...] = ()
    cards: bool = False


class Search:
    """Searches a workspace's photos.

    Args:
        storage: The memory.
        slack_of: The door to a workspace's Slack.
        cards: Whether its clients show carousels of cards.
    """

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], *, cards: bool = False) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._cards = cards

    def find(self, workspace: str, user: str, asked: str, query: bib_query.Search, *, offset: int = 0) -> Found:
        """Photos for one person.

        Raises:
            SlackError: Slack does not tell which channels they can open: then nothing is shown.
        """
        channels = self._slack_of(workspace).visible_channels(user)
        return self._found(workspace, asked, query, channels, offset)

    def find_for_all(
        self, workspace: str, user: str, channel: str, asked: str, query: bib_query.Search, *, offset: int = 0
    ) -> Found:
        """Photos that everybody in a channel may see, of those that the asker sees: from there, or from public ones."""
        channels = self._slack_of(workspace).showable_channels(user, channel)
        return self._found(workspace, asked, query, channels, offset)

    def find_public(self, workspace: str, asked: str, query: bib_query.Search) -> Found:
        """Photos for nobody in particular: only of public channels."""
        return self._found(workspace, asked, query, self._slack_of(workspace).public_channels(), 0)

    def watch(self, workspace: str, user: str, number: str) -> bool:
        """Tell somebody whenever a bib turns up; False where that is so already."""
        with self._storage.begin(workspace) as work:
            return work.watches.add(user, number)

    def unwatch(self, workspace: str, user: str, number: str) -> bool:
        """Tell somebody no more of a bib; False where nobody did."""
        with self._storage.begin(workspace) as work:
            return work.watches.remove(user, number)

    def watches(self, workspace: str, user: str) -> tuple[str, ...]:
        """The bibs that somebody watches."""
        with self._storage.begin(workspace) as work:
            return work.watches.of(user)

    def _found(
        self, workspace: str, asked: str, query: bib_query.Search, channels: frozenset[str], offset: int
    ) -> Found:
        with self._storage.begin(workspace) as work:
            page = _page(work, query, channels, offset)
            near = () if page.total else _near(work, query, channels)
        return Found(asked=asked, query=query, page=page, near=near, cards=self._cards)


def _page(work: Work, query: bib_query.Search, channels: frozenset[str], offset: int) -> Page:
    where: dict[str, Any] = {"limit": PAGE, "offset": offset}
    match query:
        case Numbers(numbers):
            return work.bibs.find(numbers, channels, **where)
        case Pattern(pattern):
            return work.bibs.matching(pattern, channels, **where)
        case Name(name):
            return work.bibs.of_name(name, channels, **where)
        case Unnumbered():
            return work.bibs.without_bib(channels, **where)


def _near(work: Work, query: bib_query.Search, channels: frozenset[str]) -> tuple[NearMiss, ...]:
    match query:
        case Numbers((number,)):
            return work.bibs.near(number, channels, limit=_MOST_NEAR)
        case _:
            return ()
