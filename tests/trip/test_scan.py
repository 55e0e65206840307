"""`/spotter scan`: an admin's list of links, from the price to the index in the thread."""

import json
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.demo.records import Message, Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip

pytestmark = SQLITE_ALONE


@pytest.fixture
def gallery(trip: Trip) -> Iterator[str]:
    """A web server with photos of bibs 1001, 1002 …; its address."""

    async def photo(request: Request) -> Response:
        return Response(pictures.bib(request.path_params["bib"]), media_type="image/jpeg")

    async def page(_: Request) -> Response:
        return Response("<html>Sorry</html>", media_type="text/html")

    routes = [Route("/gallery/{bib}.jpg", photo), Route("/gallery/page", page)]
    trip.slack.web.routes[:0] = routes
    yield f"{trip.slack.url}/gallery"
    for route in routes:
        trip.slack.web.routes.remove(route)


def ask(trip: Trip, channel: str, links: str, *, file: str = "") -> Message:
    """Fill in the modal, and read the price."""
    admin, slack = trip.slack.admin.id, trip.slack
    assert slack.command(admin, channel, "/spotter", "scan").ok
    slack.wait(lambda: any(view.content["callback_id"] == "scan" for view in slack.views(admin)))
    view = next(view for view in slack.views(admin) if view.content["callback_id"] == "scan")
    values: dict[str, object] = {"links": links, "scan_hosts": slack.file_host}
    if file:
        values["file"] = [Upload("links.txt", file.encode(), "text/plain")]
    return trip.whisper(admin, lambda: slack.submit(admin, view, values))


def begin(trip: Trip, offer: Message) -> None:
    """Agree to the price, and wait for the end."""
    trip.slack.press(trip.slack.admin.id, offer, "scan_begin")
    trip.slack.wait(lambda: bool(trip.slack.messages(offer.channel)))
    trip.settle(60)


def test_links_are_scanned_and_the_index_comes_as_csv_and_json(trip: Trip, gallery: str) -> None:
    channel = trip.channel()
    offer = ask(trip, channel, f"{gallery}/1001.jpg\n{gallery}/1002.jpg\n{gallery}/page")
    assert "3 links. Scanning costs nothing." in offer.text

    begin(trip, offer)

    [told] = trip.slack.messages(channel)
    assert told.text.startswith("2 bibs in 3 photos")
    assert "web page" in told.text
    names = [trip.slack.workspace.files[file].name for reply in trip.slack.replies(told) for file in reply.files]
    assert names == ["bibs.csv", "bibs.json"]
    index = json.loads(trip.slack.workspace.files[trip.slack.replies(told)[0].files[1]].data)
    assert sorted(index["bibs"]) == ["1001", "1002"]


def test_links_come_in_a_file_too(trip: Trip, gallery: str) -> None:
    offer = ask(trip, trip.channel(), "", file=f"# the gallery\n{gallery}/1003.jpg\n")

    assert offer.text.startswith("1 link.")


def test_a_host_that_no_admin_named_is_not_asked(trip: Trip) -> None:
    channel = trip.channel()

    begin(trip, ask(trip, channel, "https://photos.example.org/1.jpg"))

    [told] = trip.slack.messages(channel)
    assert "I can't fetch that address." in told.text


def test_a_member_is_refused(trip: Trip) -> None:
    user = trip.slack.member.id
    before = len(trip.slack.ephemerals(user))
    trip.slack.command(user, trip.channel(), "/spotter", "scan")
    trip.slack.wait(lambda: len(trip.slack.ephemerals(user)) > before)

    assert trip.slack.ephemerals(user)[-1].text == "Only workspace admins can do this."


def test_a_scan_that_was_forgotten_does_not_begin(trip: Trip, gallery: str) -> None:
    channel, admin = trip.channel(), trip.slack.admin.id
    offer = ask(trip, channel, f"{gallery}/1004.jpg")
    for action, said in (("scan_stop", "I stop after"), ("scan_begin", "has begun already, or is over")):
        trip.slack.press(admin, offer, action)
        trip.slack.wait(lambda said=said: any(said in one.text for one in trip.slack.ephemerals(admin)))  # type: ignore[misc]  # bound now

    assert trip.slack.messages(channel) == []
