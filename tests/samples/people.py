"""What is said about faces, and to those whom they belong to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.core.audit import Act
from bot.core.geometry import Box
from bot.core.people import FaceMatch, Person
from bot.core.photo_people import FindMe, PhotoPeople
from bot.core.sightings import Page
from bot.slack import Message
from handlers import blocks
from tests.samples.photos import ADA, CHANNEL, MAX, MIA, SHARES, sighting

ENDS: Final = datetime(2027, 5, 3)  # noqa: DTZ001  # UTC, as it is stored
MIA_MEMBER: Final = Person(
    id="p-1", user=MIA, name="Mia Member", state="enrolled", find_me=True, show_name=True, photos=3, expires_at=ENDS
)
CLARA: Final = replace(MIA_MEMBER, id="p-2", user="", name="Clara Wennick", photos=1)
MAX_MEMBER: Final = replace(
    MIA_MEMBER, id="p-3", user=MAX, name="Max Member", state="consented", photos=0, show_name=False
)
ACTS: Final = tuple(
    Act(number=number, at=ENDS, actor=actor, act=act, detail={"channel": CHANNEL} if act == "search" else {})
    for number, (actor, act) in enumerate(
        [(ADA, "search"), (MIA, "export"), (ADA, "this_is"), ("spotter", "enrol"), (MIA, "consent"), (ADA, "invite")]
    )
)


def face(left: float, certainty: Any, person: str = "", name: str = "", user: str = "") -> FaceMatch:
    return FaceMatch(
        box=Box(left, 0.2, 0.05, 0.1), certainty=certainty, person=person, name=name, user=user, similarity=97.0
    )


KNOWN: Final = face(0.6, "probably", "p-2", "Clara Wennick")
PERHAPS: Final = face(0.2, "maybe", "p-3", "Max Member", MAX)
MINE: Final = face(0.2, "probably", "p-1", "Mia Member", MIA)
PERHAPS_MINE: Final = replace(MINE, certainty="maybe")
UNKNOWN: Final = face(0.4, "unknown")


def who(number: int, *faces: FaceMatch, **more: str) -> PhotoPeople:
    return PhotoPeople(share=SHARES[number - 1], faces=faces, **more)


FACES: Final[Mapping[str, Message]] = {
    "a photo of three": blocks.who_is([who(1, KNOWN, PERHAPS, UNKNOWN)], MIA),
    "the newest photos": blocks.who_is(
        [
            who(2, KNOWN),
            who(4, MINE),
            who(5, UNKNOWN),
            who(3),
            who(6, face(0.5, "unsearched"), failure="The photo service is busy; I tried for a while and gave up."),
        ],
        MIA,
    ),
    "perhaps the reader": blocks.who_is([who(4, PERHAPS_MINE)], MIA),
    "a picture of one's own": blocks.who_is(
        [PhotoPeople(share=replace(SHARES[0], channel=MIA, name="selfie.jpg"), faces=(KNOWN, UNKNOWN))], MIA
    ),
    "no photo": blocks.who_is([], MIA),
    "searching": blocks.searching(CHANNEL),
    "my photos": blocks.my_photos(Page((sighting(4), replace(sighting(2), asserted=False)), 12, 2)),
    "somebody's photos": blocks.my_photos(Page((sighting(7),), 1), MAX),
    "no photos": blocks.my_photos(Page()),
}
CONSENTS: Final[Mapping[str, Message]] = {
    "notice": blocks.matching_notice(ADA),
    "invitation": blocks.invitation(ADA, MIA),
    "invited": blocks.invited(MIA, matching=False),
    "agreed": blocks.agreed(3, matching=True),
    "agreed without photos": blocks.agreed(0, matching=False),
    "attested": blocks.attested("Clara Wennick", matching=True),
    "photo taken": blocks.photos_taken(1),
    "enrolled": blocks.enrolled("I know your face now, by 2 photos.", FindMe(user=MIA, total=214, price=428_000)),
    "offer of one": blocks.find_me_offer(FindMe(user=MIA, total=1)),
    "no offer": blocks.find_me_offer(FindMe(user=MIA)),
    "looking for me": blocks.find_me_progress(FindMe(user=MIA, state="running", total=214, looked=40, found=3)),
    "looked for me": blocks.find_me_progress(FindMe(user=MIA, state="done", total=214, looked=214, found=1)),
    "stopped": blocks.find_me_progress(FindMe(user=MIA, state="stopped", total=214, looked=40)),
    "renewal": blocks.renewal_question("3 May 2027"),
}
COMMAND: Final[Mapping[str, Message]] = {
    "help": blocks.faces_help(),
    "my face": blocks.my_face(MIA_MEMBER),
    "my face without photo": blocks.my_face(MAX_MEMBER),
    "people": blocks.people_list([MIA_MEMBER, CLARA, MAX_MEMBER]),
    "second page": blocks.people_list([MIA_MEMBER] * 40, 15 + 13),
    "nobody": blocks.people_list([]),
    "two of a name": blocks.people_to_remove([CLARA, replace(CLARA, id="p-9", photos=4)], "Clara Wennick"),
    "audit": blocks.audit_list(ACTS, MIA),
    "no audit": blocks.audit_list([], MIA),
}
