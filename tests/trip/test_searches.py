"""What `/findbib` and `/findphoto` have in common: pages, buttons, and who may see what."""

from bot.demo.records import Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.searching import find, press, shown

pytestmark = SQLITE_ALONE


def test_photos_come_in_pages(trip: Trip) -> None:
    channel = trip.channel()
    dropped = trip.drop(channel, *(Upload(f"{n}.jpg", pictures.bib("5103", seed=n)) for n in range(7)))
    trip.answer(dropped)

    for command, said in (("findbib", "Bib 5103: 7 photos"), ("findphoto", "“5103”: 7 photos")):
        first = find(trip, channel, f"/{command} 5103")
        second = press(trip, first, f"{command}_more")

        assert first.text.startswith(said)
        assert (len(shown(first)), len(shown(second))) == (5, 2)
        assert set(shown(first)) | set(shown(second)) == set(dropped.files)


def test_sharing_shows_what_everybody_there_may_see(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(private=True), Upload("finish.jpg", pictures.bib("5106")))
    trip.answer(dropped)
    elsewhere = trip.channel()

    for command in ("findbib", "findphoto"):
        refused = press(trip, find(trip, elsewhere, f"/{command} 5106"), f"{command}_share")
        said = press(trip, find(trip, dropped.channel, f"/{command} 5106"), f"{command}_share")

        assert refused.text.startswith("Nothing of this may be shown here")
        assert trip.slack.messages(elsewhere) == []
        assert said.text == "Shared."
        shared = trip.slack.messages(dropped.channel)[-1]
        assert (shared.user, shown(shared)) == (trip.slack.bot_user_id, list(dropped.files))


def test_a_private_channels_photo_is_neither_found_nor_hinted_at_to_who_cannot_open_it(trip: Trip) -> None:
    photos = [Upload(f"{text}.jpg", pictures.bib(text)) for text in ("LAGOON", "5105")]
    dropped = trip.drop(trip.channel(private=True), *photos)
    trip.answer(dropped)
    open_to_all, guest = trip.slack.race.id, trip.slack.guest.id

    meant = find(trip, dropped.channel, "/findphoto lagoom")
    assert meant.text.endswith("Did you mean lagoon?")
    assert shown(press(trip, meant, "findphoto_page", name="lagoon")) == [dropped.files[0]]
    assert "lagoon" not in find(trip, open_to_all, "/findphoto lagoom", user=guest).text
    assert find(trip, open_to_all, "/findbib 5105", user=guest).text == (
        "I found no photo of bib 5105 in the channels that you can open."
    )


def test_a_deleted_photo_is_found_no_more(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("sign.jpg", pictures.bib("5120")))
    trip.answer(dropped)
    [file] = dropped.files
    searches = ("/findbib 5120", "/findphoto 5120")

    assert all(file in shown(find(trip, dropped.channel, search)) for search in searches)
    trip.slack.delete_file(dropped.user, file)
    trip.settle()
    assert not any(file in shown(find(trip, dropped.channel, search)) for search in searches)
