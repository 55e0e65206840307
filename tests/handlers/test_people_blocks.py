"""Every message and form about people is one that Slack takes, whatever they are called; nothing in it pings."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.core.audit import Act
from bot.core.consent import consent_form, where_kept
from bot.core.geometry import Box
from bot.core.people import FaceMatch, Person
from bot.core.photo_people import FindMe, PhotoPeople
from bot.core.share import Share
from bot.core.sightings import Page, Sighting
from bot.demo.blockkit import content_length, problems
from bot.slack import Message
from handlers import blocks
from tests.handlers.found import HOSTILE
from tests.reading import texts

ADMIN, ME, OTHER = "U0ADMIN01", "U0MEMBER1", "U0MEMBER2"
ENDS = datetime(2027, 5, 3)  # noqa: DTZ001  # UTC, as it is stored
PERSON = Person(
    id="p-1", user=ME, name="Mia Member", state="enrolled", find_me=True, show_name=True, photos=3, expires_at=ENDS
)
NOBODY_YET = replace(PERSON, id="p-2", user="", name=HOSTILE, state="consented", show_name=False, photos=0)
SHARE = Share(channel="C0123ABCD", ts="1.2", file="F0123ABCDE", name="water.jpg", format="jpg")
SIGHTING = Sighting(share=SHARE, moment=ENDS, asserted=True)


def face(left: float, **who: Any) -> FaceMatch:
    """A face at a place, from the left."""
    return FaceMatch(box=Box(left, 0.2, 0.05, 0.1), **who)


ADA = face(0.6, certainty="probably", person="p-3", name="Ada", user=ADMIN)
MAX = face(0.2, certainty="maybe", person="p-4", name="Max", user=OTHER)
MINE = face(0.2, certainty="maybe", person="p-1", name="Mia Member", user=ME)
STRANGER = face(0.4, certainty="unknown")
PHOTO = PhotoPeople(share=SHARE, faces=(ADA, MAX, STRANGER))
CROWD = replace(PHOTO, faces=tuple(face(i / 50, certainty="unknown") for i in range(50)))
AUDIT = [
    Act(number=number, at=ENDS, actor=actor, act=act, detail={"channel": "C0123ABCD"} if act == "search" else {})
    for number, (actor, act) in enumerate([(ME, "consent"), (ADMIN, "search"), ("spotter", "forget"), (ADMIN, "new")])
]

MESSAGES: Mapping[str, Message] = {
    "invitation": blocks.invitation(ADMIN, ME),
    "invited": blocks.invited(ME, matching=False),
    "agreed": blocks.agreed(3, matching=True),
    "agreed without photos": blocks.agreed(0, matching=False),
    "attested": blocks.attested(HOSTILE, matching=False),
    "renewal": blocks.renewal_question("3 May 2027"),
    "photos": blocks.photos_taken(1),
    "notice": blocks.matching_notice(ADMIN),
    "help": blocks.faces_help(),
    "nobody": blocks.people_list([]),
    "a full page": blocks.people_list([NOBODY_YET] * 40, 15),
    "the last page": blocks.people_list([PERSON] * 31, 30),
    "several of a name": blocks.people_to_remove([NOBODY_YET] * 40, HOSTILE),
    "my face": blocks.my_face(PERSON),
    "my face without photo": blocks.my_face(NOBODY_YET),
    "audit": blocks.audit_list(AUDIT * 250, ME),
    "no audit": blocks.audit_list([], ME),
    "who": blocks.who_is([PHOTO], ME),
    "who, hostile": blocks.who_is([replace(PHOTO, share=replace(SHARE, name=HOSTILE), failure=HOSTILE)], ME),
    "who, crowd": blocks.who_is([CROWD] * 10, ME),
    "who, no face": blocks.who_is([replace(PHOTO, faces=())], ME),
    "who, no photo": blocks.who_is([], ME),
    "searching": blocks.searching("C0123ABCD"),
    "my photos": blocks.my_photos(Page((SIGHTING, replace(SIGHTING, asserted=False)) * 5, 40, 10)),
    "somebody's photos": blocks.my_photos(Page((SIGHTING,), 1), OTHER),
    "no photos": blocks.my_photos(Page()),
    "offer": blocks.find_me_offer(FindMe(user=ME, total=214, price=428_000)),
    "no offer": blocks.find_me_offer(FindMe(user=ME)),
    "enrolled": blocks.enrolled("I took the photo.", FindMe(user=ME, total=3)),
    "enrolled, no earlier photo": blocks.enrolled("I took the photo.", FindMe(user=ME)),
    "progress": blocks.find_me_progress(FindMe(user=ME, state="running", total=214, looked=40, found=3)),
    "done": blocks.find_me_progress(FindMe(user=ME, state="done", total=214, looked=214, found=3)),
    "stopped": blocks.find_me_progress(FindMe(user=ME, state="stopped", total=214, looked=40)),
}
FORM = consent_form(where_kept(paid=True, region="eu-west-1"))
FORMS: Mapping[str, dict[str, Any]] = {
    "consent": blocks.consent_modal(FORM),
    "consent with photos": blocks.consent_modal(FORM, ["F0123ABCDE"] * 10),
    "attest": blocks.attest_modal(HOSTILE),
    "whose face": blocks.whose_face_modal([NOBODY_YET] * 150, ["F0123ABCDE"]),
    "more photos": blocks.more_photos_modal(),
    "picture": blocks.who_is_modal("C0123ABCD"),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_every_message_and_nothing_in_it_pings(name: str) -> None:
    message = MESSAGES[name]

    assert problems(list(message.blocks), "message") == []
    assert 0 < len(message.text) <= 4_000
    assert content_length(list(message.blocks)) <= 13_200
    assert "<!" not in message.text + shown(message)


@pytest.mark.parametrize("name", FORMS)
def test_slack_takes_every_form(name: str) -> None:
    assert problems(FORMS[name], "modal") == []


def test_the_consent_has_every_word_that_is_signed_and_two_empty_boxes() -> None:
    shown_text = [
        block["text"]["text"].replace("*", "") for block in FORMS["consent"]["blocks"] if block["type"] == "section"
    ]
    boxes = [block for block in FORMS["consent"]["blocks"] if block.get("element", {}).get("type") == "checkboxes"]

    assert shown_text == list(FORM.paragraphs)
    assert [box["label"]["text"] for box in boxes] == [FORM.find_me, FORM.show_name]
    assert not any("initial_options" in box["element"] for box in boxes)
    assert [box.get("optional", False) for box in boxes] == [False, True]


def test_an_answer_counts_the_faces_and_lets_the_asker_say_no_or_that_it_is_them() -> None:
    message = blocks.who_is([PHOTO], ME)

    assert message.text == "water.jpg: Probably Ada and maybe Max. 3 faces found, 3 searched, 1 unknown."
    assert [(one["text"]["text"], value(one)["person"]) for one in buttons(message)] == [
        ("Yes", "p-4"),
        ("No", "p-4"),
        ("This is me", ""),
        ("Not this person", "p-3"),
    ]
    assert "Face 1 from the left: maybe *Max*" in shown(message)


def test_whoever_is_in_a_photo_is_asked_of_their_own_face_alone() -> None:
    message = blocks.who_is([replace(PHOTO, faces=(MINE, STRANGER))], ME)

    assert [one["action_id"] for one in buttons(message)] == ["this_is_me", "not_this_person"]
    assert "maybe you" in shown(message)


def test_of_a_picture_that_nobody_shared_nothing_can_be_said() -> None:
    assert buttons(blocks.who_is([replace(PHOTO, share=replace(SHARE, channel=ME))], ME)) == []


def test_what_deletes_asks_once_more() -> None:
    for message in (MESSAGES["my face"], MESSAGES["a full page"], MESSAGES["renewal"]):
        dangerous = [one for one in buttons(message) if one.get("style") == "danger"]
        assert dangerous
        assert all("confirm" in one for one in dangerous)


def test_a_long_list_is_turned_in_both_directions() -> None:
    turns = [(one["action_id"], one["value"]) for one in buttons(MESSAGES["a full page"]) if "page" in one["action_id"]]

    assert turns == [("faces_page_back", "0"), ("faces_page", "30")]
    assert "10 more" in shown(MESSAGES["a full page"])


def test_the_price_is_told_before_earlier_photos_are_looked_at() -> None:
    assert "in 214 earlier photos" in MESSAGES["offer"].text
    assert "at most $0.4280" in MESSAGES["offer"].text


def test_only_a_look_that_runs_can_be_stopped() -> None:
    stoppable = [
        name for name in ("progress", "done", "stopped") if "find_me_stop" in json.dumps(MESSAGES[name].blocks)
    ]

    assert stoppable == ["progress"]


def test_the_audit_says_you_where_the_reader_did_it() -> None:
    lines = blocks.audit_list(AUDIT, ME).text.splitlines()

    assert lines[1] == "2027-05-03 00:00 You said what you agree to"
    assert lines[2].endswith(f"<@{ADMIN}> looked for people in photos, you among them in <#C0123ABCD>")


def shown(message: Message) -> str:
    """All the text of a message's blocks."""
    return "\n".join(texts(message.blocks))


def buttons(message: Message) -> list[dict[str, Any]]:
    """All buttons of a message, from the top."""
    found: list[dict[str, Any]] = []
    for block in message.blocks:
        found += [
            one for one in (block.get("accessory"), *block.get("elements", ())) if one and one["type"] == "button"
        ]
    return found


def value(button: Mapping[str, Any]) -> Any:
    """What comes back with the press."""
    return json.loads(button["value"])
