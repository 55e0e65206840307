"""A real Socket Mode client gets events, commands and interactions, and comes again when it is asked to."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Queue

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.demo.server import LocalSlack
from tests.demo.conftest import PHOTO


@dataclass
class Wired:
    """A Bolt app that notes each file it hears of, with the number of the try."""

    slack: LocalSlack
    app: App
    heard: "Queue[tuple[str, str]]" = field(default_factory=Queue)
    connections: list[SocketModeHandler] = field(default_factory=list)

    def open(self) -> None:
        """Open one more connection."""
        opened = self.slack.sockets.opened
        self.connections.append(handler := SocketModeHandler(self.app, self.slack.app_token))
        handler.client.connect()
        self.slack.wait(lambda: self.slack.sockets.opened > opened)

    def close(self) -> None:
        """Close all of them; the client takes a second or two for each, so all at once."""
        with ThreadPoolExecutor() as threads:
            list(threads.map(lambda handler: handler.client.close(), self.connections))


@pytest.fixture(scope="module")
def wired() -> Iterator[Wired]:
    """An app with one open connection, shared by the tests because closing it is slow."""
    with LocalSlack(retry_scale=0.001) as slack:
        app = App(client=WebClient(slack.bot_token, base_url=slack.api_url))
        wired = Wired(slack, app)

        @app.event("file_shared")
        def hear(event: dict[str, str], request: object) -> None:
            wired.heard.put((event["file_id"], getattr(request, "headers", {})["x-slack-retry-num"][0]))

        app.command("/spotter")(lambda ack, command: ack(f"you said {command['text']}"))
        wired.open()
        yield wired
        wired.close()


def test_a_photo_arrives_over_the_socket_and_its_first_try_is_number_0(wired: Wired) -> None:
    photo = wired.slack.drop(wired.slack.member.id, wired.slack.race.id, [PHOTO])
    assert wired.heard.get(timeout=5) == (photo.files[0], "0")
    wired.slack.wait(lambda: wired.slack.pending == 0)
    assert wired.slack.deliveries[-1].ack.ok


def test_a_second_delivery_says_which_try_it_is(wired: Wired) -> None:
    photo = wired.slack.drop(wired.slack.member.id, wired.slack.race.id, [PHOTO])
    wired.heard.get(timeout=5)
    wired.slack.wait(lambda: wired.slack.pending == 0)
    wired.slack.redeliver(1)
    assert wired.heard.get(timeout=5) == (photo.files[0], "1")


def test_an_ack_can_carry_the_answer_to_a_command(wired: Wired) -> None:
    assert wired.slack.command(wired.slack.member.id, wired.slack.race.id, "/spotter", "look").ok
    assert [each.text for each in wired.slack.ephemerals(wired.slack.member.id)] == ["you said look"]


def test_an_app_that_is_asked_to_come_again_opens_another_connection(wired: Wired) -> None:
    opened = wired.slack.sockets.opened
    wired.slack.sockets.disconnect()
    wired.slack.wait(lambda: wired.slack.sockets.opened > opened)
    photo = wired.slack.drop(wired.slack.member.id, wired.slack.race.id, [PHOTO])
    wired.slack.wait(lambda: wired.slack.pending == 0)
    assert wired.slack.deliveries[-1].ack.ok
    # While it changes connections the client can be too slow for the first try; then it hears of the photo twice.
    tries = sum(photo.files[0] in str(each.parcel.payload) for each in wired.slack.deliveries)
    assert {wired.heard.get(timeout=5)[0] for _ in range(tries)} == set(photo.files)


def test_each_event_goes_to_one_of_several_connections(wired: Wired) -> None:
    wired.open()
    photos = wired.slack.drop(wired.slack.member.id, wired.slack.race.id, [PHOTO] * 6)
    wired.slack.wait(lambda: wired.slack.pending == 0)
    assert sorted(wired.heard.get(timeout=5)[0] for _ in photos.files) == list(photos.files)
    assert wired.heard.empty()


def test_without_a_connection_an_event_is_tried_four_times_in_all(slack: LocalSlack) -> None:
    slack.drop(slack.member.id, slack.race.id, [PHOTO])
    slack.wait(lambda: slack.pending == 0)
    assert [each.ack.reason for each in slack.deliveries] == ["connection_failed"] * 4


def test_each_address_is_new(slack: LocalSlack, client: WebClient) -> None:
    addresses = {str(client.apps_connections_open(app_token=slack.app_token)["url"]) for _ in range(2)}
    assert len(addresses) == 2
    assert all(address.startswith("ws://127.0.0.1:") for address in addresses)
