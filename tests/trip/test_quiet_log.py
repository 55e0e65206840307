"""What the log of a whole trip tells, at its closest, and what it never does."""

import re

import pytest

from bot import log
from bot.demo.records import Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip


@SQLITE_ALONE
def test_the_log_of_a_trip_holds_no_secret_no_picture_and_no_word_of_it(
    trip: Trip, capsys: pytest.CaptureFixture[str]
) -> None:
    slack, photo = trip.slack, pictures.bib("ZEPHYR")
    log.start("DEBUG", [slack.signing_secret])

    said = trip.answer(trip.drop(trip.channel(), Upload("finish.jpg", photo)))

    told = capsys.readouterr().err
    assert "ZEPHYR" in said.text
    assert re.search(r"DEBUG bot\.gate \[\w{8}\]: Opened a JPEG", told)
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret, "Bearer", "xox", "ZEPHYR", r"\xff\xd8"):
        assert secret not in told
    assert not [word for word in told.split() if len(word) > 200]  # a picture in letters is one word
