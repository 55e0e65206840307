"""Amazon's own samples of good and poor enrolment photos, judged as its notebook does, for what the engine can know."""

import csv
from pathlib import Path

import pytest

from bot.core.people import Person
from bot.errors import AskError
from bot.people.learning import candidate
from tests.people.office import Office

UNKNOWABLE = ("sunglasses",)
"""What the embedded engine does not tell."""


@pytest.mark.shared
def test_every_sample_is_judged_as_its_manifest_says(office: Office, shared: Path) -> None:
    person = office.known("Sam Sample")
    with (shared / "photos/manifest.csv").open() as table:
        rows = [row for row in csv.DictReader(table) if row["set"] == "faces_enrol_quality"]
    samples = [row for row in rows if row["labels"] not in UNKNOWABLE]

    judged = {row["file"]: _verdict(office, person, shared / "photos" / row["file"]) for row in samples}

    assert judged == {row["file"]: row["expect"] for row in samples}
    assert len(samples) == 6


def _verdict(office: Office, person: Person, path: Path) -> str:
    photo = office.eyes.gate.open(path.read_bytes())
    try:
        office.people.learning.learn(office.workspace, person, candidate(photo), "U1")
    except AskError:
        return "reject"
    return "accept"
