"""Who is in photos of a channel: who may ask, what they read, what people's word changes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.channel import ChannelSettings
from bot.core.people import FaceMatch
from bot.core.photo_people import FindMe
from bot.core.share import Share
from bot.demo.records import Channel, Message, Upload
from bot.errors import AskError, NotAllowed, PhotoGone
from bot.people.comparing import sentence
from tests.people.known import agree
from tests.people.office import Office
from tests.pictures import plain
from tests.vision.people import CLARA, EXAMPLES, TOMAS, portrait

PODIUM = (EXAMPLES / "07_podium.jpg").read_bytes()
LAKE = (EXAMPLES / "02_lake_road.jpg").read_bytes()


def channel(office: Office, *members: str, matching: bool = True) -> str:
    """A channel that some members can open, and Spotter."""
    slack = office.slack
    new = Channel(id=slack.workspace.new_id("C"), name="finish", members={*members, slack.bot.id})
    slack.workspace.channels[new.id] = new
    with office.eyes.storage.begin(office.workspace) as work:
        work.channels.settle(new.id, ChannelSettings(detectors=("faces",), face_matching=matching))
    return new.id


def drop(office: Office, user: str, where: str, *photos: bytes) -> Message:
    """Drop photos, which nobody looks at by itself here."""
    uploads = [Upload(f"photo{place}.jpg", data) for place, data in enumerate(photos)]
    message = office.slack.drop(user, where, uploads)
    office.door.forget_access(user)
    return message


def looked_at(office: Office, message: Message) -> Share:
    """The first photo of a message, as one that was looked at before anybody was enrolled."""
    file = office.door.file(message.files[0])
    share = file.share(message.channel, message.user, message.ts)
    assert share
    photo = office.eyes.gate.open(office.door.download(file))
    looked = office.eyes.looking.look(office.workspace, photo, ChannelSettings(detectors=("faces",)))
    with office.eyes.storage.begin(office.workspace) as work:
        work.shares.begin(share)
        work.shares.finish(share, looked)
    return share


def kept(office: Office, share: Share) -> list[str]:
    """Whose faces are kept as in a photo, from the left."""
    with office.eyes.storage.begin(office.workspace) as work:
        faces = work.matches.of_share(share)
    return [face.person for face in sorted(faces, key=lambda face: face.box.left)]


def whispered(office: Office, user: str) -> str:
    """What somebody alone was told last."""
    return office.slack.ephemerals(user)[-1].text


@pytest.fixture
def clara(office: Office) -> str:
    """A member who agreed; her face is the middle one on the podium."""
    user = office.member()
    office.agree(user, portrait(*CLARA[1]))
    return user


def test_whoever_asks_is_told_and_what_was_found_is_kept(office: Office, clara: str) -> None:
    asker = office.member()
    where = channel(office, asker, clara)
    message = drop(office, clara, where, PODIUM)
    share = looked_at(office, message)

    office.people.recognising.ask(office.workspace, asker, where, ts=message.ts, files=message.files)
    office.run()

    person = office.person(clara)
    assert person
    assert whispered(office, asker) == "photo0.jpg: probably Clara Wennick, unknown, unknown"
    assert kept(office, share) == ["", person.id, ""]
    [told] = office.people.recognising.told(office.workspace, asker, where, message.ts)
    assert (told.found, told.searched, told.unknown) == (3, 3, 2)
    with office.eyes.storage.begin(office.workspace) as work:
        assert [act.actor for act in work.audit.about(person.id) if act.act == "search"] == [asker]


def test_a_yes_to_a_maybe_is_told_to_everybody_and_a_no_to_nobody_again(office: Office, clara: str) -> None:
    asker = office.member()
    where = channel(office, asker, clara)
    message = drop(office, clara, where, PODIUM)
    share = looked_at(office, message)
    office.people.recognising.ask(office.workspace, asker, where, ts=message.ts, files=message.files)
    office.run()
    with office.eyes.storage.begin(office.workspace) as work:
        doubted = [replace(face, certainty="maybe") if face.person else face for face in work.matches.of_share(share)]
        work.matches.keep(share, doubted)
    hers = face_of(office, asker, message, "Clara Wennick")
    assert hers.certainty == "maybe"

    office.people.recognising.this_is(office.workspace, asker, share, hers.box, hers.person)
    assert face_of(office, asker, message, "Clara Wennick").certainty == "probably"
    assert [dict(one["share"])["file"] for one in office.jobs.promised("retell")] == [share.file]

    office.people.recognising.not_this(office.workspace, asker, share, hers.box, hers.person)
    office.people.recognising.ask(office.workspace, asker, where, ts=message.ts, files=message.files)
    office.run()
    assert kept(office, share) == ["", "", ""]
    with office.eyes.storage.begin(office.workspace) as work:
        assert [act.act for act in work.audit.about(hers.person)][:2] == ["not_this", "this_is"]


def face_of(office: Office, asker: str, message: Message, name: str) -> FaceMatch:
    """Somebody's face in the first photo of a message, as it is told."""
    [photo] = office.people.recognising.told(office.workspace, asker, message.channel, message.ts)
    return next(face for face in photo.faces if face.name == name)


def test_this_is_me_teaches_the_face_and_tells_it_of_this_photo(office: Office, clara: str) -> None:
    where = channel(office, clara)
    message = drop(office, clara, where, LAKE)
    share = looked_at(office, message)
    office.people.recognising.ask(office.workspace, clara, where)
    office.run()
    [face] = office.people.recognising.told(office.workspace, clara, where, message.ts)[0].faces

    office.people.recognising.this_is_me(office.workspace, clara, share, face.box)
    office.run()

    person = office.person(clara)
    assert person
    assert (person.photos, kept(office, share)) == (2, [person.id])


def test_a_picture_of_ones_own_is_told_by_direct_message_and_leaves_nothing(office: Office, clara: str) -> None:
    where = channel(office, clara)
    office.people.recognising.ask_picture(office.workspace, clara, where, office.file(clara, LAKE))
    office.run()

    assert office.told(clara)[-1] == "me.jpg: probably Clara Wennick"
    with office.eyes.storage.begin(office.workspace) as work:
        assert work.matches.of_person(office.person(clara).id, {where, clara}, limit=1).total == 0  # type: ignore[union-attr]  # she agreed


def test_a_file_that_is_none_is_told_in_its_own_sentence(office: Office) -> None:
    asker = office.member()
    where = channel(office, asker)
    message = drop(office, asker, where, b"GIF89a and nothing more", plain())

    office.people.recognising.ask(office.workspace, asker, where, ts=message.ts, files=message.files)
    office.run()

    assert "empty or damaged" in whispered(office, asker)
    assert whispered(office, asker).endswith("photo1.jpg: no face")


@pytest.mark.parametrize("who", ["guest", "stranger", "bot"])
def test_only_members_ask(office: Office, who: str) -> None:
    kinds = {"guest": {"is_restricted": True}, "stranger": {"is_stranger": True}, "bot": {"is_bot": True}}
    user = office.member(**kinds[who])

    with pytest.raises(NotAllowed, match="Only members"):
        office.people.recognising.ask(office.workspace, user, channel(office, user))


def test_where_matching_is_off_nobody_is_told_anything(office: Office) -> None:
    user = office.member()

    with pytest.raises(AskError, match="/faces on"):
        office.people.recognising.ask(office.workspace, user, channel(office, user, matching=False))


def test_a_link_into_a_channel_that_the_asker_cannot_open_is_as_good_as_none(office: Office) -> None:
    owner, asker = office.member(), office.member()
    message = drop(office, owner, channel(office, owner), LAKE)

    with pytest.raises(PhotoGone):
        office.people.recognising.ask(office.workspace, asker, channel(office, asker), files=message.files)
    with pytest.raises(AskError):
        office.people.recognising.told(office.workspace, asker, message.channel, message.ts)


def test_an_earlier_photo_is_found_for_its_person_and_nobody_else_is_kept(office: Office, clara: str) -> None:
    agree(office.eyes.storage, "tomas", workspace=office.workspace)
    where, off = channel(office, clara), channel(office, clara, matching=False)
    shares = [looked_at(office, drop(office, clara, place, photo)) for place, photo in ((where, PODIUM), (off, LAKE))]
    finding = office.people.finding_me

    offer = finding.offer(office.workspace, clara)
    assert offer == FindMe(user=clara, total=1)
    finding.start(office.workspace, clara)
    with pytest.raises(AskError, match="already"):
        finding.start(office.workspace, clara)
    office.run()

    person = office.person(clara)
    assert person
    assert [kept(office, share) for share in shares] == [[person.id], []]
    assert office.told(clara)[-1] == "done: 1 of 1, 1 found"
    page = finding.photos(office.workspace, clara)
    assert [(one.share.file, one.asserted) for one in page.sightings] == [(shares[0].file, True)]


def test_a_look_that_was_stopped_or_whose_person_was_forgotten_goes_no_further(office: Office, clara: str) -> None:
    where = channel(office, clara)
    share = looked_at(office, drop(office, clara, where, PODIUM))
    office.people.finding_me.start(office.workspace, clara)
    office.people.finding_me.stop(office.workspace, clara)

    office.run()

    assert (kept(office, share), office.told(clara)[-1]) == ([], "stopped: 0 of 1, 0 found")
    office.people.finding_me.start(office.workspace, clara)
    with office.eyes.storage.begin(office.workspace) as work:
        work.people.forget(office.person(clara).id)  # type: ignore[union-attr]  # she agreed
    office.run()
    assert kept(office, share) == []


def test_photos_of_somebody_who_is_not_to_be_named_are_their_own_affair(office: Office) -> None:
    shown, hidden, asker = (office.member() for _ in range(3))
    agree(office.eyes.storage, "shown", workspace=office.workspace, user=shown)
    agree(office.eyes.storage, "hidden", workspace=office.workspace, user=hidden, show_name=False)
    photos = office.people.finding_me.photos

    assert photos(office.workspace, asker, of=shown).total == 0
    assert photos(office.workspace, hidden, of=hidden).total == 0
    for of in (hidden, asker):
        with pytest.raises(AskError, match="may not tell"):
            photos(office.workspace, asker, of=of)
    with pytest.raises(AskError, match="/faces me"):
        photos(office.workspace, asker)


@pytest.mark.parametrize(
    ("pictures", "says"),
    [
        ((lambda: portrait(*TOMAS[0]), lambda: portrait(*TOMAS[1])), "Probably the same person"),
        ((lambda: portrait(*TOMAS[0]), lambda: portrait(*CLARA[0])), "Not the same person, as far as I can tell"),
        ((lambda: portrait(*TOMAS[0]), plain), "I see no face in the second photo"),
    ],
    ids=["same", "another", "none"],
)
def test_two_photos_are_compared_in_their_thread(
    office: Office, pictures: tuple[Callable[[], bytes], ...], says: str
) -> None:
    user = office.member()
    where = channel(office, user)
    message = drop(office, user, where, *(picture() for picture in pictures))

    office.people.comparing.ask(office.workspace, user, where, message.ts, message.files)
    office.run()

    [reply] = office.slack.replies(message)
    assert reply.text.startswith(says)


def test_one_photo_cannot_be_compared(office: Office) -> None:
    user = office.member()

    with pytest.raises(AskError, match="exactly two"):
        office.people.comparing.ask(office.workspace, user, channel(office, user), "1.0", ["F1"])


@pytest.mark.parametrize(
    ("similarity", "says"),
    [
        (99.0, "Probably the same person (99 %)."),
        (98.99, "Maybe the same person (98 %)."),
        (90.0, "Maybe the same person (90 %)."),
        (89.9, "Not the same person, as far as I can tell (89 %)."),
    ],
)
def test_a_likeness_is_told_as_it_is(similarity: float, says: str) -> None:
    assert sentence(similarity) == says
