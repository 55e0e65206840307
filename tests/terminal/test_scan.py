"""Facts about `spotter scan`, from what is typed to the index."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests import pictures
from tests.loopback import answer, serving, silence
from tests.paid import Paid, painted
from tests.terminal.typed import paths_of, run, said, scanned


def test_files_folders_zips_links_and_lists_end_in_one_index_under_the_names_given(paid: Paid) -> None:
    Path("race/finish/.git").mkdir(parents=True)
    Path("race/finish/a.jpg").write_bytes(painted(101))
    Path("race/finish/.git/hidden.jpg").write_bytes(painted(999))
    Path("race/.hidden.jpg").write_bytes(painted(999))
    Path("race/photo-without-suffix").write_bytes(painted(102))
    Path("alone.jpg").write_bytes(painted(103))
    with ZipFile("more.zip", "w") as more:
        more.writestr("day 1/b.jpg", painted(104))
    with serving({"/c.jpg": answer(painted(105))}) as web:
        link = f"http://{web.place}/c.jpg"
        listed = f"# from the photographer\n\nalone.jpg\n  {link}\r\n"
        local = {"SLACK_FILE_HOSTS": web.place, **paid.environment}
        index = scanned("./race/", "more.zip", "--from", "-", typed=listed, **local)
    assert paths_of(index["bibs"]) == {
        "101": ["./race/finish/a.jpg"],
        "102": ["./race/photo-without-suffix"],
        "103": ["alone.jpg"],
        "104": ["more.zip/day 1/b.jpg"],
        "105": [link],
    }
    assert (index["photos"], index["failed"], index["unsure"]) == (5, [], {})
    assert index["bibs"]["101"] == [{"photo": "./race/finish/a.jpg", "confidence": 99.5}]


def test_a_second_scan_costs_nothing_and_finds_the_same(paid: Paid) -> None:
    Path("race").mkdir()
    for number in range(20, 32):
        Path(f"race/{number}.jpg").write_bytes(painted(number))
    first = scanned("race", **paid.environment)
    assert (first["paid_calls"], first["cost_usd"], paid.calls) == (12, 0.012, {"DetectText": 12})
    second = scanned("race", **paid.environment)
    assert (second["paid_calls"], second["cost_usd"], paid.calls) == (0, 0, {"DetectText": 12})
    assert second["bibs"] == first["bibs"]


def test_equal_pixels_are_paid_once_though_looked_at_at_once_and_every_path_is_named(paid: Paid) -> None:
    """Eight files of the same pixels, no two of the same bytes."""
    names = [f"{quality}.png" for quality in range(1, 9)]
    for name in names:
        Path(name).write_bytes(painted(77, quality=int(name[0])))
    assert len({Path(name).read_bytes() for name in names}) > 1
    index = scanned(*names, SPOTTER_WORKERS="8", **paid.environment)
    assert (index["paid_calls"], paid.calls) == (1, {"DetectText": 1})
    assert paths_of(index["bibs"]) == {"77": names}


def test_faces_are_asked_of_rekognition_only_where_they_are_wanted(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(50))
    assert scanned("a.jpg", "--faces", **paid.environment)["paid_calls"] == 2
    assert paid.calls == {"DetectText": 1, "DetectFaces": 1}


def test_a_throttled_service_is_asked_again(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(50))
    paid.throttles = 3  # one more than a call and its own retry
    index = scanned("a.jpg", **paid.environment)
    assert (list(index["bibs"]), index["failed"]) == (["50"], [])


def test_more_than_a_hundred_paid_photos_need_a_yes(paid: Paid) -> None:
    with ZipFile("race.zip", "w") as race:
        for number in range(101):
            race.writestr(f"{number}.jpg", painted(10 + number) if number < 2 else b"no photo")
    result = run("scan", "race.zip", **paid.environment)
    assert said(result) == "Say --yes to go on."
    assert "101 photos cost at most $0.1010 with Amazon Rekognition." in result.stderr
    assert not paid.calls
    index = scanned("race.zip", "--yes", **paid.environment)
    assert (index["photos"], index["paid_calls"]) == (101, 2)


def test_one_photo_that_fails_does_not_stop_the_others() -> None:
    Path("race").mkdir()
    Path("race/a.jpg").write_bytes(pictures.bib("1234"))
    Path("race/empty.jpg").write_bytes(b"")
    Path("race/notes.jpg").write_bytes(b"Buy film.")
    Path("race/page.jpg").write_bytes(b"<!doctype html><title>Sign in</title>")
    Path("race/half.jpg").write_bytes(pictures.bib("1235")[:9000])
    Path("race/sheet.pdf").write_bytes(b"%PDF-1.7")
    Path("race/lost.jpg").symlink_to("nowhere.jpg")
    Path("race/circle").symlink_to("circle")
    Path("race/around").symlink_to("../race")
    os.mkfifo("race/pipe")
    with serving({"/silence": silence}) as web:
        listed = (
            f"gone.jpg\nhttp://{web.place}/none.jpg\nhttp://169.254.169.254/latest/meta-data/\nftp://a.test/a.jpg\n"
        )
        index = scanned("race", "--from", "-", typed=listed, SLACK_FILE_HOSTS=web.place)
    assert paths_of(index["bibs"]) == {"1234": ["race/a.jpg"]}
    failed = {one["photo"].rpartition("/")[2]: one["error"] for one in index["failed"]}
    assert index["photos"] == len(index["failed"]) + 1 == 13
    formats = "I can read JPEG, PNG, HEIC, WebP, GIF, AVIF, BMP and TIFF. "
    damaged = "This file is empty or damaged, so I skipped it. Please upload it again."
    assert failed == {
        "empty.jpg": damaged,
        "half.jpg": damaged,
        "notes.jpg": formats + "This looks like a text file.",
        "page.jpg": formats + "This looks like a web page.",
        "sheet.pdf": formats + "This looks like a PDF.",
        "lost.jpg": "I can't read this file: No such file or directory.",
        "circle": "I can't read this file: Too many levels of symbolic links.",
        "pipe": "This is neither a file nor a folder.",
        "gone.jpg": "I can't read this file: No such file or directory.",
        "none.jpg": "There is no photo at that address any more (404).",
        "": "I can't fetch that address.",
        "a.jpg": "I can't fetch that address.",
    }


def test_bibs_that_are_named_are_kept_alone(paid: Paid) -> None:
    for number in (11, 12, 13):
        Path(f"{number}.jpg").write_bytes(painted(number))
    index = scanned("11.jpg", "12.jpg", "13.jpg", "--bib", "#12", "--bib", "13", **paid.environment)
    assert list(index["bibs"]) == ["12", "13"]
    assert index["photos"] == 3


def test_with_a_start_list_only_its_bibs_are_asserted_and_lists_in_folders_are_no_photos(paid: Paid) -> None:
    """A list in Latin-1 with semicolons, as an old program writes it."""
    Path("race").mkdir()
    Path("race/list.csv").write_bytes("Startnummer;Name\n201;Zoë\n333;Bo\n".encode("latin-1"))
    Path("race/other list.csv").write_text("bib,name\n900,Al\n")
    Path("race/table.csv").write_text("photo,light\nsunny,12\n")
    for number in (201, 331, 580):
        Path(f"race/{number}.jpg").write_bytes(painted(number))
    index = scanned("race", "--start-list", "race/list.csv", **paid.environment)
    assert paths_of(index["bibs"]) == {"201": ["race/201.jpg"]}
    unsure = {(number, one["photo"], one["why"]) for number, found in index["unsure"].items() for one in found}
    assert unsure == {
        ("331", "race/331.jpg", "unlisted"),
        ("333", "race/331.jpg", "suggested"),
        ("580", "race/580.jpg", "unlisted"),
    }
    assert [one["photo"] for one in index["failed"]] == ["race/table.csv"]
    assert index["photos"] == 4


def test_with_a_format_only_what_fits_is_a_bib(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(painted(155))
    assert list(scanned("a.jpg", "b.jpg", "--format", r"\d{3}", **paid.environment)["bibs"]) == ["155"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["empty", "--format", "??"], "The mask ?? would match every word"),
        (["empty", "--start-list", "empty.txt"], "Line 1 of the start list"),
    ],
)
def test_a_format_or_a_list_that_is_none_is_told_before_anything_is_looked_at(words: list[str], sentence: str) -> None:
    Path("empty").mkdir()
    Path("empty.txt").write_text("# nothing yet\n")
    assert said(run("scan", *words)).startswith(sentence)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.jpg"], "There is no nowhere.jpg."),
        ([], "Name what to scan: files, folders, zip files or links."),
        (["--from", "empty.txt"], "Name what to scan: files, folders, zip files or links."),
        (["empty"], "There is nothing to scan."),
        (["empty", "--copy"], "--copy and --keywords need --into DIR, a folder for the photos by bib."),
        (["empty", "--csv", "nowhere/index.csv"], "There is no folder for nowhere/index.csv."),
        (["empty", "--into", "empty.txt/out"], "I can't make the folder empty.txt/out: Not a directory."),
    ],
)
def test_a_wrong_call_is_a_sentence_and_an_exit_code(words: list[str], sentence: str) -> None:
    Path("empty").mkdir()
    Path("empty.txt").write_text("# nothing yet\n")
    assert said(run("scan", *words)) == sentence


@pytest.mark.shared
def test_every_bad_file_has_its_sentence_and_none_ends_the_scan(paid: Paid, shared: Path) -> None:
    bad = shared / "badfiles"
    index = scanned(str(bad), "--yes", **paid.environment)
    tried = {str(file) for file in bad.rglob("*") if file.is_file() and file.suffix != ".zip"}
    failed = {one["photo"] for one in index["failed"]}
    assert index["photos"] >= len(tried) > 300
    assert len(failed & tried) > 100
    assert not [one for one in index["failed"] if "my side" in one["error"]]
    assert index["paid_calls"] == paid.calls["DetectText"] <= len(tried - failed) + 20


@pytest.mark.shared
def test_numbers_on_real_runners_are_read(shared: Path) -> None:
    folder = shared / "photos" / "bibs_rbnr_set1"
    names = sorted(path.name for path in folder.glob("*.JPG"))[:3]
    index = scanned(*(str(folder / name) for name in names))
    assert (index["photos"], index["failed"], index["paid_calls"]) == (3, [], 0)
    assert index["bibs"]


def test_a_service_that_stays_busy_fails_the_photo_with_a_sentence(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    paid.throttles = 1_000
    index = scanned("a.jpg", **paid.environment)
    assert [one["error"] for one in index["failed"]] == [
        "The photo service is too busy. Scan again later: nothing is paid twice."
    ]
