"""What is drawn into a photo, and how it is said."""

from bot.core.bibs import Bib
from bot.core.channel import ChannelSettings
from bot.core.evidence import Evidence, as_settled
from bot.core.findings import Celebrity, Face, Protected
from bot.core.geometry import Box
from bot.core.marks import ALT_TEXT, Mark, in_words, marks, name_of
from bot.core.people import FaceMatch
from bot.core.share import Share

ADA, BOB, CARL = (Box(left, 0.1, 0.1, 0.2) for left in (0.1, 0.4, 0.7))
PHOTO = Evidence(
    share=Share(channel="C1", ts="1.0", file="F1"),
    bibs=(
        Bib("12", 99.0, ADA),
        Bib("7", 60.0, BOB, state="partial"),
        Bib("2026", 99.0, BOB, state="refused"),
        Bib("77", 60.0, BOB, state="suggested"),
    ),
    found={
        "faces": (Face(ADA, 99.0), Face(BOB, 99.0), Face(CARL, 99.0)),
        "celebrities": (Celebrity("Grace", 98.0, CARL),),
        "protective_equipment": (Protected(BOB, "missing", {"head cover": "missing"}), Protected(ADA, "wearing", {})),
    },
    faces=(
        FaceMatch(box=ADA, certainty="probably", name="Ada"),
        FaceMatch(box=BOB, certainty="maybe", name="Bob"),
    ),
)


def test_what_matters_most_comes_first_and_each_face_once() -> None:
    shown = marks(PHOTO, [("dog", CARL)])

    assert [(mark.kind, mark.text) for mark in shown] == [
        ("bib", "12"),
        ("unsure", "7?"),
        ("person", "Ada"),
        ("celebrity", "Grace"),
        ("face", ""),
        ("equipment", "no head cover"),
        ("thing", "dog"),
    ]


def test_nobody_is_named_where_nobody_is_looked_for() -> None:
    assert "person" not in {mark.kind for mark in marks(as_settled(PHOTO, ChannelSettings()))}
    assert "person" in {mark.kind for mark in marks(as_settled(PHOTO, ChannelSettings(face_matching=True)))}


def test_the_words_tell_every_mark() -> None:
    assert in_words(marks(PHOTO, [("dog", ADA), ("dog", BOB)])) == (
        "The photo with a box around each finding. Bib: 12. Unsure bib: 7?. Person: Ada. Celebrity: Grace. "
        "A face without a name. Equipment: no head cover. Thing: dog (2 times)."
    )
    assert len(in_words([Mark("bib", str(number), ADA) for number in range(1_000)])) == ALT_TEXT


def test_marks_have_a_name_of_their_own() -> None:
    assert name_of(marks(PHOTO)) == name_of(marks(PHOTO))
    assert name_of(marks(PHOTO)) != name_of(marks(PHOTO, [("dog", ADA)]))
