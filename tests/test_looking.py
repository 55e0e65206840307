"""Questions to one photo: asked in parallel, each once, paid exactly. Only the eyes are invented."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from threading import Barrier, Lock
from typing import Any, Final

import pytest
from sqlalchemy import select

from bot.core import money
from bot.core.channel import ChannelSettings
from bot.core.photo import Photo
from bot.detectors import Answer
from bot.errors import BudgetSpent, NotStored, VisionBusy, VisionCannot, VisionDenied, VisionError
from bot.looking import Looking
from storage import Storage
from storage.models import AnswerRow, PaceRow, SpendRow
from storage.spend import Spend
from tests.pictures import bib
from tests.storage.at_once import at_once

BOX: Final = {"Left": 0.1, "Top": 0.1, "Width": 0.2, "Height": 0.2}
CHEST: Final = {"Left": 0.1, "Top": 0.45, "Width": 0.2, "Height": 0.08}
FACE: Final = {"BoundingBox": BOX, "Confidence": 99.5}
ANSWERS: Final[Mapping[str, Answer]] = {
    "detect_labels": {"Labels": [{"Name": "Bicycle", "Confidence": 98.0}]},
    "detect_text": {
        "TextDetections": [
            {"Id": 0, "Type": "WORD", "DetectedText": "1234", "Confidence": 99.0, "Geometry": {"BoundingBox": CHEST}},
        ]
    },
    "detect_faces": {"FaceDetails": [FACE]},
    "recognize_celebrities": {
        "CelebrityFaces": [{"Name": "Ada", "MatchConfidence": 99.0, "Face": FACE, "Urls": []}],
    },
    "detect_moderation_labels": {"ModerationLabels": []},
}
DEFAULT: Final = ChannelSettings()
TEXT: Final = ChannelSettings(detectors=("text",))
FACES: Final = ChannelSettings(detectors=("faces",))
PHOTO: Final = Photo(
    data=b"jpeg", width=1024, height=768, original_width=2048, original_height=1536, kind="JPEG", digest="d1"
)
CROWD: Final = replace(PHOTO, data=bib("1234"), digest="crowd")
"""A real picture, with six faces of which five show no number."""
ALLOWED: Final = ChannelSettings(detectors=("text", "faces"), extra_looks=True)
DOLLAR: Final = 1_000_000
CALL: Final = 1_000


class Eyes:
    """Answers what it was told to, and counts."""

    name = "Amazon Rekognition"
    model = "m1"
    region = "us-east-1"

    def __init__(self, *, paid: bool = True, **errors: Exception) -> None:
        self.paid = paid
        self.answers = dict(ANSWERS)
        self.errors: dict[str, Exception] = dict(errors)
        self.asked: list[str] = []
        self.together: Barrier | None = None
        self._lock = Lock()

    def look(self, operation: str, image: bytes, options: Mapping[str, Any]) -> Answer:
        """Note the question, and answer it."""
        assert isinstance(options, dict)
        with self._lock:
            self.asked.append(operation)
        if self.together and operation != "recognize_celebrities":
            self.together.wait()
        if error := self.errors.get(operation if image in (PHOTO.data, CROWD.data) else "again"):
            raise error
        return self.answers[operation]

    def can(self, operation: str) -> bool:
        """Everything."""
        return operation in self.answers


@pytest.fixture
def looking(storage: Storage) -> Iterator[Callable[..., Looking]]:
    """Makes what looks, on one and the same memory."""
    made: list[Looking] = []

    def make(eyes: Eyes, cap: int = DOLLAR) -> Looking:
        made.append(Looking(eyes, storage, cap=cap, workers=4))
        return made[-1]

    yield make
    for one in made:
        one.close()


def spend(storage: Storage) -> Spend:
    with storage.engine.connect() as connection:
        months = connection.execute(select(SpendRow.reserved, SpendRow.spent)).all()
    return Spend(sum(row.reserved for row in months), sum(row.spent for row in months))


def test_what_is_found_is_told_the_most_important_first(looking: Callable[..., Looking]) -> None:
    looked = looking(Eyes()).look("T1", PHOTO, DEFAULT)

    assert (looked.digest, looked.width, looked.height) == ("d1", 2048, 1536)
    assert [it.number for it in looked.bibs] == ["1234"]
    assert [line.topic for line in looked.lines] == ["celebrities", "things", "faces"]
    assert {name: len(found) for name, found in looked.found.items()} == {
        "labels": 1,
        "text": 1,
        "faces": 1,
        "celebrities": 1,
        "moderation": 0,
    }
    assert looked.failures == looked.cannot == looked.remarks == ()


def test_detectors_ask_at_the_same_time(looking: Callable[..., Looking]) -> None:
    eyes = Eyes()
    eyes.together = Barrier(4, timeout=10)

    looking(eyes).look("T1", PHOTO, DEFAULT)

    assert len(eyes.asked) == 5


def test_photos_are_looked_at_side_by_side(looking: Callable[..., Looking]) -> None:
    eyes = Eyes()
    eyes.together = Barrier(16, timeout=10)
    looks = looking(eyes)

    at_once(4, lambda number: looks.look("T1", replace(PHOTO, digest=f"d{number}"), DEFAULT))

    assert len(eyes.asked) == 20


def test_celebrities_are_asked_for_only_after_a_face_was_found(looking: Callable[..., Looking]) -> None:
    eyes = Eyes()
    looking(eyes).look("T1", PHOTO, DEFAULT)
    assert eyes.asked.index("recognize_celebrities") > eyes.asked.index("detect_faces")

    eyes = Eyes()
    eyes.answers["detect_faces"] = {"FaceDetails": []}
    looked = looking(eyes).look("T1", replace(PHOTO, digest="d2"), DEFAULT)
    assert "recognize_celebrities" not in eyes.asked
    assert looked.found["celebrities"] == ()


def test_where_faces_are_not_looked_for_celebrities_are_asked_for_all_the_same(
    looking: Callable[..., Looking],
) -> None:
    eyes = Eyes()

    looking(eyes).look("T1", PHOTO, ChannelSettings(detectors=("celebrities",)))

    assert eyes.asked == ["recognize_celebrities"]


def test_a_channel_without_detectors_asks_nothing(looking: Callable[..., Looking]) -> None:
    eyes = Eyes()

    assert looking(eyes).look("T1", PHOTO, ChannelSettings(detectors=())).found == {}
    assert eyes.asked == []


def test_an_answer_is_asked_for_once_also_in_the_next_life(looking: Callable[..., Looking], storage: Storage) -> None:
    first, second = Eyes(), Eyes()
    before = looking(first).look("T1", PHOTO, DEFAULT)
    after = looking(second).look("T1", PHOTO, DEFAULT)

    assert second.asked == []
    assert after == replace(before, paid_calls=0, cost=0)
    assert spend(storage) == Spend(0, 5 * CALL)


def test_another_workspace_photo_model_or_option_is_asked_again(looking: Callable[..., Looking]) -> None:
    eyes, other = Eyes(), Eyes()
    other.model = "m2"
    looking(eyes).look("T1", PHOTO, TEXT)

    looking(eyes).look("T2", PHOTO, TEXT)
    looking(eyes).look("T1", replace(PHOTO, digest="d2"), TEXT)
    looking(other).look("T1", PHOTO, TEXT)
    assert eyes.asked + other.asked == ["detect_text"] * 4

    looking(eyes).look("T1", PHOTO, FACES)
    looking(eyes).look("T1", PHOTO, replace(FACES, attributes=("smile",)))
    assert eyes.asked.count("detect_faces") == 2


def test_a_free_engine_reserves_nothing_and_waits_for_nothing(
    looking: Callable[..., Looking], storage: Storage
) -> None:
    looked = looking(Eyes(paid=False), cap=0).look("T1", PHOTO, FACES)

    assert (looked.paid_calls, looked.cost) == (0, 0)
    with storage.engine.connect() as connection:
        assert connection.execute(select(SpendRow)).all() == []
        assert connection.execute(select(PaceRow)).all() == []


def test_paid_calls_are_settled_to_the_last_micro_dollar(looking: Callable[..., Looking], storage: Storage) -> None:
    looked = looking(Eyes()).look("T1", PHOTO, replace(DEFAULT, image_properties=True))

    assert (looked.paid_calls, looked.cost) == (5, 5 * CALL + money.IMAGE_PROPERTIES)
    assert spend(storage) == Spend(reserved=0, spent=looked.cost)


@pytest.mark.parametrize("error", [VisionError("refused"), VisionDenied("no credentials")])
def test_what_could_not_be_asked_is_said_and_costs_nothing_and_the_rest_is_told(
    looking: Callable[..., Looking], storage: Storage, error: VisionError
) -> None:
    looked = looking(Eyes(detect_labels=error, detect_moderation_labels=error)).look("T1", PHOTO, DEFAULT)

    assert looked.failures == (error.say,)
    assert [line.topic for line in looked.lines] == ["celebrities", "faces"]
    assert looked.paid_calls == 3
    assert spend(storage) == Spend(reserved=0, spent=3 * CALL)


def test_where_faces_failed_celebrities_are_not_asked_for(looking: Callable[..., Looking]) -> None:
    eyes = Eyes(detect_faces=VisionError("refused"))

    looked = looking(eyes).look("T1", PHOTO, DEFAULT)

    assert looked.failures == ("refused",)
    assert "recognize_celebrities" not in eyes.asked


def test_a_detector_that_lacks_a_setting_says_so_and_asks_nothing(looking: Callable[..., Looking]) -> None:
    eyes = Eyes()

    looked = looking(eyes).look("T1", PHOTO, ChannelSettings(detectors=("custom_labels",)))

    assert looked.failures == ("No model of your own is named for this channel; an admin can name one.",)
    assert eyes.asked == []


def test_what_this_engine_cannot_do_is_no_failure(looking: Callable[..., Looking], storage: Storage) -> None:
    cannot = VisionCannot("Celebrities need Amazon Rekognition.")

    looked = looking(Eyes(recognize_celebrities=cannot)).look("T1", PHOTO, DEFAULT)

    assert (looked.cannot, looked.failures) == ((cannot.say,), ())
    assert spend(storage) == Spend(0, 4 * CALL)


def test_a_busy_engine_is_asked_later_and_only_what_it_did_not_answer(
    looking: Callable[..., Looking], storage: Storage
) -> None:
    eyes = Eyes(detect_faces=VisionBusy())
    looks = looking(eyes)
    with pytest.raises(VisionBusy):
        looks.look("T1", PHOTO, DEFAULT)
    assert sorted(eyes.asked) == ["detect_faces", "detect_labels", "detect_moderation_labels", "detect_text"]
    assert spend(storage) == Spend(reserved=0, spent=3 * CALL)

    eyes.errors.clear()
    eyes.asked.clear()
    looked = looks.look("T1", PHOTO, DEFAULT)

    assert eyes.asked == ["detect_faces", "recognize_celebrities"]
    assert looked.paid_calls == 2


def test_a_call_without_an_answer_counts_as_spent(looking: Callable[..., Looking], storage: Storage) -> None:
    with pytest.raises(VisionBusy):
        looking(Eyes(detect_text=VisionBusy(unanswered=True))).look("T1", PHOTO, TEXT)

    assert spend(storage) == Spend(reserved=0, spent=CALL)


def test_a_call_that_ended_in_a_bug_counts_as_spent(looking: Callable[..., Looking], storage: Storage) -> None:
    with pytest.raises(ZeroDivisionError):
        looking(Eyes(detect_text=ZeroDivisionError("a bug"))).look("T1", PHOTO, TEXT)

    assert spend(storage) == Spend(reserved=0, spent=CALL)


def test_a_throttle_slows_everybody_in_that_operation_alone(looking: Callable[..., Looking], storage: Storage) -> None:
    with pytest.raises(VisionBusy):
        looking(Eyes(detect_text=VisionBusy(after=30.0))).look("T1", PHOTO, TEXT)

    assert storage.pace.take("us-east-1:detect_text", 40.0) == pytest.approx(30.0, abs=2.0)
    assert storage.pace.take("us-east-1:detect_faces", 40.0) == 0.0


def test_paid_calls_are_spaced_at_four_fifths_of_the_quota(looking: Callable[..., Looking], storage: Storage) -> None:
    eyes = Eyes()
    eyes.region = "eu-central-1"  # 5 calls a second
    looks = looking(eyes)
    began = time.monotonic()
    for number in range(3):
        looks.look("T1", replace(PHOTO, digest=f"d{number}"), TEXT)

    assert time.monotonic() - began >= 0.45  # a quarter of a second apart, on the database's clock
    with storage.engine.connect() as connection:
        assert connection.scalars(select(PaceRow.name)).all() == ["eu-central-1:detect_text"]


def test_a_reached_cap_is_said_and_stored_answers_still_come(looking: Callable[..., Looking], storage: Storage) -> None:
    looking(Eyes()).look("T1", PHOTO, TEXT)
    eyes = Eyes()

    looked = looking(eyes, cap=CALL).look("T1", PHOTO, DEFAULT)

    assert looked.failures == (BudgetSpent().say,)
    assert [it.number for it in looked.bibs] == ["1234"]
    assert eyes.asked == []
    assert spend(storage) == Spend(0, CALL)


def test_sixteen_threads_pay_to_the_cap_and_not_beyond(looking: Callable[..., Looking], storage: Storage) -> None:
    eyes = Eyes()
    looks = looking(eyes, cap=23 * CALL)

    looked = at_once(16, lambda number: looks.look("T1", replace(PHOTO, digest=f"d{number}"), DEFAULT))

    assert len(eyes.asked) == sum(one.paid_calls for one in looked) == 23
    assert spend(storage) == Spend(reserved=0, spent=23 * CALL)


def test_a_photo_that_s3_does_not_take_is_looked_at_smaller(looking: Callable[..., Looking], storage: Storage) -> None:
    eyes = Eyes(again=NotStored("bucket"))

    looked = looking(eyes).look("T1", replace(PHOTO, large=b"larger"), TEXT)

    assert [it.number for it in looked.bibs] == ["1234"]
    assert eyes.asked == ["detect_text", "detect_text"]
    assert spend(storage) == Spend(reserved=0, spent=CALL)


def test_answers_with_emotions_are_never_stored(looking: Callable[..., Looking], storage: Storage) -> None:
    eyes = Eyes()
    moods = ChannelSettings(detectors=("faces",), attributes=("emotions",), emotions_confirmed=True)

    for _ in range(2):
        looking(eyes).look("T1", PHOTO, moods)

    assert eyes.asked == ["detect_faces"] * 2
    assert spend(storage) == Spend(0, 2 * CALL)
    with storage.engine.connect() as connection:
        assert connection.execute(select(AnswerRow)).all() == []


@pytest.mark.parametrize(
    ("photo", "faces", "remarks"),
    [
        (PHOTO, True, ()),
        (
            replace(PHOTO, original_width=600, original_height=400),
            True,
            ("It is a small photo; a larger one tells more.",),
        ),
        (replace(PHOTO, original_width=600, original_height=400), False, ()),
        (replace(PHOTO, animated=True), False, ("It is animated: I looked at the first frame.",)),
    ],
    ids=["large", "small with faces", "small without", "animated"],
)
def test_remarks_on_the_picture_itself(
    looking: Callable[..., Looking], photo: Photo, *, faces: bool, remarks: tuple[str, ...]
) -> None:
    eyes = Eyes(paid=False)
    eyes.answers["detect_faces"] = {"FaceDetails": [FACE] if faces else []}

    assert looking(eyes).look("T1", photo, FACES).remarks == remarks


def crowded(**errors: Exception) -> Eyes:
    """Eyes that see six faces, and a number under the first."""
    eyes = Eyes()
    eyes.errors.update(errors)
    boxes = [{"Left": left, "Top": 0.1, "Width": 0.06, "Height": 0.08} for left in (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)]
    eyes.answers["detect_faces"] = {"FaceDetails": [{"BoundingBox": box, "Confidence": 99.0} for box in boxes]}
    return eyes


@pytest.mark.parametrize(("allowed", "calls"), [(False, 2), (True, 2 + 4)])
def test_a_paid_engine_looks_again_only_where_an_admin_allows_it_and_four_times_at_most(
    looking: Callable[..., Looking], *, allowed: bool, calls: int
) -> None:
    looked = looking(crowded()).look("T1", CROWD, replace(ALLOWED, extra_looks=allowed))

    assert looked.paid_calls == calls


def test_a_second_look_is_paid_once(looking: Callable[..., Looking]) -> None:
    looking(crowded()).look("T1", CROWD, ALLOWED)

    assert looking(crowded()).look("T1", CROWD, ALLOWED).paid_calls == 0


@pytest.mark.parametrize("error", [VisionError("refused"), BudgetSpent()])
def test_a_second_look_that_fails_leaves_the_first(looking: Callable[..., Looking], error: Exception) -> None:
    looked = looking(crowded(again=error)).look("T1", CROWD, ALLOWED)

    assert [it.number for it in looked.bibs] == ["1234"]
    assert looked.failures == ()


def test_a_second_look_for_which_the_engine_is_busy_comes_later(looking: Callable[..., Looking]) -> None:
    with pytest.raises(VisionBusy):
        looking(crowded(again=VisionBusy())).look("T1", CROWD, ALLOWED)


def test_equal_pictures_that_are_looked_at_at_once_are_paid_once(looking: Callable[..., Looking]) -> None:
    eyes = Eyes()
    looks = looking(eyes)

    looked = at_once(8, lambda _: looks.look("T1", PHOTO, DEFAULT))

    assert sorted(one.paid_calls for one in looked) == [0] * 7 + [5]


def test_a_mask_that_cannot_be_understood_any_more_is_ignored_and_logged(
    looking: Callable[..., Looking], caplog: pytest.LogCaptureFixture
) -> None:
    looked = looking(Eyes()).look("T1", PHOTO, replace(TEXT, event_format="*", refuse=("1234",)))

    assert [(it.number, it.state) for it in looked.bibs] == [("1234", "refused")]
    assert "mask" in caplog.text
