"""Somebody's own photos: those that are known, and a look through earlier ones; the price first, progress meanwhile."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import uuid4

from bot.core import money
from bot.core.job import Submit
from bot.core.people import Person
from bot.core.photo_people import FindMe
from bot.core.share import Share
from bot.core.sightings import PAGE, Page
from bot.errors import AskError, PhotoError
from bot.people.face_search import MOST_PAID, Asked, Recognised
from bot.people.photo_search import PhotoSearch
from bot.replying import Place
from bot.slack import Slack
from bot.telling import Telling
from storage import Storage

_EDIT_SECONDS: Final = 3.0
"""The progress is edited no more often than this (DESIGN §3)."""

log = logging.getLogger(__name__)


class FindingMe:
    """Finds the photos of those who agreed to be known, for themselves.

    Args:
        storage: The memory.
        search: Looks who is in a photo.
        slack_of: A workspace's Slack.
        submit: Stores a job.
        paid: Whether a look costs money.
    """

    def __init__(
        self, *, storage: Storage, search: PhotoSearch, slack_of: Callable[[str], Slack], submit: Submit, paid: bool
    ) -> None:
        self._storage = storage
        self._search = search
        self._slack_of = slack_of
        self._submit = submit
        self._paid = paid

    def photos(self, workspace: str, user: str, offset: int = 0, *, of: str = "") -> Page:
        """The photos that show somebody, newest first, of the channels that the asker can open now.

        Args:
            workspace: Its id.
            user: Who asks.
            offset: How many photos come before this page.
            of: Another member, who lets others read their name; empty for the asker.

        Raises:
            AskError: The person is not enrolled, or not to be named to others: the answer is the same.
        """
        channels = self._slack_of(workspace).visible_channels(user)
        with self._storage.begin(workspace) as work:
            person = work.people.of_user(of or user)
            if of and (person is None or not (person.show_name or of == user)):
                raise AskError("I don't know this person, or may not tell others of them.")
            return work.matches.of_person(_enrolled(person).id, channels, limit=PAGE, offset=offset)

    def offer(self, workspace: str, user: str) -> FindMe:
        """How many earlier photos may show somebody and were not looked through for them, and the most that it costs.

        Raises:
            AskError: They are not enrolled.
        """
        channels = self._channels(workspace, user)
        with self._storage.begin(workspace) as work:
            person = _enrolled(work.people.of_user(user))
            total, faces = work.find_mes.open_photos(person.id, channels, MOST_PAID)
        each, of_face = money.price("detect_faces", {}), money.price("search_users_by_image", {})
        return FindMe(user=user, total=total, price=total * each + faces * of_face if self._paid else 0)

    def start(self, workspace: str, user: str) -> None:
        """Promise to look through the earlier photos for somebody who agreed to the price.

        Raises:
            AskError: They are not enrolled, there is nothing to look through, or a look is under way.
        """
        wanted, search = self.offer(workspace, user), uuid4().hex[:12]
        if not wanted.total:
            raise AskError("There is no earlier photo left to look for you in.")
        with self._storage.begin(workspace) as work:
            if not work.find_mes.begin(search, wanted):
                raise AskError("I am looking through the earlier photos already.")
        self._submit("find_me", f"{workspace}-{search}", {"workspace": workspace, "user": user, "search": search})

    def stop(self, workspace: str, user: str) -> None:
        """Stop after the photo in hand.

        Raises:
            AskError: Nothing is under way.
        """
        with self._storage.begin(workspace) as work:
            if not work.find_mes.end(user, "", "stopped"):
                raise AskError("This look is over.")

    def run(self, telling: Telling, job: str, payload: Mapping[str, Any]) -> None:
        """Look through earlier photos: a job. Run again after a crash it goes on behind the last photo."""
        workspace, user, search = payload["workspace"], payload["user"], payload["search"]
        channels, told = self._channels(workspace, user), 0.0
        while found := self._next(workspace, user, search, channels):
            if time.monotonic() - told >= _EDIT_SECONDS:
                told = time.monotonic()
                self._tell(job, workspace, user, search, telling)
            self._look(workspace, search, *found)
        self._tell(job, workspace, user, search, telling)

    def give_up(self, telling: Telling, job: str, payload: Mapping[str, Any], _error: Exception) -> None:
        """Say how far it came; the rest can be asked for again."""
        workspace, user, search = payload["workspace"], payload["user"], payload["search"]
        with self._storage.begin(workspace) as work:
            work.find_mes.end(user, search, "stopped")
        self._tell(job, workspace, user, search, telling)

    def _next(
        self, workspace: str, user: str, search: str, channels: frozenset[str]
    ) -> tuple[Person, int, Share] | None:
        """For whom to look at which photo next; None where that is over, which is noted."""
        with self._storage.begin(workspace) as work:
            person, known = work.people.of_user(user), work.find_mes.get(user, search)
            if person is None or known is None or known[0].state != "running":
                return None
            if photo := work.find_mes.next_photo(person.id, channels, after=known[1]):
                return person, *photo
            work.find_mes.end(user, search, "done")
            return None

    def _look(self, workspace: str, search: str, person: Person, number: int, share: Share) -> None:
        """Look for one person in one photo; what is seen of others there is not kept."""
        found = self._searched(workspace, person, share)
        match = next((face for face in found.faces if face.person == person.id), None)
        with self._storage.begin(workspace) as work:
            if found.failures:
                work.find_mes.end(person.user, search, "stopped")
                return
            work.find_mes.looked(person.user, search, number, found=match is not None)
            if match:
                work.matches.add(share, match)

    def _searched(self, workspace: str, person: Person, share: Share) -> Recognised:
        asked = Asked(by=person.user, channel=share.channel, file=share.file)
        try:
            _, found = self._search(workspace, self._slack_of(workspace).file(share.file), asked)
        except PhotoError as error:
            log.info("%s: %s", share.file, error)
            return Recognised(())
        return found

    def _tell(self, job: str, workspace: str, user: str, search: str, telling: Telling) -> None:
        with self._storage.begin(workspace) as work:
            known = work.find_mes.get(user, search)
        if known:
            place = Place(workspace=workspace, channel=user, key=f"find-me-{search}")
            message = telling.renderer.find_me_progress(known[0])
            telling.replying.tell(self._slack_of(workspace), place, job, lambda: message)

    def _channels(self, workspace: str, user: str) -> frozenset[str]:
        """The channels that somebody can open now and in which people are looked for."""
        channels = self._slack_of(workspace).visible_channels(user)
        with self._storage.begin(workspace) as work:
            return frozenset(channel for channel in channels if work.channels.settings(channel).face_matching)


def _enrolled(person: Person | None) -> Person:
    if person is None or person.state != "enrolled":
        raise AskError("I don't know your face yet. Type /faces me to read what that means, and to agree.")
    return person
