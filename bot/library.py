"""Photos found again by what they show, for one person: only in channels that they can open now."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Final

from bot.core import names
from bot.core.library_query import LibraryQuery, Wanted
from bot.core.people import Person, recognisable
from bot.core.photo_terms import spelled
from bot.core.sightings import PAGE, Page
from bot.errors import NotAllowed
from bot.slack import Slack
from storage import Storage, Work
from storage.library import MOST_COUNTED

_MOST_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a query that no photo shows, and words that photos do show and that may be meant."""

    wanted: Wanted
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotosFound:
    """What a search brought.

    Attributes:
        query: What was asked for.
        page: Photos, newest first.
        missing: Where nothing was found: what no photo shows. Empty where each part is shown, but not all together.
        cards: Whether the clients here show carousels of cards.
    """

    query: LibraryQuery
    page: Page
    missing: tuple[Missing, ...] = ()
    cards: bool = False

    @property
    def uncounted(self) -> bool:
        """Whether there are more photos than were counted."""
        return self.page.total > MOST_COUNTED


class Library:
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

    def find(self, workspace: str, user: str, query: LibraryQuery, *, offset: int = 0) -> PhotosFound:
        """Photos for one person.

        Raises:
            NotAllowed: A guest asks for a person.
            SlackError: Slack does not tell which channels they can open: then nothing is shown.
        """
        channels = self._slack_of(workspace).visible_channels(user)
        return self._found(workspace, _Asker(user), query, channels, offset)

    def find_for_all(
        self, workspace: str, user: str, channel: str, query: LibraryQuery, *, offset: int = 0
    ) -> PhotosFound:
        """Photos that everybody in a channel may see, of those that the asker sees: from there, or from public ones.

        By a person only those are found who let others read their name, be it the asker.
        """
        channels = self._slack_of(workspace).showable_channels(user, channel)
        return self._found(workspace, _Asker(user, for_all=True), query, channels, offset)

    def _found(
        self, workspace: str, asker: "_Asker", query: LibraryQuery, channels: frozenset[str], offset: int
    ) -> PhotosFound:
        self._check(workspace, asker, query)
        with self._storage.begin(workspace) as work:
            people = _people(work, asker, query)
            page = work.library.find(query, channels, people, limit=PAGE, offset=offset)
            missing = () if page.total else _missing(work, query, channels, people)
        return PhotosFound(query=query, page=page, missing=missing, cards=self._cards)

    def _check(self, workspace: str, asker: "_Asker", query: LibraryQuery) -> None:
        if _names(query):
            person = self._slack_of(workspace).person(asker.user)
            if person.guest or person.stranger:
                raise NotAllowed("Guests and people of other companies can't look for people.")


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks, and whether everybody in a channel will read the answer."""

    user: str
    for_all: bool = False

    def means(self, person: Person, name: str) -> bool:
        """Whether a person may be found by a name: their own, a part of it, their Slack id, or `me`."""
        own = bool(person.user) and person.user == self.user
        if not person.show_name and (self.for_all or not own):
            return False
        return own if name.casefold() == "me" else name == person.user or _fits(name, person.name)


def _fits(name: str, whole: str) -> bool:
    """Whether each word begins a word of the whole name; case and accents do not count."""
    words = names.words(name)
    return bool(words) and all(f" {word}" in names.key(whole) for word in words)


def _names(query: LibraryQuery) -> frozenset[str]:
    return frozenset(one.value for one in query.wanted if one.kind == "person")


def _people(work: Work, asker: _Asker, query: LibraryQuery) -> Mapping[str, Collection[str]]:
    """Who is meant by each name; that somebody was looked for is noted for them to read."""
    if not _names(query):
        return {}
    known = recognisable(work.people.everybody(), datetime.now(UTC).replace(tzinfo=None)).values()
    meant = {name: [one.id for one in known if asker.means(one, name)] for name in sorted(_names(query))}
    for person in dict.fromkeys(person for persons in meant.values() for person in persons):
        work.audit.note(asker.user, "search", person)
    return meant


def _missing(
    work: Work, query: LibraryQuery, channels: frozenset[str], people: Mapping[str, Collection[str]]
) -> tuple[Missing, ...]:
    """Which parts no photo shows at all; what may be meant is of photos that the asker can open, too."""
    wanted = [one for one in query.wanted if not one.without]
    alone = [
        one for one in wanted if not work.library.find(LibraryQuery(wanted=(one,)), channels, people, limit=1).total
    ]
    known = work.library.words(channels) if any(one.terms for one in alone) else frozenset()
    return tuple(Missing(one, _near(one, known)) for one in alone)


def _near(wanted: Wanted, known: Collection[str]) -> tuple[str, ...]:
    if not wanted.terms or wanted.kind in ("celebrity", "quality"):
        return ()
    return tuple(get_close_matches(" ".join(spelled(wanted.value)), sorted(known), _MOST_NEAR))
