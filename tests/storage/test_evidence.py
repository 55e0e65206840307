"""What was found in a photo is read back as it was found, whatever kind it is of."""

from dataclasses import is_dataclass
from typing import Any, Final

import pytest

from bot.core import findings
from bot.core.findings import Celebrity, Color, Face, ImageQuality, Label, Protected, Unsafe, Word
from storage import Storage
from tests.storage.found import BOX, put

FOUND: Final[tuple[Any, ...]] = (
    Celebrity("Ada Runner", 98.5, BOX, ("www.example.org/ada",)),
    Color("blue", "#0000FF", 42.5),
    Face(BOX, 99.0, yaw=-12.5, sharpness=80.0, attributes={"Smile": ("yes", 98.5)}),
    ImageQuality(60.0, 70.0, 80.0),
    Label("Bicycle", 90.5, (BOX,), ("Vehicle",), ("Bike",), ("Transport",)),
    Protected(BOX, "missing", {"head cover": "missing"}),
    Unsafe("Blood", "Violence", 77.0),
    Word("1234", 95.0, BOX, line=3, angle=1.5),
)
NEVER_STORED: Final = {"Box", "Tally"}


def test_there_is_an_example_of_every_kind() -> None:
    kinds = {name for name, one in vars(findings).items() if isinstance(one, type) and is_dataclass(one)}

    assert {type(one).__name__ for one in FOUND} == kinds - NEVER_STORED


@pytest.mark.parametrize("finding", FOUND, ids=lambda one: type(one).__name__)
def test_a_finding_is_read_back_as_it_was_found(storage: Storage, finding: object) -> None:
    share = put(storage, "F1", found={"detector": (finding,)})

    with storage.begin("T1") as work:
        [photo] = work.evidence.of_message(share.channel, share.ts)

    assert photo.found == {"detector": (finding,)}
