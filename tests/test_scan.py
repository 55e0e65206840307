"""Facts about scanning as such: the order of results, how much lies in memory, zips, and what the index asserts."""

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from bot.core.bibs import Bib, State
from bot.core.geometry import Box
from bot.core.share import Looked
from bot.errors import PhotoError
from bot.scan import scan
from bot.scan.index import Index
from bot.scan.sources import Source, lines_of, sources

BOX = Box(0.4, 0.4, 0.2, 0.2)


def bib(number: str, state: State, confidence: float = 90.0) -> Bib:
    """A bib somewhere."""
    return Bib(number, confidence, BOX, state)


def test_results_come_in_the_order_given_though_looks_end_in_any() -> None:
    """The first look ends only when the second has."""
    second = threading.Event()

    def look(data: bytes) -> Looked:
        assert data != b"0" or second.wait(10)
        second.set()
        return Looked(digest=data.decode())

    given = [Source(str(number), str(number).encode) for number in range(4)]
    assert [one.looked.digest for one in scan(given, look, workers=2)] == ["0", "1", "2", "3"]


def test_however_many_pictures_there_are_only_a_few_are_ahead() -> None:
    begun = 0

    def endless() -> Iterator[Source]:
        nonlocal begun
        while True:
            begun += 1
            yield Source(str(begun), lambda: b"picture")

    results = scan(endless(), lambda _: Looked(), workers=3)
    for taken in range(1, 5_000):
        next(results)
        assert begun - taken <= 6
    results.close()  # type: ignore[attr-defined]  # it is a generator


def test_on_ctrl_c_what_is_in_hand_is_finished_and_handed_back() -> None:
    """It may be paid for."""
    pressed = threading.Event()

    def given() -> Iterator[Source]:
        yield Source("in hand", lambda: b"")
        pressed.set()
        raise KeyboardInterrupt

    results = scan(given(), lambda _: Looked(digest=str(pressed.wait(10))), workers=2)
    assert next(results).looked.digest == "True"
    with pytest.raises(KeyboardInterrupt):
        next(results)


def test_a_bug_in_one_look_ends_nothing_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def look(data: bytes) -> Looked:
        return Looked(digest=str(1 / len(data)))

    first, second = scan([Source("a", lambda: b""), Source("b", lambda: b"x")], look, workers=1)
    assert first.looked.refusal == "Something went wrong on my side with this photo; the log tells more."
    assert second.looked.digest == "1.0"
    assert "ZeroDivisionError" in caplog.text


def test_bytes_are_kept_only_of_what_is_no_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"on disk")
    given = sources([str(tmp_path / "a.jpg"), "https://race.test/b.jpg"], fetch=lambda _: b"fetched")
    assert [one.data for one in scan(given, lambda _: Looked(), workers=1)] == [b"", b"fetched"]


def test_a_list_may_have_comments_and_empty_lines() -> None:
    assert lines_of(["# race\n", "\n", "  a b.jpg \n", "https://race.test/c.jpg#part\n"]) == [
        "a b.jpg",
        "https://race.test/c.jpg#part",
    ]


def read(path: Path) -> dict[str, bytes | str]:
    """What is in a zip by name: bytes, or why not."""
    return {source.name.removeprefix(str(path)): _bytes_or_why(source) for source in sources([str(path)], _no_links)}


def _no_links(_: str) -> bytes:
    raise AssertionError


def _bytes_or_why(source: Source) -> bytes | str:
    try:
        return source.read()
    except PhotoError as error:
        return error.say


@pytest.fixture
def packed(tmp_path: Path) -> Callable[..., Path]:
    """Makes zips."""

    def pack(*members: tuple[str, bytes], kind: int = ZIP_STORED) -> Path:
        path = tmp_path / "photos.zip"
        with ZipFile(path, "w", kind) as opened:
            for name, data in members:
                opened.writestr(ZipInfo(name), data, kind)
        return path

    return pack


def test_members_are_named_by_the_path_inside_and_hidden_ones_are_not_tried(packed: Callable[..., Path]) -> None:
    path = packed(("b.jpg", b"1"), ("day/a.jpg", b"2"), ("day/", b""), (".b.jpg", b"3"), ("__MACOSX/b.jpg", b"4"))
    assert read(path) == {"/b.jpg": b"1", "/day/a.jpg": b"2"}


def test_no_name_in_a_zip_becomes_a_path(packed: Callable[..., Path], tmp_path: Path) -> None:
    path = packed(("../../slipped.jpg", b"1"), ("/etc/passwd", b"2"), ("../photos.zip", b"3"))
    assert read(path) == {"/../../slipped.jpg": b"1", "//etc/passwd": b"2", "/../photos.zip": b"3"}
    assert [file.name for file in tmp_path.iterdir()] == ["photos.zip"]


def test_two_hundred_files_are_opened_and_no_more(packed: Callable[..., Path]) -> None:
    members = [(f"{number}.jpg", b"1") for number in range(201)]
    assert len(read(packed(*members[:200]))) == 200
    assert read(packed(*members)) == {"": "This zip file holds more than 200 files, so I did not open it."}


def test_an_end_record_that_lies_about_the_number_is_not_believed(packed: Callable[..., Path]) -> None:
    path = packed(*[(f"{number}.jpg", b"1") for number in range(201)])
    data = bytearray(path.read_bytes())
    data[-14:-10] = b"\1\0\1\0"
    path.write_bytes(data)
    assert read(path) == {"": "This zip file holds more than 200 files, so I did not open it."}


def test_a_directory_too_long_to_read_is_not_read(packed: Callable[..., Path]) -> None:
    path = packed(("a.jpg", b"1"))
    data = bytearray(path.read_bytes())
    data[-10:-6] = (2**31).to_bytes(4, "little")
    path.write_bytes(data)
    assert read(path) == {"": "This zip file holds more than 200 files, so I did not open it."}


@pytest.mark.parametrize("cut", [40, 70])
def test_a_damaged_zip_is_told(packed: Callable[..., Path], cut: int) -> None:
    path = packed(("a.jpg", b"1" * 20))
    path.write_bytes(path.read_bytes()[:cut])
    assert read(path) == {"": "This zip file is damaged, so I skipped it."}


def test_members_that_no_photographer_packs_are_refused_one_by_one(packed: Callable[..., Path]) -> None:
    inner = io.BytesIO()
    with ZipFile(inner, "w") as opened:
        opened.writestr("a.jpg", b"1")
    noise = bytes(range(256)) * 2
    path = packed(("bomb.jpg", bytes(1_000_000)), ("in.zip", inner.getvalue()), ("a.jpg", noise), kind=ZIP_DEFLATED)
    assert read(path) == {
        "/bomb.jpg": "This file shrinks too well to be a photo, so I did not unpack it.",
        "/in.zip": "I don't open a zip within a zip.",
        "/a.jpg": noise,
    }
    assert read(packed(("a.jpg", b"1"), kind=ZIP_BZIP2)) == {
        "/a.jpg": "This file is packed in a way that I don't open."
    }
    big = packed(("big.jpg", bytes(25 * 1024 * 1024 + 1)))
    assert read(big) == {"/big.jpg": "This file is too big for me (limit 25 MB)."}


@pytest.mark.parametrize(
    ("at", "value", "why"),
    [
        (6, 1, "This file is locked with a password."),
        (30 + 5, 99, "This file is empty or damaged, so I skipped it. Please upload it again."),
    ],
)
def test_locked_and_damaged_members_are_told(packed: Callable[..., Path], at: int, value: int, why: str) -> None:
    """A flag in both headers; a byte of the contents."""
    path = packed(("a.jpg", b"1" * 20))
    data = bytearray(path.read_bytes())
    for start in (at, data.index(b"PK\1\2") + at + 2)[: 2 if at == 6 else 1]:
        data[start] = value
    path.write_bytes(data)
    assert read(path) == {"/a.jpg": why}


@pytest.mark.shared
def test_no_hostile_zip_of_the_shared_files_brings_more_than_photos(shared: Path) -> None:
    zips = sorted((shared / "badfiles").rglob("*.zip"))
    assert zips
    for path in zips:
        assert all(isinstance(got, str) or len(got) <= 25 * 1024 * 1024 for got in read(path).values())


STATES = (bib("1", "listed"), bib("2", "read"), bib("3", "partial"), bib("4", "suggested"), bib("5", "refused"))


def test_without_a_start_list_what_is_read_is_asserted() -> None:
    index = Index()
    assert index.add("a.jpg", Looked(bibs=STATES)) == ["1", "2"]
    told = index.as_json()
    assert list(told["bibs"]) == ["1", "2"]
    assert {number: one["why"] for number, [one] in told["unsure"].items()} == {"3": "partial", "4": "suggested"}


def test_with_a_start_list_only_its_numbers_are_asserted() -> None:
    index = Index(listed=True)
    assert index.add("a.jpg", Looked(bibs=STATES)) == ["1"]
    unsure = {number: one["why"] for number, [one] in index.unsure.items()}
    assert unsure == {"2": "unlisted", "3": "partial", "4": "suggested"}


def test_a_number_twice_in_a_photo_is_told_once_with_the_better_confidence() -> None:
    index = Index()
    index.add("a.jpg", Looked(bibs=(bib("7", "read", 80.04), bib("7", "read", 91.26))))
    assert index.bibs == {"7": [{"photo": "a.jpg", "confidence": 91.3}]}


def test_what_could_not_be_asked_is_a_failure_beside_what_was_found() -> None:
    index = Index()
    index.add("a.jpg", Looked(bibs=(bib("7", "read"),), failures=("The budget is used up.",), paid_calls=1, cost=1_000))
    index.add("b.jpg", Looked(refusal="No photo."))
    told = index.as_json()
    assert told["failed"] == [
        {"photo": "a.jpg", "error": "The budget is used up."},
        {"photo": "b.jpg", "error": "No photo."},
    ]
    assert (told["photos"], told["paid_calls"], told["cost_usd"], list(told["bibs"])) == (2, 1, 0.001, ["7"])


def test_numbers_are_in_order_of_length_and_leading_zeros_count() -> None:
    index = Index()
    index.add("a.jpg", Looked(bibs=tuple(bib(number, "read") for number in ("012", "12", "7", "100"))))
    assert list(index.as_json()["bibs"]) == ["7", "12", "012", "100"]
