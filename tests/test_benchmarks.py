"""The table of figures: how a row reads, where it stands, and that no benchmark is left out."""

from pathlib import Path

import pytest

from benchmarks.row import Row, at_least, at_most, only
from benchmarks.table import BEGIN, BENCHMARKS, END, HEAD, is_missed, with_table
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (at_most("ack", 37.26, 150, "ms"), "| ack | 37.3 ms | ≤ 150 ms | kept |"),
        (at_most("ack", 1234.5, 150, "ms"), "| ack | 1,234 ms | ≤ 150 ms | MISSED |"),
        (at_most("crashes", 0, 0, ""), "| crashes | 0 | ≤ 0 | kept |"),
        (at_least("F1", 0.98, 0.98, ""), "| F1 | 0.98 | ≥ 0.98 | kept |"),
        (at_least("F1", 0.979, 0.98, ""), "| F1 | 0.979 | ≥ 0.98 | MISSED |"),
        (only("a photo", 0.5, "s"), "| a photo | 0.5 s |  |  |"),
        (Row("a scan", "broke", "runs", kept=False), "| a scan | broke | runs | MISSED |"),
    ],
)
def test_a_row_tells_figure_goal_and_verdict(row: Row, told: str) -> None:
    assert str(row) == told
    assert is_missed(told) is not row.kept


def test_a_table_takes_the_place_of_the_one_before() -> None:
    once = with_table(f"Above.\n{BEGIN}{END}\nBelow.", "first")

    assert with_table(once, "second") == f"Above.\n{BEGIN}\n\nsecond\n\n{END}\nBelow."


def test_a_text_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="not there"):
        with_table(f"Above. {BEGIN}", "table")


def test_every_benchmark_is_in_the_table() -> None:
    files = Path(ROOT / "benchmarks").glob("*.py")

    assert sorted(file.stem for file in files if "\ndef rows(quick: bool)" in file.read_text()) == sorted(BENCHMARKS)


def test_the_readme_shows_the_table() -> None:
    _, _, rest = README.partition(BEGIN)
    lines = rest.partition(END)[0].strip().splitlines()

    assert tuple(lines[:2]) == HEAD
    assert [line for line in lines if line.count(" |") != HEAD[0].count(" |")] == [HEAD[1]]
    assert len(lines) > len(BENCHMARKS)
