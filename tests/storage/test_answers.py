"""A question that was answered is not asked again."""

from dataclasses import replace
from typing import Any

import pytest

from storage import Storage
from storage.answers import Question

ASKED = Question(digest="d1", operation="detect_text", options="o1", model="rekognition")
ANSWER: dict[str, Any] = {"TextDetections": [{"DetectedText": "ZIEL – 42 ☃", "Confidence": 99.25, "Id": 0}]}


def keep(storage: Storage, answer: dict[str, Any]) -> None:
    with storage.begin("T1") as work:
        work.answers.keep(ASKED, answer)


def test_an_answer_comes_back_as_it_was_given(storage: Storage) -> None:
    keep(storage, ANSWER)

    with storage.begin("T1") as work:
        assert work.answers.to(ASKED) == ANSWER


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, digest="d2"),
        replace(ASKED, operation="detect_labels"),
        replace(ASKED, options="o2"),
        replace(ASKED, model="embedded"),
    ],
    ids=["photo", "operation", "options", "model"],
)
def test_another_question_has_no_answer(storage: Storage, other: Question) -> None:
    keep(storage, ANSWER)

    with storage.begin("T1") as work:
        assert work.answers.to(other) is None


def test_another_workspace_has_no_answer(storage: Storage) -> None:
    keep(storage, ANSWER)

    with storage.begin("T2") as work:
        assert work.answers.to(ASKED) is None


def test_the_newer_answer_stays(storage: Storage) -> None:
    keep(storage, ANSWER)
    keep(storage, {"TextDetections": []})

    with storage.begin("T1") as work:
        assert work.answers.to(ASKED) == {"TextDetections": []}
