"""Slack is ill, or the database away: nothing is lost, and nothing is said twice."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import urllib3
from sqlalchemy import NullPool, create_engine, text

from bot.demo.faults import Kind
from bot.demo.records import Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip


@pytest.fixture(autouse=True)
def _well_again(trip: Trip) -> Iterator[None]:
    yield
    trip.slack.faults.clear()


@pytest.mark.parametrize(
    ("trip", "kind"),
    [("sqlite", "ratelimited"), ("sqlite", "error500"), ("sqlite", "lost"), ("postgresql", "lost")],
    indirect=["trip"],
)
def test_while_slack_does_not_take_messages_the_answer_waits_and_then_comes_once(trip: Trip, kind: Kind) -> None:
    trip.slack.faults.add("chat.postMessage", kind, times=2)

    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("9001")))

    assert trip.answer(message).text.startswith("Bib 9001")
    assert trip.slack.faults.early["chat.postMessage"] == 0


@SQLITE_ALONE
def test_while_slack_asks_to_slow_down_a_photo_in_a_thread_waits_for_its_answer(trip: Trip) -> None:
    channel = trip.channel()
    root = trip.slack.say(trip.slack.other.id, channel, "Who has photos?")
    trip.slack.faults.add("chat.postMessage", "ratelimited", retry_after=1)

    trip.drop(channel, Upload("finish.jpg", pictures.bib("9011")), thread_ts=root.ts)
    trip.slack.wait(lambda: trip.slack.faults.played["ratelimited"] > 0)
    trip.settle()

    assert [reply.text[:8] for reply in trip.slack.replies(root)] == ["", "Bib 9011"]


@SQLITE_ALONE
@pytest.mark.parametrize(
    ("method", "kind"),
    [("files.info", "ratelimited"), ("download", "error500"), ("download", "lost"), ("users.conversations", "lost")],
)
def test_while_slack_does_not_tell_of_a_photo_it_is_asked_again(trip: Trip, method: str, kind: Kind) -> None:
    trip.slack.faults.add(method, kind, times=1, retry_after=2)

    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("9021")))

    assert trip.answer(message).text.startswith("Bib 9021")
    assert trip.slack.faults.early[method] == 0


@SQLITE_ALONE
def test_while_slack_knows_nobody_an_event_is_kept_and_answered(trip: Trip) -> None:
    """Bolt answers 200 to an event that it cannot authorize, so Slack never delivers it again."""
    trip.slack.faults.add("auth.test", "error500", times=3)

    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("9031")))

    assert trip.answer(message).text.startswith("Bib 9031")


@pytest.mark.parametrize("trip", ["postgresql"], indirect=True)
def test_while_the_database_is_away_slack_gets_500_and_what_it_delivers_again_is_answered(trip: Trip) -> None:
    channel = trip.channel()
    trip.settle()
    known = len(trip.slack.deliveries)
    with _away(trip):
        message = trip.drop(channel, Upload("finish.jpg", pictures.bib("9051")))
        trip.slack.wait(lambda: len(trip.slack.deliveries) > known)
        assert trip.slack.deliveries[known].ack.status == 500
        assert _ready(trip) == 503

    assert trip.answer(message, 40).text.startswith("Bib 9051")
    assert _ready(trip) == 200


@contextmanager
def _away(trip: Trip) -> Iterator[None]:
    """Nobody can connect to the database, and nobody is connected."""
    engine = trip.bot.storage.engine
    name = engine.url.database
    admin = create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f"alter database {name} with allow_connections false"))
        connection.execute(
            text("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"), {"name": name}
        )
        try:
            yield
        finally:
            connection.execute(text(f"alter database {name} with allow_connections true"))


def _ready(trip: Trip) -> int:
    return urllib3.request("GET", f"{trip.url}/readyz").status
