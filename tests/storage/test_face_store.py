"""The embedded engine's collections in the database."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from bot.core.gallery import Gallery, GalleryFace, GalleryUser, collection_of, workspace_of
from bot.core.geometry import Box
from storage import Storage
from storage.models import GalleryAnswerRow, GalleryFaceRow, GalleryRow, GalleryUserRow
from tests.storage.at_once import at_once

TEAM = collection_of("T1")
VECTOR = bytes(range(256)) * 2


def face(user: str = "", external_id: str = "1", image: str = "picture") -> GalleryFace:
    return GalleryFace(str(uuid4()), image, external_id, Box(0.1, 0.2, 0.3, 0.4), 98.5, VECTOR, user)


def made(storage: Storage, *faces: GalleryFace, team: str = TEAM) -> None:
    with storage.faces.changing(team) as gallery:
        gallery.create("sface-1", {})
        gallery.add(faces)


def about(storage: Storage, team: str = TEAM) -> Gallery:
    with storage.faces.reading(team) as gallery:
        found = gallery.about()
    assert found is not None
    return found


def test_a_collection_belongs_to_the_workspace_in_its_name(storage: Storage) -> None:
    made(storage, face())
    with storage.faces.changing(TEAM) as gallery:
        gallery.add_user("ada")
        gallery.keep_answer("token", "asked", {})

    with storage.engine.connect() as connection:
        tables = GalleryRow, GalleryFaceRow, GalleryUserRow, GalleryAnswerRow
        assert [connection.scalar(select(table.workspace)) for table in tables] == ["T1"] * 4


def test_a_collection_that_is_not_ours_is_a_workspace_of_its_own() -> None:
    assert [workspace_of(name) for name in ("spotter.T1", "spotter.T1.2026", "team", "spotter.")] == [
        "T1",
        "T1",
        "team",
        "spotter.",
    ]


def test_a_face_comes_back_as_it_was_kept(storage: Storage) -> None:
    kept = face()
    made(storage, kept)

    with storage.faces.reading(TEAM) as gallery:
        assert gallery.faces(None, "", "", 10) == [kept]
        assert [*gallery.templates()] == [(kept.id, "", VECTOR)]
        assert gallery.taken_from("picture", "1") == [kept]
        assert gallery.taken_from("another", "1") == []


def test_what_is_not_there_is_not_found_and_changes_nothing(storage: Storage) -> None:
    with storage.faces.changing("nowhere") as gallery:
        assert (gallery.about(), gallery.counts(), gallery.user("ada")) == (None, (0, 0), None)
        gallery.delete()

    assert storage.faces.collections("", 10) == []


def broken_off(storage: Storage) -> None:
    with storage.faces.changing(TEAM) as gallery:
        gallery.add_user("bob")
        raise LookupError


def test_every_change_raises_the_revision_and_a_failed_one_does_not(storage: Storage) -> None:
    made(storage)
    before = about(storage).revision

    with storage.faces.changing(TEAM) as gallery:
        gallery.add_user("ada")
    with pytest.raises(LookupError):
        broken_off(storage)

    assert about(storage).revision == before + 1
    with storage.faces.reading(TEAM) as gallery:
        assert gallery.users("", 10) == [GalleryUser("ada", faces=0, updating=False)]


def test_changes_at_once_wait_for_each_other(storage: Storage) -> None:
    made(storage)

    def add(number: int) -> bool:
        with storage.faces.changing(TEAM) as gallery:
            gallery.add([face()])
            return gallery.add_user(f"user {number % 2}")

    first = at_once(4, add)

    assert (sorted(first), about(storage).revision) == ([False, False, True, True], 5)


def test_a_users_faces_are_counted_given_and_freed(storage: Storage) -> None:
    one, two = face(), face()
    made(storage, one, two)
    with storage.faces.changing(TEAM) as gallery:
        gallery.add_user("ada")
        gallery.give([one.id, two.id], "ada")
        gallery.updating("ada")
        assert gallery.user("ada") == GalleryUser("ada", faces=2, updating=True)
        gallery.settle()
        gallery.give([one.id], "")
        assert gallery.user("ada") == GalleryUser("ada", faces=1, updating=False)
        assert [kept.id for kept in gallery.faces(None, "ada", "", 10)] == [two.id]
        assert [whose for _, whose, _ in gallery.templates()] == ["", "ada"]
        gallery.remove_user("ada")
        assert gallery.faces([one.id, two.id], "ada", "", 10) == []


def test_deleting_a_collection_leaves_no_row_of_it_and_every_row_of_others(storage: Storage) -> None:
    for team in (TEAM, collection_of("T2")):
        made(storage, face(), team=team)
        with storage.faces.changing(team) as gallery:
            gallery.add_user("ada")
            gallery.keep_answer("token", "asked", {})
    with storage.faces.changing(TEAM) as gallery:
        gallery.delete()

    assert [found.id for found in storage.faces.collections("", 10)] == [collection_of("T2")]
    with storage.engine.connect() as connection:
        for table in ("gallery", "gallery_face", "gallery_user", "gallery_answer"):
            assert connection.execute(text(f"select workspace from {table}")).all() == [("T2",)]  # noqa: S608  # fixed


def test_only_the_faces_that_are_named_are_deleted(storage: Storage) -> None:
    gone, kept = face(), face()
    made(storage, gone, kept)
    with storage.faces.changing(TEAM) as gallery:
        gallery.remove([gone.id, "nobody"])

        assert [found.id for found in gallery.faces(None, "", "", 10)] == [kept.id]


def test_an_answer_is_kept_for_a_day(storage: Storage) -> None:
    made(storage)
    with storage.faces.changing(TEAM) as gallery:
        gallery.keep_answer("old", "asked", {"UserStatus": "UPDATING"})
        assert gallery.answer_to("old") == ("asked", {"UserStatus": "UPDATING"})
    with storage.engine.begin() as connection:
        connection.execute(update(GalleryAnswerRow).values(at=about(storage).made_at - timedelta(days=2)))
    with storage.faces.changing(TEAM) as gallery:
        gallery.keep_answer("new", "asked", {})
        assert gallery.answer_to("old") is None
        assert gallery.answer_to("new") == ("asked", {})
