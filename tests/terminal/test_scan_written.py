"""Facts about what `spotter scan` writes: lines, a CSV, folders by bib, keywords."""

import csv
import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from tests import pictures
from tests.paid import Paid, painted
from tests.terminal.typed import paths_of, run, said, scanned


def test_the_csv_has_a_row_for_each_bib_of_each_photo_and_no_cell_that_a_spreadsheet_runs(paid: Paid) -> None:
    Path("=cmd()|a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(painted(56))
    scanned("=cmd()|a.jpg", "b.jpg", "--csv", "index.csv", **paid.environment)
    with Path("index.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [
            ["bib", "photo", "confidence", "why"],
            ["55", "'=cmd()|a.jpg", "99.5", ""],
            ["56", "b.jpg", "99.5", ""],
        ]


def test_at_a_terminal_the_index_is_read_in_lines_without_control_characters(paid: Paid) -> None:
    Path("a\x1b[2J.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(b"")
    Path("c.jpg").write_bytes(pictures.plain())
    result = run("scan", "a\x1b[2J.jpg", "b.jpg", "c.jpg", **paid.environment)
    assert result.stdout.splitlines() == [
        "55: a\N{REPLACEMENT CHARACTER}[2J.jpg",
        "failed: b.jpg: This file is empty or damaged, so I skipped it. Please upload it again.",
        "A bib in 3 photos; 1 without a bib; 1 failed; 2 paid calls, $0.0020.",
    ]
    assert result.stderr == ""


def test_names_that_are_no_text_are_told_all_the_same(paid: Paid) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    Path(name).write_bytes(painted(55))
    assert paths_of(scanned(name, **paid.environment)["bibs"]) == {"55": [name]}
    assert run("scan", name, "--csv", "index.csv", **paid.environment).exit_code == 0


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
        assert scanned("race", "--into", "race/by bib", **paid.environment)["photos"] == 4
        assert files_in("race/by bib") == ["55/a (2).jpg", "55/a.jpg", "NOT_FOUND/c.jpg"]
        assert Path("race/by bib/55/a.jpg").samefile("race/a.jpg")
        assert Path("race/by bib/55/a (2).jpg").read_bytes() == painted(55, quality=3)


def test_copies_are_files_of_their_own_with_keywords_beside_them(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(pictures.plain())
    Path("out/55").mkdir(parents=True)
    Path("out/55/a.jpg.xmp").write_text("a photographer's own")
    scanned("a.jpg", "b.jpg", "--into", "out", "--copy", "--keywords", **paid.environment)
    assert not Path("out/55/a.jpg").samefile("a.jpg")
    assert Path("out/55/a.jpg").read_bytes() == Path("a.jpg").read_bytes()
    assert Path("out/55/a.jpg.xmp").read_text() == "a photographer's own"
    assert files_in("out") == ["55/a.jpg", "55/a.jpg.xmp", "NOT_FOUND/b.jpg"]


def test_keywords_are_what_photo_programs_read(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    scanned("a.jpg", "--into", "out", "--keywords", **paid.environment)
    items = ET.parse("out/55/a.jpg.xmp").iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")  # noqa: S314  # our own file
    assert [item.text for item in items] == ["BIB:55"]


def test_with_bibs_named_only_they_get_a_folder(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(painted(56))
    scanned("a.jpg", "b.jpg", "--into", "out", "--bib", "56", **paid.environment)
    assert files_in("out") == ["56/b.jpg"]


def test_a_folder_that_cannot_be_written_is_told_for_each_photo(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("out").mkdir()
    Path("out/55").write_text("in the way")
    index = scanned("a.jpg", "--into", "out", **paid.environment)
    assert index["failed"] == [{"photo": "a.jpg", "error": "I can't put this photo into out: File exists."}]
    assert list(index["bibs"]) == ["55"]


def test_a_csv_that_cannot_be_written_is_told_after_the_index(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    result = run("scan", "--json", "a.jpg", "--csv", "/dev/full", **paid.environment)
    assert said(result) == "I can't write /dev/full: No space left on device."
    assert list(json.loads(result.stdout)["bibs"]) == ["55"]
