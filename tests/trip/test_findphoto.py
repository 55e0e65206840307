"""`/findphoto`, from a photo that is dropped to the picture that is shown and shared."""

from bot.demo.records import Message, Upload
from tests import pictures
from tests.conftest import ROOT
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.test_findbib import press, shown


def find(trip: Trip, channel: str, text: str, *, user: str = "") -> Message:
    """Type `/findphoto`, and read the answer."""
    user = user or trip.slack.member.id
    trip.bot.spotter.forget_access(trip.slack.team_id, user)
    before = len(trip.slack.ephemerals(user))
    assert trip.slack.command(user, channel, "/findphoto", text).ok
    trip.slack.wait(lambda: len(trip.slack.ephemerals(user)) > before)
    return trip.slack.ephemerals(user)[-1]


def test_a_photo_is_found_by_what_it_shows_and_by_the_text_in_it(trip: Trip) -> None:
    channel = trip.channel(detectors=("labels", "text"))
    runner = Upload("runner.jpg", (ROOT / "examples" / "02_lake_road.jpg").read_bytes())
    sign = Upload("sign.jpg", pictures.bib("HARBOUR"))
    dropped = trip.drop(channel, runner, sign)
    trip.answer(dropped)
    files = dict(zip(("runner", "sign"), dropped.files, strict=True))

    assert files["runner"] in shown(find(trip, channel, "people -harbour"))
    assert shown(find(trip, channel, "harbour -person")) == [files["sign"]]


@SQLITE_ALONE
def test_photos_come_in_pages_newest_first(trip: Trip) -> None:
    channel = trip.channel()
    dropped = trip.drop(channel, *(Upload(f"{n}.jpg", pictures.bib("QUAY", seed=n)) for n in range(7)))
    trip.answer(dropped)

    first = find(trip, channel, "quay")
    second = press(trip, first, "findphoto_more")

    assert first.text.startswith("“quay”: 7 photos")
    assert (len(shown(first)), len(shown(second))) == (5, 2)
    assert set(shown(first)) | set(shown(second)) == set(dropped.files)


@SQLITE_ALONE
def test_a_private_channels_photo_is_neither_found_nor_hinted_at_to_who_cannot_open_it(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(private=True), Upload("sign.jpg", pictures.bib("LAGOON")))
    trip.answer(dropped)

    member = find(trip, dropped.channel, "lagoom")
    guest = find(trip, trip.slack.race.id, "lagoom", user=trip.slack.guest.id)

    assert member.text.endswith("Did you mean lagoon?")
    assert shown(press(trip, member, "findphoto_page", name="lagoon")) == list(dropped.files)
    assert "lagoon" not in guest.text


@SQLITE_ALONE
def test_sharing_shows_only_what_everybody_there_may_see(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(private=True), Upload("sign.jpg", pictures.bib("JETTY")))
    trip.answer(dropped)
    elsewhere = trip.channel()

    refused = press(trip, find(trip, elsewhere, "jetty"), "findphoto_share")
    said = press(trip, find(trip, dropped.channel, "jetty"), "findphoto_share")

    assert refused.text.startswith("Nothing of this may be shown here")
    assert trip.slack.messages(elsewhere) == []
    assert said.text == "Shared."
    assert shown(trip.slack.messages(dropped.channel)[-1]) == list(dropped.files)


@SQLITE_ALONE
def test_a_query_that_cannot_be_read_is_pointed_at(trip: Trip) -> None:
    said = find(trip, trip.slack.race.id, "dog  txt:<b>`")

    assert said.text.startswith("I don't know txt: here.")
    assert said.blocks[0]["text"]["text"].endswith("```dog txt:&lt;b&gt;\N{MODIFIER LETTER GRAVE ACCENT}\n    ^```")


@SQLITE_ALONE
def test_a_deleted_photo_is_found_no_more(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("sign.jpg", pictures.bib("ISLET")))
    trip.answer(dropped)

    trip.slack.delete_file(dropped.user, dropped.files[0])
    trip.settle()

    assert shown(find(trip, dropped.channel, "islet")) == []
