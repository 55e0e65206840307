"""`/findphoto`, from a photo that is dropped to the picture that is shown."""

from bot.demo.records import Upload
from tests import pictures
from tests.conftest import ROOT
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.searching import find, shown


def test_a_photo_is_found_by_what_it_shows_and_by_the_text_in_it(trip: Trip) -> None:
    channel = trip.channel(detectors=("labels", "text"))
    runner = Upload("runner.jpg", (ROOT / "examples" / "02_lake_road.jpg").read_bytes())
    sign = Upload("sign.jpg", pictures.bib("HARBOUR"))
    dropped = trip.drop(channel, runner, sign)
    trip.answer(dropped)
    files = dict(zip(("runner", "sign"), dropped.files, strict=True))

    assert files["runner"] in shown(find(trip, channel, "/findphoto people -harbour"))
    assert shown(find(trip, channel, "/findphoto harbour -person")) == [files["sign"]]


@SQLITE_ALONE
def test_a_query_that_cannot_be_read_is_pointed_at(trip: Trip) -> None:
    said = find(trip, trip.slack.race.id, "/findphoto dog  txt:<b>`")

    assert said.text.startswith("I don't know txt: here.")
    assert said.blocks[0]["text"]["text"].endswith("```dog txt:&lt;b&gt;\N{MODIFIER LETTER GRAVE ACCENT}\n    ^```")
