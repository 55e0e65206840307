"""Photos found again by who is in them: for whom, and what is noted."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from slack_sdk import WebClient

from bot.core.library_query import parse
from bot.core.people import FaceMatch
from bot.demo.server import LocalSlack
from bot.errors import NotAllowed
from bot.library import Library, PhotosFound
from bot.slack import Slack
from storage import Storage
from tests.people.known import agree
from tests.storage.found import BOX, put


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as slack:
        slack.workspace.subscriptions.clear()  # there is no bot to tell
        yield slack


@pytest.fixture
def storage(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


@pytest.fixture
def library(slack: LocalSlack, storage: Storage) -> Library:
    door = Slack(WebClient(slack.bot_token, base_url=slack.api_url))
    return Library(storage, lambda _: door)


def know(slack: LocalSlack, storage: Storage, name: str, *, user: str = "", show_name: bool = True) -> None:
    """Somebody who agreed to be known, with a photo of them in the race's channel."""
    person = agree(storage, name, workspace=slack.team_id, user=user, show_name=show_name)
    share = put(storage, f"F-{name}", workspace=slack.team_id, channel=slack.race.id)
    with storage.begin(slack.team_id) as work:
        work.matches.keep(share, [FaceMatch(box=BOX, certainty="probably", person=person)])


def names(found: PhotosFound) -> list[str]:
    return [one.share.file for one in found.page.sightings]


def test_a_person_is_found_by_a_part_of_the_name_and_can_read_who_looked(
    slack: LocalSlack, storage: Storage, library: Library
) -> None:
    know(slack, storage, "zoë ada runner")

    found = library.find(slack.team_id, slack.member.id, parse('person:"ada zoe"'))

    assert names(found) == ["F-zoë ada runner"]
    with storage.begin(slack.team_id) as work:
        [act] = work.audit.about("p-zoë ada runner")
    assert (act.actor, act.act) == (slack.member.id, "search")


def test_who_is_not_to_be_named_is_not_found_and_the_answer_is_that_for_a_stranger(
    slack: LocalSlack, storage: Storage, library: Library
) -> None:
    know(slack, storage, "ada", show_name=False)

    hidden, stranger = (library.find(slack.team_id, slack.member.id, parse(f"person:{who}")) for who in ("ada", "eve"))

    assert (names(hidden), names(stranger)) == ([], [])
    assert [one.near for one in hidden.missing] == [one.near for one in stranger.missing] == [()]


def test_everybody_finds_themselves_and_shares_that_only_where_they_may_be_named(
    slack: LocalSlack, storage: Storage, library: Library
) -> None:
    know(slack, storage, "mia", user=slack.member.id, show_name=False)
    me = parse("person:me")

    assert names(library.find(slack.team_id, slack.member.id, me)) == ["F-mia"]
    assert names(library.find(slack.team_id, slack.other.id, me)) == []
    assert names(library.find_for_all(slack.team_id, slack.member.id, slack.race.id, me)) == []


def test_a_member_who_is_mentioned_is_found(slack: LocalSlack, storage: Storage, library: Library) -> None:
    know(slack, storage, "mia", user=slack.member.id)

    found = library.find(slack.team_id, slack.other.id, parse(f"person:<@{slack.member.id}|mia>"))

    assert names(found) == ["F-mia"]


def test_guests_look_for_no_people(slack: LocalSlack, library: Library) -> None:
    with pytest.raises(NotAllowed, match="Guests"):
        library.find(slack.team_id, slack.guest.id, parse("-person:ada"))


def test_a_query_that_finds_nothing_tells_which_part_is_at_fault(
    slack: LocalSlack, storage: Storage, library: Library
) -> None:
    know(slack, storage, "ada")

    found = library.find(slack.team_id, slack.member.id, parse("person:ada bib:77 -dog"))

    assert [one.wanted.kind for one in found.missing] == ["bib"]
