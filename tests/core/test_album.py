"""Many photos in one summary."""

from bot.core.album import Album, AlbumPhoto, album_of, photo_of
from bot.core.bibs import Bib
from bot.core.evidence import Evidence
from bot.core.findings import Face
from bot.core.geometry import Box
from bot.core.people import FaceMatch
from bot.core.share import Looked, Share

NEAR, FAR = Box(0.1, 0.1, 0.4, 0.4), Box(0.8, 0.1, 0.05, 0.05)


def likeness(bits: int) -> str:
    return f"{(1 << 63) + bits:016x}"


def test_numbers_and_people_are_counted_by_photo() -> None:
    album = Album((AlbumPhoto(name="a", bibs=("12", "7"), people=("Ada",)), AlbumPhoto(name="b", bibs=("12",))))

    assert list(album.bibs.items()) == [("7", 1), ("12", 2)]
    assert album.people == {"Ada": 1}


def test_the_sharpest_with_people_are_the_best_and_no_unsafe_one() -> None:
    album = Album(
        (
            AlbumPhoto(name="road", heads=0, sharpness=99.0),
            AlbumPhoto(name="ada", digest="1", heads=1, sharpness=50.0),
            AlbumPhoto(name="ada again", digest="1", heads=1, sharpness=50.0),
            AlbumPhoto(name="bob", digest="2", heads=1, sharpness=80.0),
            AlbumPhoto(name="fight", digest="3", heads=2, sharpness=95.0, unsafe=True),
        )
    )

    assert [photo.name for photo in album.best] == ["bob", "ada"]
    assert [photo.name for photo in album.deserted] == ["road"]


def test_the_same_pixels_are_double_and_what_looks_the_same_is_alike() -> None:
    first = AlbumPhoto(name="a", digest="1", likeness=likeness(0), bibs=("12",))
    double = AlbumPhoto(name="b", digest="1", likeness=likeness(0), bibs=("12",))
    alike = AlbumPhoto(name="c", digest="2", likeness=likeness(0b111), bibs=("12",))
    other_runner = AlbumPhoto(name="d", digest="3", likeness=likeness(0), bibs=("7",))
    other_scene = AlbumPhoto(name="e", digest="4", likeness=likeness(2**60 - 1), bibs=("12",))
    plain = AlbumPhoto(name="f", digest="5", bibs=("12",))

    album = Album((first, double, alike, other_runner, other_scene, plain))

    assert album.doubles == ((first, double),)
    assert album.alike == ((first, alike),)


def test_a_shared_photo_tells_what_may_be_told() -> None:
    photo = Evidence(
        share=Share(channel="C1", ts="1.0", file="F1", name="a.jpg"),
        bibs=(Bib("12", 99.0, NEAR), Bib("7", 50.0, NEAR, state="partial")),
        found={"faces": (Face(FAR, 99.0, sharpness=90.0), Face(NEAR, 99.0, sharpness=40.0))},
        faces=(
            FaceMatch(box=NEAR, certainty="probably", name="Ada"),
            FaceMatch(box=FAR, certainty="maybe", name="Bob"),
        ),
        asked=(("detect_faces", "m"),),
        cost=1_000,
    )

    album = album_of([photo, photo])

    assert album.photos[0] == AlbumPhoto(name="a.jpg", bibs=("12",), people=("Ada",), heads=2, sharpness=40.0)
    assert album.cost == 2_000


def test_nobody_is_missed_where_nobody_counted() -> None:
    assert photo_of("a", Looked(digest="1"), counted=True).heads == 0
    assert photo_of("a", Looked(digest="1"), counted=False).heads is None
    assert photo_of("a", Looked(refusal="damaged"), counted=True).heads is None
