"""The port `Faces`: people who agreed to be known, on the embedded engine and on what Amazon answers."""

from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from bot.core.gallery import collection_of
from bot.errors import VisionBusy, VisionError, VisionMissing, VisionPartly
from bot.vision import embedded
from bot.vision.collections import PATIENCE, Collections
from bot.vision.faces import Indexed, KeptFace, KeptUser
from storage import Storage
from tests.vision.conftest import saved
from tests.vision.people import CLARA, JONAS, NORA, TOMAS, beside, portrait
from tests.vision.service import Service

NAMED, MAYBE = 99, 90


@pytest.fixture(scope="module")
def faces(new_database: Callable[[str], str]) -> Iterator[Collections]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield engine_on(storage)


def engine_on(storage: Storage) -> Collections:
    return Collections(embedded.connect(store=storage.faces).client, pause=lambda _: None)


@pytest.fixture
def team(faces: Collections) -> str:
    """A collection in which nobody is known."""
    collection = collection_of(f"T{uuid4().hex[:8]}")
    faces.ensure(collection)
    return collection


def known(
    faces: Collections, team: str, user: str, *portraits: tuple[str, int, int], enrolment: str = "1"
) -> list[str]:
    """Enrol somebody, as the bot does."""
    taken = [faces.index(team, portrait(*one), f"{user}-{place}").face for place, one in enumerate(portraits)]
    faces.create_user(team, user, f"create-{user}-{enrolment}")
    faces.associate(team, user, taken, f"associate-{user}-{enrolment}")
    faces.wait_until_active(team, user)
    return taken


def found(faces: Collections, team: str, image: bytes, least: float = NAMED) -> list[str]:
    return [match.user for match in faces.search(team, image, least=least).matches]


def test_who_was_enrolled_is_named_in_another_photo_and_a_stranger_is_not(faces: Collections, team: str) -> None:
    known(faces, team, "clara", CLARA[0])
    known(faces, team, "tomas", TOMAS[0])

    assert found(faces, team, portrait(*CLARA[1])) == ["clara"]
    assert found(faces, team, portrait(*TOMAS[1])) == ["tomas"]
    assert found(faces, team, portrait(*NORA[0]), least=MAYBE) == []


def test_a_search_tells_where_the_face_is_and_how_alike(faces: Collections, team: str) -> None:
    known(faces, team, "clara", *CLARA[:2])

    search = faces.search(team, portrait(*CLARA[2]), least=NAMED)

    assert search.face is not None
    assert search.face.center == pytest.approx((0.5, 0.5), abs=0.1)
    assert [NAMED <= match.similarity <= 100 for match in search.matches] == [True]


def test_a_photo_without_a_face_finds_and_keeps_nothing(faces: Collections, team: str, grey: bytes) -> None:
    known(faces, team, "clara", CLARA[0])

    assert faces.search(team, grey, least=0).face is None
    assert faces.index(team, grey, "grey") == Indexed("")
    assert faces.describe(team).faces == 1


def test_only_the_largest_face_is_kept_and_the_others_are_counted(faces: Collections, team: str) -> None:
    taken = faces.index(team, beside(portrait(*CLARA[0]), portrait(*TOMAS[0])), "both")

    assert (bool(taken.face), taken.reasons, taken.others) == (True, (), 1)
    assert faces.describe(team).faces == 1


def spoilt(kind: str) -> bytes:
    whole = Image.open(BytesIO(portrait(*CLARA[0])))
    if kind == "blurred":
        return saved(whole.filter(ImageFilter.GaussianBlur(14)))
    if kind == "dark":
        return saved(ImageEnhance.Brightness(whole).enhance(0.3))
    small = Image.new("RGB", (1200, 1200), "white")
    small.paste(whole.resize((96, 109)), (500, 500))
    return saved(small)


@pytest.mark.parametrize(
    ("kind", "reason"), [("blurred", "LOW_SHARPNESS"), ("dark", "LOW_BRIGHTNESS"), ("small", "SMALL_BOUNDING_BOX")]
)
def test_a_poor_photo_is_not_kept_and_the_reason_is_told(faces: Collections, team: str, kind: str, reason: str) -> None:
    taken = faces.index(team, spoilt(kind), kind)

    assert (taken.face, reason in taken.reasons) == ("", True)
    assert faces.faces(team) == []


def test_everything_done_twice_is_done_once(faces: Collections, team: str) -> None:
    first = known(faces, team, "clara", *CLARA[:2])
    second = known(faces, team, "clara", *CLARA[:2])

    assert second == first
    assert faces.ensure(team) == faces.describe(team)
    assert (faces.describe(team).faces, faces.describe(team).users) == (2, 1)


def test_a_user_made_again_under_another_token_is_still_the_same_user(faces: Collections, team: str) -> None:
    faces.create_user(team, "clara", "one")
    faces.create_user(team, "clara", "two")

    assert faces.users(team) == [KeptUser("clara", active=False)]


def test_a_face_that_is_not_this_persons_is_refused_and_told(faces: Collections, team: str) -> None:
    known(faces, team, "clara", CLARA[0])
    wrong = faces.index(team, portrait(*TOMAS[0]), "wrong").face

    with pytest.raises(VisionPartly, match="does not look like this person") as refused:
        faces.associate(team, "clara", [wrong], "wrong")

    assert refused.value.left == {wrong: ("LOW_MATCH_CONFIDENCE",)}
    assert found(faces, team, portrait(*TOMAS[1]), least=MAYBE) == []


def test_a_face_of_one_user_cannot_become_anothers(faces: Collections, team: str) -> None:
    (hers,) = known(faces, team, "clara", CLARA[0])
    faces.create_user(team, "tomas", "create")

    with pytest.raises(VisionPartly, match="belongs to somebody else"):
        faces.associate(team, "tomas", [hers], "steal")
    with pytest.raises(VisionPartly, match="belongs to somebody else"):
        faces.disassociate(team, "tomas", [hers], "free")


def test_forgetting_takes_the_user_first_and_then_the_faces(faces: Collections, team: str) -> None:
    hers = known(faces, team, "clara", *CLARA[:2])
    known(faces, team, "jonas", JONAS[0])

    with pytest.raises(VisionPartly, match="still belongs to somebody") as refused:
        faces.delete_faces(team, hers)
    assert refused.value.left.keys() == set(hers)
    assert found(faces, team, portrait(*CLARA[2])) == ["clara"]

    faces.delete_user(team, "clara", "forget")
    assert found(faces, team, portrait(*CLARA[2]), least=0) == ["jonas"]
    assert {face.face for face in faces.faces(team) if not face.user} == set(hers)

    faces.delete_faces(team, hers)
    assert [face.user for face in faces.faces(team)] == ["jonas"]


def test_forgetting_again_is_no_error(faces: Collections, team: str) -> None:
    hers = known(faces, team, "clara", CLARA[0])

    for token in ("once", "twice"):
        faces.delete_user(team, "clara", token)
        faces.delete_faces(team, hers)
    for _ in range(2):
        faces.delete(team)

    with pytest.raises(VisionMissing):
        faces.describe(team)


def test_one_photo_of_somebody_can_be_taken_back(faces: Collections, team: str) -> None:
    first, second = known(faces, team, "clara", *CLARA[:2])

    faces.disassociate(team, "clara", [first], "back")
    faces.disassociate(team, "clara", [first, str(uuid4())], "back-again")
    faces.delete_faces(team, [first])

    assert faces.faces(team, "clara") == [KeptFace(second, "clara-1", "clara")]
    assert found(faces, team, portrait(*CLARA[2])) == ["clara"]


def test_two_engines_on_one_database_see_each_others_changes(storage: Storage) -> None:
    with closing(Storage(storage.url)) as same:
        one, other, team = engine_on(storage), engine_on(same), "spotter.T1"
        one.ensure(team)
        known(one, team, "clara", CLARA[0])
        assert found(other, team, portrait(*CLARA[1])) == ["clara"]

        one.delete_user(team, "clara", "forget")
        assert found(other, team, portrait(*CLARA[1]), least=0) == []

        known(other, team, "clara", CLARA[0], enrolment="2")
        assert found(one, team, portrait(*CLARA[1])) == ["clara"]


def test_a_collection_made_anew_knows_nobody(faces: Collections, team: str) -> None:
    known(faces, team, "clara", CLARA[0])
    assert found(faces, team, portrait(*CLARA[1])) == ["clara"]

    faces.delete(team)
    faces.ensure(team)

    assert found(faces, team, portrait(*CLARA[1]), least=0) == []
    assert (faces.faces(team), faces.users(team)) == ([], [])


def test_workspaces_do_not_know_each_others_people(faces: Collections, team: str) -> None:
    known(faces, team, "clara", CLARA[0])
    other = collection_of(f"T{uuid4().hex[:8]}")
    faces.ensure(other)

    assert found(faces, other, portrait(*CLARA[1]), least=0) == []


def test_two_photos_are_compared_face_by_face(faces: Collections) -> None:
    both = beside(portrait(*TOMAS[1]), portrait(*CLARA[1]))

    hers, his = faces.compare(portrait(*CLARA[0]), both)

    assert (hers.similarity > NAMED, his.similarity < MAYBE) == (True, True)
    assert hers.box.left > his.box.right


def test_a_photo_without_a_face_cannot_be_compared(faces: Collections, grey: bytes) -> None:
    for pair in ((grey, portrait(*CLARA[0])), (portrait(*CLARA[0]), grey)):
        with pytest.raises(VisionError):
            faces.compare(*pair)


USER = {"UserId": "clara", "UserStatus": "UPDATING"}


def test_a_user_is_waited_for_with_growing_pauses(service: Service) -> None:
    pauses: list[float] = []
    for status in ("UPDATING", "UPDATING", "ACTIVE"):
        service.answers({"Users": [USER | {"UserStatus": status}]})

    Collections(service.door().client, pauses.append).wait_until_active("team", "clara")

    assert pauses == [0.2, 0.4]


def test_a_user_who_is_never_active_is_left_to_a_later_try(service: Service) -> None:
    pauses: list[float] = []
    for _ in range(50):
        service.answers({"Users": [USER]})

    with pytest.raises(VisionBusy, match="still learning"):
        Collections(service.door().client, pauses.append).wait_until_active("team", "clara")

    assert PATIENCE <= sum(pauses) < PATIENCE + 2


def test_answers_that_leave_out_empty_lists_are_understood(service: Service) -> None:
    faces = Collections(service.door().client)
    service.answers({"DeletedFaces": [str(uuid4())]})
    service.answers({"FaceRecords": []})
    service.answers({"Faces": []})

    faces.delete_faces("team", [str(uuid4())])
    assert faces.index("team", b"jpeg", "1") == Indexed("")
    assert faces.faces("team") == []


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("ResourceNotFoundException", VisionMissing),
        ("ConflictException", VisionBusy),
        ("ThrottlingException", VisionBusy),
        ("ServiceQuotaExceededException", VisionError),
        ("IdempotentParameterMismatchException", VisionError),
    ],
)
def test_every_refusal_is_one_of_our_errors(service: Service, code: str, error: type[VisionError]) -> None:
    for _ in range(2):
        service.refuses(code)

    with pytest.raises(VisionError) as refused:
        Collections(service.door().client).associate("team", "clara", [str(uuid4())], "token")

    assert type(refused.value) is error
