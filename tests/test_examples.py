"""The example pictures may ship, are what their tables say, and pass the gate."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.gate import Gate

EXAMPLES = Path(__file__).parent.parent / "examples"
PICTURES = sorted(EXAMPLES.glob("*.jpg"))
PORTRAITS = sorted(EXAMPLES.glob("people/*.jpg"))


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.close()


def rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_at_least_six_and_every_one_has_its_truth() -> None:
    assert len(PICTURES) >= 6
    assert [row["file"] for row in rows("truth.csv")] == [picture.name for picture in PICTURES]


def test_every_picture_has_a_licence() -> None:
    licence = (EXAMPLES / "LICENSE.md").read_text()

    assert "MIT-0" in licence
    assert "CC0" in licence
    shipped = [picture.relative_to(EXAMPLES) for picture in (*PICTURES, *PORTRAITS)]
    assert [picture for picture in shipped if f"| {picture} |" not in licence] == []


def test_the_portraits_for_the_enrolment_are_small() -> None:
    assert len(PORTRAITS) == 4
    assert all(portrait.stat().st_size <= 60_000 for portrait in PORTRAITS)


def test_every_bib_is_on_the_start_list_and_some_starters_are_in_no_picture() -> None:
    starters = [row["bib"] for row in rows("startlist.csv")]
    seen = {bib for row in rows("truth.csv") for bib in row["bibs"].split()}

    assert len(set(starters)) == len(starters)
    assert seen < set(starters)
    assert {len(bib) for bib in seen} == {2, 3, 4, 5}


def test_one_picture_has_nobody_with_a_bib_and_one_runner_is_seen_twice() -> None:
    bibs = [row["bibs"].split() for row in rows("truth.csv")]
    seen = [bib for found in bibs for bib in found]

    assert [] in bibs
    assert len(seen) > len(set(seen))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_every_picture_is_small_and_passes_the_gate(gate: Gate, picture: Path) -> None:
    data = picture.read_bytes()
    photo = gate.open(data)

    assert len(data) <= 300_000
    assert 1200 <= photo.original_width <= 1600
    assert not photo.small


def test_the_pictures_were_taken_in_the_order_of_their_names(gate: Gate) -> None:
    taken = [gate.open(picture.read_bytes()).taken for picture in PICTURES]

    assert None not in taken
    assert taken == sorted(taken, key=str)
