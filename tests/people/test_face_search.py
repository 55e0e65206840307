"""Who is in a photo: faces cut out and searched for, on the embedded engine and on what a paid one answers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.asking import Asking
from bot.core.findings import Face
from bot.core.gallery import collection_of
from bot.core.geometry import Box
from bot.core.money import Budget
from bot.core.people import MAYBE
from bot.core.photo import Photo
from bot.core.recognition import FaceWord
from bot.errors import VisionBusy
from bot.people.face_search import MOST_PAID, Asked, FaceSearch
from bot.vision import Vision, embedded
from bot.vision.collections import Collections
from storage import Storage
from tests import pictures
from tests.emptied import emptied
from tests.people.known import NOW, agree
from tests.vision.people import CLARA, EXAMPLES, TOMAS, portrait

HERE = Asked(channel="C1", file="F1")
ENOUGH = Budget(cap=1_000_000)


class Paid:
    """A paid engine that finds the same person everywhere."""

    name, model, region, paid = "Paid", "paid-1", "eu-west-1", True

    def __init__(self) -> None:
        self.pictures: list[bytes] = []
        self.busy = False

    def can(self, operation: str) -> bool:
        """It searches, and nothing else."""
        return operation == "search_users_by_image"

    def look(self, operation: str, image: bytes, options: Mapping[str, Any]) -> dict[str, Any]:
        """Find the same person, once more."""
        assert (operation, options["UserMatchThreshold"], options["QualityFilter"]) == (
            "search_users_by_image",
            MAYBE,
            "NONE",
        )
        if self.busy:
            raise VisionBusy
        self.pictures.append(image)
        middle = {"Left": 0.3, "Top": 0.3, "Width": 0.4, "Height": 0.4}
        match = {"User": {"UserId": "p-clara"}, "Similarity": 99.5}
        return {"SearchedFace": {"FaceDetail": {"BoundingBox": middle}}, "UserMatches": [match]}


class Team:
    """A workspace in which people are enrolled."""

    def __init__(self, storage: Storage, vision: Vision, budget: Budget = ENOUGH) -> None:
        self.storage = storage
        self.search = FaceSearch(Asking(vision, storage, budget=budget), storage, paid=vision.paid)

    def acts(self) -> list[tuple[str, str, str]]:
        """The audit log, newest first: who, what, whom."""
        with self.storage.begin("T1") as work:
            return [(act.actor, act.act, act.subject) for act in work.audit.newest()]


@pytest.fixture(scope="module")
def memory(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


@pytest.fixture(scope="module")
def door(memory: Storage) -> Any:
    return embedded.connect(store=memory.faces)


@pytest.fixture
def team(memory: Storage, door: Any) -> Team:
    """Clara and Tomas agreed, and their faces are known; Jonas, beside them on the podium, did not."""
    team = Team(emptied(memory), door)
    collection, faces = collection_of("T1"), Collections(door.client)
    faces.ensure(collection)
    for name, photo in (("clara", CLARA[1]), ("tomas", TOMAS[0])):
        person = agree(team.storage, name)
        taken = faces.index(collection, portrait(*photo), f"{person}.1").face
        faces.create_user(collection, person, f"create-{person}")
        faces.associate(collection, person, [taken], f"associate-{person}")
    return team


def example(name: str) -> Photo:
    data = (EXAMPLES / f"{name}.jpg").read_bytes()
    with Image.open(BytesIO(data)) as image:
        width, height = image.size
    return Photo(data, width, height, width, height, "JPEG", f"digest-{name}")


def faces_in(door: Any, photo: Photo) -> list[Face]:
    found = door.look("detect_faces", photo.data, {"Attributes": ["DEFAULT"]})["FaceDetails"]
    return [Face(Box.of(one["BoundingBox"]), one["Confidence"]) for one in found]


def crowd(number: int) -> tuple[Photo, list[Face]]:
    """A photo with so many faces in a row, each a little smaller than the one before."""
    photo = Photo(pictures.plain(), 640, 480, 640, 480, "JPEG", f"crowd-{number}")
    sizes = [0.05 - place / 2000 for place in range(number)]
    return photo, [Face(Box(place / number, 0.5, size, size), 99.0) for place, size in enumerate(sizes)]


def test_those_who_agreed_are_recognised_and_the_others_stay_unknown(team: Team, door: Any) -> None:
    photo = example("07_podium")

    faces = team.search("T1", photo, faces_in(door, photo), HERE).faces

    by_place = sorted(faces, key=lambda face: face.box.left)
    assert [face.person for face in by_place] == ["", "p-clara", "p-tomas"]
    assert [face.certainty for face in by_place][0::2] == ["unknown", "probably"]
    assert [face.name for face in faces] == ["", "", ""]


def test_in_a_crowd_every_face_is_the_one_that_is_searched(team: Team, door: Any) -> None:
    photo = example("05_crowd")

    found = team.search("T1", photo, faces_in(door, photo), HERE)

    assert [face.certainty for face in found.faces] == ["unknown"] * 6
    assert found.failures == ()


def test_where_nobody_agreed_nothing_is_asked_and_nothing_noted(memory: Storage) -> None:
    engine = Paid()
    photo, faces = crowd(3)
    team = Team(emptied(memory), engine)

    found = team.search("T1", photo, faces, HERE)

    assert [face.certainty for face in found.faces] == ["unsearched"] * 3
    assert (engine.pictures, found.prices, team.acts()) == ([], (), [])


def test_whoever_was_forgotten_or_let_it_lapse_is_not_recognised(team: Team, door: Any) -> None:
    photo = example("07_podium")
    with team.storage.begin("T1") as work:
        work.people.forget("p-clara")
        work.people.prolong("p-tomas", NOW - timedelta(days=1))
    agree(team.storage, "nobody")

    faces = team.search("T1", photo, faces_in(door, photo), HERE).faces

    assert [face.person for face in faces] == ["", "", ""]


def test_a_person_is_not_told_again_of_a_face_that_somebody_said_is_not_theirs(team: Team, door: Any) -> None:
    photo = example("07_podium")
    faces = faces_in(door, photo)
    tomas = next(one for one in team.search("T1", photo, faces, HERE).faces if one.person == "p-tomas")

    with team.storage.begin("T1") as work:
        work.matches.say(photo.digest, FaceWord(tomas.box, "p-tomas"), "U1")

    assert "p-tomas" not in [face.person for face in team.search("T1", photo, faces, HERE).faces]


def test_every_search_is_an_act_about_whoever_was_found_and_names_nobody(team: Team, door: Any) -> None:
    podium, woods = example("07_podium"), example("03_woods")

    team.search("T1", podium, faces_in(door, podium), Asked(by="U7", channel="C1", file="F1"))
    team.search("T1", woods, faces_in(door, woods), HERE)

    assert team.acts() == [("spotter", "search", ""), ("U7", "search", "p-tomas"), ("U7", "search", "p-clara")]
    with team.storage.begin("T1") as work:
        assert work.audit.newest()[0].detail == {"channel": "C1", "file": "F1", "faces": 2}


def test_the_same_photo_again_is_answered_from_what_is_kept_until_somebody_is_enrolled(team: Team, door: Any) -> None:
    photo = example("02_lake_road")
    faces = faces_in(door, photo)
    calls: list[str] = []
    door.client.meta.events.register("before-call.rekognition", lambda model, **_: calls.append(model.name), "count")
    first = team.search("T1", photo, faces, HERE)
    again = team.search("T1", photo, faces, HERE)
    assert (again.faces, calls) == (first.faces, ["SearchUsersByImage"])

    agree(team.storage, "new")
    team.search("T1", photo, faces, HERE)
    assert calls == ["SearchUsersByImage"] * 2
    door.client.meta.events.unregister("before-call.rekognition", unique_id="count")


def test_a_paid_engine_is_asked_for_the_largest_faces_only(memory: Storage) -> None:
    engine = Paid()
    photo, faces = crowd(MOST_PAID + 2)
    team = Team(emptied(memory), engine)
    agree(team.storage, "clara")

    found = team.search("T1", photo, faces[::-1], HERE)

    assert [face.certainty for face in found.faces] == ["probably", *["unknown"] * 9, *["unsearched"] * 2]
    assert (len(engine.pictures), sum(found.prices)) == (MOST_PAID, MOST_PAID * 1000)
    sizes = [Image.open(BytesIO(picture)).size for picture in engine.pictures]
    assert all(min(size) >= 80 for size in sizes)


def test_when_the_budget_is_spent_the_rest_stays_unsearched_and_says_so(memory: Storage) -> None:
    photo, faces = crowd(4)
    team = Team(emptied(memory), Paid(), Budget(cap=2_000))
    agree(team.storage, "clara")

    found = team.search("T1", photo, faces, HERE)

    assert [face.certainty for face in found.faces].count("unsearched") == 2
    assert [failure for failure in found.failures if "budget" in failure] == list(found.failures) != []


def test_a_busy_engine_is_asked_again_and_nothing_is_paid_twice(memory: Storage) -> None:
    engine = Paid()
    photo, faces = crowd(2)
    team = Team(emptied(memory), engine)
    agree(team.storage, "clara")
    team.search("T1", photo, faces[:1], HERE)
    engine.busy = True

    with pytest.raises(VisionBusy):
        team.search("T1", photo, faces, HERE)

    engine.busy = False
    team.search("T1", photo, faces, HERE)
    assert len(engine.pictures) == 2


@pytest.mark.shared
def test_a_pair_of_photos_years_apart_is_recognised(memory: Storage, door: Any, shared: Path) -> None:
    """An invented person enrolled with one picture is found in a picture of another age."""
    folder = shared / "photos/faces_synthetic"
    team = Team(emptied(memory), door)
    collection, faces = collection_of("T1"), Collections(door.client)
    faces.ensure(collection)
    agree(team.storage, "clara")
    taken = faces.index(collection, (folder / "face_9_ref.jpg").read_bytes(), "p-clara.1").face
    faces.create_user(collection, "p-clara", "create")
    faces.associate(collection, "p-clara", [taken], "associate")
    photo = example("02_lake_road")

    [face] = team.search("T1", photo, faces_in(door, photo), HERE).faces

    assert (face.person, face.certainty) == ("p-clara", "probably")
