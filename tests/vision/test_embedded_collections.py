"""Every stateful operation of the embedded engine as the service has it: shapes, limits, errors, pages, tokens."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from PIL import Image

from bot.core.gallery import GalleryFace
from bot.core.geometry import Box
from bot.vision import embedded
from bot.vision.embedded.engine import Engine
from bot.vision.embedded.face_scale import percent
from bot.vision.embedded.requests import service
from storage import Storage
from tests.vision.conftest import saved
from tests.vision.people import CLARA, NORA, TOMAS, beside, portrait

INVALID, MISSING, CONFLICT = "InvalidParameterException", "ResourceNotFoundException", "ConflictException"
GREY = saved(Image.new("RGB", (320, 240), "#808080"))
NOBODY = "00000000-0000-4000-8000-000000000000"
FRAME = Box(0, 0, 1, 1)


@pytest.fixture(scope="module")
def memory(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


@pytest.fixture(scope="module")
def engine(memory: Storage) -> Engine:
    return Engine(memory.faces)


@pytest.fixture(scope="module")
def client(engine: Engine) -> Any:
    return embedded.door(engine, workers=1).client


@pytest.fixture
def team(client: Any) -> str:
    name = f"spotter.T{uuid4().hex[:8]}"
    client.create_collection(CollectionId=name)
    return name


def drawn(memory: Storage, team: str, *cosines: float) -> list[str]:
    """Keep faces that are as like the first as was said, without looking at any picture."""
    first, other = np.eye(128, dtype=np.float32)[:2]
    ids = [str(uuid4()) for _ in cosines]
    vectors = [cosine * first + np.sqrt(1 - cosine**2) * other for cosine in cosines]
    kept = [
        GalleryFace(id_, NOBODY, "", FRAME, 99, vector.astype(np.float32).tobytes())
        for id_, vector in zip(ids, vectors, strict=True)
    ]
    with memory.faces.changing(team) as gallery:
        gallery.add(kept)
    return ids


def test_every_answer_has_the_shape_of_the_service(memory: Storage) -> None:
    """One life of a collection, every operation in it held against botocore's output shapes."""
    said = Said(memory)
    client: Any = embedded.door(said, workers=1).client
    clara, both = ({"Bytes": portrait(*CLARA[0])}, {"Bytes": beside(portrait(*CLARA[1]), portrait(*TOMAS[1]))})
    team = {"CollectionId": "life"}
    arn = client.create_collection(**team, Tags={"team": "T1"})["CollectionArn"]
    client.tag_resource(ResourceArn=arn, Tags={"until": "2027"})
    client.untag_resource(ResourceArn=arn, TagKeys=["team"])
    tags = client.list_tags_for_resource(ResourceArn=arn)["Tags"]
    record = client.index_faces(**team, Image=both, MaxFaces=1, ExternalImageId="1")["FaceRecords"][0]["Face"]
    hers = {"FaceIds": [record["FaceId"]]}
    client.create_user(**team, UserId="clara")
    client.associate_faces(**team, UserId="clara", **hers)
    client.associate_faces(**team, UserId="clara", FaceIds=[NOBODY])
    client.compare_faces(SourceImage=clara, TargetImage=both)
    client.search_faces_by_image(**team, Image=clara)
    client.search_users_by_image(**team, Image=both, QualityFilter="AUTO")
    client.search_users(**team, FaceId=record["FaceId"])
    client.search_users(**team, UserId="clara")
    client.search_faces(**team, FaceId=record["FaceId"], FaceMatchThreshold=0)
    client.list_users(**team)
    client.list_faces(**team, UserId="clara")
    client.delete_faces(**team, **hers)
    client.disassociate_faces(**team, UserId="clara", **hers)
    client.disassociate_faces(**team, UserId="clara", FaceIds=[NOBODY])
    client.delete_user(**team, UserId="clara")
    client.delete_faces(**team, FaceIds=[*hers["FaceIds"], NOBODY])
    client.describe_collection(**team)
    client.list_collections()
    client.delete_collection(**team)

    assert tags == {"until": "2027"}
    assert said.operations - said.heard == {"DetectFaces", "DetectLabels", "DetectModerationLabels", "DetectText"}
    assert said.strange == []


class Said(Engine):
    """An engine that holds what it says against the service model."""

    def __init__(self, memory: Storage) -> None:
        super().__init__(memory.faces)
        self.heard: set[str] = set()
        self.strange: list[str] = []

    def handle(self, operation: str, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Answer, and keep what does not fit."""
        status, answer = super().handle(operation, body)
        self.heard.add(operation)
        shape: Any = service().operation_model(operation).output_shape
        report = ParamValidator().validate(answer, shape).generate_report()
        self.strange += [report] if report or status != 200 else []
        return status, answer


@pytest.mark.parametrize(
    ("operation", "request_", "code"),
    [
        ("create_collection", {"CollectionId": "no spaces"}, INVALID),
        ("create_collection", {"CollectionId": "x" * 256}, INVALID),
        ("create_collection", {"CollectionId": "ours", "Tags": {"aws:ours": "1"}}, INVALID),
        ("create_collection", {"CollectionId": "TEAM"}, "ResourceAlreadyExistsException"),
        ("describe_collection", {"CollectionId": "nowhere"}, MISSING),
        ("delete_collection", {"CollectionId": "nowhere"}, MISSING),
        ("list_collections", {"NextToken": "a token"}, "InvalidPaginationTokenException"),
        ("list_collections", {"MaxResults": 4097}, INVALID),
        ("tag_resource", {"ResourceArn": "arn:aws:rekognition:local:0:thing", "Tags": {}}, MISSING),
        ("index_faces", {"CollectionId": "nowhere", "Image": {"Bytes": b"?"}}, MISSING),
        ("index_faces", {"CollectionId": "TEAM", "Image": {"Bytes": b"?"}}, "InvalidImageFormatException"),
        ("index_faces", {"CollectionId": "TEAM", "Image": {"Bytes": b"?"}, "ExternalImageId": "a name"}, INVALID),
        ("index_faces", {"CollectionId": "TEAM", "Image": {"Bytes": b"?"}, "QualityFilter": "BEST"}, INVALID),
        ("list_faces", {"CollectionId": "nowhere"}, MISSING),
        ("list_faces", {"CollectionId": "TEAM", "FaceIds": ["not a face"]}, INVALID),
        ("delete_faces", {"CollectionId": "nowhere", "FaceIds": [NOBODY]}, MISSING),
        ("delete_faces", {"CollectionId": "TEAM", "FaceIds": [NOBODY] * 4097}, INVALID),
        ("search_faces", {"CollectionId": "TEAM", "FaceId": NOBODY}, MISSING),
        ("search_faces", {"CollectionId": "TEAM", "FaceId": NOBODY, "FaceMatchThreshold": 101}, INVALID),
        ("search_faces_by_image", {"CollectionId": "TEAM", "Image": {"Bytes": "GREY"}}, INVALID),
        ("search_users_by_image", {"CollectionId": "TEAM", "Image": {"Bytes": b"?"}, "MaxUsers": 501}, INVALID),
        ("compare_faces", {"SourceImage": {"Bytes": "GREY"}, "TargetImage": {"Bytes": "GREY"}}, INVALID),
        ("search_users", {"CollectionId": "TEAM"}, INVALID),
        ("search_users", {"CollectionId": "TEAM", "UserId": "ada", "FaceId": NOBODY}, INVALID),
        ("search_users", {"CollectionId": "TEAM", "UserId": "ada"}, MISSING),
        ("create_user", {"CollectionId": "nowhere", "UserId": "ada"}, MISSING),
        ("create_user", {"CollectionId": "TEAM", "UserId": "a name"}, INVALID),
        ("create_user", {"CollectionId": "TEAM", "UserId": "ada", "ClientRequestToken": "a token"}, INVALID),
        ("delete_user", {"CollectionId": "TEAM", "UserId": "ada"}, MISSING),
        ("list_users", {"CollectionId": "TEAM", "MaxResults": 501}, INVALID),
        ("associate_faces", {"CollectionId": "TEAM", "UserId": "ada", "FaceIds": [NOBODY]}, MISSING),
        ("associate_faces", {"CollectionId": "TEAM", "UserId": "ada", "FaceIds": [NOBODY] * 101}, INVALID),
        ("disassociate_faces", {"CollectionId": "TEAM", "UserId": "ada", "FaceIds": [NOBODY]}, MISSING),
    ],
)
def test_a_bad_request_gets_the_exception_of_the_service(
    client: Any, team: str, operation: str, request_: Any, code: str
) -> None:
    with pytest.raises(ClientError) as refused:
        getattr(client, operation)(**_filled(request_, {"TEAM": team, "GREY": GREY}))

    assert isinstance(refused.value, getattr(client.exceptions, code))


def _filled(value: Any, words: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(member, words) for key, member in value.items()}
    return words.get(value, value) if isinstance(value, str) else value


def test_faces_that_are_too_many_are_told_with_the_reason(client: Any, team: str) -> None:
    both = {"Bytes": beside(portrait(*CLARA[0]), portrait(*NORA[0]))}

    one = client.index_faces(CollectionId=team, Image=both, MaxFaces=1)
    every = client.index_faces(CollectionId=team, Image=both)

    assert [found["Reasons"] for found in one["UnindexedFaces"]] == [["EXCEEDS_MAX_FACES"]]
    assert len(every["FaceRecords"]) == 2
    assert client.describe_collection(CollectionId=team)["FaceCount"] == 3


def test_the_same_picture_is_kept_once_under_a_name_and_again_without_one(client: Any, team: str) -> None:
    clara = {"Bytes": portrait(*CLARA[0])}

    named = [client.index_faces(CollectionId=team, Image=clara, ExternalImageId=name) for name in ("1", "1", "2")]
    nameless = [client.index_faces(CollectionId=team, Image=clara) for _ in range(2)]
    first, again, other, *rest = (answer["FaceRecords"][0]["Face"] for answer in (*named, *nameless))

    assert first["FaceId"] == again["FaceId"]
    assert len({face["FaceId"] for face in (first, other, *rest)}) == 4
    assert {face["ImageId"] for face in (first, other, *rest)} == {first["ImageId"]}


def test_matches_come_most_alike_first_down_to_the_threshold_without_the_face_itself(
    client: Any, team: str, memory: Storage
) -> None:
    face, *others = drawn(memory, team, 1.0, 0.5, 0.9, 0.2)

    near = client.search_faces(CollectionId=team, FaceId=face)["FaceMatches"]
    every = client.search_faces(CollectionId=team, FaceId=face, FaceMatchThreshold=0, MaxFaces=2)["FaceMatches"]

    assert [match["Face"]["FaceId"] for match in near] == [others[1], others[0]]
    assert [match["Similarity"] for match in near] == pytest.approx([percent(0.9), percent(0.5)], abs=0.01)
    assert len(every) == 2


def test_a_user_is_the_mean_of_their_faces(client: Any, team: str, memory: Storage) -> None:
    face, mirrored, probe = drawn(memory, team, 1.0, 0.6, np.sqrt(0.8))
    client.create_user(CollectionId=team, UserId="ada")
    client.associate_faces(CollectionId=team, UserId="ada", FaceIds=[face, mirrored])

    (match,) = client.search_users(CollectionId=team, FaceId=probe)["UserMatches"]

    assert match["User"]["UserId"] == "ada"
    assert match["Similarity"] == pytest.approx(percent(1.0), abs=0.001)


def test_a_user_is_updating_until_somebody_has_asked(client: Any, team: str, memory: Storage) -> None:
    def status() -> str:
        return str(client.list_users(CollectionId=team)["Users"][0]["UserStatus"])

    faces = drawn(memory, team, 1.0)
    client.create_user(CollectionId=team, UserId="ada")
    created = status()
    answered = client.associate_faces(CollectionId=team, UserId="ada", FaceIds=faces)["UserStatus"]

    assert [created, answered, status(), status()] == ["CREATED", "UPDATING", "UPDATING", "ACTIVE"]
    client.disassociate_faces(CollectionId=team, UserId="ada", FaceIds=faces)
    assert [status(), status()] == ["UPDATING", "CREATED"]


def test_faces_that_cannot_be_somebodys_are_told_one_by_one(client: Any, team: str, memory: Storage) -> None:
    own, like, unlike, another = drawn(memory, team, 1.0, 0.7, -0.5, 0.9)
    for user, faces in (("ada", [own]), ("bob", [another])):
        client.create_user(CollectionId=team, UserId=user)
        client.associate_faces(CollectionId=team, UserId=user, FaceIds=faces)

    answer = client.associate_faces(CollectionId=team, UserId="ada", FaceIds=[own, like, unlike, another, NOBODY])

    assert answer["AssociatedFaces"] == [{"FaceId": like}]
    assert {told["FaceId"]: told["Reasons"] for told in answer["UnsuccessfulFaceAssociations"]} == {
        unlike: ["LOW_MATCH_CONFIDENCE"],
        another: ["ASSOCIATED_TO_A_DIFFERENT_USER"],
        NOBODY: ["FACE_NOT_FOUND"],
    }


def test_a_user_can_have_a_hundred_faces(client: Any, team: str, memory: Storage) -> None:
    faces = drawn(memory, team, *[1.0] * 101)
    client.create_user(CollectionId=team, UserId="ada")
    client.associate_faces(CollectionId=team, UserId="ada", FaceIds=faces[:100])

    with pytest.raises(client.exceptions.ServiceQuotaExceededException):
        client.associate_faces(CollectionId=team, UserId="ada", FaceIds=faces[100:])


def test_a_token_makes_the_same_request_be_done_once(client: Any, team: str) -> None:
    ada = {"CollectionId": team, "UserId": "ada", "ClientRequestToken": "one"}

    client.create_user(**ada)
    client.create_user(**ada)

    with pytest.raises(client.exceptions.ConflictException):
        client.create_user(**ada | {"ClientRequestToken": "two"})
    with pytest.raises(client.exceptions.IdempotentParameterMismatchException):
        client.create_user(**ada | {"UserId": "bob"})
    with pytest.raises(client.exceptions.IdempotentParameterMismatchException):
        client.delete_user(**ada)


def test_a_request_that_was_refused_is_not_kept_under_its_token(client: Any, team: str) -> None:
    ada = {"CollectionId": team, "UserId": "ada", "ClientRequestToken": "one"}
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.delete_user(**ada)

    client.create_user(**ada)

    assert len(client.list_users(CollectionId=team)["Users"]) == 1


def test_lists_come_in_pages(client: Any, team: str, memory: Storage) -> None:
    faces = drawn(memory, team, *[1.0] * 5)
    for user in "abcde":
        client.create_user(CollectionId=team, UserId=user)

    pages = [*client.get_paginator("list_faces").paginate(CollectionId=team, PaginationConfig={"PageSize": 2})]
    users = [*client.get_paginator("list_users").paginate(CollectionId=team, PaginationConfig={"PageSize": 5})]
    teams = [*client.get_paginator("list_collections").paginate(PaginationConfig={"PageSize": 1})]

    assert [len(page["Faces"]) for page in pages] == [2, 2, 1]
    assert sorted(face["FaceId"] for page in pages for face in page["Faces"]) == sorted(faces)
    assert [[user["UserId"] for user in page["Users"]] for page in users] == [[*"abcde"]]
    assert [team] in [page["CollectionIds"] for page in teams]


def test_an_engine_without_a_memory_has_no_collections() -> None:
    without = embedded.door(Engine(), workers=1)

    assert without.can("compare_faces")
    assert not without.can("index_faces")
    with pytest.raises(ClientError, match="needs Amazon Rekognition"):
        without.client.list_collections()
