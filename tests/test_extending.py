"""The examples of docs/extending.md work as they stand, in a copy of the house."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.conftest import ROOT

EXAMPLE: Final = re.compile(r"`([\w/]+\.(?:py|json))`\n\n```(?:python|json)\n(.*?)```", re.DOTALL)
TRY: Final = """
import json
from pathlib import Path

from bot import eyes
from bot.core.channel import ChannelSettings
from bot.core.photo import Photo
from bot.detectors import every_detector
from bot.looking import Looking
from bot.settings import read_settings
from bot.vision import always
from handlers import every_handle
from handlers.kinds import Ask, Command
from handlers.manifest import manifest

DARK = {"Quality": {"Brightness": 5.0, "Sharpness": 90.0, "Contrast": 50.0}}
SIZE = {"width": 800, "height": 600, "original_width": 800, "original_height": 600}
PHOTO = Photo(data=b"a picture", digest="1", kind="JPEG", **SIZE)

with eyes.eyes(read_settings(home=Path("home"), vision="embedded")) as seeing:
    engine = always.connect({"DetectLabels": {"Labels": [], "ImageProperties": DARK}})
    looking = Looking(engine, seeing.storage, cap=0, workers=1)
    looked = looking.look("T1", PHOTO, ChannelSettings(detectors=("sharpness",)))
    looking.close()
    command = next(one for one in every_handle() if isinstance(one, Command) and one.name == "/budget")
    said = command.answer(Ask(workspace="T1", user="U1", channel="C1"), seeing.spotter).text

print(json.dumps({
    "detectors": [*every_detector()],
    "lines": [line.text for line in looked.lines],
    "commands": [one["command"] for one in manifest()["features"]["slash_commands"]],
    "said": said,
}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house that has the examples in it."""
    house = tmp_path_factory.mktemp("house")
    for folder in ("bot", "handlers", "storage", "tests/answers"):
        shutil.copytree(ROOT / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__", "page"))
    shutil.copy(ROOT / "tests" / "test_detectors.py", house / "tests")
    for path, code in EXAMPLE.findall((ROOT / "docs" / "extending.md").read_text()):
        assert not (house / path).exists(), f"{path} is an example no more: it is there"
        (house / path).write_text(code)
    return house


@pytest.fixture(scope="module")
def extended(house: Path) -> dict[str, Any]:
    """What it tells."""
    told: dict[str, Any] = json.loads(run(house, "-", typed=TRY))
    return told


def run(house: Path, *words: str, typed: str = "") -> str:
    """What Python prints in a house, where all goes well."""
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    command = [sys.executable, *words]
    ran = subprocess.run(  # noqa: S603  # this very Python
        command, input=typed, cwd=house, env=unmeasured, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_a_detector_is_found_by_being_there_and_tells_what_it_sees(extended: dict[str, Any]) -> None:
    """The engine of the third example sees a dark picture."""
    assert "sharpness" in extended["detectors"]
    assert extended["lines"] == ["This picture is very dark"]


def test_a_detector_passes_the_tests_of_every_detector_with_an_answer_of_its_own(house: Path) -> None:
    wanted = "sharpness or nothing_found or recordings_have"
    run(house, "-m", "pytest", "-q", "--noconftest", "-c", os.devnull, "-k", wanted, "tests/test_detectors.py")


def test_a_command_is_found_by_being_there_and_answers(extended: dict[str, Any]) -> None:
    assert "/budget" in extended["commands"]
    assert extended["said"] == "$25.00 of $25.00 are left this month."
