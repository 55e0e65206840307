"""What is told of the photos of one message."""

from dataclasses import replace

import pytest

from bot.core.report import Line, PhotoReport, Report, only, ordered, without

UNSAFE, BIB, THINGS = Line("unsafe", "May show violence"), Line("bibs", "Bib 7"), Line("things", "a dog")
PHOTO = PhotoReport(file="F1", name="finish.jpg")


def test_lines_come_in_the_order_of_their_topics_and_else_as_they_came() -> None:
    text, more = Line("text", "It reads “FINISH”"), Line("things", "2 bicycles")

    assert ordered([text, THINGS, BIB, more, UNSAFE]) == (UNSAFE, BIB, THINGS, more, text)


@pytest.mark.parametrize(
    ("photo", "tells"),
    [
        (PHOTO, False),
        (replace(PHOTO, remarks=("It is animated.",)), False),
        (replace(PHOTO, state="waiting"), False),
        (replace(PHOTO, bibs=("7",)), True),
        (replace(PHOTO, lines=(THINGS,)), True),
        (replace(PHOTO, failures=("no budget",)), True),
        (replace(PHOTO, state="refused", refusal="too small"), True),
    ],
)
def test_a_photo_tells_something_where_something_was_found_or_failed(photo: PhotoReport, *, tells: bool) -> None:
    assert photo.tells == tells
    assert Report((PHOTO, photo)).tells == tells


def test_photos_that_are_still_looked_at_are_counted() -> None:
    waiting = replace(PHOTO, state="waiting")

    assert Report((waiting, PHOTO, waiting)).waiting == 2
    assert Report(()).waiting == 0


def test_one_topic_alone_leaves_out_everything_else_of_a_photo_and_photos_without_it() -> None:
    both = replace(PHOTO, lines=(UNSAFE, BIB), bibs=("7",), failures=("no budget",), remarks=("small",))
    harmless = replace(PHOTO, file="F2", lines=(THINGS,))

    assert only(Report((both, harmless)), "unsafe") == Report((replace(PHOTO, lines=(UNSAFE,)),))


def test_without_a_topic_every_photo_stays_with_the_rest_of_it() -> None:
    both = replace(PHOTO, lines=(UNSAFE, BIB), bibs=("7",), failures=("no budget",))
    unsafe = replace(PHOTO, file="F2", lines=(UNSAFE,))

    assert without(Report((both, unsafe)), "unsafe") == Report((replace(both, lines=(BIB,)), replace(unsafe, lines=())))
