"""Facts about `spotter scan`, from what is typed to what is printed."""

import csv
import json
import logging
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from tests import pictures
from tests.conftest import ROOT
from tests.loopback import answer, serving, silence
from tests.paid import Paid, painted, rekognition


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Each test stands in an empty folder, knows no account, and leaves the log as it was."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "SLACK_", "SPOTTER_", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    nowhere = {"AWS_CONFIG_FILE": "nowhere", "AWS_SHARED_CREDENTIALS_FILE": "nowhere"}
    for name, value in {**nowhere, "SPOTTER_VISION": "embedded", "SPOTTER_HOME": ".home"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def paid() -> Iterator[Paid]:
    """An Amazon Rekognition that reads colours."""
    with rekognition() as paid:
        yield paid


def run(*words: str, typed: str | None = None, **environment: str) -> Result:
    """Type a command."""
    return CliRunner().invoke(cli, ["scan", *words], env=environment, input=typed)


def index_of(*words: str, typed: str | None = None, **environment: str) -> dict[str, Any]:
    """The index as JSON, from a scan that ends well."""
    result = run("--json", *words, typed=typed, **environment)
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def photos_of(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """The paths by bib."""
    return {number: [one["photo"] for one in photos] for number, photos in found.items()}


def said(result: Result) -> str:
    """The sentence of a wrong call."""
    assert result.exit_code not in (0, None)
    assert isinstance(result.exception, SystemExit), result.exception
    return result.stderr.strip().splitlines()[-1].removeprefix("Error: ")


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
        index = index_of("./race/", "more.zip", "--from", "-", typed=listed, **local)
    assert photos_of(index["bibs"]) == {
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
    first = index_of("race", **paid.environment)
    assert (first["paid_calls"], first["cost_usd"], paid.calls) == (12, 0.012, {"DetectText": 12})
    second = index_of("race", **paid.environment)
    assert (second["paid_calls"], second["cost_usd"], paid.calls) == (0, 0, {"DetectText": 12})
    assert second["bibs"] == first["bibs"]


def test_equal_pixels_are_paid_once_though_looked_at_at_once_and_every_path_is_named(paid: Paid) -> None:
    """Eight files of the same pixels, no two of the same bytes."""
    names = [f"{quality}.png" for quality in range(1, 9)]
    for name in names:
        Path(name).write_bytes(painted(77, quality=int(name[0])))
    assert len({Path(name).read_bytes() for name in names}) > 1
    index = index_of(*names, SPOTTER_WORKERS="8", **paid.environment)
    assert (index["paid_calls"], paid.calls) == (1, {"DetectText": 1})
    assert photos_of(index["bibs"]) == {"77": names}


def test_faces_are_asked_of_rekognition_only_where_they_are_wanted(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(50))
    assert index_of("a.jpg", "--faces", **paid.environment)["paid_calls"] == 2
    assert paid.calls == {"DetectText": 1, "DetectFaces": 1}


def test_a_throttled_service_is_asked_again(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(50))
    paid.throttles = 3  # one more than a call and its own retry
    index = index_of("a.jpg", **paid.environment)
    assert (list(index["bibs"]), index["failed"]) == (["50"], [])


def test_more_than_a_hundred_paid_photos_need_a_yes(paid: Paid) -> None:
    with ZipFile("race.zip", "w") as race:
        for number in range(101):
            race.writestr(f"{number}.jpg", painted(10 + number) if number < 2 else b"no photo")
    result = run("race.zip", **paid.environment)
    assert said(result) == "Say --yes to go on."
    assert "101 photos cost at most $0.1010 with Amazon Rekognition." in result.stderr
    assert not paid.calls
    index = index_of("race.zip", "--yes", **paid.environment)
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
        index = index_of("race", "--from", "-", typed=listed, SLACK_FILE_HOSTS=web.place)
    assert photos_of(index["bibs"]) == {"1234": ["race/a.jpg"]}
    failed = {one["photo"].rpartition("/")[2]: one["error"] for one in index["failed"]}
    assert index["photos"] == len(index["failed"]) + 1 == 13
    formats = "I can read JPEG, PNG, HEIC, WebP, GIF, AVIF, BMP and TIFF. "
    damaged = "This file is empty or damaged, so I skipped it. Please upload it again."
    assert (
        failed
        == {
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
        | {"around": failed.get("around")}
        if "around" in failed
        else failed
    )


def test_bibs_that_are_named_are_kept_alone(paid: Paid) -> None:
    for number in (11, 12, 13):
        Path(f"{number}.jpg").write_bytes(painted(number))
    index = index_of("11.jpg", "12.jpg", "13.jpg", "--bib", "#12", "--bib", "13", **paid.environment)
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
    index = index_of("race", "--start-list", "race/list.csv", **paid.environment)
    assert photos_of(index["bibs"]) == {"201": ["race/201.jpg"]}
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
    assert list(index_of("a.jpg", "b.jpg", "--format", r"\d{3}", **paid.environment)["bibs"]) == ["155"]


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
    assert said(run(*words)).startswith(sentence)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.jpg"], "There is no nowhere.jpg."),
        ([], "Name what to scan: files, folders, zip files or links."),
        (["--from", "empty.txt"], "Name what to scan: files, folders, zip files or links."),
        (["empty"], "There is nothing to scan."),
        (["empty", "--copy"], "--copy and --keywords need --into DIR, a folder for the photos by bib."),
        (["empty", "--csv", "nowhere/index.csv"], "There is no folder for nowhere/index.csv."),
    ],
)
def test_a_wrong_call_is_a_sentence_and_an_exit_code(words: list[str], sentence: str) -> None:
    Path("empty").mkdir()
    Path("empty.txt").write_text("# nothing yet\n")
    assert said(run(*words)) == sentence


def test_the_csv_has_a_row_for_each_bib_of_each_photo_and_no_cell_that_a_spreadsheet_runs(paid: Paid) -> None:
    Path("=cmd()|a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(painted(56))
    index_of("=cmd()|a.jpg", "b.jpg", "--csv", "index.csv", **paid.environment)
    with Path("index.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [
            ["bib", "photo", "confidence", "why"],
            ["55", "'=cmd()|a.jpg", "99.5", ""],
            ["56", "b.jpg", "99.5", ""],
        ]


def test_at_a_terminal_the_index_is_read_in_lines_without_control_characters(paid: Paid) -> None:
    Path("a\x1b[2J.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(b"")
    result = run("a\x1b[2J.jpg", "b.jpg", **paid.environment)
    assert result.stdout.splitlines() == [
        "55: a\N{REPLACEMENT CHARACTER}[2J.jpg",
        "failed: b.jpg: This file is empty or damaged, so I skipped it. Please upload it again.",
        "A bib in 2 photos; 1 failed; 1 paid calls, $0.0010.",
    ]
    assert result.stderr == ""


def test_names_that_are_no_text_are_told_all_the_same(paid: Paid) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    Path(name).write_bytes(painted(55))
    assert photos_of(index_of(name, **paid.environment)["bibs"]) == {"55": [name]}
    assert run(name, "--csv", "index.csv", **paid.environment).exit_code == 0


def files_in(folder: str) -> list[str]:
    """Every file there."""
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


def test_each_bib_gets_a_folder_and_photos_without_one_the_last_and_nothing_is_overwritten(paid: Paid) -> None:
    """Nor scanned: the folders lie where the photos do."""
    Path("race").mkdir()
    Path("race/a.jpg").write_bytes(painted(55))
    Path("race/c.jpg").write_bytes(pictures.plain())
    with ZipFile("race/more.zip", "w") as more:
        more.writestr("../../a.jpg", painted(55, quality=3))
        more.writestr("day/a.jpg", painted(55))
    for _ in range(2):  # the second scan changes nothing
        assert index_of("race", "--into", "race/by bib", **paid.environment)["photos"] == 4
        assert files_in("race/by bib") == ["55/a (2).jpg", "55/a.jpg", "NOT_FOUND/c.jpg"]
        assert Path("race/by bib/55/a.jpg").samefile("race/a.jpg")
        assert Path("race/by bib/55/a (2).jpg").read_bytes() == painted(55, quality=3)


def test_copies_are_files_of_their_own_with_keywords_beside_them(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(pictures.plain())
    Path("out/55").mkdir(parents=True)
    Path("out/55/a.jpg.xmp").write_text("a photographer's own")
    index_of("a.jpg", "b.jpg", "--into", "out", "--copy", "--keywords", **paid.environment)
    assert not Path("out/55/a.jpg").samefile("a.jpg")
    assert Path("out/55/a.jpg").read_bytes() == Path("a.jpg").read_bytes()
    assert Path("out/55/a.jpg.xmp").read_text() == "a photographer's own"
    assert files_in("out") == ["55/a.jpg", "55/a.jpg.xmp", "NOT_FOUND/b.jpg"]


def test_keywords_are_what_photo_programs_read(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    index_of("a.jpg", "--into", "out", "--keywords", **paid.environment)
    items = ET.parse("out/55/a.jpg.xmp").iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")  # noqa: S314  # our own file
    assert [item.text for item in items] == ["BIB:55"]


def test_with_bibs_named_only_they_get_a_folder(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(painted(56))
    index_of("a.jpg", "b.jpg", "--into", "out", "--bib", "56", **paid.environment)
    assert files_in("out") == ["56/b.jpg"]


def test_a_folder_that_cannot_be_written_is_told_for_each_photo(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("out").mkdir()
    Path("out/55").write_text("in the way")
    index = index_of("a.jpg", "--into", "out", **paid.environment)
    assert index["failed"] == [{"photo": "a.jpg", "error": "I can't put this photo into out: File exists."}]
    assert list(index["bibs"]) == ["55"]


def on_terminal(*words: str, typed: str = "", **environment: str) -> tuple[int, str, str]:
    """Run a process at a terminal: its exit code, its output, and what the terminal showed beside it."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    line = [sys.executable, "-m", "bot", "scan", *words]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
    with subprocess.Popen(  # noqa: S603  # our own code
        line, env=settings, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        shown = b"".join(_until_closed(ours))
        assert process.stdout is not None
        told = process.stdout.read()
    os.close(ours)
    return process.returncode, told, shown.decode()


def _until_closed(terminal: int) -> Iterator[bytes]:
    try:
        while got := os.read(terminal, 4096):
            yield got
    except OSError:  # how Linux says that the other end is closed
        return


@pytest.mark.shared
def test_every_bad_file_has_its_sentence_and_none_ends_the_scan(paid: Paid, shared: Path) -> None:
    bad = shared / "badfiles"
    index = index_of(str(bad), "--yes", **paid.environment)
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
    index = index_of(*(str(folder / name) for name in names))
    assert (index["photos"], index["failed"], index["paid_calls"]) == (3, [], 0)
    assert index["bibs"]


def test_progress_is_shown_on_a_terminal_and_the_output_stays_clean(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(painted(56))
    code, told, shown = on_terminal("--json", "a.jpg", "b.jpg", **paid.environment)
    assert code == 0
    assert "2/2" in shown
    assert list(json.loads(told)["bibs"]) == ["55", "56"]


@pytest.mark.parametrize(("typed", "code", "calls"), [("y\n", 0, 2), ("n\n", 1, 0)])
def test_at_a_terminal_a_large_paid_scan_asks(paid: Paid, typed: str, code: int, calls: int) -> None:
    with ZipFile("race.zip", "w") as race:
        for number in range(101):
            race.writestr(f"{number}.jpg", painted(10 + number) if number < 2 else b"no photo")
    ended, _, shown = on_terminal("--json", "race.zip", typed=typed, **paid.environment)
    assert "101 photos cost at most $0.1010 with Amazon Rekognition." in shown
    assert "Go on?" in shown
    assert (ended, paid.calls["DetectText"]) == (code, calls)


def test_a_csv_that_cannot_be_written_is_told_after_the_index(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    result = run("--json", "a.jpg", "--csv", "/dev/full", **paid.environment)
    assert said(result) == "I can't write /dev/full: No space left on device."
    assert list(json.loads(result.stdout)["bibs"]) == ["55"]


def test_ctrl_c_prints_what_was_found_so_far(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    with serving({"/never.jpg": silence}) as web:
        local = {"SLACK_FILE_HOSTS": web.place, "SPOTTER_WORKERS": "1", **paid.environment}
        words = [sys.executable, "-m", "bot", "scan", "--json", "a.jpg", f"http://{web.place}/never.jpg", "later.jpg"]
        Path("later.jpg").write_bytes(painted(57))
        settings = {**os.environ, "PYTHONPATH": str(ROOT), **local}
        with subprocess.Popen(  # noqa: S603  # our own code
            words, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert web.asked.wait(30)
            process.send_signal(signal.SIGINT)
            assert process.stderr
            assert any("stopping" in line for line in process.stderr)
            web.ending.set()
            told, _ = process.communicate(timeout=30)
    index = json.loads(told)
    assert process.returncode == 130
    assert photos_of(index["bibs"]) == {"55": ["a.jpg"]}
    assert paid.calls == {"DetectText": 1}


def test_a_service_that_stays_busy_fails_the_photo_with_a_sentence(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    paid.throttles = 1_000
    index = index_of("a.jpg", **paid.environment)
    assert [one["error"] for one in index["failed"]] == [
        "The photo service is too busy. Scan again later: nothing is paid twice."
    ]
