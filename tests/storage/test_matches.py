"""Whose faces are in which photos: told with the names of the moment, forgotten with the person."""

from bot.core.geometry import Box
from bot.core.people import Certainty, FaceMatch
from bot.core.photo_people import FindMe
from bot.core.recognition import FaceWord
from bot.core.share import Share
from storage import Storage
from tests.people.known import agree
from tests.storage.found import FACES, bib, put

LEFT, RIGHT = Box(0.125, 0.25, 0.125, 0.25), Box(0.625, 0.25, 0.125, 0.25)


def face(certainty: Certainty, person: str = "", box: Box = LEFT) -> FaceMatch:
    return FaceMatch(box=box, certainty=certainty, person=person, similarity=99.5 if person else 0.0)


def seen(storage: Storage, file: str, *faces: FaceMatch, digest: str = "", channel: str = "C1") -> Share:
    """A photo in which these faces were recognised."""
    share = put(storage, file, bib("1"), found=FACES, digest=digest, channel=channel)
    with storage.begin("T1") as work:
        work.matches.keep(share, faces)
    return share


def kept(storage: Storage, share: Share) -> list[tuple[str, str]]:
    with storage.begin("T1") as work:
        return [(one.certainty, one.person) for one in work.matches.of_share(share)]


def lines(storage: Storage, share: Share, workspace: str = "T1") -> list[str]:
    with storage.begin(workspace) as work:
        return [line.text for photo in work.shares.of_message(share.channel, share.ts) for line in photo.lines]


def test_names_are_told_as_they_are_now_and_none_is_kept(storage: Storage) -> None:
    ada = agree(storage, "ada")
    share = seen(storage, "F1", face("probably", ada), face("unknown", box=RIGHT))
    assert lines(storage, share) == ["probably Ada", "2 faces found, 2 searched, 1 unknown"]

    with storage.begin("T1") as work:
        work.people.settle(ada, show_name=False)

    assert lines(storage, share) == ["2 faces found, 2 searched, 2 unknown"]


def test_whoever_was_made_nobody_is_told_no_more_before_anything_else_is_deleted(storage: Storage) -> None:
    ada = agree(storage, "ada")
    share = seen(storage, "F1", face("probably", ada))

    with storage.begin("T1") as work:
        work.people.forget(ada)

    assert lines(storage, share) == ["1 face found, 1 searched, 1 unknown"]


def test_of_whoever_was_forgotten_while_a_photo_was_looked_at_nothing_is_kept(storage: Storage) -> None:
    ada, max_ = agree(storage, "ada"), agree(storage, "max")
    with storage.begin("T1") as work:
        work.people.forget(ada)

    share = seen(storage, "F1", face("probably", ada), face("probably", max_, RIGHT))

    assert kept(storage, share) == [("unknown", ""), ("probably", max_)]


def test_forgetting_takes_somebody_out_of_every_photo_and_tells_which(storage: Storage) -> None:
    ada, max_ = agree(storage, "ada"), agree(storage, "max")
    both = seen(storage, "F1", face("probably", ada), face("maybe", max_, RIGHT))
    hers = seen(storage, "F2", face("maybe", ada))
    his = seen(storage, "F3", face("probably", max_))

    with storage.begin("T1") as work:
        assert work.matches.forget(ada) == (both, hers)
        assert work.matches.forget(ada) == ()

    assert [kept(storage, share) for share in (both, hers, his)] == [
        [("unknown", ""), ("maybe", max_)],
        [("unknown", "")],
        [("probably", max_)],
    ]


def test_the_photos_of_somebody_are_those_of_channels_that_the_reader_can_open(storage: Storage) -> None:
    ada = agree(storage, "ada")
    older, newer = seen(storage, "F1", face("maybe", ada)), seen(storage, "F2", face("probably", ada))
    seen(storage, "F3", face("probably", ada), channel="C2")

    with storage.begin("T1") as work:
        page = work.matches.of_person(ada, {"C1"}, limit=1)
        rest = work.matches.of_person(ada, {"C1"}, limit=5, offset=1)
        nobodys = work.matches.of_person(ada, set(), limit=5)

    assert [(one.share, one.asserted, one.confidence) for one in page.sightings] == [(newer, True, 99.5)]
    assert (page.total, [one.share for one in rest.sightings], nobodys.total) == (2, [older], 0)


def test_a_word_holds_for_every_share_of_the_pixels_and_is_kept(storage: Storage) -> None:
    ada = agree(storage, "ada")
    first = seen(storage, "F1", face("probably", ada), digest="same")
    second = seen(storage, "F2", face("probably", ada), digest="same", channel="C2")
    other = seen(storage, "F3", face("probably", ada))

    with storage.begin("T1") as work:
        assert work.matches.say("same", FaceWord(LEFT, ada), "U1") == (first, second)
        assert work.matches.words("same") == (FaceWord(LEFT, ada),)

    assert [kept(storage, share) for share in (first, second, other)] == [
        [("unknown", "")],
        [("unknown", "")],
        [("probably", ada)],
    ]


def test_words_go_with_the_last_share_of_the_pixels(storage: Storage) -> None:
    ada = agree(storage, "ada")
    seen(storage, "F1", face("probably", ada), digest="same")

    with storage.begin("T1") as work:
        work.matches.say("same", FaceWord(LEFT, ada), "U1")
        work.shares.forget("F1")
        assert work.matches.words("same") == ()


def test_faces_stay_in_their_workspace(storage: Storage) -> None:
    ada = agree(storage, "ada")
    share = seen(storage, "F1", face("probably", ada))

    with storage.begin("T2") as work:
        assert work.matches.of_share(share) == ()
        assert work.matches.of_person(ada, {"C1"}, limit=5).total == 0
        assert work.matches.forget(ada) == ()
    assert kept(storage, share) == [("probably", ada)]


def test_a_photo_that_is_forgotten_takes_its_faces_along(storage: Storage) -> None:
    ada = agree(storage, "ada")
    seen(storage, "F1", face("probably", ada))

    with storage.begin("T1") as work:
        work.shares.forget("F1")
        assert work.matches.of_person(ada, {"C1"}, limit=5).total == 0


def test_a_look_through_earlier_photos_sees_each_that_may_show_somebody_once(storage: Storage) -> None:
    ada = agree(storage, "ada")
    seen(storage, "F1", face("probably", ada))
    second, third = seen(storage, "F2", face("unknown")), seen(storage, "F3")
    put(storage, "F4", bib("1"))
    seen(storage, "F5", channel="C2")

    with storage.begin("T1") as work:
        assert work.find_mes.open_photos(ada, {"C1"}, 10) == (2, 2)
        first = work.find_mes.next_photo(ada, {"C1"}, after=0)
        assert first is not None
        last = work.find_mes.next_photo(ada, {"C1"}, after=first[0])
        assert last is not None
        assert (first[1], last[1]) == (second, third)
        assert work.find_mes.next_photo(ada, {"C1"}, after=last[0]) is None


def test_the_person_who_was_looked_for_joins_the_faces_that_are_known(storage: Storage) -> None:
    ada, max_ = agree(storage, "ada"), agree(storage, "max")
    share = seen(storage, "F1", face("unknown"), face("probably", max_, RIGHT))

    with storage.begin("T1") as work:
        work.matches.add(share, face("probably", ada))

    assert sorted(kept(storage, share)) == [("probably", ada), ("probably", max_)]


def test_one_look_is_under_way_at_a_time_and_counts_each_photo_once(storage: Storage) -> None:
    wanted = FindMe(user="U1", total=2, price=20)
    with storage.begin("T1") as work:
        assert work.find_mes.begin("first", wanted)
        assert not work.find_mes.begin("second", wanted)
        work.find_mes.looked("U1", "first", 7, found=True)
        work.find_mes.looked("U1", "first", 7, found=True)
        assert work.find_mes.get("U1") == (FindMe(user="U1", state="running", total=2, looked=1, found=1, price=20), 7)
        assert work.find_mes.end("U1", "", "stopped")
        assert not work.find_mes.end("U1", "first", "done")
        assert work.find_mes.begin("second", wanted)
        assert work.find_mes.get("U1", "first") is None
